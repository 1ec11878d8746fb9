"""Explicit items in lines of notes: what note takers mark ("Action:", "AI -", "[DECISION]", a heading, a checkbox,
"@ana by Friday", "-> Ben").

Each rule answers a :class:`Marked`. What does not live here: the words of markers
(:mod:`bywhen.meetings.engine.markers`), tables (:mod:`bywhen.meetings.engine.notetables`), what is said outright
(:mod:`bywhen.meetings.engine.outright`), owners, dates and links of what is found
(:mod:`bywhen.meetings.engine.explicit`).
"""

# ruff: noqa: E501, RUF001 - a pattern stays one line, and people type dashes and quotes of every kind
from __future__ import annotations

import re
from dataclasses import dataclass

from bywhen.kernel.transcript import Utterance
from bywhen.meetings.engine.items import ItemKind
from bywhen.meetings.engine.markers import HEADINGS, INITIALS, MARKERS, NOTHING
from bywhen.meetings.engine.outright import uncertain


@dataclass(frozen=True, slots=True)
class Marked:
    """An explicit item: its kind, its text without marker, an owner and a deadline where they stand in fields of
    their own (brackets, table cells), the rule and its confidence.
    """

    kind: ItemKind
    text: str
    rule: str
    confidence: float
    owner: str = ""
    due: str = ""


_BULLET = r"(?:[\s>]*(?:[-=]{1,2}>|=>|[-*•–—▪◦‣·+]|\d{1,3}(?:\.\d{1,3}){1,3}[.)]?|\d{1,3}[.)]|[a-z][.)]|[\U0001F000-\U0001FAFF\u2600-\u27BF\u2B00-\u2BFF]\uFE0F?|\[[ xX]?\]|\([ xX]?\)|☐|☑|✅|➡️?|→|#{1,6})\s+)*\s*"
_EMPHASIS = r"(?:\*\*|__|\*|_|`)?"
_FIELD = r"(?:\s*(?:#?\d{1,4}\b|[A-Z]{1,4}-?\d{1,4}\b))?(?:\s*[(\[](?P<field>[^()\[\]]{1,60})[)\]])?(?:\s*(?P<handle>@[\w.-]+))?"
_SEPARATOR = r"\s*(?:\*\*|__|\*|_|`)?\s*(?::|\s[-–—]|[-–—]\s|=>?)\s*(?:\*\*|__|\*|_|`)?\s*"


def _words_of(kind: ItemKind) -> str:
    """The markers of a kind, those of capitals told from those in any case."""
    cased = dict(INITIALS).get(kind, "")
    return f"(?i:{dict(MARKERS)[kind]})" + (f"|{cased}" if cased else "")


_MARKED = tuple(
    (
        kind,
        re.compile(rf"^{_BULLET}{_EMPHASIS}\[?(?P<marker>{_words_of(kind)})\]?{_FIELD}{_SEPARATOR}(?P<rest>\S.*)$", re.DOTALL),
    )
    for kind, _ in MARKERS
)  # fmt: skip
_TAGGED = tuple(
    (
        kind,
        re.compile(
            rf"^{_BULLET}{_EMPHASIS}(?:\[(?P<marker>{_words_of(kind)})\]|#(?P<tag>(?i:{words}))\b){_FIELD}(?:\s*\[(?P<field2>[^\[\]]{{1,40}})\])?[\s:–—-]+(?P<rest>\S.*)$",
            re.DOTALL,
        ),
    )
    for kind, words in MARKERS
)  # fmt: skip
"""Markers that need no separator: "[ACTION] [Ana] send it", "#risk the vendor is late"."""
_INLINE = tuple(
    (
        kind,
        re.compile(
            rf"(?:(?:\*\*|__)(?P<marker>{_words_of(kind)})\s*:?(?:\*\*|__)\s*:?|[.;!?]\s+(?P<plain>{_words_of(kind)})\s*:)\s+(?P<rest>[^*\s][^*]*)"
        ),
    )
    for kind, _ in MARKERS
)  # fmt: skip
"""Markers within a line, behind what was discussed: "Costs are high. **Decision:** cut the training"."""
_SPOKEN_MARK = re.compile(r"^(?:(?:so|and|okay|ok|um|uh|right|well)[\s,]+)*", re.IGNORECASE)
_TODO = re.compile(rf"^{_BULLET}{_EMPHASIS}(?P<marker>TODO|TO-DO|AI|AP)\b{_FIELD}\s+(?P<rest>\S.*)$", re.DOTALL)
_CHECKBOX = re.compile(r"^[\s>]*(?:[-*+•]\s*)?(?:\[(?P<tick>[ xX])\]|☐|☑)\s+(?P<rest>\S.*)$", re.DOTALL)
_HANDLE = re.compile(rf"^{_BULLET}(?P<handle>@[A-Za-z][\w.-]*)\b[\s,:–—-]*(?P<rest>\S.*)$", re.DOTALL)


def marked(utterance: Utterance) -> Marked | None:
    """The item that a line marks itself ("Action (Ana): send the plan - by Friday"), or None.

    >>> found = marked(Utterance(3, "ACTION (Ana): send the plan by Friday"))
    >>> found.kind.value, found.text, found.owner
    ('action', 'send the plan by Friday', 'Ana')
    """
    text = _SPOKEN_MARK.sub("", utterance.text.strip())
    for kind, pattern in _MARKED:
        match = pattern.match(text)
        if match and not NOTHING.match(match["rest"]):
            return Marked(kind, clean(match["rest"]), f"marker {match['marker'].lower()}", 0.97, _owner_field(match))
    for kind, pattern in _TAGGED:
        match = pattern.match(text)
        if match and not NOTHING.match(match["rest"]):
            owner = (match["field2"] or "").strip() or _owner_field(match)
            tag = (match["marker"] or match["tag"]).lower()
            return Marked(kind, clean(match["rest"]), f"marker {tag}", 0.95, owner)
    todo = _TODO.match(text)
    if todo:
        return Marked(
            ItemKind.ACTION, clean(todo["rest"]), f"marker {todo['marker'].lower()}", 0.95, _owner_field(todo)
        )
    return None


def _owner_field(match: re.Match[str]) -> str:
    return (match["handle"] or match["field"] or "").strip()


def heading_kind(heading: str) -> ItemKind | None:
    """The kind that a heading announces; for a heading of risks *and* issues the caller decides by the words.

    >>> heading_kind("3. Next steps").value
    'action'
    """
    if len(heading.split()) > 7:
        return None
    found = [(match.start(), kind) for kind, pattern in HEADINGS if (match := pattern.search(heading))]
    return min(found)[1] if found else None


def under_heading(utterance: Utterance) -> Marked | None:
    """A line that stands under a heading of items, or None: headings themselves, "none" and lead-ins are no items."""
    kind = heading_kind(utterance.heading)
    text = clean(utterance.text)
    if (
        kind is None
        or NOTHING.match(text)
        or text.casefold() == clean(utterance.heading).casefold()
        or text.endswith(":")
    ):
        return None
    if len(text.split()) < 2:
        return None
    both = {k for k, p in HEADINGS if p.search(utterance.heading)}
    if kind in (ItemKind.RISK, ItemKind.ISSUE) and {ItemKind.RISK, ItemKind.ISSUE} <= both:
        kind = ItemKind.RISK if uncertain(text) else ItemKind.ISSUE
    return Marked(kind, text, f"under the heading {utterance.heading.strip()}", 0.93)


def noted(utterance: Utterance) -> Marked | None:
    """An unmarked line of written notes that is an item by its form: an open checkbox, "@ana check the logs"."""
    box = _CHECKBOX.match(utterance.text)
    if box and len(box["rest"].split()) > 1:
        return Marked(ItemKind.ACTION, clean(box["rest"]), "checkbox", 0.9)
    handle = _HANDLE.match(utterance.text)
    if handle and len(handle["rest"].split()) > 1 and not handle["rest"].rstrip().endswith("?"):
        return Marked(ItemKind.ACTION, clean(handle["rest"]), "handle first", 0.85, handle["handle"])
    return None


_ASSIGNED = re.compile(
    rf"^{_BULLET}(?P<who>@?[^\W\d_a-z][\w'’.-]*(?:\s+[^\W\d_a-z][\w'’-]*){{0,3}}|[Tt]he [a-z]+(?: [a-z]+){{0,2}}?)\s+"
    r"(?:to|will|shall|must|needs to|has to|is to|agreed to|takes|owns)\s+(?!be\b)[a-z]"
)
_NAMED_FIRST = re.compile(
    r"^(?P<who>@?[^\W\d_][\w'’.-]*(?:(?:\s+|\s*[/&,]\s*)[^\W\d_][\w'’.-]*){0,3})\s*(?::|\s[-–—])\s+\S"
)
_LEADING = re.compile(r"@?[^\W\d_a-z][\w'’.-]*(?:\s+[^\W\d_a-z][\w'’.-]*){0,3}(?=\s)")
_A_NAME = r"@?[^\W\d_a-z][\w'’.-]*(?:\s+[^\W\d_a-z][\w'’-]*){0,3}"
_TASKED = re.compile(
    rf"\b(?:asked|requested|tasked|instructed|agreed with)\s+(?P<who>{_A_NAME})\s+(?:to|that)\s|(?P<who2>{_A_NAME})\s+(?:was|were|is|has been)\s+(?:asked|tasked|requested|instructed)\s+to\s"
)
_DEED = re.compile(
    r"\s+(?!(?:the|these|those|some|one|more|same)\b)(?:[a-zäöüßéè]+[a-rt-z]s|[a-zäöüß]{2,}t|[a-zéè]+(?:e|ra|it)|doit|va|to|will)\s"
)
_POINTED = re.compile(r"^(?:.*?\S\s+)?(?:[-=]{1,2}>|→|➡️?)\s*(?P<rest>\S.*)$", re.DOTALL)
_FIELD_LINE = re.compile(
    r"^[\s>*•+-]*(?:\*\*|__)?(?P<key>[^\W\d_][\w .]{1,22}?)(?:\*\*|__)?\s*[:=](?:\*\*|__)?\s*(?P<value>\S.*)$"
)


def assigned(text: str) -> str | None:
    """Who is to do something in a line like "Ana to call the vendor", or None.

    >>> assigned("- Ana to call the vendor")
    'Ana'
    """
    match = _ASSIGNED.match(text)
    return match["who"] if match else None


def named_first(text: str) -> str | None:
    """The words before a colon or dash that may name the owner: "Ben" of "Ben: restart the server"."""
    match = _NAMED_FIRST.match(text)
    return match["who"] if match else None


def inline(text: str) -> Marked | None:
    """The item that is marked in the middle of a line of notes, behind the discussion.

    >>> inline("The report was shown. **Action:** Ana to send it").text
    'Ana to send it'
    """
    found = ((match.start(), kind, match) for kind, pattern in _INLINE if (match := pattern.search(text)))
    first = min(found, key=lambda each: each[0], default=None)
    if first is None or NOTHING.match(first[2]["rest"]):
        return None
    _, kind, match = first
    return Marked(kind, clean(match["rest"]), f"marker {(match['marker'] or match['plain']).lower()}", 0.95)


def tasked(text: str) -> str | None:
    """Who is told in minutes to do something: "The chair asked Ana to review it", "Ben was asked to call".

    >>> tasked("The chair asked Ana Souza to review the contract")
    'Ana Souza'
    """
    match = _TASKED.search(text)
    return (match["who"] or match["who2"]) if match else None


def leading_names(text: str) -> list[str]:
    """What may be the name of a doer at the beginning of a line, the longest first; a word alone only before what
    looks like his verb, because "Grant access", "Mark the tickets" and "Bill them" name nobody.

    >>> leading_names("Ana Souza sends the plan"), leading_names("Grant access to all")
    (['Ana Souza'], [])
    """
    match = _LEADING.match(text)
    words = match[0].split() if match else []
    names = [" ".join(words[:n]) for n in range(len(words), 1, -1)]
    return [*names, words[0]] if len(words) == 1 and match and _DEED.match(text, match.end()) else names


def pointed(text: str) -> str | None:
    """What an arrow leads to: "Ben restarts it" of "search is slow -> Ben restarts it"."""
    match = _POINTED.match(text)
    return match["rest"].strip() if match else None


def pointed_names(rest: str) -> list[str]:
    """What may be a name where an arrow leads to it, the longest first."""
    match = _LEADING.match(rest.replace(":", " ", 1))
    words = match[0].split() if match else []
    return [" ".join(words[:n]) for n in range(len(words), 0, -1)]


def turned_down(rule: str) -> bool:
    """Whether the marker that found an item says no to what follows ("CR-13 rejected: ...")."""
    return bool(re.search(r"\b(?:rejected|deferred)\b", rule))


def field_line(text: str) -> tuple[str, str] | None:
    """Name and value of a line that is a field of the item above it ("Owner: Ana"), or None.

    >>> field_line("- Due: 23 October")
    ('Due', '23 October')
    """
    match = _FIELD_LINE.match(text)
    return (match["key"], match["value"].strip(" *_")) if match else None


def clean(text: str) -> str:
    """A text without bullet and emphasis around it; what it says is left alone."""
    text = re.sub(rf"^{_BULLET}", "", text.strip(), count=1)
    text = re.sub(r"^(\*\*|__)(.+)\1$", r"\2", text)
    return re.sub(r"\s+", " ", text).strip()
