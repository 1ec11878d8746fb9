"""The weekly status of the demo programme: what was planted in it stands in the right report, said as a sponsor reads it."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.document import Heading, Paragraph, Table
from bywhen.record.selectors.projects import project_get, project_list
from bywhen.reports.engine.rag import disagrees
from bywhen.reports.selectors.preview import status_preview
from bywhen.reports.selectors.status import report_get
from bywhen.reports.services import status_approve, status_build, status_reopen
from bywhen.week.services.turning import week_turn

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
TRUTHS = tomllib.loads((EXAMPLES / "truths.toml").read_text(encoding="utf-8"))
TODAY: date = TRUTHS["as_of"]


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """One turn over the demo folder, kept for all tests of this module and rolled back after them."""
    from django.db import transaction

    out = tmp_path_factory.mktemp("status")
    with django_db_blocker.unblock(), clock_set(FrozenClock(TODAY)), transaction.atomic():
        week_turn(folder=EXAMPLES / "meridian", out=out)
        yield {project.key: status_preview(project, TODAY) for project in project_list()}
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _one_day(demo):
    with clock_set(FrozenClock(TODAY)):
        yield


@pytest.fixture
def undone(demo):
    """What a test writes is taken back after it."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def page(undone, client, django_user_model):
    client.force_login(django_user_model.objects.create_user("owner", first_name="Maren"))
    return client


def lead(preview):
    return [
        each.text
        for block in preview.document.blocks
        if isinstance(block, Paragraph) and block.lead
        for each in block.sentences
    ]


def table(preview, heading):
    blocks = preview.document.blocks
    at = next(number for number, block in enumerate(blocks) if isinstance(block, Heading) and block.text == heading)
    return next(block for block in blocks[at:] if isinstance(block, Table))


def names(found):
    return [row.cells[0].text for row in found.rows]


def test_the_critical_blocker_comes_first_when_the_finish_still_holds(demo):
    first = lead(demo["erp"])[0]
    assert TRUTHS["blockers"]["critical"]["waiting_on"] in first
    assert "Security approval is missed from Thu 26 Nov" in first
    assert [blocker.critical for blocker in demo["erp"].facts.blockers].count(True) == 1
    assert all(not demo[key].facts.blockers for key in ("gateway", "migration", "rollout"))


def test_the_watermelon_is_said_at_the_top_when_declared_green(demo):
    truth, preview = TRUTHS["watermelon"], demo[TRUTHS["watermelon"]["project"]]
    assert (preview.facts.declared.rag, preview.facts.declared.by) == (truth["declared"], truth["declared_by"])
    assert preview.facts.derived.rag == "red"
    assert f"It is declared green by {truth['declared_by']}; the facts say red." in lead(preview)
    assert disagrees(preview.facts)
    assert not disagrees(demo["rollout"].facts)


def test_the_reforecast_milestone_shows_its_trend_when_set_later_three_times(demo):
    truth = TRUTHS["reforecast"]
    fact = next(item for item in demo["erp"].facts.milestones if item.name == truth["milestone"])
    assert (fact.baseline, fact.forecast, fact.float_days) == (
        truth["baseline"],
        truth["forecasts"][-1],
        truth["float_days_left"],
    )
    assert fact.moves == len(truth["on"])
    assert any(truth["milestone"] in item.text and "later" in item.text for item in demo["erp"].facts.movements)


def test_the_push_waits_with_its_effect_when_nobody_has_decided(demo):
    change = next(item for item in demo["erp"].facts.changes)
    assert (change.status, change.effect_days) == ("proposed", TRUTHS["push"]["delay_days"])
    assert any(TRUTHS["push"]["quote"] in ref.quote for ref in change.evidence)


def test_the_ownerless_action_is_marked_when_nobody_has_it(demo):
    actions = [item for preview in demo.values() for item in preview.facts.actions if not item.owner]
    assert len(actions) == 1
    assert "1 without an owner" in " ".join(
        each.text
        for block in demo["migration"].document.blocks
        if isinstance(block, Paragraph)
        for each in block.sentences
    )


def test_the_nickname_is_a_person_when_she_owns_an_action(demo):
    assert TRUTHS["nickname"]["name"] in {item.owner for item in demo["erp"].facts.actions}


def test_milestones_done_before_the_last_report_are_left_out_when_told(demo):
    shown = names(table(demo["erp"], "Milestones"))
    assert "Kick-off held" not in shown
    assert {"Go-live", "Security approval"} <= set(shown)


def test_no_two_rows_and_no_empty_names_when_tables_are_read(demo):
    for preview in demo.values():
        for block in preview.document.blocks:
            if isinstance(block, Table):
                said = [tuple(cell.text for cell in row.cells) for row in block.rows]
                assert len(set(said)) == len(said), block.caption
                assert all(row[0].strip() for row in said), block.caption


def test_every_cited_source_has_a_title_when_listed(demo):
    for preview in demo.values():
        assert all(len(entry.title) != 64 for entry in preview.document.numbered_sources())


def test_looking_writes_nothing_when_the_studio_is_opened(page, demo):
    from bywhen.platform.models import AuditEntry

    before = AuditEntry.objects.count()
    for address in (reverse("reports:overview"), reverse("reports:status", args=["erp"])):
        assert page.get(address).status_code == 200
    assert AuditEntry.objects.count() == before


def test_approval_holds_until_it_is_taken_back_when_given(page):
    page.post(reverse("reports:approve", args=["migration"]))
    report = report_get(project_get("migration"), TODAY)
    assert report.approved_by == "Maren"
    assert "Approved by Maren" in page.get(reverse("reports:status", args=["migration"])).content.decode()
    page.post(reverse("reports:approve", args=["migration"]))
    page.post(reverse("reports:reopen", args=["migration"]))
    assert report_get(project_get("migration"), TODAY).approved_at is None


def test_an_approved_report_keeps_its_words_when_facts_change(undone):
    project = project_get("rollout")
    report, _ = status_build(project=project, today=TODAY)
    kept = report.html
    status_approve(report=report)
    project.name = "Rollout, renamed"
    project.save()
    again, changed = status_build(project=project, today=TODAY)
    assert (again.html, changed) == (kept, False)
    status_reopen(report=again)
    assert status_build(project=project, today=TODAY)[1]


@pytest.mark.parametrize(("kind", "starts"), [("docx", b"PK"), ("html", b"<!doctype html>"), ("md", b"#")])
def test_a_report_comes_as_a_file_when_asked_for(page, kind, starts):
    answer = page.get(reverse("reports:download", args=["erp", TODAY.isoformat(), kind]))
    assert answer.content.startswith(starts)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="erp-status-{TODAY}.{kind}"'
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")


def test_nothing_is_found_when_day_kind_or_project_is_unknown(page):
    day = TODAY.isoformat()
    for args in (["erp", "soon", "docx"], ["erp", day, "exe"], ["none", day, "docx"], ["erp", "2020-01-01", "docx"]):
        assert page.get(reverse("reports:download", args=args)).status_code == 404
    assert page.get(reverse("reports:status", args=["none"])).status_code == 404


def test_overview_names_the_projects_declared_better_when_there_are_some(page):
    context = page.get(reverse("reports:overview")).context
    rows = {row["key"]: row for row in context["rows"]}
    assert rows["migration"]["better"]
    assert not rows["rollout"]["better"]
    assert rows["erp"]["critical"] == 1
    assert "declared better than the facts" in context["headline"]


def test_next_week_compares_with_this_one_when_a_report_was_kept(undone):
    later = TODAY + timedelta(days=7)
    with clock_set(FrozenClock(later)):
        facts = status_preview(project_get("erp"), later).facts
    assert facts.previous_as_of == TODAY
    assert facts.progress.previous_actual_percent == facts.progress.actual_percent
