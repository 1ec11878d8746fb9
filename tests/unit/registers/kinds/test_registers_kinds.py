from bywhen.registers.kinds import assumption, change, dependency, issue, risk
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


CONSEQUENCE = {
    "text": "5 tasks move: Go-live moves 10 working days; the project ends 10 working days later.",
    "finish": {"name": "Meridian", "working_days": 10},
    "milestones": [{"name": "Go-live", "working_days": 10}, {"name": "Signed", "working_days": 0}],
    "float_used": [
        {"uid": 1, "before_days": 4.0, "after_days": 1.0},
        {"uid": 2, "before_days": 7.0, "after_days": 0.0},
    ],
}


def test_a_changes_effect_is_read_from_the_computed_consequence():
    effect = change.effect_of(CONSEQUENCE)
    assert effect == change.ChangeEffect(10, (("Go-live", 10),), 7.0)
    assert effect.document()["milestones"] == [{"name": "Go-live", "working_days": 10}]
    assert change.effect_of({"text": "The task is not in the plan."}) is None


def test_a_change_is_registered_when_the_end_moves_or_a_milestone_by_a_week():
    limits = change.Thresholds()
    assert change.ChangeEffect(1, (), 0).reaches(limits)
    assert change.ChangeEffect(-1, (), 0).reaches(limits)
    assert change.ChangeEffect(0, (("Signed", -5),), 0).reaches(limits)
    assert not change.ChangeEffect(0, (("Signed", 4), ("Built", 4)), 20).reaches(limits)
    assert not change.ChangeEffect(2, (("Signed", 5),), 0).reaches(change.Thresholds(6, 3))


def test_a_changes_state_follows_its_proposal():
    states = [change.state_of_proposal(s) for s in ("proposed", "accepted", "edited", "rejected", "superseded")]
    assert states == ["assessed", "implemented", "implemented", "rejected", ""]
    assert set(states) - {""} | change.FINAL <= set(change.STATES)


def test_an_undecided_change_is_not_scored_and_goes_stale_after_two_weeks():
    assert (change.exposure(4, 5), change.band(None), change.review_days("")) == (None, "", 5)
    assert change.staleness(10, "") == ""
    assert "11 working days" in change.staleness(11, "")


def test_every_register_is_in_the_catalogue_once():
    kinds = [register.KIND for register in register_list()]
    assert kinds[:5] == ["risk", "assumption", "issue", "dependency", "change"]
    assert len(kinds) == len(set(kinds))
    assert register_get("risk") is risk
    assert register_get("action") is None


def test_every_registers_columns_are_fields_of_an_entry():
    from bywhen.registers.models import Entry

    fields = {field.name for field in Entry._meta.get_fields()}
    assert all(set(register.COLUMNS) <= fields and register.TITLE for register in register_list())
