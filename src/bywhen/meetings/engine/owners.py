"""Who owns it: from the words of a sentence, its speaker and the one spoken to, to a person of the people list.

An owner is *accepted* when the words leave no doubt and only *suggested* otherwise; a name that two people share, a
"we" and a "someone" own nothing. Misattribution harms more than a gap: abstaining is not wrong, guessing is.

What does not live here: short forms of names (:mod:`bywhen.meetings.engine.nicknames`).
"""

# ruff: noqa: E501, RUF001 - a pattern stays one line, and people type dashes and quotes of every kind
from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bywhen.kernel.tables import PersonRow
from bywhen.meetings.engine.nicknames import forms_of

ACCEPTED_SCORE, ACCEPTED_GAP, SUGGESTED_SCORE = 85.0, 10.0, 76.0
"""Spelling similarity (0-100) from which a misheard name is accepted, its lead over the next one, and from which it
is suggested."""


LONGEST_HEARD = 4000
"""Letters of a line that are searched; a longer one is no sentence but a whole page."""


@dataclass(frozen=True, slots=True)
class Owner:
    """A name, whether it is only suggested, the rule that found it and how sure it is (0 to 1)."""

    name: str
    suggested: bool
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Voices:
    """Who speaks and whom they speak to ('' = unknown); ``accepted`` when the one spoken to has said yes."""

    speaker: str = ""
    addressee: str = ""
    accepted: bool = False


_ABBREVIATED_ROLES = {
    "pm": "project manager", "ba": "business analyst", "qa": "quality assurance", "dba": "database administrator",
    "sm": "scrum master", "po": "product owner", "cto": "chief technology officer", "cio": "chief information officer",
    "cfo": "chief financial officer", "ceo": "chief executive officer", "ux": "user experience", "ui": "user interface",
    "sre": "site reliability engineer", "ciso": "chief information security officer", "dev": "developer",
    "devs": "developer", "sysadmin": "system administrator", "pmo": "project management office", "vp": "vice president",
    "em": "engineering manager", "ops": "operations", "infra": "infrastructure", "admin": "administrator",
}  # fmt: skip
_ANONYMOUS = re.compile(r"^(?:speaker|participant|spk|person|unknown|user|caller)[\s_-]*\w{0,3}$", re.IGNORECASE)
_TITLE = re.compile(r"^(?:mr|mrs|ms|miss|dr|prof|herr|frau|sir)\.?\s+", re.IGNORECASE)


def person_named(mention: str, people: Sequence[PersonRow]) -> Owner | None:
    """The person a mention means: name, nickname, handle, address, initials, role or a near spelling.

    None when nobody or more than one fits.

    >>> ana = PersonRow("row 2", "Ana Souza", handles=("@asouza",), role="Test Lead")
    >>> person_named("@asouza", [ana]).name, person_named("the test lead", [ana]).rule
    ('Ana Souza', 'role')
    """
    said = re.sub(r"\s+", " ", mention).strip(" \t,.;:()[]*_\"'")
    if not said:
        return None
    for rule, test, confidence in _NAME_RULES:
        found = _one(people, said, test)
        if found is not None:
            return Owner(found.name, False, rule, confidence) if found.name else None
    return _by_role(said, people) or _by_spelling(said, people)


def speaker_person(speaker: str, people: Sequence[PersonRow]) -> Owner | None:
    """The person behind a speaker label; a label nobody fits stands for itself, an anonymous one only suggested."""
    if not speaker.strip():
        return None
    known = person_named(speaker, people)
    if known and known.rule != "role":
        return known
    anonymous = bool(_ANONYMOUS.match(speaker.strip()))
    return Owner(speaker.strip(), anonymous or bool(people), "speaker as labelled", 0.5 if anonymous else 0.7)


_NOBODY = PersonRow("", "")
Test = Callable[[str, PersonRow], bool]


def _one(people: Sequence[PersonRow], said: str, test: Test) -> PersonRow | None:
    """The one who passes; ``_NOBODY`` when several do; None when none does."""
    fitting = [p for p in people if p.name and test(said, p)]
    if not fitting:
        return None
    return fitting[0] if len({p.name.casefold() for p in fitting}) == 1 else _NOBODY


def _words(name: str) -> list[str]:
    """A name's words, "Souza, Ana" turned round."""
    if "," in name:
        last, _, first = name.partition(",")
        name = f"{first} {last}"
    return [w.casefold() for w in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", name)]


def _is_handle(said: str, person: PersonRow) -> bool:
    bare = said.lstrip("@").casefold()
    locals_ = (a.partition("@")[0] for a in person.addresses)
    known = {h.lstrip("@").casefold() for h in person.handles} | {x.casefold() for x in locals_}
    known |= {a.casefold() for a in person.addresses}
    if said.startswith("@"):
        known |= {"".join(_words(person.name)), ".".join(_words(person.name))}
    return bare in known


def _is_alias(said: str, person: PersonRow) -> bool:
    return said.lstrip("@").casefold() in {a.casefold() for a in person.aliases}


def _is_full(said: str, person: PersonRow) -> bool:
    return _words(_TITLE.sub("", said)) == _words(person.name)


def _is_first_or_last(said: str, person: PersonRow) -> bool:
    words, name = _words(_TITLE.sub("", said.lstrip("@"))), _words(person.name)
    return len(words) == 1 and bool(name) and words[0] in (name[0], name[-1])


def _is_abbreviated(said: str, person: PersonRow) -> bool:
    """Recognise "J. Smith", "Jane S.", "Jane S", "JS"."""
    words, name = _words(said), _words(person.name)
    if len(words) == 2 and len(name) >= 2 and min(map(len, words)) == 1:
        return name[0].startswith(words[0]) and name[-1].startswith(words[1])
    initials = "".join(w[0] for w in name)
    return len(name) >= 2 and said.isupper() and 2 <= len(said) <= 4 and said.casefold() == initials


def _is_nickname(said: str, person: PersonRow) -> bool:
    words, name = _words(said.lstrip("@")), _words(person.name)
    if not words or not name or name[0] not in forms_of(words[0]):
        return False
    return len(words) == 1 or words[1:] == name[1:]


def _is_part(said: str, person: PersonRow) -> bool:
    """Two or more words of a longer name, in order: "Maria Silva" for Maria Clara Silva."""
    words, name = _words(said), iter(_words(person.name))
    return len(words) >= 2 and all(w in name for w in words)


_NAME_RULES: tuple[tuple[str, Test, float], ...] = (
    ("handle", _is_handle, 0.99),
    ("full name", _is_full, 0.99),
    ("alias", _is_alias, 0.97),
    ("part of the name", _is_part, 0.95),
    ("first or last name", _is_first_or_last, 0.95),
    ("abbreviated name", _is_abbreviated, 0.9),
    ("nickname", _is_nickname, 0.88),
)


def _role_words(text: str) -> tuple[str, ...]:
    words: list[str] = []
    for word in re.findall(r"[a-z]+", text.casefold()):
        words += _ABBREVIATED_ROLES.get(word, word).split()
    return tuple(w for w in words if w not in ("the", "our", "of", "a", "an", "for", "and"))


def _by_role(said: str, people: Sequence[PersonRow]) -> Owner | None:
    """Read "the test lead": the one person of exactly that role; the one whose role holds those words is suggested."""
    wanted = _role_words(said)
    if not wanted or re.search(r"\bteam|\bguys|\bfolks|\beverybody|\beveryone", said, re.IGNORECASE):
        return None
    exact = _one(people, said, lambda _s, p: bool(p.role) and sorted(_role_words(p.role)) == sorted(wanted))
    if exact is not None:
        return Owner(exact.name, False, "role", 0.9) if exact.name else None
    loose = _one(people, said, lambda _s, p: _holds_role(wanted, _role_words(p.role)))
    return Owner(loose.name, True, "role", 0.65) if loose and loose.name else None


def _holds_role(wanted: Sequence[str], role: Sequence[str]) -> bool:
    """Whether a longer role is of the kind said: "architect" holds in Solution Architect, "vendor" not in Vendor Manager."""
    return bool(role) and wanted[-1] == role[-1] and set(wanted) <= set(role)


def _by_spelling(said: str, people: Sequence[PersonRow]) -> Owner | None:
    """A misheard or mistyped name, when it is near one person's and far from all others'."""
    words = _words(_TITLE.sub("", said.lstrip("@")))
    if not words or len(words) > 4 or len("".join(words)) < 4:
        return None
    scored = sorted(((_spelling(words, p), p.name) for p in people if p.name), reverse=True)
    if not scored:
        return None
    best, runner_up = scored[0], next((s for s, n in scored if n != scored[0][1]), 0.0)
    if best[0] < SUGGESTED_SCORE or best[0] - runner_up < ACCEPTED_GAP:
        return None
    return Owner(best[1], best[0] < ACCEPTED_SCORE, "spelling", round(best[0] / 100 - 0.05, 3))


def _spelling(words: Sequence[str], person: PersonRow) -> float:
    name = _words(person.name)
    if len(words) > 1:
        return fuzz.ratio(" ".join(words), " ".join(name))
    parts = [w for w in (name[:1] + name[-1:]) if len(w) >= 3]
    return max((fuzz.ratio(words[0], part) - (0 if part[0] == words[0][0] else 12) for part in parts), default=0.0)


# --- in a sentence ---------------------------------------------------------------------------------------------

_NAME = r"(?:(?:Mr|Mrs|Ms|Dr|Herr|Frau)\.?\s+)?[^\W\d_a-z][\w'’.-]*(?:\s+[^\W\d_a-z][\w'’-]*\.?){0,3}"
_THE_ROLE = r"(?:[Tt]he|[Oo]ur)\s+[A-Za-z]+(?:[ /-][A-Za-z]+){0,3}?"
_SUBJECT = rf"(?P<who>@[\w.-]+|{_NAME}|{_THE_ROLE})"
_MODAL = (
    r"(?:(?:also|still|then|now|probably)\s+)?(?:to(?!\s+(?:be|the|a|an|our|my|his|her|their)\b)|will|shall|should|must|'ll|’ll"
    r"|is\s+going\s+to|is\s+gonna|gonna|needs?\s+to|has\s+to|ha[sd]\s+agreed\s+to|agreed\s+to|agrees\s+to|is\s+to|volunteered\s+to"
    r"|takes?\b|owns?\b|is\s+taking|is\s+owning|offered\s+to|promised\s+to|undertook\s+to|committed\s+to|is\s+responsible)"
)
_LABELLED = re.compile(
    r"\b(?:owners?|responsible|assigned\s+to|assignee|resp\.?|who|action\s+on|owned\s+by|lead|accountable)\s*[:=\-–]?\s+(?P<who>[\w.+-]+@[\w.-]+\w|@?[^\s,;|()\[\]:.]+(?:\s+[^\W\d_a-z][\w'’.-]*){0,3})",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[(\[](?P<who>@?[^()\[\],;:]{2,40}?)\s*(?:[,;:\-–][^()\[\]]*)?[)\]]")
_TRAILING = re.compile(
    r"(?:\s[-–—>]+|→|:)\s*(?P<who>@?[^\s,;|()\[\]]+(?:\s+[^\W\d_a-z][\w'’.-]*){0,2})\s*(?:$|[,;.(]|\bby\b|\bdue\b|\bbefore\b|\buntil\b)"
)
_HANDLE = re.compile(r"(?<![\w.])(?P<who>@[A-Za-z][\w.-]*\w)")
_ACTS = re.compile(rf"(?:^|[\s,;:(—–\"“-]){_SUBJECT}\s*{_MODAL}(?![\w-])")
_FIRST_PERSON = re.compile(
    r"\b(?:I(?:'ll|’ll| will| shall| can| could| am going to|'m going to|’m going to|'m gonna| have to|'ve got to| need to| should| must| might|'d)\s+(?!be able|have to say|say\b|guess\b|think\b|imagine\b|assume\b|suppose\b)"
    r"|let me\b(?! know)|leave (?:it|that|this) (?:with|to) me|(?:that's|that is|it's) (?:on|with) me|I(?:'ll|’ll)? (?:take|own) (?:it|that|this)|(?:that's|that is) mine|on my (?:list|plate)|I(?:'m| am) (?:on it|happy to|taking)|I volunteer|mine to)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    rf"(?:^|[\s.,;!?—–-])(?P<who>@[\w.-]+|{_NAME}),?\s+(?:(?i:can|could|would|will|please|would you mind|do you want to|are you able to|you(?:'ll| will| can| could| should| need to|'re going to)|I need you to|I'd like you to|if you could))\b"
)
_ASKED_AFTER = re.compile(
    rf"\b(?i:can|could|would|will)\s+you\b[^.?!]*?,\s*(?P<who>{_NAME})\s*(?:[?.!]|$)|\byou\b[^.?!]*,\s*(?P<who2>{_NAME})\s*[?.!]?$|(?i:\bplease\b)[^.?!]*,\s*(?P<who3>{_NAME})\s*[?.!]?$"
)
_MADE_TO = re.compile(
    rf"\b(?i:asked|get|have|got|told|reminded|tasked|assigned|want|wants|wanted|need|needs)\s+(?P<who>@[\w.-]+|{_NAME}|{_THE_ROLE})\s+(?:to|with)\b"
)
_SECOND_PERSON = re.compile(
    r"\b(?:can|could|would|will|if) you\b|\byou(?:'ll| will| should|'re going to|'re gonna| need to| have to| can| could| take)\b|\bI(?:'d| would) like you (?:\w+ )?to\b|\bI(?: want| need)? you to\b|\bplease\b",
    re.IGNORECASE,
)
_NOT_A_PERSON = frozenset(
    [
        "i",
        "we",
        "you",
        "he",
        "she",
        "it",
        "they",
        "this",
        "that",
        "these",
        "those",
        "there",
        "who",
        "what",
        "when",
        "where",
        "which",
        "someone",
        "somebody",
        "everyone",
        "everybody",
        "anyone",
        "nobody",
        "team",
        "all",
        "action",
        "decision",
        "risk",
        "issue",
        "blocker",
        "question",
        "note",
        "todo",
        "next",
        "ok",
        "okay",
        "so",
        "and",
        "but",
        "then",
        "also",
        "yes",
        "no",
        "need",
        "please",
        "let",
        "lets",
        "the",
        "our",
    ]
)


def find_owner(text: str, people: Sequence[PersonRow], voices: Voices | None = None) -> Owner | None:
    """The owner that a sentence names or implies, None when it does not.

    Handles and labels ("owner: Ana", "(Ana)") first, then who is asked ("Ana, can you"), who will act ("Ana will",
    "the test lead to"), who says "I'll", and last the "you" of whoever is spoken to. Without a people list a
    written name is taken as it stands.

    >>> find_owner("I'll send the draft", [], Voices(speaker="Ana Souza")).name
    'Ana Souza'
    """
    voices = voices or Voices()
    text = text[:LONGEST_HEARD]
    for rule, mentions in _mentions(text):
        owner = next((o for o in (_known(m, people, rule) for m in mentions) if o), None)
        if owner:
            return owner
    if _FIRST_PERSON.search(text):
        return speaker_person(voices.speaker, people)
    if _SECOND_PERSON.search(text) and voices.addressee:
        spoken_to = speaker_person(voices.addressee, people)
        if spoken_to:
            return Owner(
                spoken_to.name,
                spoken_to.suggested or not voices.accepted,
                "spoken to",
                0.8 if voices.accepted else 0.55,
            )
    return None


def _mentions(text: str) -> Iterable[tuple[str, list[str]]]:
    first_person = _FIRST_PERSON.search(text)
    yield "handle", [m["who"] for m in _HANDLE.finditer(text)]
    yield "label", [m["who"] for m in _LABELLED.finditer(text)]
    yield "asked", [m["who"] for m in _ASKED.finditer(text)]
    yield "asked", [m["who"] or m["who2"] or m["who3"] for m in _ASKED_AFTER.finditer(text)]
    acting = [
        m["who"]
        for m in _ACTS.finditer(text)
        if not re.search(
            r"\b(?:not|if|when|once|whether|ask|asks|asking|remind|after|before|until)\s+$",
            text[: m.start("who")],
            re.IGNORECASE,
        )
    ]
    if not first_person or (acting and text.find(acting[0]) < first_person.start()):
        yield "acts", acting
        yield "made to", [m["who"] for m in _MADE_TO.finditer(text)]
    yield "in brackets", [m["who"] for m in _BRACKETED.finditer(text)]
    yield "at the end", [m["who"] for m in _TRAILING.finditer(text)]


_WRITTEN = re.compile(rf"^(?:@[\w.-]+|{_NAME})$")


def _known(mention: str, people: Sequence[PersonRow], rule: str) -> Owner | None:
    if mention.strip().casefold() in _NOT_A_PERSON:
        return None
    known = person_named(mention, people)
    if known:
        return known
    shorter = mention
    while " " in shorter and people:  # "Friday Ana" or "Ana Please" hold a name beside another capitalised word
        shorter = shorter.split(" ", 1)[1]
        known = person_named(shorter, people)
        if known and known.rule not in ("spelling", "role"):
            return known
    if rule == "asked" or not _WRITTEN.match(mention) or _shared_name(mention, people):
        return None
    if people and rule not in ("handle", "label"):
        return None
    return Owner(
        mention.lstrip("@"), bool(people) or rule in ("in brackets", "at the end"), f"as written ({rule})", 0.6
    )


def _shared_name(mention: str, people: Sequence[PersonRow]) -> bool:
    return any(_one(people, mention, test) is _NOBODY for _, test, _ in _NAME_RULES)
