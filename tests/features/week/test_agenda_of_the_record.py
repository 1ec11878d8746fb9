"""The agenda of a meeting holds each due thing of the record once, and the week prepares it without ever overwriting."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.worktime import WorkingTime
from bywhen.loops.selectors import loop_list
from bywhen.loops.services import loop_close, loop_open
from bywhen.meetings.selectors.planned import planned_agenda, planned_coming, planned_get
from bywhen.meetings.services.planning import Guests, agenda_set, meeting_plan, series_plan
from bywhen.platform.acting import Actor, acting
from bywhen.platform.outgoing import mail_approve, mail_prepare
from bywhen.record.engine.payloads import ChangePayload
from bywhen.record.models import Person
from bywhen.registers.models import Entry
from bywhen.registers.services.change_acts import approver_ask, request_add, request_decide
from bywhen.registers.services.changes import changes_follow
from bywhen.schedule.services.changes import change_propose
from bywhen.schedule.services.taking_in import plan_take_in
from bywhen.week.selectors.agenda_facts import agenda_drafted, agenda_facts
from bywhen.week.services.preparing import letters_send, meetings_prepare
from factories import rows
from factories.mail_sink import sink

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _monday():
    with clock_set(FrozenClock(MONDAY)):
        yield


@pytest.fixture
def project(db):
    return rows.project()


@pytest.fixture
def planned(project):
    return meeting_plan(
        project=project, kind="status", start=datetime(2026, 11, 24, 10), zone="Europe/Berlin", guests=Guests()
    )


def loop(project, title, due=None, kind="action", owner="Tom Becker"):
    person, _ = Person.objects.get_or_create(name=owner)
    return loop_open(
        key=title,
        kind=kind,
        project=project,
        title=title,
        evidence=(),
        working_time=WorkingTime.standard(),
        owner=person,
        due=due,
    )[0]


def risk(project, title, raised, moved, score=12):
    return Entry.objects.create(
        key=title,
        kind="risk",
        project=project,
        title=title,
        raised_on=raised,
        last_moved_on=moved,
        score=score,
        band="high",
    )


def titles(agenda):
    return [point.title for item in agenda.items for point in item.points]


def test_each_due_thing_stands_once_when_the_agenda_is_drafted(project, planned):
    loop(project, "Send the contract", date(2026, 11, 20))
    loop(project, "Order the servers", date(2026, 12, 1))
    loop(project, "Far away", date(2027, 3, 1))
    loop(project, "Which supplier", date(2026, 11, 20), kind="decision")
    risk(project, "Supplier late", date(2026, 11, 19), date(2026, 11, 19))
    risk(project, "Old news", date(2026, 6, 1), date(2026, 6, 1))
    agenda = agenda_drafted(planned)
    assert titles(agenda) == ["Send the contract", "Which supplier", "Supplier late", "Order the servers"]
    assert agenda.items[0].points[0].note == "due 20 Nov"
    assert agenda.items[0].points[0].owner == "Tom Becker"
    assert agenda.warning == ""


def test_what_was_closed_is_gone_when_it_is_drafted_again(project, planned):
    done = loop(project, "Send the contract", date(2026, 11, 20))
    assert meetings_prepare(project=project) == 1
    loop_close(loop=done)
    assert meetings_prepare(project=project) == 1
    assert titles(planned_agenda(planned_get(planned.pk))) == []


def test_nothing_is_new_when_the_week_prepares_twice(project):
    series_plan(
        project=project,
        kind="steering_committee",
        first=datetime(2026, 11, 26, 10),
        zone="Europe/Berlin",
        rule="FREQ=WEEKLY",
        guests=Guests(),
    )
    assert (
        meetings_prepare(project=project) == 3
    )  # two agendas within two weeks, one loop about papers due last Thursday
    assert meetings_prepare(project=project) == 0
    assert [each.title for each in loop_list(project=project)] == [
        "Send the papers for 'Steering committee ERP core' on Thu 26 Nov"
    ]


def test_edited_agenda_stays_when_the_week_prepares(project, planned):
    loop(project, "Send the contract", date(2026, 11, 20))
    mine = agenda_drafted(planned)
    agenda_set(planned=planned, agenda=mine, version=0)
    loop(project, "Another thing", date(2026, 11, 20))
    meetings_prepare(project=project)
    assert titles(planned_agenda(planned_get(planned.pk))) == ["Send the contract"]


def test_next_agenda_carries_what_the_last_left_open_when_a_series_goes_on(project):
    series_plan(
        project=project,
        kind="status",
        first=datetime(2026, 11, 24, 10),
        zone="Europe/Berlin",
        rule="FREQ=WEEKLY",
        guests=Guests(),
    )
    loop(project, "Send the contract", date(2026, 11, 26))
    first, second = planned_coming()[:2]
    assert titles(agenda_drafted(first)) == titles(agenda_drafted(second)) == ["Send the contract"]
    assert [fact.topic for fact in agenda_facts(first)] == ["due"]
    assert [fact.topic for fact in agenda_facts(second)] == ["overdue"]


def test_warning_is_kept_for_the_reader_when_too_much_is_due(project, planned):
    for number in range(30):
        loop(project, f"Action {number}", date(2026, 11, 20))
    assert agenda_drafted(planned).warning.startswith("The points take 105 minutes, the slot has 60: 45 too many")


@pytest.mark.enable_socket
def test_approved_letters_leave_with_the_turn_when_there_is_a_server(settings):
    assert letters_send() == 0
    with sink() as server:
        settings.SMTP_URL = server.address
        letters = [mail_prepare(key=key, address=f"{key}@example.org", subject=key, text="")[0] for key in ("a", "b")]
        with acting(Actor("person", "Priya")):
            mail_approve(mail=letters[0])
        assert (letters_send(), letters_send()) == (1, 0)
    assert [letter["subject"] for letter in server.letters] == ["a"]


def test_a_request_awaiting_the_board_stands_once_and_a_decided_one_not_at_all(project):
    plan_take_in(project=project, plan=rows.plan(), source=rows.source(project=project))
    person, _ = Person.objects.get_or_create(name="Tom Becker")
    cab = meeting_plan(
        project=project, kind="cab", start=datetime(2026, 11, 24, 10), zone="Europe/Berlin", guests=Guests()
    )
    spoken = change_propose(project=project, payload=ChangePayload(1, delay_days=3.0))
    changes_follow(proposals=[spoken], working_time=WorkingTime.standard())
    approver_ask(entry=Entry.objects.get(kind="change"), person=person)
    written = Entry.objects.get(pk=request_add(project=project, title="A second printer").entry)
    points = [point for item in agenda_drafted(cab).items for point in item.points]
    assert [(point.title, point.note) for point in points] == [
        ("Build the API: 3 working days later", "CR-1, moves the end by 3 working days, 0 of 1 vote"),
        ("A second printer", "CR-2, raised"),
    ]
    request_decide(entry=written, decision="approved")
    spoken_request = Entry.objects.get(proposal=spoken)
    request_decide(entry=spoken_request, decision="approved", reason="urgent")
    assert spoken_request.proposal.status == "proposed"
    assert titles(agenda_drafted(cab)) == []
