"""The outbox over HTTP: approve, edit, hold, discard, undo; files and addresses for mail programs."""

from datetime import date
from email import message_from_bytes, policy

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from bywhen.followup.models import Ask
from bywhen.followup.selectors.facts import loop_facts
from bywhen.followup.services.by_hand import again_draft, escalation_draft
from bywhen.followup.services.drafting import asks_draft
from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.errors import StateWrongError
from bywhen.kernel.tables import PersonRow
from bywhen.kernel.worktime import WorkingTime
from bywhen.loops.services import loop_open
from bywhen.record.selectors.people import person_find
from bywhen.record.services.people import people_take_in
from factories import rows

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _frozen():
    with clock_set(FrozenClock(TODAY)):
        yield


@pytest.fixture
def reader(client):
    client.force_login(get_user_model().objects.create_user("owner"))
    return client


@pytest.fixture
def loop():
    project = rows.project()
    person = PersonRow("row 2", "Ana Duarte", addresses=("ana@example.org",), time_zone="Europe/Lisbon")
    people_take_in(rows=[person], projects={}, default=project)
    return loop_open(
        key="1", kind="action", project=project, title="Sign & return <the terms>", evidence=[],
        working_time=WorkingTime.standard(), owner=person_find("Ana Duarte"), due=date(2026, 11, 20),
    )[0]  # fmt: skip


@pytest.fixture
def ask(loop):
    (ask,) = asks_draft(today=TODAY, facts=loop_facts(today=TODAY)).asks
    return ask


def decide(reader, ask, name):
    return reader.post(reverse("followup:decide", args=[ask.pk, name]), headers=HTMX)


def test_nobody_is_asked_when_nothing_is_due(reader):
    assert "Nobody needs to be asked this week" in reader.get("/followup/").content.decode()


def test_card_shows_the_message_and_the_persons_clock_when_it_is_a_draft(reader, ask):
    page = reader.get("/followup/").content.decode()
    assert "Mon 08:00 in Europe/Lisbon" in page
    assert "Sign &amp; return &lt;the terms&gt;" in page


@pytest.mark.parametrize(("name", "status"), [("approve", "approved"), ("hold", "held"), ("discard", "discarded")])
def test_draft_is_decided_and_comes_back_when_undone(reader, ask, name, status):
    assert decide(reader, ask, name).status_code == 200
    ask.refresh_from_db()
    assert ask.status == status
    reader.post(reverse("followup:undo"), headers=HTMX)
    ask.refresh_from_db()
    assert ask.status == "draft"


def test_all_drafts_are_approved_and_come_back_together_when_undone(reader, ask):
    reader.post(reverse("followup:approve_all"), headers=HTMX)
    assert Ask.objects.get().status == "approved"
    assert reader.post(reverse("followup:approve_all"), headers=HTMX).status_code == 409
    reader.post(reverse("followup:undo"), headers=HTMX)
    assert Ask.objects.get().status == "draft"


def test_words_are_kept_and_judged_when_edited(reader, ask):
    address = reverse("followup:edit", args=[ask.pk])
    answer = reader.post(address, {"subject": "Terms", "body": "Please do it ASAP"}, headers=HTMX)
    assert "give a day instead" in answer.headers["HX-Trigger"]
    ask.refresh_from_db()
    assert (ask.subject, ask.body, ask.edited) == ("Terms", "Please do it ASAP", True)


def test_message_is_a_draft_of_a_mail_program_when_it_is_saved_as_a_file(reader, ask):
    address = reverse("followup:message", args=[ask.pk])
    assert reader.get(address).status_code == 409
    decide(reader, ask, "approve")
    message = message_from_bytes(reader.get(address).content, policy=policy.default)
    ask.refresh_from_db()
    assert (message["To"], message["X-Unsent"]) == ("Ana Duarte <ana@example.org>", "1")
    assert message["Subject"] == ask.subject
    assert message.get_content().replace("\r\n", "\n").strip() == ask.body
    assert "mailto:ana%40example.org?subject=" in reader.get("/followup/").content.decode()


def test_message_by_hand_is_one_and_outlives_the_weekly_draft_when_asked_twice(loop, ask):
    first = again_draft(loop=loop, today=TODAY)
    assert again_draft(loop=loop, today=TODAY).pk == first.pk
    asks_draft(today=TODAY, facts=loop_facts(today=TODAY))
    first.refresh_from_db()
    assert (first.status, first.kind, first.lines.count()) == ("draft", "again", 1)


def test_escalation_is_refused_when_the_project_names_nobody(loop):
    with pytest.raises(StateWrongError, match="no lead and no sponsor"):
        escalation_draft(loop=loop, today=TODAY)
