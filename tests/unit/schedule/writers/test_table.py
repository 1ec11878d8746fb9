import io
from datetime import datetime

from python_calamine import CalamineWorkbook

from bywhen.schedule.writers.table import HEADINGS, table_csv, table_xlsx

ROW = (
    7, "1.2", 2, '=HYPERLINK("http://x")', "@Ana", datetime(2026, 11, 2, 8), datetime(2026, 11, 6, 17), 5.0, 40.0, None, None,
    2.5, 0.0, True, False, None, "", "3FS+2d",
)  # fmt: skip


def test_no_cell_of_a_csv_begins_like_a_formula():
    line = table_csv([ROW]).decode("utf-8-sig").splitlines()[1]
    assert "'=HYPERLINK" in line
    assert "'@Ana" in line
    assert ",2026-11-02 08:00," in line


def test_a_csv_leaves_negative_numbers_numbers():
    assert table_csv([(*ROW[:11], -3.5, *ROW[12:])]).decode("utf-8-sig").splitlines()[1].split(",")[11] == "-3.5"


def test_an_excel_sheet_holds_dates_numbers_and_plain_text():
    book = CalamineWorkbook.from_filelike(io.BytesIO(table_xlsx([ROW], title="Plan of ERP")))
    head, row = book.get_sheet_by_index(0).to_python()
    assert tuple(head) == HEADINGS
    assert (row[0], row[5], row[11], row[13]) == (7.0, datetime(2026, 11, 2, 8), 2.5, "yes")
    assert row[3] == '=HYPERLINK("http://x")'


def test_an_excel_sheet_writes_no_formula():
    import zipfile

    with zipfile.ZipFile(io.BytesIO(table_xlsx([ROW], title="Plan"))) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


def test_control_characters_are_left_out():
    book = CalamineWorkbook.from_filelike(io.BytesIO(table_xlsx([("a\x00b\x0bc", *ROW[1:])], title="Plan")))
    assert book.get_sheet_by_index(0).to_python()[1][0] == "a b c"
