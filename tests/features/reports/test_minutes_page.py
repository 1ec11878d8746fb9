"""The minutes of a meeting through its page: refused, waived, published, sent, downloaded."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.tables import PersonRow
from bywhen.kernel.transcript import Transcript, Utterance
from bywhen.meetings.selectors.clock import minutes_promise, version_origin
from bywhen.meetings.selectors.held import meeting_origin
from bywhen.meetings.selectors.minutes import minutes_latest
from bywhen.meetings.services.taking_in import meeting_take_in
from bywhen.platform.outgoing import mail_list
from bywhen.record.services.people import people_take_in
from bywhen.record.services.proposals import proposal_accept, proposal_key, proposal_make
from bywhen.record.services.sources import quote_keep
from factories import rows

pytestmark = pytest.mark.django_db
SAID = ("Ana will send the <b>plan</b> by Friday.", "We decided to keep two test cycles.")


@pytest.fixture(autouse=True)
def _day_after():
    with clock_set(FrozenClock(datetime(2026, 11, 19, 9, tzinfo=UTC))):
        yield


@pytest.fixture
def page(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("owner", first_name="Maren"))
    return client


@pytest.fixture
def meeting(db):
    project = rows.project()
    people_take_in(
        rows=[
            PersonRow(place="1", name="Ana Bo", addresses=("ana@example.org",), raci="R"),
            PersonRow(place="2", name="Dana Whitfield", addresses=("dana@example.org",), raci="A"),
            PersonRow(place="3", name="Ines Ortega", raci="A"),
        ],
        projects={},
        default=project,
    )
    source = rows.source("2026-11-18-sync.vtt", b"WEBVTT", "transcript", project)
    lines = tuple(Utterance(n, text, "Ana Bo", float(n)) for n, text in enumerate(SAID, 1))
    made, _ = meeting_take_in(
        project=project, source=source, transcript=Transcript("Weekly sync", lines), held_on=date(2026, 11, 18)
    )
    return made


def propose(meeting, kind, line, **payload):
    text = SAID[line - 1]
    quote = quote_keep(source=meeting.source, place=f"cue {line}", text=text, within=text, speaker="Ana Bo")
    made, _ = proposal_make(
        key=proposal_key(meeting.pk, kind, line),
        kind=kind,
        project=meeting.project,
        text=text,
        payload={"kind": kind, "text": text, "meeting": meeting.pk, **payload},
        evidence=[quote],
        origin=meeting_origin(meeting),
    )
    return made


def shown(page, meeting):
    return page.get(reverse("reports:minutes", args=[meeting.pk])).content.decode()


def publish(page, meeting, **fields):
    return page.post(reverse("reports:publish", args=[meeting.pk]), fields)


def test_page_says_what_is_missing_when_nobody_judged(page, meeting):
    propose(meeting, "decision", 2)
    html = shown(page, meeting)

    assert "Nobody has judged" in html
    assert "23 hours" not in html
    assert "8 hours of 24 left for the minutes" in html
    assert "<b>plan</b>" not in html


def test_publish_is_refused_in_place_when_action_has_no_date(page, meeting):
    proposal_accept(proposal=propose(meeting, "action", 1, owner="Ana Bo"))
    answer = publish(page, meeting, waiver=" ")

    assert answer.status_code == 409
    assert "has no date" in answer.content.decode()
    assert minutes_latest(meeting) is None
    assert not mail_list().exists()


def test_publish_approves_one_letter_each_when_complete(page, meeting):
    proposal_accept(proposal=propose(meeting, "action", 1, owner="Ana Bo", due="2026-11-20"))
    answer = publish(page, meeting)
    version = minutes_latest(meeting)
    letters = list(mail_list(origin=version_origin(version)))

    assert answer.status_code == 302
    assert [(each.recipient_address, each.status, each.approved_by) for each in letters] == [
        ("ana@example.org", "approved", "Maren"),
        ("dana@example.org", "approved", "Maren"),
    ]
    assert "Yours:" in letters[0].text
    assert "Yours:" not in letters[1].text
    assert "Ines Ortega" in shown(page, meeting)


def test_publish_keeps_what_was_typed_when_refused_for_another_reason(page, meeting):
    proposal_accept(proposal=propose(meeting, "action", 1, owner="Ana Bo"))
    propose(meeting, "decision", 2)

    assert "agreed with the sponsor" in publish(page, meeting, waiver="agreed with the sponsor").content.decode()
    assert publish(page, meeting, waiver="agreed with the sponsor", leave_open="1").status_code == 302


def test_send_says_what_to_set_when_there_is_no_mail_server(page, meeting, settings):
    settings.SMTP_URL = ""
    publish(page, meeting)
    answer = page.post(reverse("reports:send", args=[meeting.pk]), follow=True)

    assert "BYWHEN_SMTP_URL" in answer.content.decode()


def test_clock_stops_when_a_person_notes_that_they_left(page, meeting):
    publish(page, meeting)
    page.post(reverse("reports:sent", args=[meeting.pk]), {"proof": "handed out"})

    assert "The minutes left in time" in shown(page, meeting)
    assert minutes_promise(meeting, datetime(2026, 12, 24, tzinfo=UTC)).kept


@pytest.mark.parametrize("suffix", ["docx", "html", "md", "pdf"])
def test_download_gives_the_version_when_it_was_published(page, meeting, suffix):
    if suffix == "pdf":
        pytest.importorskip("typst", reason="needs the extra bywhen[pdf]")
    proposal_accept(proposal=propose(meeting, "decision", 2))
    publish(page, meeting)
    answer = page.get(reverse("reports:minutes_file", args=[meeting.pk, 1, suffix]))
    content = answer.content
    if suffix == "docx":
        with zipfile.ZipFile(io.BytesIO(content)) as word:
            content = word.read("word/document.xml")

    assert f"v1.{suffix}" in answer["Content-Disposition"]
    assert suffix == "pdf" or b"keep two test cycles" in content
    assert page.get(reverse("reports:minutes_file", args=[meeting.pk, 2, suffix])).status_code == 404


def test_page_asks_the_database_as_often_when_there_is_ten_times_more(page, meeting, django_assert_num_queries):
    propose(meeting, "action", 1)
    shown(page, meeting)
    with CaptureQueriesContext(connection) as few:
        shown(page, meeting)
    for kind in ("action", "decision", "risk", "issue", "question"):
        for line in (1, 2):
            propose(meeting, kind, line)
    with django_assert_num_queries(len(few)):
        shown(page, meeting)


def test_matrix_decides_who_gets_them_when_it_has_a_rule(page, meeting):
    address = reverse("record:communication", args=[meeting.project.key])
    refused = page.post(address, {"artefact": "minutes", "audience_kind": "raci", "audience": "X"})
    page.post(address, {"artefact": "minutes", "audience_kind": "person", "audience": "Dana Whitfield"})
    publish(page, meeting)

    assert refused.status_code == 422
    assert "is no RACI letter" in refused.content.decode()
    assert [each.recipient_address for each in mail_list()] == ["dana@example.org"]


def test_only_the_change_goes_to_those_who_have_the_version_before_when_published_again(page, meeting):
    proposal_accept(proposal=propose(meeting, "action", 1, owner="Ana Bo", due="2026-11-20"))
    publish(page, meeting)
    first = minutes_latest(meeting)
    people_take_in(
        rows=[PersonRow(place="3", name="Ines Ortega", addresses=("ines@example.org",), raci="A")],
        projects={},
        default=meeting.project,
    )
    proposal_accept(proposal=propose(meeting, "decision", 2, owner="Ana Bo"))
    publish(page, meeting)
    second = minutes_latest(meeting)
    letters = {each.recipient_address: each for each in mail_list(origin=version_origin(second))}
    ana, ines = letters["ana@example.org"], letters["ines@example.org"]

    assert (first.number, second.number) == (1, 2)
    assert ana.text.count("New decision: We decided to keep two test cycles, Ana Bo") == 1
    assert SAID[0] not in ana.text + ana.html
    assert [each["name"].endswith("-v2-change.docx") for each in ana.attachments] == [True]
    assert "The minutes (version 2) are enclosed." in ines.text
    assert [each["name"].endswith("-v2.docx") for each in ines.attachments] == [True]


def test_publish_asks_for_a_name_when_the_account_of_this_machine_publishes(client, django_user_model, meeting):
    client.force_login(django_user_model.objects.create_user("owner", first_name="You"))
    refused = publish(client, meeting)
    publish(client, meeting, by="  Maren   Holt ")

    assert "Say who publishes them." in refused.content.decode()
    assert minutes_latest(meeting).published_by == "Maren Holt"
    assert 'name="by" value="Maren Holt"' in shown(client, meeting)
