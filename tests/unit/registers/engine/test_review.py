from datetime import date

from bywhen.kernel.tables import RaidRow
from bywhen.kernel.worktime import WorkingTime
from bywhen.registers.engine.review import next_review, on_scale, row_findings

WORK = WorkingTime.standard([date(2026, 11, 25)])
FRIDAY = date(2026, 11, 20)


def test_the_next_review_counts_working_days_and_skips_the_holiday():
    assert next_review(FRIDAY, 5, None, WORK) == date(2026, 11, 30)


def test_the_next_review_is_the_eve_of_the_due_date_when_that_is_sooner():
    assert next_review(FRIDAY, 5, date(2026, 11, 26), WORK) == date(2026, 11, 24)
    assert next_review(FRIDAY, 5, date(2027, 1, 4), WORK) == date(2026, 11, 30)


def test_a_due_date_that_is_past_or_tomorrow_does_not_pull_the_review_back():
    assert next_review(FRIDAY, 5, date(2026, 11, 2), WORK) == date(2026, 11, 30)
    assert next_review(FRIDAY, 5, date(2026, 11, 23), WORK) == date(2026, 11, 30)


def test_only_one_to_five_is_on_the_scale():
    assert [on_scale(value) for value in (None, 0, 1, 5, 6, -1)] == [None, None, 1, 5, None, None]


def test_a_row_off_the_scale_and_without_owner_is_told_with_its_place():
    row = RaidRow("sheet RAID, row 4", "risk", "Data are late", id="R-1", probability=7, impact=3)
    found = row_findings([row], "raid.xlsx")
    assert [finding.rule for finding in found] == ["register-value-off-scale", "register-entry-ownerless"]
    assert "probability of risk 'Data are late' is 7" in found[0].text
    assert {str(finding.evidence[0]) for finding in found} == {"raid.xlsx, sheet RAID, row 4"}


def test_a_sound_row_has_no_findings():
    assert row_findings([RaidRow("row 2", "risk", "Fine", owner="Ana", probability=1, impact=5)], "raid.xlsx") == []
