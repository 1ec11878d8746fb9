from decimal import Decimal

import pytest

from bywhen.kernel.money import Money
from bywhen.registers.kinds import change, lesson, requirement
from bywhen.registers.kinds.change import ChangeEffect, Thresholds, request_reasons
from bywhen.registers.selectors.catalogue import register_list

EFFECT = ChangeEffect(-2, (("UAT", 4), ("Go-live", -6)), 3.5)
NOTHING = Thresholds(milestone_days=None, finish_days=None)


def test_no_limit_asks_for_no_request():
    assert request_reasons(EFFECT, NOTHING, cost=Money(Decimal(10**6), "EUR"), drops=True) == ()


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Thresholds(None, 2), "the project ends 2 working days earlier; a request is needed from 2 on"),
        (Thresholds(4, None), "Go-live moves 6 working days earlier (and 1 more milestone); a request is needed from 4 on"),
        (Thresholds(5, None), "Go-live moves 6 working days earlier; a request is needed from 5 on"),
        (Thresholds(None, None, float_days=3), "a task loses 3.5 working days of float; a request is needed from 3 on"),
    ],
)  # fmt: skip
def test_each_limit_says_what_reaches_it(limits, reason):
    assert request_reasons(EFFECT, limits) == (reason,)


def test_what_stays_below_a_limit_by_one_needs_no_request():
    assert request_reasons(EFFECT, Thresholds(7, 3, 4)) == ()


def test_cost_counts_from_the_limit_on_and_in_its_currency_only():
    limits = Thresholds(None, None, cost=Money(Decimal("100.00"), "EUR"))
    assert request_reasons(None, limits, cost=Money(Decimal("99.99"), "EUR")) == ()
    assert "from 100.00 EUR on" in request_reasons(None, limits, cost=Money(Decimal("100.00"), "EUR"))[0]
    assert "cannot be compared" in request_reasons(None, limits, cost=Money(Decimal(1), "USD"))[0]
    assert request_reasons(None, limits) == ()


def test_dropping_a_task_counts_where_scope_does():
    assert request_reasons(None, Thresholds(None, None, scope=True), drops=True)
    assert not request_reasons(None, Thresholds(None, None, scope=True))


def test_a_sheets_words_mean_a_state_in_any_case_and_spacing():
    words = ("", " Pending  Approval", "GENEHMIGT", "declined", "Umgesetzt", "something else")
    assert [change.state_of_words(word) for word in words] == [
        "raised", "assessed", "approved", "rejected", "implemented", "raised",
    ]  # fmt: skip
    assert change.later_state("raised", "implemented") == "implemented"


def test_lessons_and_requirements_are_judged_by_impact_alone():
    assert [lesson.band(lesson.exposure(1, impact)) for impact in (None, 1, 3, 5)] == ["", "low", "medium", "high"]
    assert [requirement.band(requirement.exposure(5, impact)) for impact in (None, 1, 2, 4, 5)] == [
        "", "won't", "could", "should", "must",
    ]  # fmt: skip
    assert lesson.staleness(999, "high") == ""
    assert (requirement.staleness(41, "must") != "", requirement.staleness(999, "could")) == (True, "")


def test_every_register_names_its_words_and_only_fields_that_an_entry_has():
    from bywhen.registers.models import Entry

    fields = {field.name for field in Entry._meta.get_fields()}
    prefixes = [register.PREFIX for register in register_list()]
    assert len(prefixes) == len(set(prefixes))
    for register in register_list():
        assert register.NOUN
        assert register.ABOUT.endswith(".")
        assert {*register.FIELDS, *register.LABELS} <= fields
