from bywhen.registers.kinds import assumption, dependency, issue, risk
from bywhen.registers.selectors.catalogue import register_get, register_list


def test_a_risk_has_no_score_when_one_part_is_missing():
    assert risk.exposure(None, 3) is None
    assert risk.exposure(3, None) is None
    assert (risk.exposure(4, 5), risk.exposure(1, 1)) == (20, 1)


def test_a_risks_band_follows_its_score():
    assert [risk.band(score) for score in (None, 1, 4, 5, 9, 10, 16, 17, 25)] == [
        "", "low", "low", "medium", "medium", "high", "high", "extreme", "extreme",
    ]  # fmt: skip


def test_a_worse_risk_is_reviewed_sooner():
    days = [risk.review_days(band) for band in ("extreme", "high", "medium", "low")]
    assert days == sorted(days) == [5, 10, 20, 40]
    assert risk.review_days("") == 5


def test_a_risk_is_stale_only_after_two_review_intervals():
    assert risk.staleness(20, "high") == ""
    assert "21 working days" in risk.staleness(21, "high")


def test_an_issues_score_ignores_probability():
    assert issue.exposure(1, 4) == issue.exposure(None, 4) == 20
    assert issue.exposure(5, None) is None
    assert [issue.band(issue.exposure(None, impact)) for impact in (1, 2, 3, 4, 5)] == [
        "low",
        "low",
        "medium",
        "high",
        "extreme",
    ]
    assert issue.band(None) == ""


def test_an_issue_is_stale_after_two_weeks_whatever_its_band():
    assert issue.staleness(10, "low") == ""
    assert issue.staleness(11, "low").startswith("no movement for 11")
    assert issue.review_days("extreme") < issue.review_days("") < issue.review_days("low")


def test_an_assumption_is_stale_when_nobody_confirms_it():
    assert assumption.band(assumption.exposure(3, 5)) == "high"
    assert assumption.band(assumption.exposure(2, 3)) == "medium"
    assert assumption.band(assumption.exposure(1, 1)) == "low"
    assert (assumption.band(assumption.exposure(None, 1)), assumption.review_days("")) == ("", 20)
    assert (assumption.staleness(40, "high"), assumption.staleness(41, "low") != "") == ("", True)


def test_a_dependencys_silence_counts_by_its_band():
    assert dependency.band(dependency.exposure(4, 4)) == "high"
    assert (dependency.band(6), dependency.band(5), dependency.band(None)) == ("medium", "low", "")
    assert dependency.exposure(None, 4) is None
    assert dependency.staleness(6, "high").endswith("the limit is 5")
    assert (dependency.staleness(6, "medium"), dependency.staleness(11, "") != "") == ("", True)
    assert dependency.review_days("") == 10


def test_every_register_is_in_the_catalogue_once():
    kinds = [register.KIND for register in register_list()]
    assert kinds[:4] == ["risk", "assumption", "issue", "dependency"]
    assert len(kinds) == len(set(kinds))
    assert register_get("risk") is risk
    assert register_get("action") is None


def test_every_registers_columns_are_fields_of_an_entry():
    from bywhen.registers.models import Entry

    fields = {field.name for field in Entry._meta.get_fields()}
    assert all(set(register.COLUMNS) <= fields and register.TITLE for register in register_list())
