from datetime import date

import pytest

from bywhen.intake.mapping import options_for, options_mapped
from bywhen.intake.port import ReadOptions
from bywhen.kernel.errors import MappingWrongError

TEXT = 'kind = "plan"\ndate_order = "dmy"\n[columns]\nname = "Arbeitspaket"\n'


def test_options_are_completed_when_a_mapping_lies_beside_the_file(tmp_path):
    sheet = tmp_path / "plan.xlsx"
    (tmp_path / "plan.mapping.toml").write_text(TEXT, encoding="utf-8")
    found = options_for(sheet, today=date(2026, 11, 22))
    assert (found.kind, found.date_order, dict(found.mapping)) == ("plan", "DMY", {"name": "Arbeitspaket"})
    assert found.today == date(2026, 11, 22)
    assert options_for(tmp_path / "other.xlsx") == ReadOptions()


def test_caller_wins_when_both_say_something():
    found = options_mapped(ReadOptions(kind="raid", mapping={"name": "A"}), TEXT, file="x")
    assert (found.kind, dict(found.mapping)) == ("raid", {"name": "A"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kind = plan", "not TOML"),
        ('kind = "plans"', "'plans' is no kind"),
        ('date_order = "YDM"', "no date order"),
        ('sheet = "x"', "key 'sheet'"),
        ("columns = 3", "field = "),
    ],
)
def test_mapping_is_refused_in_one_sentence_when_it_is_wrong(text, said):
    with pytest.raises(MappingWrongError, match=said) as refused:
        options_mapped(ReadOptions(), text, file="plan.mapping.toml")
    assert str(refused.value).startswith("plan.mapping.toml")
