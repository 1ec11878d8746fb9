"""The decision's page: options, the window for objections, objecting and answering, and the way back from each."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.meetings.selectors.decisions import decision_get
from bywhen.meetings.services.decisions import decision_keep, decision_withdraw
from bywhen.platform.models import AuditEntry
from factories import rows

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _frozen():
    with clock_set(FrozenClock(TODAY)):
        yield


@pytest.fixture
def decision(db):
    kept, _ = decision_keep(
        key="k", project=rows.project(), text="Two cycles", decided_by="Dana", decided_on=TODAY, evidence=[]
    )
    return kept


@pytest.fixture
def send(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("owner"))

    def post(name, pk, **fields):
        answer = client.post(reverse(f"meetings:{name}", args=[pk]), fields, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        return answer.content.decode()

    return post


def undo(client, page):
    """Press the page's undo."""
    form = re.search(r'<form [^>]*action="([^"]+)"[^>]*class="note last".*?</form>', page, re.DOTALL)
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form.group())
    sent = {name: unescape(value) for name, value in fields if name != "csrfmiddlewaretoken"}
    return client.post(form.group(1), sent, headers={"HX-Request": "true"}).content.decode()


def test_options_are_kept_audited_and_put_back_when_edited(decision, send, client):
    send("options", decision.pk, options="One cycle: <b>too few</b>", seen="")
    page = send("options", decision.pk, options="Three\r\ncycles", seen="One cycle: <b>too few</b>")
    assert "The options were kept." in page
    page = undo(client, page)
    assert decision_get(decision.pk).options == "One cycle: <b>too few</b>"
    assert "&lt;b&gt;too few" in page
    told = [entry.changes["options"] for entry in AuditEntry.objects.filter(subject__startswith="meetings.decision:")
            if "options" in entry.changes]  # fmt: skip
    assert len(told) == 3


def test_options_are_refused_and_stay_typed_when_somebody_else_changed_them(decision, send):
    send("options", decision.pk, options="Theirs", seen="")
    page = send("options", decision.pk, options="Mine", seen="")
    assert "Somebody else has changed the options" in page
    assert re.search(r"<textarea name=\"options\"[^>]*>Mine<", page)
    assert decision_get(decision.pk).options == "Theirs"


def test_options_stay_when_somebody_has_objected(decision, send, client):
    send("window", decision.pk, until="2026-11-27")
    send("object", decision.pk, by="Ana", text="One is enough")
    page = send("options", decision.pk, options="Late", seen="")
    assert "stays as they saw it" in unescape(page)
    assert decision_get(decision.pk).options == ""
    assert "?edit=options" not in client.get(reverse("meetings:decision", args=[decision.pk])).content.decode()


def test_window_opens_moves_and_closes_when_told(decision, send, client):
    page = send("window", decision.pk, until="2026-11-27")
    assert "may object until" in page
    page = send("window", decision.pk, until="2026-12-04")
    undo(client, page)
    assert decision_get(decision.pk).objections_until == date(2026, 11, 27)
    page = send("window", decision.pk, until="")
    assert decision_get(decision.pk).objections_until is None
    undo(client, page)
    assert decision_get(decision.pk).objections_until == date(2026, 11, 27)


@pytest.mark.parametrize(("until", "said"), [("soon", "is no day"), ("2026-11-20", "has passed")])
def test_window_is_refused_when_its_day_is_wrong(decision, send, until, said):
    assert said in send("window", decision.pk, until=until)
    assert decision_get(decision.pk).objections_until is None


def test_objection_is_raised_answered_and_reopened_when_undone(decision, send, client):
    send("window", decision.pk, until="2026-11-27")
    page = send("object", decision.pk, by="Ana", text="One is enough")
    assert "1 objection without an answer" in page
    made = decision_get(decision.pk).objections.get()
    page = send("answer", made.pk, answer="Heard; it stays")
    assert "without an answer" not in page
    assert "was answered and stays" in send("take_back", made.pk)
    page = send("answer", made.pk, answer="Heard; one it is")
    undo(client, page)
    assert decision_get(decision.pk).objections.get().answer == "Heard; it stays"
    send("reopen", made.pk)
    assert decision_get(decision.pk).objections.get().answer == ""


def test_objection_goes_when_raising_is_undone(decision, send, client):
    send("window", decision.pk, until="2026-11-27")
    undo(client, send("object", decision.pk, by="Ana", text="One is enough"))
    assert not decision_get(decision.pk).objections.exists()


def test_form_stays_with_what_was_typed_when_objection_lacks_a_name(decision, send):
    send("window", decision.pk, until="2026-11-27")
    page = send("object", decision.pk, by=" ", text="One is enough")
    assert "needs a name and a reason" in page
    assert ">One is enough</textarea>" in page


def test_nothing_is_offered_when_decision_no_longer_stands(decision, send, client):
    decision_withdraw(decision=decision)
    page = client.get(reverse("meetings:decision", args=[decision.pk])).content.decode()
    assert not re.search(r"\?edit=(options|window|object)", page)


def test_undo_is_shown_once_when_the_page_is_used_without_scripts(decision, send, client):
    answer = client.post(reverse("meetings:options", args=[decision.pk]), {"options": "One cycle"}, follow=True)
    assert "The options were kept." in answer.content.decode()
    again = client.get(reverse("meetings:decision", args=[decision.pk])).content.decode()
    assert "The options were kept." not in again
    refused = client.post(reverse("meetings:window", args=[decision.pk]), {"until": "soon"})
    assert (refused.status_code, "is no day" in refused.content.decode()) == (409, True)


@pytest.mark.parametrize("name", ["options", "window", "object", "answer", "reopen", "take_back"])
def test_page_is_missing_when_there_is_no_such_row(send, client, name):
    assert client.post(reverse(f"meetings:{name}", args=[999])).status_code == 404
