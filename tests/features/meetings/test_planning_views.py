"""The pages of meetings to come: planned by the form, agenda edited, guests told with one click, feed read by anybody
who has its address."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.worktime import WorkingTime
from bywhen.loops.services import loop_open
from bywhen.meetings.selectors.planned import planned_agenda, planned_coming, planned_get
from bywhen.meetings.services.feeds import feed_address_make, feed_address_revoke
from bywhen.meetings.services.inviting import invitations_prepare
from bywhen.meetings.services.planning import Guests, meeting_plan
from bywhen.platform.models import OutgoingMail
from bywhen.record.models import Address, Person
from factories import rows
from factories.mail_sink import sink

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _monday():
    with clock_set(FrozenClock(MONDAY)):
        yield


@pytest.fixture
def page(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("owner", first_name="Priya"))
    return client


@pytest.fixture
def tom(db):
    person = Person.objects.create(name="Tom Becker", time_zone="Europe/Berlin")
    Address.objects.create(person=person, kind="email", value="tom@example.org")
    return person


@pytest.fixture
def planned(tom):
    return meeting_plan(
        project=rows.project(),
        kind="status",
        start=datetime(2026, 11, 24, 10),
        zone="Europe/Berlin",
        guests=Guests([tom]),
    )


def asked(tom, **given):
    return {
        "kind": "status",
        "project": "erp",
        "day": "2026-11-24",
        "time": "10:00",
        "zone": "Europe/Berlin",
        "required": [tom.pk],
        "repeats": "",
        **given,
    }


def text(response):
    return response.content.decode()


def test_meeting_is_planned_and_nobody_told_when_the_form_is_sent(page, tom):
    rows.project()
    answer = page.post(reverse("meetings:plan"), asked(tom, plan="1"), follow=True)
    (made,) = planned_coming()
    assert answer.redirect_chain == [(reverse("meetings:planned", args=[made.pk]), 302)]
    assert "Nobody has been told yet" in text(answer)
    assert "Coming up" in text(page.get(reverse("meetings:list")))
    assert OutgoingMail.objects.count() == 0


def test_series_is_planned_when_it_repeats(page, tom):
    rows.project()
    page.post(reverse("meetings:plan"), asked(tom, plan="1", repeats="every Tuesday and Thursday"))
    assert planned_coming().count() == 12


@pytest.mark.parametrize(
    "given",
    [
        {"repeats": "FREQ=SECONDLY"},
        {"zone": "Mars"},
        {"repeats": "now and then"},
        {"quorum": "120"},
        {"day": "soon"},
        {"kind": "tea"},
    ],
)
def test_form_says_why_when_it_cannot_be_planned(page, tom, given):
    rows.project()
    answer = page.post(reverse("meetings:plan"), asked(tom, plan="1", **given))
    assert answer.status_code == 422
    assert "problem" in text(answer)
    assert planned_coming().count() == 0


def test_free_times_are_shown_with_reasons_when_asked_for(page, tom, planned):
    answer = page.post(reverse("meetings:plan"), asked(tom, propose="1"))
    assert "Free times, best first" in text(answer)
    assert "Free, within everybody" in text(answer)
    assert planned_coming().count() == 1


def test_agenda_is_drafted_edited_and_kept_when_a_person_works_on_it(page, planned, tom):
    loop_open(
        key="a",
        kind="action",
        project=planned.project,
        title="Send the contract",
        evidence=(),
        working_time=WorkingTime.standard(),
        owner=tom,
        due=datetime(2026, 11, 20).date(),
    )
    page.post(reverse("week:agenda_draft", args=[planned.pk]))
    shown = text(page.get(reverse("meetings:planned", args=[planned.pk])))
    assert "Send the contract" in shown
    assert "Tom Becker, due 20 Nov" in shown
    sent = {
        "version": 0,
        "title-0": "Overdue",
        "minutes-0": "90",
        "points-0": "Send the contract\nMy own point",
        "title-1": "",
        "minutes-1": "5",
        "points-1": "lost",
    }
    kept = text(page.post(reverse("meetings:agenda", args=[planned.pk]), sent, follow=True))
    assert "The points take 90 minutes, the slot has 60: 30 too many" in kept
    (item,) = planned_agenda(planned_get(planned.pk)).items
    assert [(point.title, point.owner) for point in item.points] == [
        ("Send the contract", "Tom Becker"),
        ("My own point", ""),
    ]
    assert page.post(reverse("meetings:agenda", args=[planned.pk]), sent).status_code == 409
    assert (
        page.post(reverse("meetings:agenda", args=[planned.pk]), {**sent, "version": 1, "minutes-0": "-1"}).status_code
        == 422
    )


@pytest.mark.enable_socket
def test_guests_are_told_by_one_click_when_a_mail_server_is_set(page, planned, settings):
    with sink() as server:
        settings.SMTP_URL = server.address
        shown = text(page.post(reverse("meetings:step", args=[planned.pk, "invite"]), follow=True))
        assert "1 letter sent" in shown
        assert "Invite the guests" not in shown
        page.post(reverse("meetings:step", args=[planned.pk, "call_off"]))
        assert "1 letter sent" in text(page.post(reverse("meetings:step", args=[planned.pk, "invite"]), follow=True))
    assert [letter["subject"] for letter in server.letters] == [
        "Status meeting ERP core",
        "Cancelled: Status meeting ERP core",
    ]
    assert set(OutgoingMail.objects.values_list("status", "approved_by")) == {("sent", "Priya")}


def test_letters_wait_and_say_why_when_no_mail_server_is_set(page, planned):
    shown = text(page.post(reverse("meetings:step", args=[planned.pk, "invite"]), follow=True))
    assert "1 letter waits: no mail server is set (BYWHEN_SMTP_URL)" in shown


def test_steps_are_refused_when_they_are_unknown_or_come_too_late(page, planned):
    assert page.post(reverse("meetings:step", args=[planned.pk, "explode"])).status_code == 404
    page.post(reverse("meetings:step", args=[planned.pk, "call_off"]))
    assert page.post(reverse("meetings:step", args=[planned.pk, "call_off"])).status_code == 409
    assert "takes place after all" in text(
        page.post(reverse("meetings:step", args=[planned.pk, "restore"]), follow=True)
    )


def test_feed_opens_without_signing_in_when_its_address_is_right(client, planned, tom):
    token = feed_address_make(person=tom)
    answer = client.get(reverse("meetings:feed", args=[token]))
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        200,
        "text/calendar; charset=utf-8",
        "private, no-cache",
    )
    assert b"SUMMARY:Status meeting ERP core" in answer.content
    assert client.post(reverse("meetings:feed", args=[token])).status_code == 405
    assert client.get(reverse("meetings:feed", args=["x" * 43])).status_code == 404
    feed_address_revoke(person=tom)
    assert client.get(reverse("meetings:feed", args=[token])).status_code == 404


def test_pages_are_closed_when_nobody_has_entered(client, planned):
    for name, args in (("meetings:plan", []), ("meetings:planned", [planned.pk])):
        assert client.get(reverse(name, args=args)).status_code == 302


def test_text_of_people_stays_text_when_it_looks_like_markup(page, tom):
    rows.project()
    page.post(reverse("meetings:plan"), asked(tom, plan="1", title="<script>alert(1)</script>", location="<b>x</b>"))
    shown = text(page.get(reverse("meetings:planned", args=[planned_coming()[0].pk])))
    assert "<script>alert" not in shown
    assert "<b>x</b>" not in shown


def test_list_asks_the_database_no_more_when_more_is_planned(page, planned, tom, django_assert_max_num_queries):
    page.get(reverse("meetings:list"))
    with django_assert_max_num_queries(60) as few:
        page.get(reverse("meetings:list"))
    for number in range(10):
        meeting_plan(
            project=planned.project,
            kind="status",
            start=datetime(2026, 11, 25, 10) + timedelta(days=number),
            zone="Europe/Berlin",
            guests=Guests([tom]),
        )
    with django_assert_max_num_queries(len(few)):
        page.get(reverse("meetings:list"))


def test_letters_are_offered_again_when_they_were_prepared_elsewhere(page, planned):
    invitations_prepare(planned=planned)
    assert "Invite the guests" in text(page.get(reverse("meetings:planned", args=[planned.pk])))
