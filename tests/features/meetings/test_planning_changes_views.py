"""Changing planned meetings on their pages: time, rhythm, people, papers, answers, calendars, feeds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.worktime import WorkingTime
from bywhen.loops.selectors import loop_list
from bywhen.meetings.engine.agenda import Agenda, AgendaItem, Point
from bywhen.meetings.models import FeedAddress, PersonCalendar, ReplyLeftOut
from bywhen.meetings.selectors.planned import planned_agenda, planned_coming, planned_get, start_local
from bywhen.meetings.services.inviting import invitations_prepare, series_invitations_prepare
from bywhen.meetings.services.papers import papers_missed
from bywhen.meetings.services.planning import Guests, agenda_set, series_plan
from bywhen.platform.models import OutgoingMail
from bywhen.record.models import Address, Person
from factories import rows

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
ICS = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{more}BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20261101T080000Z\r\n"
    "DTSTART{start}\r\n{rest}SUMMARY:Secret dinner\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture(autouse=True)
def _monday():
    with clock_set(FrozenClock(MONDAY)):
        yield


@pytest.fixture
def page(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("owner", first_name="Priya"))
    return client


@pytest.fixture
def people(db):
    found = {}
    for name, zone in (("Tom Becker", "Europe/Berlin"), ("Eva Lind", "Asia/Kolkata"), ("Ruth Novak", "")):
        person = Person.objects.create(name=name, time_zone=zone)
        Address.objects.create(person=person, kind="email", value=f"{name.split()[0].lower()}@example.org")
        found[name.split()[0]] = person
    return found


@pytest.fixture
def series(people):
    return series_plan(
        project=rows.project(),
        kind="steering_committee",
        first=datetime(2026, 11, 24, 10),
        zone="Europe/Berlin",
        rule="FREQ=WEEKLY",
        guests=Guests([people["Tom"], people["Eva"]]),
    )


@pytest.fixture
def planned(series):
    return planned_coming().first()


def text(response):
    return response.content.decode()


def shown(page, planned):
    return text(page.get(reverse("meetings:planned", args=[planned.pk])))


def change(page, planned, **given):
    local = start_local(planned)
    data = {
        "day": f"{local:%Y-%m-%d}",
        "time": f"{local:%H:%M}",
        "minutes": planned.minutes,
        "location": planned.location,
        "title": planned.title,
        "zone": planned.zone,
        "repeats": "every week",
        "quorum": 50,
        "organiser_votes": "on",
        "papers_days": 5,
        **given,
    }
    return page.post(reverse("meetings:change", args=[planned.pk]), data, follow=True)


def days():
    return [f"{start_local(each):%d %b %H:%M}" for each in planned_coming()]


def test_one_meeting_moves_when_only_this_one_is_changed(page, planned):
    assert "is changed" in text(change(page, planned, time="15:00", one="1"))
    assert days()[:2] == ["24 Nov 15:00", "01 Dec 10:00"]


def test_rhythm_changes_when_it_and_all_after_it_are_changed(page, series):
    second = planned_coming()[1]
    answer = change(page, second, repeats="every two weeks", time="09:00", following="1")
    assert "is changed" in text(answer)
    assert days()[:3] == ["24 Nov 10:00", "01 Dec 09:00", "15 Dec 09:00"]


@pytest.mark.parametrize("given", [{"repeats": "biweekly"}, {"zone": "Mars"}, {"minutes": 0}, {"day": "soon"}])
def test_nothing_changes_and_the_reason_is_told_when_it_cannot_be(page, planned, given):
    answer = change(page, planned, following="1", **given)
    assert answer.status_code == 422
    assert 'class="problem" role="alert"' in text(answer)
    assert days()[0] == "24 Nov 10:00"


def test_next_dates_are_shown_in_every_zone_when_a_rhythm_is_written(page, planned, people):
    data = {"day": "2027-03-23", "time": "10:00", "minutes": 60, "repeats": "every Tuesday", "organiser_votes": "on"}
    told = text(page.post(reverse("meetings:change_dates", args=[planned.pk]), data))
    assert "every week on Tuesday" in told
    assert "Tue 23 Mar, 10:00" in told  # Berlin
    assert "Tue 23 Mar, 14:30" in told  # Kolkata, before Berlin's clocks change
    assert "Tue 30 Mar, 13:30" in told
    new = {
        "kind": "status",
        "project": "erp",
        "day": "2026-11-30",
        "time": "10:00",
        "zone": "UTC",
        "repeats": "last working day",
        "required": [people["Eva"].pk],
    }
    told = text(page.post(reverse("meetings:plan_dates"), new))
    assert told.count("<tr>") == 7
    assert "Mon 30 Nov, 15:30" in told
    assert "not understood" in text(page.post(reverse("meetings:plan_dates"), {**new, "repeats": "whenever"}))


def test_rest_is_called_off_when_the_series_ends(page, series):
    second = planned_coming()[1]
    page.post(reverse("meetings:end", args=[second.pk]))
    assert days() == ["24 Nov 10:00"]


def test_whole_series_is_told_and_told_again_when_it_changes(page, series, planned):
    assert "Invite to the whole series" in shown(page, planned)
    page.post(reverse("meetings:step", args=[planned.pk, "invite_all"]))
    assert OutgoingMail.objects.filter(status="approved").count() == 2
    assert "Invite" not in shown(page, planned)
    change(page, planned, location="Room 9", following="1")
    assert "Tell everybody of the series what changed" in shown(page, planned)


def test_people_who_leave_are_told_when_others_are_asked(page, planned, people, series):
    series_invitations_prepare(series=series)
    data = {"required": [people["Tom"].pk], "optional": [people["Ruth"].pk], "organiser": "", "following": "1"}
    answer = page.post(reverse("meetings:guests", args=[planned.pk]), data, follow=True)
    assert "Eva Lind will be told" in text(answer)
    assert (
        OutgoingMail.objects.filter(
            subject__startswith="Cancelled for you", recipient_address="eva@example.org"
        ).count()
        == 1
    )
    assert [seat.person.name for seat in planned_coming()[2].seats.all()] == ["Tom Becker", "Ruth Novak"]


def test_meeting_moves_to_where_a_guest_proposed_when_a_person_says_so(page, planned):
    invitations_prepare(planned=planned)
    reply = ICS.format(
        uid=planned.uid,
        start=":20261124T130000Z",
        more="METHOD:COUNTER\r\n",
        rest="ATTENDEE;PARTSTAT=TENTATIVE:mailto:eva@example.org\r\n",
    )
    file = SimpleUploadedFile("counter.ics", reply.encode())
    answer = page.post(reverse("meetings:reply"), {"file": file, "planned": planned.pk}, follow=True)
    assert "1 answer taken in" in text(answer)
    assert "Proposes Tue 24 Nov, 14:00" in text(answer)
    seat = planned.seats.get(person__name="Eva Lind")
    page.post(reverse("meetings:proposed", args=[planned.pk, seat.pk]))
    assert days()[0] == "24 Nov 14:00"


def test_answers_that_do_not_count_say_why_when_they_are_given(page, planned):
    bad = SimpleUploadedFile("x.ics", b"no calendar at all")
    unknown = SimpleUploadedFile(
        "y.ics",
        ICS.format(
            uid="other",
            start=":20261124T130000Z",
            more="METHOD:REPLY\r\n",
            rest="ATTENDEE;PARTSTAT=ACCEPTED:mailto:eva@example.org\r\n",
        ).encode(),
    )
    told = text(page.post(reverse("meetings:reply"), {"file": [bad, unknown]}, follow=True))
    assert "No answer taken in" in told
    assert "the meeting is not one of this workspace" in told


def test_replies_left_out_are_shown_until_they_are_seen(page, planned):
    ReplyLeftOut.objects.create(
        key="a", at=MONDAY, place="eva@example.org: Re: Board", reason="it answers an earlier state"
    )
    assert "it answers an earlier state" in text(page.get(reverse("meetings:list")))
    page.post(reverse("meetings:replies_seen"))
    assert "it answers an earlier state" not in text(page.get(reverse("meetings:list")))


def test_papers_leave_with_the_agenda_and_close_their_loop_when_they_were_missed(page, planned):
    agenda_set(planned=planned, agenda=Agenda((AgendaItem("Money", 20, (Point("Budget"),)),), 60), version=0)
    assert papers_missed(project=planned.project, working_time=WorkingTime.standard()) == 1
    told = shown(page, planned)
    assert "They were due Tue 17 Nov and nothing was sent." in told
    url = reverse("meetings:paper", args=[planned.pk])
    files = [SimpleUploadedFile("budget.pdf", b"%PDF-1.7 budget"), SimpleUploadedFile("again.pdf", b"%PDF-1.7 budget")]
    answer = text(page.post(url, {"file": files, "item": "Money"}, follow=True))
    assert "1 paper added; 1 was there already." in answer
    assert "for Money" in answer
    page.post(reverse("meetings:step", args=[planned.pk, "papers"]))
    mail = OutgoingMail.objects.filter(subject__startswith="To read before").first()
    assert [each["name"] for each in mail.attachments] == ["agenda.txt", "budget.pdf"]
    assert "- budget.pdf" in mail.text
    assert loop_list().count() == 0
    paper = planned.papers.get()
    page.post(reverse("meetings:paper_out", args=[planned.pk, paper.pk]))
    assert planned.papers.count() == 0


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [("run.exe", b"MZ", "cannot be sent"), ("a.pdf", b"", "empty"), ("page.html", b"<script>", "cannot be sent")],
)
def test_paper_is_refused_with_its_reason_when_it_is_none(page, planned, name, data, why):
    answer = page.post(reverse("meetings:paper", args=[planned.pk]), {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code in (200, 302, 422)
    assert planned.papers.count() == 0
    assert data == b"" or why in text(answer)


def test_sections_change_places_and_own_points_are_carried_over_when_asked(page, series):
    first, second = planned_coming()[:2]
    own = Agenda((AgendaItem("Money", 20, (Point("Budget"),)), AgendaItem("Other", 5)), 60)
    agenda_set(planned=first, agenda=own, version=0)
    data = {
        "version": 1,
        "title-0": "Money",
        "minutes-0": 20,
        "points-0": "Budget",
        "title-1": "Other",
        "minutes-1": 5,
        "points-1": "",
    }
    page.post(reverse("meetings:agenda", args=[first.pk]), {**data, "move": "1:-1"})
    assert [item.title for item in planned_agenda(planned_get(first.pk)).items] == ["Other", "Money"]
    page.post(reverse("meetings:agenda", args=[second.pk]), {"version": 0, "carry": "1"})
    kept = planned_agenda(planned_get(second.pk))
    assert [(item.title, [point.title for point in item.points]) for item in kept.items] == [("Money", ["Budget"])]


def test_agenda_is_a_document_when_it_is_asked_for(page, planned):
    assert page.get(reverse("reports:agenda", args=[planned.pk, "docx"])).status_code == 404
    agenda_set(
        planned=planned, agenda=Agenda((AgendaItem("Money", 20, (Point("Budget", "late", "Tom"),)),), 60), version=0
    )
    for suffix in ("docx", "html", "md"):
        answer = page.get(reverse("reports:agenda", args=[planned.pk, suffix]))
        assert answer.status_code == 200
        assert f"erp-agenda-2026-11-24-{planned.pk}.{suffix}" in answer["Content-Disposition"]
    assert "Budget" in text(page.get(reverse("reports:agenda", args=[planned.pk, "md"])))
    assert page.get(reverse("reports:agenda", args=[planned.pk, "exe"])).status_code == 404


def calendar(page, person, *files, **given):
    return page.post(reverse("meetings:calendars"), {"person": person.pk, "file": list(files), **given}, follow=True)


def proposals(page, people):
    data = {
        "kind": "status",
        "project": "erp",
        "day": "2026-11-24",
        "time": "10:00",
        "zone": "Europe/Berlin",
        "minutes": 60,
        "required": [people["Tom"].pk, people["Eva"].pk],
        "propose": "1",
    }
    return text(page.post(reverse("meetings:plan"), data))


def test_times_taken_in_a_calendar_are_not_proposed_when_its_file_was_taken_in(page, people):
    rows.project()
    before = proposals(page, people)
    assert "Only their hours" in before
    assert "Tue 24 Nov, 10:00" in before
    busy = ICS.format(uid="a", start=":20261124T080000Z", more="", rest="DTEND:20261124T170000Z\r\n").encode()
    assert "1 taken time of Tom Becker known" in text(
        calendar(page, people["Tom"], SimpleUploadedFile("tom.ics", busy))
    )
    assert "was taken in already" in text(calendar(page, people["Tom"], SimpleUploadedFile("tom.ics", busy)))
    after = proposals(page, people)
    assert "Tue 24 Nov" not in after.split("Free times, best first")[1]
    assert "Secret dinner" not in after
    assert "Secret" not in str(PersonCalendar.objects.get().busy)


@pytest.mark.parametrize(
    ("start", "rest", "more", "expected"),
    [
        (";VALUE=DATE:20261124", "", "", ["2026-11-23T18:30", "2026-11-24T18:30"]),
        (":20261124T100000", "DTEND:20261124T110000\r\n", "", ["2026-11-24T04:30", "2026-11-24T05:30"]),
        (":20261124T100000Z", "DTEND:20261124T110000Z\r\nTRANSP:TRANSPARENT\r\n", "", []),
        (":20261124T100000Z", "DTEND:20261124T110000Z\r\nSTATUS:CANCELLED\r\n", "", []),
        (
            ";TZID=Our office:20261124T100000",
            "DTEND;TZID=Our office:20261124T110000\r\n",
            "BEGIN:VTIMEZONE\r\nTZID:Our office\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0545\r\nTZOFFSETTO:+0545\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n",
            ["2026-11-24T04:15", "2026-11-24T05:15"],
        ),
    ],
    ids=["all-day", "floating", "free", "called-off", "own-zone"],
)
def test_taken_time_is_the_owners_when_the_entry_is_odd(page, people, start, rest, more, expected):
    data = ICS.format(uid="a", start=start, more=more, rest=rest).encode()
    calendar(page, people["Eva"], SimpleUploadedFile("eva.ics", data))
    found = PersonCalendar.objects.get().busy
    assert [each[:16] for span in found for each in span] == expected


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        ("RRULE:FREQ=DAILY;COUNT=99999999\r\n", ""),
        ("RRULE:FREQ=SECONDLY\r\n", "recurs more than hourly"),
        ("DTEND;TZID=Moon/Base:20261124T110000\r\n", "Moon/Base"),
    ],
    ids=["huge-count", "every-second", "unknown-zone"],
)
def test_what_cannot_be_counted_is_told_when_a_calendar_is_taken_in(page, people, rest, told):
    data = ICS.format(uid="a", start=":20261124T100000Z", more="", rest=rest).encode()
    answer = calendar(page, people["Tom"], SimpleUploadedFile("tom.ics", data))
    assert answer.status_code == 200
    assert told in text(answer)
    assert len(PersonCalendar.objects.get().busy) <= 4000


@pytest.mark.parametrize(
    ("files", "given", "why"),
    [
        ([("a.ics", b"nothing")], {}, "not"),
        ([], {}, "Choose a file"),
        ([], {"address": "ftp://x"}, "https://"),
        ([], {"address": "https://ana:s3cret@dav.example.org/"}, "own fields"),
    ],
)
def test_calendar_is_refused_with_its_reason_when_it_is_none(page, people, files, given, why):
    answer = calendar(page, people["Tom"], *(SimpleUploadedFile(*each) for each in files), **given)
    assert answer.status_code == 422
    assert why in text(answer)
    assert "s3cret" not in text(answer).split("<main")[1].split("<form")[0]
    assert PersonCalendar.objects.count() == 0


def test_address_is_shown_once_and_answers_only_what_is_new_when_it_is_asked_again(page, client, people, planned):
    made = text(page.post(reverse("meetings:feed_make", args=[people["Tom"].pk])))
    address = made.split('id="feed-address"')[0].rsplit('value="', 1)[1].split('"')[0]
    assert address.startswith("http://testserver/feeds/")
    listed = text(page.get(reverse("meetings:feeds")))
    assert address not in listed
    assert "Never read yet" in listed
    page.logout()
    first = page.get(address)
    with clock_set(FrozenClock(datetime(2026, 11, 23, 9, tzinfo=UTC))):
        again = page.get(address, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    change_to = planned_get(planned.pk)
    change_to.location = "Room 9"
    change_to.save()
    other = page.get(address, headers={"if-none-match": first["ETag"]})
    assert (other.status_code, b"Room 9" in other.content) == (200, True)
    assert FeedAddress.objects.get().read_at is not None


def test_feed_stops_when_it_is_revoked_on_the_page(page, people):
    page.post(reverse("meetings:feed_make", args=[people["Tom"].pk]))
    assert "Stop it" in text(page.get(reverse("meetings:feeds")))
    page.post(reverse("meetings:feed_revoke", args=[people["Tom"].pk]))
    assert FeedAddress.objects.count() == 0
    assert page.post(reverse("meetings:feed_make", args=[99])).status_code == 404
