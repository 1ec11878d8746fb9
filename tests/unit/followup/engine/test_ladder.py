from dataclasses import replace
from datetime import date

import pytest

from bywhen.followup.engine.ladder import Judged, LeftAlone, capped, climb
from bywhen.kernel.asking import Fired, Urgency
from factories.loop_facts import TODAY, facts

ASK = Fired("it is due now", Urgency.SOON, TODAY, "Which day?")
NOW = replace(ASK, reason="it blocks a task", urgency=Urgency.NOW)
TO_LEAD = Fired("nobody owns it", Urgency.ROUTINE, TODAY, "Who takes it?", to_lead=True)


def climbed(*judged, leads=None, asked_on=None):
    return climb(judged, leads={"erp": "Lea"} if leads is None else leads, asked_on=asked_on or {}, today=TODAY)


def whom(known, *fired):
    ladder = climbed(Judged(facts(**known), tuple(("rule", each) for each in fired or (ASK,))))
    return [ask.person for ask in ladder.asks]


@pytest.mark.parametrize(
    ("known", "person"),
    [
        ({"waiting_on": "Bo", "owner": "Ana"}, "Bo"),
        ({"owner": "Ana"}, "Ana"),
        ({"owner": ""}, "Lea"),
        ({"owner": "Ana", "asked_times": 1}, "Ana"),
        ({"owner": "Ana", "asked_times": 2}, "Lea"),
    ],
)
def test_the_person_asked_is_the_one_whose_move_it_is(known, person):
    assert whom(known) == [person]


def test_what_is_for_the_lead_goes_there_even_when_it_waits_on_somebody():
    assert whom({"owner": "", "waiting_on": "Bo"}, ASK, TO_LEAD) == ["Lea"]


def test_nobody_is_asked_when_there_is_neither_owner_nor_lead():
    ladder = climbed(Judged(facts(owner=""), (("ownerless", TO_LEAD),)), leads={})
    assert (ladder.asks, ladder.quiet) == (
        (),
        (LeftAlone(1, "", "nobody owns it, and its project has no lead to ask"),),
    )


def test_without_a_lead_the_person_goes_on_being_asked():
    ladder = climbed(Judged(facts(asked_times=5), (("overdue", ASK),)), leads={})
    assert [ask.person for ask in ladder.asks] == ["Ana"]


def test_all_that_concerns_a_person_is_one_message_most_urgent_first():
    judged = [
        Judged(facts(1), (("silent", replace(ASK, urgency=Urgency.ROUTINE)),)),
        Judged(facts(2, due=date(2026, 12, 1)), (("overdue", ASK),)),
        Judged(facts(3, due=date(2026, 11, 20)), (("overdue", ASK),)),
        Judged(facts(4), (("critical-blocker", NOW),)),
    ]
    (ask,) = climbed(*judged).asks
    assert [line.facts.loop for line in ask.lines] == [4, 3, 2, 1]


def test_a_loop_in_several_rules_is_one_line_with_every_reason():
    (ask,) = climbed(Judged(facts(), (("overdue", ASK), ("critical-blocker", NOW)))).asks
    (line,) = ask.lines
    assert (line.rule, line.reasons) == ("critical-blocker", ("it blocks a task", "it is due now"))


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"pause_until": date(2026, 11, 30)}, "it can wait until Mon 30 Nov 2026"),
        ({"asked_days_ago": 4}, "it was asked about 4 working days ago; at most once a week"),
    ],
)
def test_a_loop_is_left_alone_when_it_can_wait_or_was_asked_about(known, reason):
    ladder = climbed(Judged(facts(**known), (("overdue", ASK),)))
    assert (ladder.asks, [left.reason for left in ladder.quiet]) == ((), [reason])


def test_a_loop_is_asked_about_again_after_a_week_or_when_the_pause_is_over():
    assert whom({"asked_days_ago": 5, "pause_until": TODAY}) == ["Ana"]


def test_a_person_is_left_alone_when_two_messages_went_out_this_week():
    ladder = climbed(Judged(facts(), (("overdue", ASK),)), asked_on={"Ana": [TODAY, TODAY]})
    assert [left.reason for left in ladder.quiet] == ["two messages went out this week already"]


def test_the_caps_count_the_day_and_the_week_only():
    friday = date(2026, 11, 27)
    assert capped([friday] * 3, friday) == "three messages went out today already"
    assert capped([date(2026, 11, 20), date(2026, 11, 19), friday], friday) == ""


def test_the_order_of_what_comes_in_does_not_matter():
    judged = [Judged(facts(n, owner=owner), (("overdue", ASK),)) for n, owner in enumerate(["Bo", "Ana", "Bo"], 1)]
    assert climbed(*judged) == climbed(*reversed(judged))
    assert [ask.person for ask in climbed(*judged).asks] == ["Ana", "Bo"]
