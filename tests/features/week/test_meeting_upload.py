"""A meeting's file through the page: looked at, refused in place, taken in once with its proposals."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.meetings.selectors.held import meeting_list, meeting_origin
from bywhen.record.selectors.proposals import intake_list, proposal_list, source_list
from factories import rows

pytestmark = pytest.mark.django_db
VTT = b"""WEBVTT

1
00:00:01.000 --> 00:00:04.000
<v Ana Duarte>Good morning, everybody.</v>

2
00:00:05.000 --> 00:00:09.000
<v Ana Duarte>I'll send the signed contract to legal by Friday.</v>
"""
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _one_day():
    with clock_set(FrozenClock(date(2026, 11, 23))):
        yield


@pytest.fixture
def page(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("owner", first_name="Maren"))
    return client


def sent(data=VTT, name="2026-11-19-legal-call.vtt", **fields):
    return {"file": SimpleUploadedFile(name, data), "project": "erp", **fields}


def test_preview_shows_what_is_read_and_keeps_nothing_when_looked_at(page):
    rows.project()
    body = page.post(reverse("week:meeting_preview"), sent(), headers=HTMX).content.decode()
    assert "Legal call" in body
    assert "2 passages by 1 person." in body
    assert 'value="2026-11-19"' in body
    assert not meeting_list().exists()
    assert not source_list().exists()


def test_meeting_waits_with_its_proposals_when_taken_in(page):
    rows.project()
    answer = page.post(reverse("week:meeting_commit"), sent())
    meeting = meeting_list().get()
    assert answer.headers["Location"] == reverse("meetings:review", args=[meeting.pk])
    assert (meeting.title, meeting.held_on) == ("Legal call", date(2026, 11, 19))
    assert [(p.kind, p.payload["owner"]) for p in proposal_list(origin=meeting_origin(meeting))] == [
        ("action", "Ana Duarte")
    ]
    assert intake_list(source=meeting.source).get().read == 2


def test_nothing_is_doubled_when_the_same_file_comes_twice(page):
    rows.project()
    for _ in range(2):
        page.post(reverse("week:meeting_commit"), sent())
    meeting = meeting_list().get()
    assert proposal_list(origin=meeting_origin(meeting)).count() == 1


def test_the_day_is_the_persons_when_they_correct_it(page):
    rows.project()
    page.post(reverse("week:meeting_commit"), sent(held_on="2026-11-18"))
    assert meeting_list().get().held_on == date(2026, 11, 18)


@pytest.mark.parametrize("name", ["week:meeting_preview", "week:meeting_commit"])
def test_a_file_without_a_meeting_is_refused_in_place_when_sent(page, name):
    rows.project()
    body = page.post(reverse(name), sent(b"\x00\x01\x02", "data.bin")).content.decode()
    assert "Nothing was taken in." in body
    assert not source_list().exists()


def test_page_leads_to_the_plan_when_there_is_no_project(page):
    assert "Take in its plan first" in page.get(reverse("week:meeting_upload")).content.decode()


def test_what_is_left_out_or_doubtful_is_shown_when_cues_are_broken(page):
    rows.project()
    broken = b"WEBVTT\n\nstray words\n\n00:05.000 --> 00:02.000\n<v Bo>We decided to keep it.\n"
    body = page.post(reverse("week:meeting_preview"), sent(broken), headers=HTMX).content.decode()
    assert "Left out or doubtful in this file" in body
    assert "it stands outside of a cue: stray words" in body
    assert "Cue 1 ends before it begins." in body


def test_the_same_file_is_told_as_known_when_it_comes_again_by_another_name(page):
    rows.project()
    page.post(reverse("week:meeting_commit"), sent())
    body = page.post(reverse("week:meeting_preview"), sent(name="copy.vtt"), headers=HTMX).content.decode()
    answer = page.post(reverse("week:meeting_commit"), sent(name="copy.vtt"), follow=True).content.decode()
    assert "This file was taken in before, as" in body
    assert "This file was taken in before, as Legal call; nothing is there twice." in answer
    assert meeting_list().count() == 1
