"""RAID logs and action lists: risks, assumptions, issues, dependencies, decisions, actions, blockers, lessons."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bywhen.intake.grid import Cell, Row, is_empty, shown
from bywhen.intake.headers import Vocabulary, normal
from bywhen.intake.numbers import read_number
from bywhen.intake.table import Built, SheetKind, Table
from bywhen.kernel.tables import RaidRow

FIELDS = {
    "id": ("id", "raid id", "risk id", "issue id", "action id", "ref", "reference", "nr", "no", "number", "key",
        "log id", "decision id", "item no", "item number", "numero"),
    "kind": ("type", "raid type", "kind", "category raid", "raid", "item type", "record type", "typ", "art",
        "log type", "raid category", "entry type", "r a i d"),
    "title": ("title", "risk", "issue", "action", "action item", "decision", "assumption", "dependency", "blocker",
        "summary", "name", "item", "risk title", "issue title", "risk description", "issue description",
        "action description", "risk name", "risiko", "massnahme", "entscheidung", "risque", "riesgo", "headline",
        "topic", "thema", "titel", "what", "task", "short description", "titre", "titulo", "subject",
        "decision made", "risk statement", "accion", "lesson", "lesson learned", "requirement", "anforderung"),
    "description": ("description", "details", "detail", "beschreibung", "descripcion", "notes", "comments",
        "comment", "cause", "notizen", "bemerkung", "context", "background", "consequence", "impact description",
        "remarks"),
    "owner": ("owner", "risk owner", "issue owner", "action owner", "assigned to", "assignee", "responsible",
        "verantwortlich", "responsable", "who", "resp", "decided by", "decision maker", "zustandig", "lead",
        "propietario", "accountable"),
    "raised_by": ("raised by", "reported by", "identified by", "author", "created by", "gemeldet von", "reporter",
        "requested by"),
    "raised_on": ("raised on", "date raised", "raised", "date", "opened", "date identified", "identified on",
        "created", "opened on", "erfasst am", "datum", "date logged", "logged", "created at", "date opened",
        "decision date", "decided on", "fecha", "reported on", "date reported", "date created", "open date",
        "created on"),
    "due": ("due", "due date", "target date", "deadline", "by when", "target resolution date", "falligkeit",
        "faellig am", "fallig am", "echeance", "fecha limite", "resolve by", "due on", "needed by",
        "resolution date", "termin", "bis wann", "target", "target completion", "when", "decision needed by",
        "required by", "bis"),
    "status": ("status", "state", "stand", "etat", "estado", "statut", "risk status"),
    "probability": ("probability", "likelihood", "prob", "wahrscheinlichkeit", "probabilite", "probabilidad", "p",
        "chance"),
    "impact": ("impact", "severity", "consequence score", "auswirkung", "schadenshohe", "gravite", "impacto", "i",
        "impact score", "schwere"),
    "response": ("response", "mitigation", "mitigation plan", "response plan", "countermeasure", "resolution",
        "risk response", "gegenmassnahme", "massnahmen", "treatment", "action plan", "plan", "contingency",
        "recommendation", "recommendations", "acceptance criteria", "accepted when", "akzeptanzkriterien",
        "mitigation actions", "mitigation strategy", "next step", "next steps", "mitigating action", "mitigacion",
        "reponse"),
    "waiting_on": ("waiting on", "waiting for", "blocked by", "wartet auf", "pending with", "dependency on",
        "en attente de"),
    "last_movement": ("last movement", "last update", "last updated", "updated", "updated on", "letzte anderung",
        "last modified", "modified", "last activity", "aktualisiert", "last reviewed", "last update date"),
    "review_on": ("review on", "review date", "next review", "next review date", "next check", "wiedervorlage",
        "next update"),
    "task": ("task", "plan task", "linked task", "related task", "activity", "vorgang", "work package",
        "affected task", "milestone", "related milestone", "wbs", "task name", "affects"),
    "task_uid": ("task uid", "task id", "linked task id", "activity id", "plan task id", "task unique id"),
    "project": ("project", "projekt", "projet", "proyecto", "workstream", "programme", "program"),
}  # fmt: skip
KINDS = {
    "risk": ("risk", "risks", "risiko", "risiken", "risque", "risques", "riesgo", "riesgos", "r", "threat",
        "opportunity"),
    "assumption": ("assumption", "assumptions", "annahme", "annahmen", "hypothese", "supuesto"),
    "issue": ("issue", "issues", "problem", "problems", "probleme", "problema", "i", "offener punkt", "defect"),
    "dependency": ("dependency", "dependencies", "abhangigkeit", "abhangigkeiten", "dependance", "dependencia", "d"),
    "change": ("change", "change request", "change requests", "cr", "anderungsantrag", "demande de changement"),
    "lesson": ("lesson", "lessons", "lesson learned", "lessons learned", "lessons learnt", "erkenntnis", "erkenntnisse",
        "retour d experience", "leccion aprendida", "lecciones aprendidas"),
    "requirement": ("requirement", "requirements", "anforderung", "anforderungen", "exigence", "exigences", "requisito",
        "requisitos"),
    "decision": ("decision", "decisions", "entscheidung", "entscheidungen", "entscheid", "beschluss",
        "decision log"),
    "action": ("action", "actions", "action item", "action items", "action log", "massnahme", "massnahmen",
        "aufgabe", "todo", "to do", "accion", "acciones", "task"),
    "blocker": ("blocker", "blockers", "impediment", "impediments", "blockade", "hindernis", "blocage"),
}  # fmt: skip
_BY_WORD = {word: kind for kind, words in KINDS.items() for word in words}
_LEVELS = {
    "very low": 1, "rare": 1, "negligible": 1, "insignificant": 1, "sehr niedrig": 1, "sehr gering": 1,
    "tres faible": 1, "low": 2, "unlikely": 2, "minor": 2, "niedrig": 2, "gering": 2, "faible": 2, "bajo": 2,
    "baja": 2, "l": 2, "medium": 3, "possible": 3, "moderate": 3, "mittel": 3, "moyen": 3, "moyenne": 3, "medio": 3,
    "media": 3, "m": 3, "med": 3, "high": 4, "likely": 4, "major": 4, "hoch": 4, "eleve": 4, "elevee": 4, "alto": 4,
    "alta": 4, "h": 4, "severe": 4, "very high": 5, "almost certain": 5, "critical": 5, "sehr hoch": 5,
    "tres eleve": 5, "catastrophic": 5, "kritisch": 5, "extreme": 5, "certain": 5, "muy alto": 5,
}  # fmt: skip
_LOW_TO_HIGH = 5


def build(table: Table) -> Built:
    """One entry a row. Without a column for the kind, the heading of the title or the sheet's name tells it; a row
    whose kind nothing tells is left out with its reason.
    """
    common = _common_kind(table)
    entries: list[RaidRow] = []
    for row in table.records("title", is_record=lambda row: bool(table.text(row, "title"))):
        title = table.text(row, "title") or table.text(row, "description")
        kind = _kind(table, row, common)
        if not title or not kind:
            table.skip(row, "there is no title" if not title else f"{table.text(row, 'kind')!r} names no kind of entry")
            continue
        entries.append(_entry(table, row, kind, title))
        table.lose(row)
    return Built(tuple(entries), len(entries))


def _common_kind(table: Table) -> str:
    for text in (table.heading("title"), table.grid.sheet, *(table.heading(n) for n in ("id", "owner", "raised_on"))):
        for word in (normal(text), *normal(text).split()):
            if len(word) > 1 and word in _BY_WORD and word != "task":
                return _BY_WORD[word]
    return "risk" if table.has("probability") or table.has("impact", "response") else ""


def fits(table: Table) -> bool:
    """Whether something tells the kind of entry: a column whose words name kinds, a heading, the sheet's name."""
    words = [normal(shown(cell)) for cell in table.column("kind")]
    known = sum(any(part in _BY_WORD for part in (word, *word.split())) for word in words)
    return known * 3 >= len(words) if words else bool(_common_kind(table))


def _kind(table: Table, row: Row, common: str) -> str:
    text = normal(table.text(row, "kind"))
    found = next((_BY_WORD[word] for word in (text, *text.split()) if word in _BY_WORD), "")
    return found or common


def _entry(table: Table, row: Row, kind: str, title: str) -> RaidRow:
    uid = read_number(table.cell(row, "task_uid"))
    described = table.text(row, "description")
    return RaidRow(
        place=table.place(row),
        kind=kind,
        title=title,
        id=table.text(row, "id"),
        description="" if described == title else described,
        owner=table.text(row, "owner"),
        raised_by=table.text(row, "raised_by"),
        raised_on=_day(table, row, "raised_on"),
        due=_day(table, row, "due"),
        status=table.text(row, "status"),
        probability=_level(table, row, "probability"),
        impact=_level(table, row, "impact"),
        response=table.text(row, "response"),
        waiting_on=table.text(row, "waiting_on"),
        last_movement=_day(table, row, "last_movement"),
        review_on=_day(table, row, "review_on"),
        task=table.text(row, "task"),
        task_uid=int(uid) if uid is not None and uid % 1 == 0 else None,
        project=table.text(row, "project"),
    )


def _day(table: Table, row: Row, name: str) -> date | None:
    found = table.date(row, name)
    return found.date() if found else None


def _level(table: Table, row: Row, name: str) -> int | None:
    """1 to 5 from a number, a share or per cent, or a word; a column that goes beyond 5 (to 10) is halved."""
    cell = table.cell(row, name)
    if is_empty(cell):
        return None
    number = _level_number(cell)
    if number is None:
        table.find("level-unreadable", f"{shown(cell)!r} is no level from 1 to 5.", row=row)
        return None
    top = max((_level_number(each) or Decimal(0) for each in table.column(name)), default=Decimal(0))
    if (isinstance(cell, str) and "%" in cell) or (top <= 1 and number % 1):
        return min(_LOW_TO_HIGH, max(1, int(number * 5) + 1))
    level = number / 2 if top > _LOW_TO_HIGH else number
    return min(_LOW_TO_HIGH, max(1, int(level.to_integral_value())))


def _level_number(cell: Cell) -> Decimal | None:
    word = normal(shown(cell))
    if word in _LEVELS:
        return Decimal(_LEVELS[word])
    number = read_number(cell)
    if number is not None:
        return number
    led = word.split(" ", 1)
    return Decimal(led[0]) if led[0].isdigit() and len(led[0]) < 3 else None


KIND = SheetKind(
    kind="raid",
    fields=Vocabulary(FIELDS),
    needs=(
        ("title", "description"),
        ("kind", "probability", "impact", "owner", "response", "raised_on", "status", "due"),
    ),
    build=build,
    fits=fits,
    names=("raid", *(word for words in KINDS.values() for word in words if len(word) > 2)),
    telling=frozenset(
        {"kind", "probability", "impact", "response", "raised_by", "raised_on", "review_on", "waiting_on"}
    ),
)
