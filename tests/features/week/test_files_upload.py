"""Files of any kind through one page: looked at, refused in place, taken in once, the week turned over them."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.loops.selectors import loop_list
from bywhen.meetings.selectors.held import meeting_list
from bywhen.record.selectors.projects import project_list
from bywhen.record.selectors.proposals import proposal_list, source_list
from bywhen.schedule.selectors import version_current
from factories import rows

pytestmark = pytest.mark.django_db
PLAN = b"WBS,Task,Duration,Start,Predecessors\n1,Build the gateway,5d,2026-11-23,\n2,Test the gateway,3d,,1\n"
RAID = b"ID,Type,Title,Owner,Due\nB-1,Blocker,Legal has not signed,Leah Cohen,2026-11-27\n,Action,,Tom,2026-11-30\n"
NOTES = b"# Weekly sync\n\nAction: Tom to send the signed contract to legal by 27 November 2026\n"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _one_day(settings, tmp_path):
    settings.WORKSPACE = tmp_path
    with clock_set(FrozenClock(date(2026, 11, 23))):
        yield


@pytest.fixture
def page(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("owner", first_name="Maren"))
    return client


def sent(*files, **fields):
    return {"file": [SimpleUploadedFile(name, data) for name, data in files], **fields}


def test_page_asks_for_no_project_when_none_is_known(page):
    body = page.get(reverse("week:files_upload")).content.decode()
    assert "multiple" in body
    assert 'name="project"' not in body


def test_preview_says_what_each_file_is_and_keeps_nothing_when_looked_at(page):
    files = sent(("gateway.csv", PLAN), ("raid.csv", RAID), ("2026-11-20-sync.md", NOTES))
    body = page.post(reverse("week:files_preview"), files, headers=HTMX).content.decode()
    assert "2 tasks of a plan" in body
    assert "1 register row" in body
    assert "Rows left out" in body
    assert 'value="gateway"' in body
    assert not source_list().exists()
    assert not project_list().exists()


def test_files_of_three_kinds_make_one_project_when_taken_in(page):
    files = sent(("raid.csv", RAID), ("gateway.csv", PLAN), ("2026-11-20-sync.md", NOTES), project_name="Gateway")
    answer = page.post(reverse("week:files_commit"), files)
    assert answer.headers["Location"] == reverse("week:today")
    project = project_list().get()
    assert (project.name, project.key) == ("Gateway", "gateway")
    assert version_current(project).number == 1
    assert "Legal has not signed" in [loop.title for loop in loop_list(project=project)]
    assert meeting_list().get().held_on == date(2026, 11, 20)
    assert proposal_list(status="proposed").exists()


def test_second_time_changes_nothing_when_the_same_files_come_again(page):
    files = {"project_name": "Gateway"}
    page.post(reverse("week:files_commit"), sent(("raid.csv", RAID), **files))
    before = loop_list().count()
    body = page.post(reverse("week:files_preview"), sent(("raid.csv", RAID)), headers=HTMX).content.decode()
    assert "Taken in before" in body
    assert "Take them in" not in body
    again = page.post(reverse("week:files_commit"), sent(("raid.csv", RAID), **files), follow=True)
    assert "Nothing was taken in." in again.content.decode()
    assert (loop_list().count(), project_list().count()) == (before, 1)


def test_rows_join_the_project_when_one_is_chosen(page):
    rows.project()
    page.post(reverse("week:files_commit"), sent(("raid.csv", RAID), project="erp"))
    assert [loop.project.key for loop in loop_list()] == ["erp"]


def test_project_of_the_same_name_is_used_when_the_name_is_written_again(page):
    known = rows.project()
    page.post(reverse("week:files_commit"), sent(("raid.csv", RAID), project="+", project_name=known.name.upper()))
    assert project_list().count() == 1


@pytest.mark.parametrize(
    ("files", "fields", "said"),
    [
        ((), {"project_name": "Gateway"}, "no file was chosen"),
        ((("raid.csv", RAID),), {}, "no project was named"),
        ((("raid.csv", RAID),), {"project": "gone"}, "the project is gone"),
    ],
)
def test_taking_in_is_refused_in_one_sentence_when_something_is_missing(page, files, fields, said):
    answer = page.post(reverse("week:files_commit"), sent(*files, **fields))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not source_list().exists()


def test_two_plans_are_refused_by_name_when_they_come_together(page):
    files = sent(("gateway.csv", PLAN), ("portal.csv", PLAN.replace(b"gateway", b"portal")))
    answer = page.post(reverse("week:files_preview"), files, headers=HTMX)
    assert answer.status_code == 422
    assert "gateway.csv and portal.csv are plans" in answer.content.decode()


def test_two_plans_keep_their_first_version_when_the_refusal_is_passed_by(page):
    files = sent(("gateway.csv", PLAN), ("portal.csv", PLAN.replace(b"gateway", b"portal")), project_name="Gateway")
    answer = page.post(reverse("week:files_commit"), files)
    assert answer.status_code == 422
    assert not source_list().exists()


def test_file_without_any_known_content_says_so_in_its_row_when_others_are_good(page):
    files = sent(("raid.csv", RAID), ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256))))
    body = page.post(reverse("week:files_preview"), files, headers=HTMX).content.decode()
    assert "1 register row" in body
    assert "picture.png" in body
    assert 'class="late"' in body


def test_markup_in_a_name_stays_text_when_shown(page):
    body = page.post(reverse("week:files_preview"), sent(("<b>raid</b>.csv", RAID)), headers=HTMX).content.decode()
    assert "<b>raid</b>" not in body
