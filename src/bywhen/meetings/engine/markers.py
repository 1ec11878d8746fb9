"""The words by which note takers mark items, in English, German and French: markers, headings, columns, fields.

What does not live here: where they stand in a line (:mod:`bywhen.meetings.engine.grammar`,
:mod:`bywhen.meetings.engine.notetables`).
"""

# ruff: noqa: E501 - a pattern stays one line
from __future__ import annotations

import re

from bywhen.meetings.engine.items import ItemKind

MARKERS: tuple[tuple[ItemKind, str], ...] = (
    (ItemKind.ACTION, r"action(?:\s+(?:items?|points?|required|for))?|actions|A\.I\.|to[ -]?do|task|next\s+steps?|follow[- ]?up|aufgaben?|ma(?:ß|ss)nahmen?|zu\s+erledigen|arbeitsauftrag|nächste\s+schritte|(?:actions?\s+)?à\s+faire|tâches?|actions?\s+à\s+mener"),
    (ItemKind.DECISION, r"decisions?(?:\s+(?:made|taken|reached))?|decided|agreed|agreement|resolution|resolved|approved|conclusion|(?:CR|RFC|change(?:\s+request)?)[\s#-]*\d+\s+(?:approved|rejected|accepted|deferred)|beschl(?:uss|uß|üsse)|beschlossen|entscheidung(?:en)?|entschieden|vereinbar(?:t|ung)|festlegung|décisions?|décidé"),
    (ItemKind.RISK, r"(?:new\s+)?risks?(?:\s+(?:raised|identified))?|risik(?:o|en)|risques?"),
    (ItemKind.ISSUE, r"(?:new\s+|open\s+)?issues?|blockers?|blocked|blocking|problems?|impediments?|concerns?|probleme?|hindernis(?:se)?|problèmes?|points?\s+bloquants?|blocage"),
    (ItemKind.QUESTION, r"(?:open\s+)?questions?|(?:still\s+)?open(?:\s+points?)?|to\s+be\s+clarified|(?:offene\s+)?fragen?|offene[rn]?\s+punkte?|(?:noch\s+)?offen|zu\s+klären|questions?\s+ouvertes?|points?\s+ouverts?|à\s+clarifier"),
    (ItemKind.CHANGE, r"(?:proposed\s+|scope\s+)?changes?(?:\s+(?:requests?|requested|proposed))?|änderung(?:santrag|en)?|demande\s+de\s+changement"),
)  # fmt: skip
"""Words before a colon or dash, in brackets or behind a hash that say what kind the rest is; case aside."""
INITIALS: tuple[tuple[ItemKind, str], ...] = (
    (ItemKind.ACTION, "AI|AP"),
    (ItemKind.QUESTION, "Q"),
    (ItemKind.CHANGE, "CR"),
)
"""Markers that count in capitals only."""
LETTERS = {
    "a": ItemKind.ACTION, "d": ItemKind.DECISION, "b": ItemKind.DECISION, "e": ItemKind.DECISION, "r": ItemKind.RISK, "q": ItemKind.QUESTION,
    "f": ItemKind.QUESTION, "t": ItemKind.ACTION,
}  # fmt: skip
"""One letter in a column of kinds: action, decision, Beschluss, Entscheidung, risk, question, Frage, task."""
HEADINGS: tuple[tuple[ItemKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(words, re.IGNORECASE))
    for kind, words in (
        (ItemKind.ACTION, r"\bactions?\b(?! log)|\bnext steps?\b|\bto[ -]?dos?\b|\bfollow[- ]?ups?\b|\btasks assigned\b|\bwho does what\b|\bassignments?\b|\b(?:follow[- ]?up )?tasks\b|\baufgaben?\b|\bma(?:ß|ss)nahmen?\b|\bnächste schritte\b|\bzu erledigen\b|\bà faire\b|\bprochaines étapes\b|\btâches?\b"),
        (ItemKind.DECISION, r"\bdecisions?\b|\bagreements?\b|\bagreed\b|\bresolutions?\b|\bdecided\b|\bbeschl(?:uss|üsse)\b|\bentscheidung(?:en)?\b|\bvereinbarung(?:en)?\b|\bdécisions?\b"),
        (ItemKind.QUESTION, r"\bquestions?\b|\bopen points?\b|\bto be clarified\b|\bunknowns\b|\bfragen?\b|\boffene punkte\b|\bzu klären\b|\bpoints ouverts\b"),
        (ItemKind.CHANGE, r"\bchanges?\b(?! log)|\bchange requests?\b|\bänderung(?:en|santräge|santrag)\b|\bchangements?\b"),
        (ItemKind.RISK, r"\brisks?\b|\brisik(?:o|en)\b|\brisques?\b"),
        (ItemKind.ISSUE, r"\bissues?\b|\bblockers?\b|\bproblems?\b|\bimpediments?\b|\bobstacles?\b|\bprobleme?\b|\bhindernisse?\b|\bproblèmes?\b"),
    )
)  # fmt: skip
_BESIDE_A_KIND = r"and|new|key|open|main|items?|points?|made|taken|raised|identified|agreed|assigned|requests?|proposed|list|of|the|for|und|et|neue|offene|ouvertes?|nouveaux|next|steps?|nächste|schritte|prochaines|étapes"
NAMES_OF_KINDS = re.compile(rf"{'|'.join(p.pattern for _, p in HEADINGS)}|\b(?:{_BESIDE_A_KIND})\b", re.IGNORECASE)
"""The words of a line that is nothing but the name of a kind: "Action items", "Risks and issues"."""
OTHER_HEADING = re.compile(
    r"(?:meeting |quick |short |executive )?(?:summary|recap|outline|overview|notes?|discussions?|agenda|attendees|participants|topics?|key (?:points|takeaways)|takeaways|status(?: updates?)?|updates?"
    r"|transcript|keywords|parking lot|information|any other business|aob|protokoll|teilnehmer|zusammenfassung|stand|information(?:en)?|verschiedenes|résumé|ordre du jour|divers):?",
    re.IGNORECASE,
)
"""A line that heads what are no items."""
COLUMNS: dict[str, re.Pattern[str]] = {
    name: re.compile(rf"^(?:{words})$", re.IGNORECASE)
    for name, words in {
        "owner": r"owner|who|responsible|assignee|assigned to|person|lead|by whom|action owner|resp\.?|verantwortlich(?:e[rn]?)?|wer|zuständig|bearbeiter(?:in)?|responsable|pilote|qui|porteur",
        "due": r"due|due date|by when|when|deadline|date|target|target date|eta|zu erledigen bis|erledigen bis|bis(?: wann)?|termin|fällig(?: am|keit)?|frist|wann|datum|échéance|quand|délai|pour le",
        "kind": r"type|kind|category|class|raid|art|typ|kategorie|catégorie",
        "status": r"status|state|progress|done|stand|état|statut",
        "text": r"actions?|action items?|action points?|what|description|tasks?|items?|text|decisions?|risks?|issues?|questions?|to-?do|topic|next steps?|changes?|aufgaben?|ma(?:ß|ss)nahmen?|inhalt|beschreibung|was|thema|punkt|beschl(?:uss|üsse)|ergebnis|tâches?|quoi|sujet|décisions?|risques?|risik(?:o|en)",
    }.items()
}  # fmt: skip
"""The heads of columns, and the names of fields that stand on lines of their own."""
DONE = re.compile(
    r"(?:done|closed?|completed?|finished|cancell?ed|100\s?%|x|✓|✔|☑|✅|erledigt|fertig|geschlossen|terminée?|faite?|clos)",
    re.IGNORECASE,
)
"""A status that says there is nothing left to do."""
INFORMATION = re.compile(
    r"(?:i|info|information(?:en)?|hinweis|note|fyi|status|kommentar|comment|discussion)", re.IGNORECASE
)
"""A kind of row that is no item."""
NOTHING = re.compile(
    r"^\W*(?:none|n/?a|nil|nothing(?: new| to report)?|no (?:new )?(?:actions?|decisions?|risks?|issues?|questions?)(?: \w+)?|-+|tb[dc]|keine?(?: \w+)?|entfällt|aucune?(?: \w+)?|néant|rien)\W*$",
    re.IGNORECASE,
)
"""What is written where there is no item."""
