from __future__ import annotations

import pytest

from bywhen.meetings.engine.items import ItemKind
from bywhen.meetings.engine.notetables import cells, keyed_row, table_head, table_row


def _row(head: str, row: str) -> tuple[str, str, str, str] | None:
    found_head = table_head(cells(head))
    assert found_head is not None
    found = table_row(cells(row), found_head, "")
    return found and (found.kind.value, found.text, found.owner, found.due)


@pytest.mark.parametrize(
    ("head", "row", "wanted"),
    [
        ("| Action | Owner | Due |", "| Send it | Ana | Friday |", ("action", "Send it", "Ana", "Friday")),
        ("Aufgabe\tVerantwortlich\tTermin", "Senden\tAna\t20.10.", ("action", "Senden", "Ana", "20.10.")),
        ("Tâche | Responsable | Échéance", "Envoyer | Ana | lundi", ("action", "Envoyer", "Ana", "lundi")),
        ("| Type | Description | Owner |", "| R | It may break | Ben |", ("risk", "It may break", "Ben", "")),
        ("| Decision | Who |", "| Stay on version 4 | Board |", ("decision", "Stay on version 4", "Board", "")),
        ("| Type | Description | Owner |", "| Info | It works | |", None),
        ("| Action | Owner | Status |", "| Send it | Ana | Done |", None),
        ("| Action | Owner |", "|---|---|", None),
        ("| Action | Owner |", "| n/a | |", None),
    ],
)
def test_reads_a_row_when_its_head_names_the_columns(
    head: str, row: str, wanted: tuple[str, str, str, str] | None
) -> None:
    assert _row(head, row) == wanted


def test_reads_a_row_when_its_cells_name_themselves() -> None:
    found = keyed_row(cells("Who: Ana | What: send it | When: Friday"), "")
    assert found is not None
    assert (found.kind, found.text, found.owner, found.due) == (ItemKind.ACTION, "send it", "Ana", "Friday")
    assert keyed_row(cells("Time: 10:00 | Room: 4"), "") is None
