"""The decision register: search, states, and the chain of what replaced what."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from bywhen.kernel.errors import StateWrongError
from bywhen.meetings.selectors.decisions import decision_get, decision_list, decisions_replaced
from bywhen.meetings.selectors.searching import decision_search
from bywhen.meetings.services.decisions import decision_keep, decision_restore, decision_supersede, decision_withdraw
from bywhen.record.services.sources import place_keep
from factories import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def decide(db):
    project = rows.project()
    source = rows.source("raid.xlsx", b"raid", "raid", project)

    def keep(text, on, quote="as noted"):
        made, _ = decision_keep(
            key=text,
            project=project,
            text=text,
            decided_by="Tom Becker",
            decided_on=on,
            evidence=[place_keep(source=source, place=f"row {on.day}", text=quote)],
        )
        return made

    return keep


@pytest.fixture
def page(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("owner"))
    return client


def test_words_are_found_in_text_person_and_quote_when_searched(decide):
    decide("Two test cycles", date(2026, 10, 22), quote="no third one")
    decide("Go-live in February", date(2026, 9, 24))
    found = [[row.text for row in decision_search(words)] for words in ("cycles tom", "THIRD", "february", "may")]
    assert found == [["Two test cycles"], ["Two test cycles"], ["Go-live in February"], []]


def test_chain_is_told_both_ways_when_a_decision_is_superseded(decide, page):
    old, new = decide("Go-live in January", date(2026, 6, 1)), decide("Go-live in February", date(2026, 9, 24))
    page.post(reverse("meetings:supersede", args=[old.pk]), {"by": new.pk}, headers={"HX-Request": "true"})
    assert decision_get(old.pk).status == "superseded"
    assert [row.pk for row in decisions_replaced(new)] == [old.pk]
    assert "Took the place of" in page.get(reverse("meetings:decision", args=[new.pk])).content.decode()
    assert "Superseded by: Go-live in February" in page.get(reverse("meetings:decisions")).content.decode()


def test_a_circle_is_refused_when_the_later_one_was_replaced_by_it(decide):
    first, second, third = (decide(name, date(2026, 6, day)) for day, name in enumerate("abc", 1))
    decision_supersede(decision=first, by=second)
    decision_supersede(decision=second, by=third)
    with pytest.raises(StateWrongError, match="was itself replaced"):
        decision_supersede(decision=third, by=decision_get(first.pk))
    with pytest.raises(StateWrongError, match="superseded already"):
        decision_withdraw(decision=first)


def test_it_stands_again_when_a_withdrawal_is_undone(decide, page):
    made = decide("Two test cycles", date(2026, 10, 22))
    page.post(reverse("meetings:withdraw", args=[made.pk]))
    assert decision_list(status="withdrawn").get() == made
    assert "Let it stand again" in page.get(reverse("meetings:decision", args=[made.pk])).content.decode()
    assert decision_restore(decision=decision_get(made.pk)).status == "standing"


def test_a_missing_choice_is_told_when_superseding_by_nothing(decide, page):
    made = decide("Two test cycles", date(2026, 10, 22))
    answer = page.post(reverse("meetings:supersede", args=[made.pk]), {"by": ""}, headers={"HX-Request": "true"})
    assert "Choose the decision that takes its place." in answer.content.decode()


def test_empty_register_says_what_would_fill_it_when_opened(page, db):
    assert "No decision has been recorded" in page.get(reverse("meetings:decisions")).content.decode()
    assert "No decision matches" in page.get(reverse("meetings:decisions"), {"q": "x"}).content.decode()
