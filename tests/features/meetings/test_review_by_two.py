"""Two people review one meeting: both see the other's edits, and where they clash nothing is lost."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.transcript import Transcript, Utterance
from bywhen.meetings.engine.items import Item, ItemKind, Said
from bywhen.meetings.selectors.held import meeting_origin
from bywhen.meetings.services.proposing import items_propose
from bywhen.meetings.services.taking_in import meeting_take_in
from bywhen.record.selectors.proposals import proposal_get, proposal_list
from factories import rows

pytestmark = pytest.mark.django_db
SAID = (
    "Ana sends the contract.",
    "We still need to decide who signs it.",
    "Nobody knows.",
    "We keep two test cycles.",
)
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _one_day():
    with clock_set(FrozenClock(date(2026, 11, 19))):
        yield


def person(django_user_model, name):
    client = Client(headers=HTMX)
    client.force_login(django_user_model.objects.create_user(name.lower(), first_name=name))
    return client


@pytest.fixture
def maren(django_user_model, db):
    return person(django_user_model, "Maren")


@pytest.fixture
def ana(django_user_model, db):
    return person(django_user_model, "Ana")


@pytest.fixture
def meeting(db):
    project = rows.project()
    source = rows.source("2026-11-18-sync.vtt", b"WEBVTT", "transcript", project)
    lines = tuple(Utterance(number, text, "Ana Bo", float(number)) for number, text in enumerate(SAID, 1))
    made, _ = meeting_take_in(
        project=project, source=source, transcript=Transcript("Sync", lines), held_on=date(2026, 11, 18)
    )
    items_propose(meeting=made, items=[item("a", ItemKind.ACTION, 1), item("b", ItemKind.DECISION, 4)])
    return made


def item(name, kind, line):
    return Item(name, kind, SAID[line - 1], (Said(line, SAID[line - 1], "Ana Bo", float(line)),), 0.8, "rule")


def of_kind(meeting, kind):
    return next(each for each in proposal_list(origin=meeting_origin(meeting)) if each.kind == kind)


def save(client, proposal, **fields):
    sent = {name.replace("was_", "was-"): value for name, value in fields.items()}
    return client.post(reverse("meetings:save", args=[proposal.pk]), sent)


def seen_by(client, meeting):
    rows = client.get(reverse("meetings:review", args=[meeting.pk])).context["items"]
    return [f"{row['key']}:{row['mark']}" for row in rows]


def changes(client, meeting, seen):
    return client.get(reverse("meetings:changes", args=[meeting.pk]), {"seen": seen})


def test_both_edits_are_kept_when_two_change_different_fields(maren, ana, meeting):
    action = of_kind(meeting, "action")
    save(maren, action, owner="Bo Lind", was_owner="", due="", was_due="")
    answer = save(ana, action, owner="", was_owner="", due="2026-11-27", was_due="").content.decode()
    kept = proposal_get(action.pk).edited

    assert "Saved" in answer
    assert (kept["owner"], kept["due"]) == ("Bo Lind", "2026-11-27")


def test_both_texts_are_shown_and_the_first_stays_when_two_change_one_field(maren, ana, meeting):
    action = of_kind(meeting, "action")
    save(maren, action, owner="Bo Lind", was_owner="")
    answer = save(ana, action, owner="Zed", was_owner="")

    assert "Maren has changed this while you wrote" in answer.content.decode()
    assert "Bo Lind" in answer.content.decode()
    assert "Zed" in answer.content.decode()
    assert answer.headers["HX-Retarget"] == f"#saved-{action.pk}"
    assert proposal_get(action.pk).edited["owner"] == "Bo Lind"


def test_mine_stands_when_chosen_after_a_clash(maren, ana, meeting):
    action = of_kind(meeting, "action")
    save(maren, action, owner="Bo Lind", was_owner="")
    save(ana, action, owner="Zed", was_owner="Bo Lind")

    assert proposal_get(action.pk).edited["owner"] == "Zed"


def test_nothing_is_judged_when_the_same_field_was_changed_meanwhile(maren, ana, meeting):
    action = of_kind(meeting, "action")
    save(maren, action, owner="Bo Lind", was_owner="")
    answer = ana.post(reverse("meetings:accept", args=[action.pk]), {"owner": "Zed", "was-owner": ""})

    assert "Keep mine" in answer.content.decode()
    assert proposal_get(action.pk).status == "proposed"


def test_what_was_typed_is_told_when_the_item_was_rejected_meanwhile(maren, ana, meeting):
    action = of_kind(meeting, "action")
    maren.post(reverse("meetings:reject", args=[action.pk]))
    answer = save(ana, action, owner="Zed", was_owner="").content.decode()

    assert "Maren has decided this meanwhile: it is rejected" in answer
    assert "You had written “Zed”" in answer


def test_second_save_holds_when_the_page_knows_what_was_kept(maren, meeting):
    action = of_kind(meeting, "action")
    answer = save(maren, action, owner="Bo Lind", was_owner="").content.decode()
    save(maren, action, owner="Zed", was_owner="Bo Lind")

    assert f'name="was-owner" value="Bo Lind" id="was-owner-{action.pk}"' in answer
    assert proposal_get(action.pk).edited["owner"] == "Zed"


def test_a_clash_is_told_without_scripts_when_the_page_is_plain(maren, ana, meeting):
    action = of_kind(meeting, "action")
    save(maren, action, owner="Bo Lind", was_owner="")
    plain = {"owner": "Zed", "was-owner": ""}
    answer = ana.post(reverse("meetings:save", args=[action.pk]), plain, headers={"HX-Request": ""}, follow=True)

    assert "theirs is &#x27;Bo Lind&#x27;, yours is &#x27;Zed&#x27;" in answer.content.decode()


def test_page_is_told_nothing_when_it_is_up_to_date(maren, meeting):
    assert changes(maren, meeting, seen_by(maren, meeting)).status_code == 204


def test_the_other_sees_the_edit_with_its_author_when_an_item_changes(maren, ana, meeting):
    seen = seen_by(ana, meeting)
    action = of_kind(meeting, "action")
    save(maren, action, owner="Bo Lind", was_owner="")
    body = changes(ana, meeting, seen).content.decode()

    assert 'value="Bo Lind"' in body
    assert "Maren has just changed this" in body
    assert f'id="item-{of_kind(meeting, "decision").pk}"' not in body


def test_the_other_sees_the_judgement_when_an_item_is_accepted(maren, ana, meeting):
    seen = seen_by(ana, meeting)
    maren.post(reverse("meetings:accept", args=[of_kind(meeting, "decision").pk]))
    body = changes(ana, meeting, seen).content.decode()

    assert "by Maren" in body
    assert "1 to judge" in body


def test_the_other_gets_the_item_when_a_candidate_is_taken_up(maren, ana, meeting):
    seen = seen_by(ana, meeting)
    items_propose(meeting=meeting, items=[item("c", ItemKind.RISK, 3)])
    body = changes(ana, meeting, seen).content.decode()

    assert '<div hx-swap-oob="beforeend:#items-waiting">' in body
    assert SAID[2] in body


def test_what_was_missed_grows_shorter_when_items_are_accepted(maren, meeting):
    page = maren.get(reverse("meetings:review", args=[meeting.pk]))
    before = page.context["missed"]
    decision = of_kind(meeting, "decision")
    answer = maren.post(reverse("meetings:accept", args=[decision.pk]), {"owner": "Ana Bo", "was-owner": ""})
    after = answer.context["missed"]

    assert [each["text"] for each in before["asked"]] == [SAID[1]]
    assert [row["kind"] for row in before["lacking"]] == ["action", "decision"]
    assert after["asked"] == []
    assert [row["kind"] for row in after["lacking"]] == ["action"]
    assert 'id="missed" class="missed" aria-labelledby="missed-title" hx-swap-oob="true"' in answer.content.decode()


def test_changes_of_no_meeting_are_not_found_when_asked_for(maren):
    assert changes(maren, type("Gone", (), {"pk": 999}), []).status_code == 404
