"""Who owns it: from the words of a sentence, its speaker and the one spoken to, to a person of the people list.

An owner is *accepted* when the words leave no doubt and only *suggested* otherwise; a name that two people share, a
"we" and a "someone" own nothing. Misattribution harms more than a gap: abstaining is not wrong, guessing is.

What does not live here: who is meant by a mention (:mod:`bywhen.meetings.engine.persons`).
"""

# ruff: noqa: E501, RUF001 - a pattern stays one line, and people type dashes and quotes of every kind
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bywhen.kernel.tables import PersonRow
from bywhen.meetings.engine.persons import Owner, person_named, shared_name, speaker_person

LONGEST_HEARD = 4000
"""Letters of a line that are searched; a longer one is no sentence but a whole page."""


@dataclass(frozen=True, slots=True)
class Voices:
    """Who speaks and whom they speak to ('' = unknown); ``accepted`` when the one spoken to has said yes."""

    speaker: str = ""
    addressee: str = ""
    accepted: bool = False


_NAME = r"(?:(?:Mr|Mrs|Ms|Dr|Herr|Frau)\.?\s+)?[^\W\d_a-z][\w'’.-]*(?:\s+[^\W\d_a-z][\w'’-]*\.?){0,3}"
_THE_ROLE = r"(?:[Tt]he|[Oo]ur)\s+[A-Za-z]+(?:[ /-][A-Za-z]+){0,3}?"
_LAST_FIRST = r"[^\W\d_a-z][\w'’-]*,\s+[^\W\d_a-z]\."
_ADDRESS = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_SUBJECT = rf"(?P<who>{_ADDRESS}|@[\w.-]+|{_LAST_FIRST}|{_NAME}|{_THE_ROLE})"
_NOT = r"(?!\s+(?:not|never)\b)"
_MODAL = (
    r"(?:(?:also|still|then|now|probably)\s+)?(?:to(?!\s+(?:be|the|a|an|our|my|his|her|their)\b)"
    rf"|(?:will|shall|should|must|'ll|’ll|is\s+going\s+to|is\s+gonna|gonna|going\s+to){_NOT}"
    r"|needs?\s+to|has\s+to|ha[sd]\s+agreed\s+to|agreed\s+to|agrees\s+to|is\s+to|volunteered\b|promised\b|offered\s+to|takes?\b|owns?\b"
    r"|(?:is\s+)?(?:taking|owning|doing|handling)\b|(?:is\s+)?(?:on\s+the\s+hook|in\s+charge|on\s+it)\b|undertook\s+to|committed\s+to|is\s+responsible"
    r"|übernimmt|kümmert\s+sich|soll|muss|(?!(?:ist|hat|sagt|meint|findet|berichtet|glaubt|denkt|fragt|braucht|wartet)\b)[a-zäöüß]{3,}t\s+(?=(?:das|den|die|dem|der|eine?n?|sich|bis|mit|nach|zum|zur|alle|noch)\b)"
    r"|doit|va|s['’]en?\s+occupe|s['’]occupe|se\s+charge|prend)"
)
_NAMED_FIRST = re.compile(
    r"^\W*(?:(?:action|task|todo|to-do|ap|ai)\s*[-–—:]\s*)?(?P<who>[^\W\d_][\w'’. -]{1,40}?)\s*:\s+\S", re.IGNORECASE
)
_LABELLED = re.compile(
    r"\b(?:owners?|responsible|assigned\s+to|assignee|resp\.?|who|action\s+on|owned\s+by|lead|accountable|verantwortlich|zuständig|responsable|pilote)\s*[:=\-–]?\s+(?P<who>[\w.+-]+@[\w.-]+\w|@?[^\s,;|()\[\]:.]+(?:\s+[^\W\d_a-z][\w'’.-]*){0,3})",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[(\[](?P<who>@?[^()\[\],;:]{2,40}?)\s*(?:[,;:\-–][^()\[\]]*)?[)\]]")
_TRAILING = re.compile(
    r"(?:\s[-–—>]+|→|:)\s*(?P<who>@?[^\s,;|()\[\]]+(?:\s+[^\W\d_a-z][\w'’.-]*){0,2})\s*(?:$|[,;.(–—]|\s-\s|\bby\b|\bdue\b|\bbefore\b|\buntil\b)"
)
_HANDLE = re.compile(r"(?<![\w.])(?P<who>@[A-Za-z][\w.-]*\w)")
_ACTS = re.compile(rf"(?:^|[\s,;:(—–\"“-]){_SUBJECT}\s*{_MODAL}(?![\w-])")
_FIRST_PERSON = re.compile(
    r"\b(?:I(?:'ll|’ll| will| shall| can| could| am going to|'m going to|’m going to|'m gonna| have to|'ve got to| need to| should| must| might|'d)\s+(?!be able|like (?!to\b)|not\b|never\b|have to say|say\b|guess\b|think\b|imagine\b|assume\b|suppose\b)"
    r"|let me\b(?! know)|leave (?:it|that|this) (?:with|to) me|(?:that's|that is|it's) (?:on|with) me|I(?:'ll|’ll)? (?:take|own) (?:it|that|this)|(?:that|this)(?: one)?(?:['’]s| is) mine|on my (?:list|plate)|I(?:'m| am) (?:on it|happy to|taking)|I volunteer|mine to"
    r"|ich (?:werde|muss|(?!(?:habe|hatte|denke|glaube|finde|meine|sage|würde|wäre|hätte|möchte|könnte|konnte|wollte|musste|sollte|verstehe|frage|sehe|hoffe)\b)[a-zäöüß]{2,}e)\b(?!\s+nicht)|je (?:m['’]en occupe|m['’]occupe|me charge|vais|dois|prends|[a-zé]+rai)\b)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    rf"(?:^|[\s.,;!?—–-])(?P<who>@[\w.-]+|{_NAME})(?:[,:]\s+(?=(?i:can|could|would|will)\b)|[,:]?\s+)(?:(?i:(?:can|could|would|will)(?=\s+(?:you|someone)\b)|please|would you mind|do you want to|are you (?:able|ok|okay|happy|free|willing|good|up)\b|you(?:'ll| will| can| could| should| need to|'re going to)|I need you to|I'd like you to|if you could))\b"
)
_ASKED_AFTER = re.compile(
    rf"\b(?i:(?:can|could|would|will)\s+you|kannst du|könntest du|peux-tu|pourrais-tu)\b[^.?!]*?,\s*(?P<who>{_NAME})\s*(?:[?.!]|$)|\byou\b[^.?!]*,\s*(?P<who2>{_NAME})\s*[?.!]?$|(?i:\bplease\b)[^.?!]*,\s*(?P<who3>{_NAME})\s*[?.!]?$"
)
_MADE_TO = re.compile(
    rf"\b(?i:asked|get|have|got|told|reminded|tasked|assigned|want|wants|wanted|need|needs|like|prefer|expect)\s+(?P<who>@[\w.-]+|{_NAME}|{_THE_ROLE})\s+(?:to|with)\b"
)
_MIGHT = re.compile(
    rf"(?:^|[\s,;:(—–\"“-])(?P<who>@[\w.-]+|{_NAME})\s+(?:can|could|might|may)\b(?!\s+(?:not|you)\b)|\b(?i:would|could|can|might)\s+(?P<who2>@[\w.-]+|{_NAME})\s+(?:be able to|please|[a-z]+)\b"
)
_TOGETHER = re.compile(
    rf"(?:^|[\s,;:(—–-])(?P<who>@[\w.-]+|{_NAME})\s+(?:and|&|und|et)\s+(?:@[\w.-]+|{_NAME})\s*{_MODAL}(?![\w-])"
)
_ROLE_ACTS = re.compile(rf"^\W*(?P<who>[A-Z][A-Za-z]*(?:[ /-][A-Za-z]+){{1,3}}?)\s+{_MODAL}(?![\w-])")
_DOUBTED = re.compile(r"\b(?:don['’]t|do not|doubt|not sure|unlikely)\b(?:\s+\w+){0,3}\s*$", re.IGNORECASE)
_SITS_WITH = re.compile(
    rf"\b(?i:sits?|lies|rests|stays|ball is|action is|over)\s+(?i:with|to you,)\s+(?P<who>@[\w.-]+|{_NAME})(?=\s|[.,;!?]|$)"
)
_LET = re.compile(rf"\b(?i:let['’]s|let us)\s+(?:have|get|ask|let)\s+(?P<who>@[\w.-]+|{_NAME})\s+[a-z]")
_DOES = re.compile(
    rf"^\W*(?P<who>{_NAME})\s+(?:\([^()]*\)\s+)?(?!(?:is|was|has|does|says|thinks|reports|asks|knows|needs|wants|likes|agrees|feels|believes|mentions|notes|explains|presents|means|sees|hopes|works|seems)\b)[a-z]+[a-rt-z]s\s+[a-z]"
)
_WAITED_FOR = re.compile(
    rf"\b(?i:waiting|depends?|depending|hinges)\s+(?i:on|for)\s+(?P<who>@[\w.-]+|{_NAME}|{_THE_ROLE})(?=\s|[.,;!?]|$)"
)
_SECOND_PERSON = re.compile(
    r"\b(?:can|could|would|will|if) you\b|\b(?:kannst|könntest|würdest|magst) du\b|\b(?:können|könnten) sie\b|\b(?:peux|pourrais)-tu\b|\b(?:pouvez|pourriez)-vous\b|\bbitte\b|\byou(?:'ll| will| should|'re going to|'re gonna| need to| have to| can| could| take)\b|\bI(?:'d| would) like you (?:\w+ )?to\b|\bI(?: want| need)? you to\b|\bplease\b",
    re.IGNORECASE,
)
_NO_NAMES = """
i we you he she it they this that these those there who what when where which someone somebody everyone everybody
anyone nobody team all action decision risk issue blocker question note todo next ok okay so and but then also yes
no need please let lets the our tbd tbc tba n/a na none open unassigned unknown ich wir sie er jemand alle offen
keiner je nous il elle tous
"""
_NOT_A_PERSON = frozenset(_NO_NAMES.split())


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
            return replace(owner, suggested=True) if rule in _NOT_SURE else owner
    for_himself = _speaks_for_himself(text)
    if for_himself:
        speaker = speaker_person(voices.speaker, people)
        together = re.search(r"\b(?:and|&)\s+$", text[: for_himself.start()])
        return replace(speaker, suggested=True) if speaker and together else speaker
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


_NO_DOER = re.compile(r"\b(?:not|if|when|once|whether|ask|asks|asking|remind|after|before|until)\s+$", re.IGNORECASE)
"""Before a name, words after which it does not say who will do it."""


def _mentions(text: str) -> Iterable[tuple[str, list[str]]]:
    """The rules in the order of their weight, each with the mentions it finds."""
    first_person = _speaks_for_himself(text)
    yield "handle", _who(_HANDLE, text)
    yield "label", _who(_LABELLED, text)
    yield "asked", _who(_ASKED, text)
    yield "asked", [m["who"] or m["who2"] or m["who3"] for m in _ASKED_AFTER.finditer(text)]
    acting = [m for m in _ACTS.finditer(text) if not _NO_DOER.search(text[: m.start("who")])]
    if not first_person or (acting and acting[0].start("who") < first_person.start()):
        yield "together", _who(_TOGETHER, text)
        yield "acts", [m["who"] for m in acting]
        yield "role acts", _who(_ROLE_ACTS, text)
        yield "made to", [*_who(_MADE_TO, text), *_who(_LET, text)]
        yield "sits with", _who(_SITS_WITH, text)
        yield "does", _who(_DOES, text)
        yield "might", [m["who"] or m["who2"] for m in _MIGHT.finditer(text)]
        yield "waited for", _who(_WAITED_FOR, text)
    yield "in brackets", _who(_BRACKETED, text)
    yield "at the end", _who(_TRAILING, text)
    yield "named first", _who(_NAMED_FIRST, text)


_NOT_SURE = ("together", "might", "waited for")
"""Rules that name a person who has to be asked first; of two who act together the first is."""


def _speaks_for_himself(text: str) -> re.Match[str] | None:
    """Where a speaker says "I'll", and does not say that he doubts it."""
    return next((m for m in _FIRST_PERSON.finditer(text) if not _DOUBTED.search(text[: m.start()])), None)


def _who(pattern: re.Pattern[str], text: str) -> list[str]:
    return [m["who"] for m in pattern.finditer(text)]


_ONLY_KNOWN = ("asked", "named first", "role acts", "sits with", "does", *_NOT_SURE)
_WRITTEN = re.compile(rf"^(?:@[\w.-]+|{_NAME})$")


def _known(mention: str, people: Sequence[PersonRow], rule: str) -> Owner | None:
    if mention.strip(" .,;:").casefold() in _NOT_A_PERSON:
        return None
    known = person_named(mention, people)
    if known:
        sure = rule not in ("named first", "role acts") or not known.suggested
        return known if sure else None
    shorter = mention
    while " " in shorter and people:  # "Friday Ana" or "Ana Please" hold a name beside another capitalised word
        shorter = shorter.split(" ", 1)[1]
        known = person_named(shorter, people)
        if known and known.rule not in ("spelling", "role"):
            return known
    if rule in _ONLY_KNOWN or not _WRITTEN.match(mention) or shared_name(mention, people):
        return None
    if people and rule not in ("handle", "label"):
        return None
    return Owner(
        mention.lstrip("@"), bool(people) or rule in ("in brackets", "at the end"), f"as written ({rule})", 0.6
    )
