"""Reviewing a meeting: merging items and taking up candidates."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.errors import StateWrongError
from bywhen.kernel.transcript import Transcript, Utterance
from bywhen.meetings.engine.items import Item, ItemKind, Said, item_document, item_from_document
from bywhen.meetings.selectors.held import meeting_get, meeting_origin
from bywhen.meetings.services.proposing import candidate_propose, candidates_keep, items_propose
from bywhen.meetings.services.taking_in import meeting_take_in
from bywhen.record.selectors.proposals import proposal_get, proposal_list
from bywhen.record.services.proposals import proposal_accept, proposal_merge, proposal_undo
from factories import rows

pytestmark = pytest.mark.django_db
SAID = ("Ana sends the contract.", "So the contract goes out with Ana by Friday.", "It may slip.", "Well, perhaps.")


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
    source = rows.source("2026-11-18-sync.vtt", b"WEBVTT", "transcript", project)
    lines = tuple(Utterance(number, text, "Ana Bo", float(number)) for number, text in enumerate(SAID, 1))
    made, _ = meeting_take_in(
        project=project, source=source, transcript=Transcript("Sync", lines), held_on=date(2026, 11, 18)
    )
    items_propose(
        meeting=made,
        items=[
            item("a", ItemKind.ACTION, 1, owner="Ana Bo"),
            item("b", ItemKind.ACTION, 2, due=date(2026, 11, 20)),
            item("c", ItemKind.RISK, 3),
        ],
    )
    return made


def item(name, kind, line, **fields):
    said = Said(line, SAID[line - 1], "Ana Bo", float(line))
    return Item(name, kind, SAID[line - 1], (said,), 0.8, "rule", **fields)


def proposals(meeting):
    return list(proposal_list(origin=meeting_origin(meeting)))


def test_merge_gives_quotes_and_date_when_both_say_the_same(meeting):
    first, second, _ = proposals(meeting)
    kept = proposal_merge(proposal=second, into=first)

    assert {quote.place for quote in kept.quotes.all()} == {"cue 1", "cue 2"}
    assert (kept.edited["owner"], kept.edited["due"]) == ("Ana Bo", "2026-11-20")
    assert proposal_get(second.pk).status == "superseded"


def test_merge_is_taken_back_when_undone(meeting):
    first, second, _ = proposals(meeting)
    proposal_merge(proposal=second, into=first)
    back = proposal_undo(proposal=proposal_get(second.pk))

    assert (back.status, back.superseded_by) == ("proposed", None)


def test_merge_is_refused_when_kinds_differ_or_item_is_itself(meeting):
    first, _, risk = proposals(meeting)
    for other in (risk, first):
        with pytest.raises(StateWrongError, match="two different items of one kind"):
            proposal_merge(proposal=first, into=other)


def test_merge_is_refused_when_the_other_was_decided(meeting):
    first, second, _ = proposals(meeting)
    proposal_accept(proposal=first)
    with pytest.raises(StateWrongError):
        proposal_merge(proposal=second, into=first)

    assert proposal_get(second.pk).status == "proposed"


def test_merge_page_offers_the_likest_first_when_asked(page, meeting):
    first, second, _ = proposals(meeting)
    html = page.get(
        reverse("meetings:item", args=[second.pk]), {"merge": "1"}, headers={"HX-Request": "true"}
    ).content.decode()
    page.post(reverse("meetings:merge", args=[second.pk]), {"into": first.pk})

    assert f'<option value="{first.pk}">' in html
    assert proposal_get(second.pk).superseded_by == first


def test_candidates_come_with_score_and_become_items_when_chosen(page, meeting):
    likely = item("d", ItemKind.ISSUE, 4)
    candidates_keep(meeting=meeting, items=[likely])
    html = page.get(reverse("meetings:candidates", args=[meeting.pk])).content.decode()
    page.post(reverse("meetings:propose", args=[meeting.pk, "d"]))
    after = page.get(reverse("meetings:candidates", args=[meeting.pk])).content.decode()

    assert "80%" in html
    assert SAID[3] in html
    assert SAID[3] not in after
    assert [each.text for each in proposals(meeting)][-1] == SAID[3]


def test_candidate_is_refused_when_it_is_gone(meeting):
    with pytest.raises(StateWrongError, match="no such candidate"):
        candidate_propose(meeting=meeting_get(meeting.pk), item_id="zz")


def test_candidate_reads_back_equal_when_kept():
    made = item("d", ItemKind.ACTION, 1, owner="Ana Bo", due=date(2026, 11, 20), due_text="by Friday")
    assert item_from_document(item_document(made)) == made
