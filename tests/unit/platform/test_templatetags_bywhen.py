from datetime import date

import pytest

from bywhen.platform.templatetags.bywhen import bars_placed, day, delta, rag, why


@pytest.mark.parametrize(("judgement", "letter"), [("red", "R"), ("amber", "A"), ("green", "G"), ("grey", "?")])
def test_rag_says_its_letter_when_colour_is_not_seen(judgement, letter):
    assert f"<span>{letter}</span>" in rag(judgement)


def test_rag_is_grey_when_the_judgement_is_unknown():
    assert 'class="rag n"' in rag("excellent")
    assert "Grey: no evidence" in rag("excellent")


def test_rag_never_calls_missing_evidence_by_another_reason_when_one_is_given():
    assert "fine" not in rag("grey", "fine")


@pytest.mark.parametrize(
    ("form", "text"), [("short", "Wed 2 Dec"), ("long", "Wednesday 2 December"), ("bare", "2 Dec")]
)
def test_day_is_written_as_people_say_it_when_form_is(form, text):
    assert day(date(2026, 12, 2), form) == text


def test_delta_groups_thousands_when_it_is_money():
    assert "+6,240 EUR" in delta(6240, "EUR")


def test_delta_is_early_when_days_are_negative():
    assert delta(-3) == '<span class="delta early">\N{MINUS SIGN}3 d</span>'


def test_why_keeps_text_as_text_when_it_holds_markup():
    shown = why("<script>x</script>", "/why/1")
    assert "<script>" not in shown
    assert 'hx-get="/why/1"' in shown


def test_why_is_plain_text_when_there_is_no_evidence_address():
    assert why("4 days") == "4 days"


def test_bars_share_one_time_axis_when_rows_differ():
    first, second = date(2026, 12, 1), date(2026, 12, 11)
    placed = bars_placed(
        [
            {"name": "Test", "before": (first, first), "after": (first, second)},
            {"name": "Go-live", "milestone": True, "before": (second, second), "after": (first, first)},
        ]
    )
    assert placed[0]["after_end"] == placed[1]["before_end"] == "352.0"
    assert placed[1]["after_end"] == "108.0"
    assert [row["late"] for row in placed] == [True, False]


def test_bars_are_none_when_there_are_no_rows():
    assert bars_placed([]) == []
