"""Explicit items: what note takers mark ("Action:", "AI -", "Decision:", a heading, a table) and what is said outright
("we agreed to", "I'll send it by Thursday", "@ana by Friday").

Each rule answers a :class:`Marked`. What does not live here: owners, dates and links of what is found
(:mod:`bywhen.meetings.engine.extraction`), unmarked conversation (:mod:`bywhen.meetings.engine.scoring`).
"""

# ruff: noqa: E501, RUF001 - a pattern stays one line, and people type dashes and quotes of every kind
from __future__ import annotations

import re
from dataclasses import dataclass

from bywhen.kernel.transcript import Utterance
from bywhen.meetings.engine.items import ItemKind


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


_BULLET = r"(?:[\s>]*(?:[-*•–—▪◦‣·+]|\d{1,3}[.)]|[a-z][.)]|\[[ xX]?\]|\([ xX]?\)|☐|☑|✅|➡️?|→|#{1,6})\s+)*\s*"
_EMPHASIS = r"(?:\*\*|__|\*|_|`)?"
_MARKERS: tuple[tuple[ItemKind, str], ...] = (
    (
        ItemKind.ACTION,
        r"action(?:\s+(?:items?|points?|required|for))?|actions|AI|AP|A\.I\.|to[ -]?do|task|next\s+steps?|follow[- ]?up",
    ),
    (
        ItemKind.DECISION,
        r"decisions?(?:\s+(?:made|taken|reached))?|decided|agreed|agreement|resolution|resolved|approved|conclusion",
    ),
    (ItemKind.RISK, r"(?:new\s+)?risks?(?:\s+(?:raised|identified))?"),
    (ItemKind.ISSUE, r"(?:new\s+|open\s+)?issues?|blockers?|blocked|blocking|problems?|impediments?|concerns?"),
    (ItemKind.QUESTION, r"(?:open\s+)?questions?|open\s+points?|Q|to\s+be\s+clarified"),
    (ItemKind.CHANGE, r"(?:proposed\s+|scope\s+)?changes?(?:\s+(?:requests?|requested|proposed))?|CR"),
)
_FIELD = r"(?:\s*(?:#?\d{1,4}\b|[A-Z]{1,4}-?\d{1,4}\b))?(?:\s*[(\[](?P<field>[^()\[\]]{1,60})[)\]])?(?:\s*(?P<handle>@[\w.-]+))?"
_SEPARATOR = r"\s*(?:\*\*|__|\*|_|`)?\s*(?::|\s[-–—]|[-–—]\s|=>?)\s*(?:\*\*|__|\*|_|`)?\s*"


def _split_alternatives(words: str) -> str:
    """Top-level alternatives only, so that upper-case markers can be told from words."""
    depth, out = 0, ""
    for letter in words:
        depth += (letter == "(") - (letter == ")")
        out += "\x00" if letter == "|" and depth == 0 else letter
    return out


def _compiled(words: str) -> re.Pattern[str]:
    strict = {"AI", "AP", "Q", "CR"}
    cased = "|".join(w if w in strict else f"(?i:{w})" for w in _split_alternatives(words).split("\x00"))
    return re.compile(rf"^{_BULLET}{_EMPHASIS}\[?(?P<marker>{cased})\]?{_FIELD}{_SEPARATOR}(?P<rest>\S.*)$", re.DOTALL)


_MARKED = tuple((kind, _compiled(words)) for kind, words in _MARKERS)
_SPOKEN_MARK = re.compile(r"^(?:(?:so|and|okay|ok|um|uh|right|well)[\s,]+)*", re.IGNORECASE)
_TODO = re.compile(rf"^{_BULLET}{_EMPHASIS}(?P<marker>TODO|TO-DO|AI|AP)\b{_FIELD}\s+(?P<rest>\S.*)$", re.DOTALL)
_CHECKBOX = re.compile(r"^[\s>]*(?:[-*+•]\s*)?(?:\[(?P<tick>[ xX])\]|☐|☑)\s+(?P<rest>\S.*)$", re.DOTALL)
_HANDLE = re.compile(rf"^{_BULLET}(?P<handle>@[A-Za-z][\w.-]*)\b[\s,:–—-]*(?P<rest>\S.*)$", re.DOTALL)
_NOTHING = re.compile(
    r"^\W*(?:none|n/?a|nil|nothing(?: new| to report)?|no (?:new )?(?:actions?|decisions?|risks?|issues?|questions?)(?: \w+)?|-+|tb[dc])\W*$",
    re.IGNORECASE,
)
_HEADINGS: tuple[tuple[ItemKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(words, re.IGNORECASE))
    for kind, words in (
        (
            ItemKind.ACTION,
            r"\bactions?\b(?! log)|\bnext steps?\b|\bto[ -]?dos?\b|\bfollow[- ]?ups?\b|\btasks assigned\b|\bwho does what\b|\bassignments?\b",
        ),
        (ItemKind.DECISION, r"\bdecisions?\b|\bagreements?\b|\bagreed\b|\bresolutions?\b|\bdecided\b"),
        (ItemKind.QUESTION, r"\bquestions?\b|\bopen points?\b|\bto be clarified\b|\bunknowns\b"),
        (ItemKind.CHANGE, r"\bchanges?\b(?! log)|\bchange requests?\b"),
        (ItemKind.RISK, r"\brisks?\b"),
        (ItemKind.ISSUE, r"\bissues?\b|\bblockers?\b|\bproblems?\b|\bimpediments?\b|\bobstacles?\b"),
    )
)
_UNCERTAIN = re.compile(
    r"\b(?:may|might|could|if|risk|likely|unlikely|possibl[ey]|potential(?:ly)?|in case|would)\b", re.IGNORECASE
)


def marked(utterance: Utterance) -> Marked | None:
    """The item that a line marks itself ("Action (Ana): send the plan - by Friday"), or None.

    >>> found = marked(Utterance(3, "ACTION (Ana): send the plan by Friday"))
    >>> found.kind.value, found.text, found.owner
    ('action', 'send the plan by Friday', 'Ana')
    """
    text = _SPOKEN_MARK.sub("", utterance.text.strip())
    for kind, pattern in _MARKED:
        match = pattern.match(text)
        if match and not _NOTHING.match(match["rest"]):
            return Marked(kind, _clean(match["rest"]), f"marker {match['marker'].lower()}", 0.97, _owner_field(match))
    todo = _TODO.match(text)
    if todo:
        return Marked(
            ItemKind.ACTION, _clean(todo["rest"]), f"marker {todo['marker'].lower()}", 0.95, _owner_field(todo)
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
    found = [(match.start(), kind) for kind, pattern in _HEADINGS if (match := pattern.search(heading))]
    return min(found)[1] if found else None


def under_heading(utterance: Utterance) -> Marked | None:
    """A line that stands under a heading of items, or None: headings themselves, "none" and lead-ins are no items."""
    kind = heading_kind(utterance.heading)
    text = _clean(utterance.text)
    if (
        kind is None
        or _NOTHING.match(text)
        or text.casefold() == _clean(utterance.heading).casefold()
        or text.endswith(":")
    ):
        return None
    if len(text.split()) < 2:
        return None
    both = {k for k, p in _HEADINGS if p.search(utterance.heading)}
    if kind in (ItemKind.RISK, ItemKind.ISSUE) and {ItemKind.RISK, ItemKind.ISSUE} <= both:
        kind = ItemKind.RISK if _UNCERTAIN.search(text) else ItemKind.ISSUE
    return Marked(kind, text, f"under the heading {utterance.heading.strip()}", 0.93)


def noted(utterance: Utterance) -> Marked | None:
    """An unmarked line of written notes that is an item by its form: an open checkbox, "@ana check the logs"."""
    box = _CHECKBOX.match(utterance.text)
    if box and len(box["rest"].split()) > 1:
        return Marked(ItemKind.ACTION, _clean(box["rest"]), "checkbox", 0.9)
    handle = _HANDLE.match(utterance.text)
    if handle and len(handle["rest"].split()) > 1 and not handle["rest"].rstrip().endswith("?"):
        return Marked(ItemKind.ACTION, _clean(handle["rest"]), "handle first", 0.85, handle["handle"])
    return None


_ASSIGNED = re.compile(
    rf"^{_BULLET}(?P<who>@?[^\W\d_a-z][\w'’.-]*(?:\s+[^\W\d_a-z][\w'’-]*){{0,3}}|[Tt]he [a-z]+(?: [a-z]+){{0,2}}?)\s+"
    r"(?:to|will|shall|must|needs to|has to|is to|agreed to|takes|owns)\s+(?!be\b)[a-z]"
)
_NAMED_FIRST = re.compile(r"^(?P<who>@?[^\W\d_][\w'’.-]*(?:\s+[^\W\d_][\w'’.-]*){0,3})\s*(?::|\s[-–—])\s+\S")


def assigned(text: str) -> tuple[str, str] | None:
    """Who is to do what in a line like "Ana to call the vendor": the mention and the whole line, or None.

    >>> assigned("- Ana to call the vendor")
    ('Ana', 'Ana to call the vendor')
    """
    match = _ASSIGNED.match(text)
    return (match["who"], _clean(text)) if match else None


def named_first(text: str) -> str | None:
    """The words before a colon or dash that may name the owner: "Ben" of "Ben: restart the server"."""
    match = _NAMED_FIRST.match(text)
    return match["who"] if match else None


def _clean(text: str) -> str:
    """A text without bullet and emphasis around it; what it says is left alone."""
    text = re.sub(rf"^{_BULLET}", "", text.strip(), count=1)
    text = re.sub(r"^(\*\*|__)(.+)\1$", r"\2", text)
    return re.sub(r"\s+", " ", text).strip()


# --- tables ------------------------------------------------------------------------------------------------------

_COLUMNS: dict[str, re.Pattern[str]] = {
    "owner": re.compile(
        r"^(?:owner|who|responsible|assignee|assigned to|person|lead|by whom|action owner|resp\.?)$", re.IGNORECASE
    ),
    "due": re.compile(r"^(?:due|due date|by when|when|deadline|date|target|target date|eta)$", re.IGNORECASE),
    "kind": re.compile(r"^(?:type|kind|category|class|raid)$", re.IGNORECASE),
    "text": re.compile(
        r"^(?:actions?|action items?|action points?|what|description|tasks?|items?|text|decisions?|risks?|issues?|questions?|to-?do|topic|next steps?|changes?)$",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True, slots=True)
class TableHead:
    """Which column holds what; ``kind`` is the kind its own heading announces for every row."""

    columns: tuple[str, ...]
    kind: ItemKind | None


def cells(text: str) -> tuple[str, ...]:
    """The cells of a table row written with bars or tabs; one cell when it is no row."""
    if text.count("|") >= 1:
        return tuple(c.strip() for c in text.strip().strip("|").split("|"))
    return tuple(c.strip() for c in text.split("\t")) if "\t" in text else (text,)


def table_head(row: tuple[str, ...]) -> TableHead | None:
    """The head of a table of items: a text column and an owner, a due or a kind column."""
    names = tuple(next((n for n, p in _COLUMNS.items() if p.match(cell.strip(" *_"))), "") for cell in row)
    if "text" not in names or not {"owner", "due", "kind"} & set(names):
        return None
    return TableHead(names, heading_kind(row[names.index("text")]))


def table_row(row: tuple[str, ...], head: TableHead, heading: str) -> Marked | None:
    """One row below a head; None for rulers and empty rows."""
    if len(row) != len(head.columns):
        return None
    field = {name: cell for name, cell in zip(head.columns, row, strict=True) if name}
    text = field.get("text", "").strip()
    if not re.search(r"\w", text) or _NOTHING.match(text):
        return None
    kind = heading_kind(field.get("kind", "")) or head.kind or heading_kind(heading) or ItemKind.ACTION
    return Marked(kind, text, "table row", 0.95, field.get("owner", ""), field.get("due", ""))


# --- said outright -----------------------------------------------------------------------------------------------

_AGREED = re.compile(
    r"\b(?:we(?:'ve|’ve| have)?(?: all)? (?:agreed|decided)|it (?:was|is|has been) (?:agreed|decided)|(?:have|has) been (?:agreed|decided)|(?:the )?(?:decision|agreement) (?:is|was)(?: made| taken)?"
    r"|(?:steering|board|committee|sponsor|management|team|group)\b[^.?!]{0,25}\b(?:approved|agreed|decided|signed off)|(?:was|is|has been) (?:approved|signed off)|decided to go (?:with|for)|so (?:that's|it's) (?:agreed|decided))\b[\s,:]*(?:on\s+|that\s+|to\s+)?",
    re.IGNORECASE,
)
_NOT_AGREED = re.compile(
    r"\b(?:not|n't|n’t|never|yet to be|if|whether|until|unless|when|once|haven't|should be|to be)\b[^.?!]{0,20}$|\?\s*$",
    re.IGNORECASE,
)
_RISK_SAID = re.compile(
    r"\b(?:there(?:'s| is) a (?:real |big |high |serious )?(?:risk|danger|chance)\b|the risk (?:is|here)\b|(?:biggest|main|key) risk\b|at risk\b|risk (?:of|that)\b|(?:I'm|I am|we're|we are) (?:worried|concerned|afraid) (?:that|about)\b)",
    re.IGNORECASE,
)
_ISSUE_SAID = re.compile(
    r"\b(?:(?:is|are|am|'re|'m|was|were|still) (?:completely |totally |currently |now )?blocked (?:by|on|until|because)|we(?:'re| are) blocked|is blocking|(?:we|I) (?:can't|cannot) (?:proceed|continue|start|deploy|test|finish|release)\b|(?:it|that|this) is a blocker|waiting (?:on|for) (?:the )?\w+ (?:to|before)|we have (?:a|an) (?:serious |big |major )?(?:issue|problem|blocker) with)",
    re.IGNORECASE,
)
_PROMISE = re.compile(
    r"\b(?:I(?:'ll|’ll| will| can| am going to|'m going to|’m going to|'m gonna)|let me|(?:can|could|will|would) you|you(?:'ll| will|'re going to)|please)\s+(?:(?:also|just|then|definitely|please|try to|go and|get|have|make sure (?:to|I|you)|take care of|take|be)\s+){0,3}"
    r"(?P<verb>[a-z]+)",
    re.IGNORECASE,
)
_NO_DEED = frozenset(
    [
        "say",
        "tell",
        "think",
        "guess",
        "see",
        "know",
        "mean",
        "remember",
        "believe",
        "understand",
        "hear",
        "assume",
        "imagine",
        "love",
        "like",
        "want",
        "need",
        "admit",
        "agree",
        "show",
        "explain",
        "start",
        "begin",
        "stop",
        "go",
        "come",
        "wait",
        "look",
        "talk",
        "speak",
        "be",
        "have",
        "do",
        "get",
        "just",
        "let",
        "move",
        "repeat",
        "ask",
        "hope",
        "try",
        "able",
        "interrupt",
        "introduce",
        "read",
        "skip",
        "quickly",
        "mention",
    ]
)
ACCEPTANCE = re.compile(
    r"^\W*(?:(?:yes|yeah|yep|sure|okay|ok|alright|right|absolutely|of course|no problem|will do|can do|happy to|definitely|I(?:'ll| will| can) do (?:that|it)|on it|got it|agreed|done|consider it done|fine|noted|good|great|I'll take (?:it|that))\b[\s,.!]*)+",
    re.IGNORECASE,
)
REFUSAL = re.compile(
    r"^\W*(?:no\b|not (?:me|really|yet)|I (?:can't|cannot|won't)|sorry\b|unfortunately|I'm (?:out|on leave|away))",
    re.IGNORECASE,
)


def agreed(text: str) -> str | None:
    """What a sentence says was agreed or decided, None when it says so of nothing.

    >>> agreed("So we decided to go with the new vendor.")
    'go with the new vendor.'
    """
    for match in _AGREED.finditer(text):
        rest = text[match.end() :].strip()
        if not _NOT_AGREED.search(text[: match.start()]) and not text.rstrip().endswith("?") and len(rest.split()) >= 2:
            return rest
    return None


def promised(text: str) -> bool:
    """Whether a sentence promises or asks for a deed ("I'll send", "can you check"), small talk aside."""
    return any(m["verb"].lower() not in _NO_DEED and len(m["verb"]) > 2 for m in _PROMISE.finditer(text))


def said_risk(text: str) -> bool:
    """Whether a sentence names a risk outright."""
    return bool(_RISK_SAID.search(text))


def said_issue(text: str) -> bool:
    """Whether a sentence says that something is blocked or waits."""
    return bool(_ISSUE_SAID.search(text))


def uncertain(text: str) -> bool:
    """Whether a problem is spoken of as possible (a risk) rather than there (an issue)."""
    return bool(_UNCERTAIN.search(text))


_FILLER = re.compile(
    r"^(?:(?:um+|uh+|er+|mm-hmm|yeah|okay|ok|so|and|but|well|right|like|you know|i mean)\b[\s,.]*)+", re.IGNORECASE
)


def without_fillers(text: str) -> str:
    """A spoken sentence without the sounds it begins with; all of it when nothing else is left.

    >>> without_fillers("Um so, yeah I'll draw it up")
    "I'll draw it up"
    """
    rest = _FILLER.sub("", text).strip()
    return rest[0].upper() + rest[1:] if rest else text
