import pytest

from bywhen.intake.formats.delimited import Delimited, separator_of
from bywhen.intake.port import ReadOptions
from bywhen.kernel.errors import FileMalformedError
from factories.format_samples import blob


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_table_is_read_when_encoding_and_separator_are_usual(separator, encoding):
    text = "Task Name,Start,Finish\nPrüfung,2026-01-05,2026-01-06\n".replace(",", separator)
    (found,) = Delimited().read(blob(text.encode(encoding)), ReadOptions())
    assert found.payload.tasks[0].name == "Prüfung"


def test_separator_is_obeyed_when_the_first_line_says_it():
    assert separator_of("sep=;\nTask Name;Start\nA;2026-01-05\n") == ";"
    (found,) = Delimited().read(blob("sep=;\nTask Name;Start\nA, b;2026-01-05\n"), ReadOptions())
    assert found.payload.tasks[0].name == "A, b"


def test_place_is_the_line_when_cells_hold_line_breaks():
    (found,) = Delimited().read(blob('Type,Title,Owner\nRisk,"two\nlines",Ana\nIssue,B,Bo\n'), ReadOptions())
    assert [row.place for row in found.payload] == ["line 2", "line 4"]


def test_open_quotation_is_refused_when_it_swallows_the_rest():
    text = 'Task Name,Start\n"A,2026-01-05\n' + "B,2026-01-05\n" * 20_000
    with pytest.raises(FileMalformedError, match="line 2"):
        Delimited().read(blob(text, "plan.csv"), ReadOptions())


@pytest.mark.parametrize(
    "text", ["Dear all, we met, and talked.\nThen we left, late.\n", "# Notes\n- a, b\n- c, d\n", "<a>,<b>\n", "a\nb\n"]
)
def test_prose_is_no_table_when_it_holds_commas(text):
    assert Delimited().recognises(blob(text)) < 0.1
