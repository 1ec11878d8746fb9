"""Who is meant by a mention: a name, a short form, a handle, an address, initials or a role, to a person of the list.

A name that two people share names nobody: misattribution harms more than a gap.

What does not live here: short forms of names (:mod:`bywhen.meetings.engine.nicknames`), which words of a sentence are
a mention (:mod:`bywhen.meetings.engine.owners`).
"""

# ruff: noqa: E501, RUF001 - a pattern stays one line, and people type dashes and quotes of every kind
from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bywhen.kernel.tables import PersonRow
from bywhen.meetings.engine.nicknames import forms_of

ACCEPTED_SCORE, ACCEPTED_GAP, SUGGESTED_SCORE = 85.0, 10.0, 76.0
"""Spelling similarity (0-100) from which a misheard name is accepted, its lead over the next one, and from which it
is suggested."""


BY_NAME = ("handle", "full name", "alias", "part of the name", "first or last name", "nickname")
"""Rules that know a person by a name of their own, not by a role or a near spelling."""


@dataclass(frozen=True, slots=True)
class Owner:
    """A name, whether it is only suggested, the rule that found it and how sure it is (0 to 1)."""

    name: str
    suggested: bool
    rule: str
    confidence: float


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
    said = re.sub(r"['’]s$", "", re.sub(r"\s+", " ", mention).strip(" \t,.;:()[]*_\"'"))
    if not said:
        return None
    for rule, test, confidence in NAME_RULES:
        found = _the_one(people, said, test)
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


NOBODY = PersonRow("", "")
Test = Callable[[str, PersonRow], bool]


def _the_one(people: Sequence[PersonRow], said: str, test: Test) -> PersonRow | None:
    """The one who passes; ``NOBODY`` when several do; None when none does."""
    fitting = [p for p in people if p.name and test(said, p)]
    if not fitting:
        return None
    return fitting[0] if len({p.name.casefold() for p in fitting}) == 1 else NOBODY


def _words(name: str) -> list[str]:
    """A name's words, "Souza, Ana" turned round."""
    if "," in name:
        last, _, first = name.partition(",")
        name = f"{first} {last}"
    return [_plain(w) for w in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", name)]


def _plain(word: str) -> str:
    """A word in lower case and without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))


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
    return bool(words and name) and "-".join(words) in (name[0], name[-1])


def _is_abbreviated(said: str, person: PersonRow) -> bool:
    """Recognise "J. Smith", "Jane S.", "Jane S", "JS", and "JP" for a Jean-Pierre."""
    words, name = _words(said), _words(person.name)
    if len(words) == 2 and len(name) >= 2 and min(map(len, words)) == 1:
        return name[0].startswith(words[0]) and name[-1].startswith(words[1])
    initials = ["".join(part[0] for part in w.split("-")) for w in name]
    written = said.isupper() and 2 <= len(said) <= 4 and len(name) >= 2
    return written and said.casefold() in ("".join(i[0] for i in initials), "".join(initials), initials[0])


def _is_nickname(said: str, person: PersonRow) -> bool:
    words, name = _words(said.lstrip("@")), _words(person.name)
    if not words or not name or name[0] not in forms_of(words[0]):
        return False
    return len(words) == 1 or words[1:] == name[1:] or (len(words) == 2 and words[1] == name[-1][0])


def _is_part(said: str, person: PersonRow) -> bool:
    """Two or more words of a longer name, in order: "Maria Silva" for Maria Clara Silva."""
    words, name = _words(said), iter(_words(person.name))
    return len(words) >= 2 and all(w in name for w in words)


NAME_RULES: tuple[tuple[str, Test, float], ...] = (
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
    exact = _the_one(people, said, lambda _s, p: bool(p.role) and sorted(_role_words(p.role)) == sorted(wanted))
    if exact is not None:
        return Owner(exact.name, False, "role", 0.9) if exact.name else None
    loose = _the_one(people, said, lambda _s, p: _holds_role(wanted, _role_words(p.role)))
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


def shared_name(mention: str, people: Sequence[PersonRow]) -> bool:
    """Whether several people of the list go by that name."""
    return any(_the_one(people, mention, test) is NOBODY for _, test, _ in NAME_RULES)
