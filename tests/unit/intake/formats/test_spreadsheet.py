import io
import zipfile
from datetime import datetime

import pytest

from bywhen.intake.formats.spreadsheet import Spreadsheet
from bywhen.intake.port import ReadOptions
from bywhen.intake.reading import read_plan
from bywhen.kernel.errors import FileHostileError, FileMalformedError, FileTooLargeError
from factories.format_samples import PLAN_ROWS, blob, workbook
from shared_data import shared


def patched(change):
    source = zipfile.ZipFile(io.BytesIO(workbook({"Plan": PLAN_ROWS})))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            data = source.read(name)
            archive.writestr(name, change(data) if name.endswith("sheet1.xml") else data)
    return blob(target.getvalue(), "patched")


def test_plan_is_read_when_a_title_stands_above_the_heading():
    (found,) = Spreadsheet().read(blob(workbook({"Plan": PLAN_ROWS})), ReadOptions())
    assert found.payload.name == "ERP programme"
    assert found.part == "Plan"
    assert found.mapping["name"] == "Task Name"
    assert len(found.payload.links) == 2


def test_every_sheet_gives_its_reading_when_a_workbook_holds_several():
    data = workbook(
        {
            "Plan": PLAN_ROWS,
            "Risks": [["Risk", "Owner", "Impact"], ["Late vendor", "Ana", "High"]],
            "Pivot": [["Row Labels", "Sum of x"], ["a", 1]],
            "Old": PLAN_ROWS,
        },
        hidden=("Old",),
    )
    found = Spreadsheet().read(blob(data), ReadOptions())
    assert [(each.kind, each.part) for each in found] == [("plan", "Plan"), ("raid", "Risks")]
    assert found[1].payload[0].place == "sheet Risks, row 2"
    assert {each.subject for each in found[0].findings if each.rule == "sheet-not-taken"} == {
        "sheet Pivot",
        "sheet Old",
    }


def test_change_requests_are_a_kind_of_their_own_when_a_log_holds_them_beside_risks():
    log = [
        ["ID", "Type", "Title", "Owner", "Status"],
        ["CR-1", "Change request", "Add a Polish site", "Ana", "approved"],
        ["C-2", "Change", "Leave out the archive", "Ana", "raised"],
        ["R-1", "Risk", "Late vendor", "Ana", "open"],
    ]
    (found,) = Spreadsheet().read(blob(workbook({"Log": log})), ReadOptions())
    assert [(row.id, row.kind) for row in found.payload] == [("CR-1", "change"), ("C-2", "change"), ("R-1", "risk")]


def test_error_cells_are_told_when_a_formula_failed():
    row = b'<row r="7"><c r="A7"><v>4</v></c><c r="B7" t="inlineStr"><is><t>X</t></is></c><c r="D7" t="e"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData>'
    (found,) = Spreadsheet().read(patched(lambda data: data.replace(b"</sheetData>", row)), ReadOptions())
    errors = [each for each in found.findings if each.rule == "formula-error"]
    assert [(each.subject, each.evidence[0].quote) for each in errors] == [("sheet Plan, cell D7", "#DIV/0!")]


@pytest.mark.parametrize(
    "cell",
    [b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
     b'<row r="1048576"><c><v>1</v></c><c><v>1</v></c></row>'],
)  # fmt: skip
def test_lone_far_cell_is_refused_by_name_when_the_range_would_be_huge(cell):
    with pytest.raises(FileTooLargeError, match="patched, sheet Plan"):
        Spreadsheet().read(patched(lambda data: data.replace(b"</sheetData>", cell + b"</sheetData>")), ReadOptions())


def test_entities_are_refused_when_a_sheet_declares_them():
    with pytest.raises(FileHostileError, match="entities"):
        Spreadsheet().read(
            patched(lambda data: data.replace(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet', 1)),
            ReadOptions(),
        )


def test_real_bytes_are_counted_when_the_ratio_looks_harmless():
    with pytest.raises(FileTooLargeError, match="100 MB"):
        Spreadsheet().read(patched(lambda data: data + b"<!--" + b"x" * 110_000_000 + b"-->"), ReadOptions())


def test_locked_workbook_is_refused_when_it_needs_a_password():
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le")
    assert Spreadsheet().recognises(blob(data)) > 0
    with pytest.raises(FileMalformedError, match="password"):
        Spreadsheet().read(blob(data), ReadOptions())


def test_real_project_control_workbooks_give_their_baseline_when_they_are_read():
    folder = shared("data", "finance", "dslib", "xlsx")
    for path in sorted(folder.glob("*.xlsx")):
        found = read_plan(path)
        assert found.part == "Baseline Schedule"
        assert found.payload.links
        assert not [each for each in found.findings if each.rule == "link-to-missing-task"]
        assert found.payload.tasks[0].summary
    agnes = read_plan(next(folder.glob("C2011-05*")))
    assert (len(agnes.payload.tasks), len(agnes.payload.links)) == (22, 27)
    assert agnes.payload.finish == datetime(2011, 7, 15, 17)
