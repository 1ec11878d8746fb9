"""The review of a meeting through its pages: judging, editing, undoing, and two people at once."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.transcript import Transcript, Utterance
from bywhen.loops.selectors import loop_list
from bywhen.meetings.selectors.decisions import decision_list
from bywhen.meetings.selectors.held import meeting_origin
from bywhen.meetings.services.taking_in import meeting_take_in
from bywhen.record.selectors.proposals import proposal_get
from bywhen.record.services.proposals import proposal_accept, proposal_key, proposal_make, proposal_reject
from bywhen.record.services.sources import quote_keep
from factories import rows

pytestmark = pytest.mark.django_db
SAID = (
    "Good morning <b>all</b>.",
    "Ana will send the contract by Friday.",
    "We decided to keep two test cycles.",
    "Somebody should chase the sites.",
)
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _one_day():
    with clock_set(FrozenClock(date(2026, 11, 19))):
        yield


@pytest.fixture
def page(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("owner", first_name="Maren"))
    return client


@pytest.fixture
def meeting(db):
    project = rows.project()
    source = rows.source("2026-11-18-weekly-sync.vtt", "\n".join(SAID).encode(), "transcript", project)
    lines = tuple(Utterance(number, text, "Maren Holt", float(number)) for number, text in enumerate(SAID, 1))
    made, _ = meeting_take_in(
        project=project, source=source, transcript=Transcript("", lines), held_on=date(2026, 11, 18)
    )
    return made


def propose(meeting, kind, line, *, confidence=0.8, **payload):
    text = SAID[line - 1]
    quote = quote_keep(
        source=meeting.source, place=f"cue {line}", text=text, within=text, speaker="Maren Holt", at_seconds=line
    )
    made, _ = proposal_make(
        key=proposal_key(meeting.pk, kind, line),
        kind=kind,
        project=meeting.project,
        text=text,
        payload={"kind": kind, "text": text, "meeting": meeting.pk, **payload},
        evidence=[quote],
        confidence=confidence,
        origin=meeting_origin(meeting),
    )
    return made


def at(name, proposal):
    return reverse(f"meetings:{name}", args=[proposal.pk])


def test_title_comes_from_the_file_when_the_transcript_has_none(meeting):
    assert meeting.title == "Weekly sync"


def test_list_counts_undecided_and_tells_the_promise_when_hours_run(page, meeting):
    propose(meeting, "action", 2, owner="Ana")
    body = page.get(reverse("meetings:list")).content.decode()
    assert "1 meeting holds 1 undecided item; all are within their 24 hours" in body
    assert "9 hours left" in body
    with clock_set(FrozenClock(date(2026, 11, 20))):
        assert "24 hours are over" in page.get(reverse("meetings:list")).content.decode()


def test_list_says_what_would_fill_it_when_empty(page):
    assert "No meeting has been taken in" in page.get(reverse("meetings:list")).content.decode()


def test_review_underlines_quotes_and_escapes_words_when_shown(page, meeting):
    made = propose(meeting, "action", 2, owner="Ana")
    body = page.get(reverse("meetings:review", args=[meeting.pk])).content.decode()
    assert f'<a class="mark" href="#item-{made.pk}"><mark>Ana will send the contract by Friday.</mark></a>' in body
    assert "Good morning &lt;b&gt;all&lt;/b&gt;." in body


def test_items_stand_in_order_of_confidence_when_several_wait(page, meeting):
    low = propose(meeting, "action", 2, confidence=0.5, owner="Ana")
    high = propose(meeting, "decision", 3, confidence=0.9)
    items = page.get(reverse("meetings:review", args=[meeting.pk])).context["items"]
    assert [item["key"] for item in items] == [high.pk, low.pk]


def test_accepting_opens_the_loop_with_what_was_typed_when_fields_are_sent(page, meeting):
    made = propose(meeting, "action", 2, owner="Ana")
    page.post(at("accept", made), {"owner": "Ana Duarte", "due": "2026-11-27"}, headers=HTMX)
    loop = loop_list(kind="action").get()
    assert (loop.owner_text, loop.due, proposal_get(made.pk).status) == ("Ana Duarte", date(2026, 11, 27), "edited")


def test_action_without_owner_stays_open_and_says_why_when_accepted(page, meeting):
    made = propose(meeting, "action", 4)
    answer = page.post(at("accept", made), {"owner": ""}, headers=HTMX).content.decode()
    assert "this action has no owner" in answer
    assert proposal_get(made.pk).status == "proposed"
    assert not loop_list().exists()


def test_edits_are_kept_and_used_when_accepted_later(page, meeting):
    made = propose(meeting, "action", 4)
    saved = page.post(at("save", made), {"owner": "Zoe"}, headers=HTMX).content.decode()
    assert "Zoe is not in the people list" in saved
    page.post(at("accept", made), {}, headers=HTMX)
    assert loop_list().get().owner_text == "Zoe"


def test_a_date_that_cannot_be_read_is_refused_in_place_when_saved(page, meeting):
    made = propose(meeting, "action", 2, owner="Ana")
    assert "due cannot be read" in page.post(at("save", made), {"due": "soon"}, headers=HTMX).content.decode()
    assert proposal_get(made.pk).edited is None


def test_undo_brings_the_item_back_when_it_was_accepted(page, meeting):
    made = propose(meeting, "decision", 3)
    page.post(at("accept", made), {}, headers=HTMX)
    assert decision_list().get().meeting == meeting
    answer = page.post(at("undo", made), {}, headers=HTMX).content.decode()
    assert 'data-key="Enter"' in answer
    assert decision_list().get().status == "withdrawn"


def test_the_loop_has_the_later_owner_when_accepted_again_after_an_undo(page, meeting):
    made = propose(meeting, "action", 2, owner="Ana")
    page.post(at("accept", made), {"owner": "Ana"}, headers=HTMX)
    page.post(at("undo", made), {}, headers=HTMX)
    page.post(at("accept", made), {"owner": "Zoe", "due": "2026-11-30"}, headers=HTMX)
    loop = loop_list().get()
    assert (loop.status, loop.owner_text, loop.due) == ("open", "Zoe", date(2026, 11, 30))


def test_what_was_decided_elsewhere_is_told_in_place_when_two_judge(page, meeting):
    made = propose(meeting, "action", 2, owner="Ana")
    proposal_reject(proposal=made)
    answer = page.post(at("accept", made), {}, headers=HTMX)
    assert answer.status_code == 200
    assert "has decided this meanwhile: it is rejected" in answer.content.decode()
    assert not loop_list().exists()


def test_last_judgement_offers_undo_when_page_is_opened_again(page, meeting):
    made = propose(meeting, "action", 2, owner="Ana")
    page.post(at("reject", made), {}, headers=HTMX)
    body = page.get(reverse("meetings:review", args=[meeting.pk])).content.decode()
    assert '<div id="last-judged" aria-live="polite"><form method="post"' in body


def test_the_page_answers_with_a_redirect_when_there_is_no_script(page, meeting):
    made = propose(meeting, "action", 2, owner="Ana")
    answer = page.post(at("accept", made), {"owner": "Ana"})
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"/meetings/{meeting.pk}/#item-{made.pk}")


def test_minutes_wait_for_owner_and_date_when_an_action_lacks_them(page, meeting):
    propose(meeting, "action", 4)
    body = page.get(reverse("meetings:review", args=[meeting.pk])).content.decode()
    assert "Before the minutes can go out" in body
    assert "has no owner and no date" in body


def test_review_takes_as_many_queries_when_ten_times_the_items_wait(page, meeting, django_assert_max_num_queries):
    address = reverse("meetings:review", args=[meeting.pk])
    propose(meeting, "action", 2, owner="Ana")
    page.get(address)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        page.get(address)
    for number in range(10):
        propose(
            meeting, ("action", "risk", "issue", "question", "decision")[number % 5], number % 3 + 2, owner=f"P{number}"
        )
    with django_assert_max_num_queries(len(few)):
        page.get(address)


def test_an_item_of_no_meeting_is_not_found_when_asked_for(page, meeting):
    assert page.get(reverse("meetings:review", args=[999])).status_code == 404
    assert page.post(reverse("meetings:accept", args=[999])).status_code == 404
    made = propose(meeting, "action", 2, owner="Ana")
    proposal_accept(proposal=made)
    assert "Ana will send" in page.get(at("evidence", made)).content.decode()
