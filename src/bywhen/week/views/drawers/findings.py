"""Drawers of standing findings: dates put off again, statuses better than their facts, money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from bywhen.finance.selectors import budget_variance
from bywhen.kernel.clock import current_clock
from bywhen.kernel.wording import day_long, day_short
from bywhen.record.selectors.proposals import finding_get
from bywhen.record.selectors.shown import quotes_shown
from bywhen.reports.selectors.status import status_facts
from bywhen.schedule.selectors import forecast_list, version_current
from bywhen.week.engine.ranking import Need
from bywhen.week.views.drawers.acts import Evidence, leave_form, link, need_number, posted, with_primary

if TYPE_CHECKING:
    from bywhen.record.models import Finding


def reforecast(need: Need) -> Evidence:
    """A milestone put off again: its last forecasts, day by day."""
    finding = finding_of(need)
    if finding is None or finding.project is None:
        return {}
    rows = [row for row in forecast_list(finding.project) if row.milestone == finding.subject][-8:]
    shown = finding_shown(need, finding)
    slips = link("See what slips, and why", reverse("schedule:signals", args=[finding.project.key]), "s")
    return {
        **shown,
        "actions": [*shown["actions"], slips],
        "facts_title": "What it was forecast for, by day",
        "facts": [{"name": day_long(row.on), "value": day_long(row.forecast, row.on)} for row in rows],
    }


def status(need: Need) -> Evidence:
    """A declared status that is better than the facts: both, and the facts' reasons."""
    finding = finding_of(need)
    if finding is None or finding.project is None:
        return {}
    facts = status_facts(finding.project, current_clock().today())
    declared, derived = facts.declared, facts.derived
    rows = []
    if declared:
        rows.append(
            {
                "name": f"Declared by {declared.by or 'the lead'} on {day_short(declared.as_of)}",
                "value": declared.rag.value,
            }
        )
    if derived:
        rows.append({"name": "The facts say", "value": derived.rag.value})
    shown = finding_shown(need, finding)
    report = link("See the status report", reverse("reports:status", args=[finding.project.key]), "s")
    return {
        **shown,
        "facts_title": "Declared beside derived",
        "facts": rows,
        "computed": [reason.text for reason in derived.reasons] if derived else [],
        "actions": [*shown["actions"], report],
    }


def money(need: Need) -> Evidence:
    """A category of the budget that overruns."""
    finding = finding_of(need)
    if finding is None or finding.project is None:
        return {}
    version = version_current(finding.project)
    finish = version.finish.date() if version and version.finish else None
    rows = []
    for row in budget_variance(finding.project, current_clock().today(), finish=finish):
        if f"{row.category} {row.currency}" == finding.subject:
            rows = [{"name": "What the figures say", "value": row.state.value}]
    return {**finding_shown(need, finding), "facts": rows, "computed": [finding.text]}


def finding_of(need: Need) -> Finding | None:
    """The finding that the need speaks of; None when it is gone."""
    return finding_get(need_number(need))


def finding_shown(need: Need, finding: Finding) -> Evidence:
    """What every finding's drawer holds: since when, the words, a question to the lead, and setting it aside."""
    lead = finding.project.lead if finding.project else None
    acts = [posted(need, "question", f"Ask {lead.name} what is behind it", "a")] if lead else []
    return {
        "about": f"{finding.project or 'All projects'} · seen since {day_short(finding.first_seen)}",
        "quotes": quotes_shown(finding.quotes.all()),
        "actions": with_primary(acts),
        "forms": [leave_form(need)],
    }
