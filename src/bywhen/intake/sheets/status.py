"""Declared statuses: who called which area red, amber or green, and when."""

from __future__ import annotations

from bywhen.intake.grid import shown
from bywhen.intake.headers import Vocabulary, normal
from bywhen.intake.table import Built, SheetKind, Table
from bywhen.kernel.tables import StatusRow

FIELDS = {
    "on": ("on", "date", "status date", "reported on", "report date", "week", "week ending", "datum", "fecha",
        "as of", "berichtsdatum", "reporting date", "stichtag", "period", "week of"),
    "area": ("area", "workstream", "work stream", "project", "stream", "projekt", "bereich", "projet", "proyecto",
        "topic", "dimension", "teilprojekt", "work package", "name", "thema", "category"),
    "rag": ("rag", "rag status", "status", "colour", "color", "traffic light", "ampel", "health", "overall status",
        "overall rag", "feu", "semaforo", "ampelstatus", "overall health", "declared status", "status rag"),
    "by": ("by", "reported by", "owner", "declared by", "project manager", "author", "von", "pm", "lead",
        "gemeldet von"),
    "text": ("text", "comment", "comments", "summary", "note", "notes", "commentary", "reason", "kommentar",
        "bemerkung", "headline", "explanation", "status text", "update"),
    "project": ("project name", "project code", "programme", "program", "project", "projekt", "projet", "proyecto"),
}  # fmt: skip
_COLOURS = {
    "red": "red", "r": "red", "rot": "red", "rouge": "red", "rojo": "red", "off track": "red", "critical": "red",
    "amber": "amber", "a": "amber", "yellow": "amber", "y": "amber", "gelb": "amber", "orange": "amber",
    "jaune": "amber", "amarillo": "amber", "ambar": "amber", "at risk": "amber", "green": "green", "g": "green",
    "grun": "green", "gruen": "green", "vert": "green", "verde": "green", "on track": "green", "ok": "green",
}  # fmt: skip
_SIGNS = {"🔴": "red", "🟠": "amber", "🟡": "amber", "🟢": "green"}


def colour_of(text: str) -> str:
    """Red, amber or green as declared, or ''.

    >>> colour_of("Gelb"), colour_of("🟢 on plan"), colour_of("at risk"), colour_of("blue")
    ('amber', 'green', 'amber', '')
    """
    for sign, colour in _SIGNS.items():
        if sign in text:
            return colour
    word = normal(text)
    return _COLOURS.get(word, _COLOURS.get(word.split(" ")[0], "") if word else "")


def build(table: Table) -> Built:
    """One declaration a row; rows without a date or a colour are left out with their reason."""
    rows: list[StatusRow] = []
    for row in table.records("area", is_record=lambda row: bool(table.text(row, "rag"))):
        on, colour = table.date(row, "on"), colour_of(table.text(row, "rag"))
        if on is None or not colour:
            table.skip(
                row, "there is no date" if on is None else f"{table.text(row, 'rag')!r} is none of red, amber and green"
            )
            continue
        rows.append(
            StatusRow(
                place=table.place(row),
                on=on.date(),
                area=table.text(row, "area"),
                rag=colour,
                by=table.text(row, "by"),
                text=table.text(row, "text"),
                project=table.text(row, "project"),
            )
        )
        table.lose(row)
    return Built(tuple(rows), len(rows))


def fits(table: Table) -> bool:
    """Whether at least half of the declared words are colours."""
    words = [shown(cell) for cell in table.column("rag")]
    return sum(bool(colour_of(word)) for word in words) * 2 >= len(words) > 0


KIND = SheetKind(
    kind="status",
    fields=Vocabulary(FIELDS),
    needs=(("on",), ("rag",), ("area", "project")),
    build=build,
    fits=fits,
    names=("status", "rag", "status history", "ampel", "health"),
    telling=frozenset({"rag", "on", "area"}),
)
