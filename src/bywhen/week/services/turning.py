"""One turn of the week: take in what is new, understand the meetings, look at every loop, draft the asks, write the
documents. Idempotent: a second turn over the same folder on the same day changes nothing and says so.

What does not live here: any step's own work (the rooms), the order of what needs a person (``engine.ranking``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bywhen.followup.selectors.facts import loop_facts
from bywhen.followup.services.drafting import asks_draft
from bywhen.kernel.clock import current_clock
from bywhen.meetings.selectors.held import meeting_get
from bywhen.meetings.services.planning import meetings_match
from bywhen.platform.acting import Actor, acting
from bywhen.record.selectors.projects import project_list
from bywhen.record.selectors.proposals import finding_list, proposal_list
from bywhen.record.services.proposals import proposals_expire
from bywhen.registers.services.changes import changes_follow
from bywhen.registers.services.reviews import reviews_open
from bywhen.reports.services import status_write
from bywhen.schedule.selectors import working_time_of
from bywhen.week.engine.ranking import Need
from bywhen.week.models import Turn
from bywhen.week.selectors.needs import need_list
from bywhen.week.services.noticing import findings_notice
from bywhen.week.services.preparing import letters_send, meetings_prepare
from bywhen.week.services.series_declared import series_declare
from bywhen.week.services.taking_in import FilesRead, Progress, TakenIn, files_take_in, folder_take_in
from bywhen.week.services.understanding import consequences_refresh, meeting_understand

if TYPE_CHECKING:
    from bywhen.record.models import Finding, Project, Proposal

WEEK = Actor("system", "week")


@dataclass(frozen=True, slots=True)
class Turned:
    """What one turn did and what it leaves to people."""

    as_of: date
    taken: TakenIn
    changed: bool
    new_proposals: int
    asks: int
    proposals: list[Proposal]
    findings: list[Finding]
    needs: list[Need]
    documents: list[Path]

    def document(self) -> dict[str, Any]:
        """The JSON that ``bywhen week --json`` prints."""
        counts = self.taken.counts
        skipped = [{"file": file, "reason": reason} for file, reason in self.taken.skipped]
        skipped += [{"file": place, "reason": reason} for place, reason in counts.skipped]
        return {
            "as_of": self.as_of.isoformat(),
            "changed": self.changed,
            "taken_in": {
                "read": counts.read,
                "created": counts.created,
                "updated": counts.updated,
                "unchanged": counts.unchanged,
                "skipped": skipped,
                "files": self.taken.files,
                "new_files": self.taken.new_files,
            },
            "proposals": [_proposal_document(each) for each in self.proposals],
            "findings": [_finding_document(each) for each in self.findings],
            "needs_you": [_need_document(each) for each in self.needs],
            "documents": [str(path) for path in self.documents],
        }


def week_turn(*, folder: Path, out: Path, progress: Progress | None = None) -> Turned:
    """Perform one turn of the week over a project folder as of the clock's day, writing documents to ``out``.

    Raises:
        FileMissingError: when there is no such folder.
        FileMalformedError: when its ``project.toml`` cannot be read.
    """
    today = current_clock().today()
    with acting(WEEK, f"week of {today}"):
        taken = folder_take_in(folder=folder, today=today, without=out, progress=progress)
        declared = series_declare(folder=folder)
        return _follow(taken, str(folder), today, out, progress, declared)


def files_turn(*, read: FilesRead, project: Project, out: Path) -> Turned:
    """The same turn over files that a person sends for one project."""
    today = current_clock().today()
    taken = files_take_in(read=read, project=project, today=today)
    with acting(WEEK, f"week of {today}"):
        return _follow(taken, "", today, out, None)


def _follow(
    taken: TakenIn, folder: str, today: date, out: Path, progress: Progress | None, declared: int = 0
) -> Turned:
    """What follows from the new state of the record: understand, look at every loop, draft, write."""
    tell = progress or (lambda _what, _done, _all: None)
    tell("understanding the meetings", 1, 4)
    new = sum(meeting_understand(pk) for pk in taken.meetings)
    expired = proposals_expire(today=today)
    projects = list(project_list())
    moved = sum(consequences_refresh(each) for each in projects)
    requested = sum(
        changes_follow(proposals=proposal_list(project=each), working_time=working_time_of(each)) for each in projects
    )
    tell("looking at every open loop", 2, 4)
    meetings_match(meetings=[held for pk in taken.meetings if (held := meeting_get(pk))])
    opened = sum(len(reviews_open(today=today, working_time=working_time_of(each), project=each)) for each in projects)
    # After everything that opens a loop: agendas name what is open.
    prepared = declared + sum(meetings_prepare(project=each) for each in projects)
    findings_notice(projects=projects, today=today, taken=taken)
    drafted = asks_draft(today=today, facts=loop_facts(today=today))
    tell("writing the documents", 3, 4)
    written = [path for each in projects for path in status_write(project=each, today=today, out=out)]
    letters_send()
    needs = need_list(today=today)
    changed = bool(
        taken.counts.changed
        or new
        or moved
        or requested
        or expired
        or opened
        or prepared
        or drafted.counts.changed
        or any(w.changed for w in written)
    )
    result = Turned(
        as_of=today,
        taken=taken,
        changed=changed,
        new_proposals=new,
        asks=len(drafted.asks),
        proposals=list(proposal_list(status="proposed")),
        findings=list(finding_list()),
        needs=needs,
        documents=[w.path for w in written],
    )
    if changed:
        Turn.objects.create(
            folder=folder, as_of=today, at=current_clock().now(), changed=changed, summary=_turn_summary(result)
        )
    return result


def _turn_summary(result: Turned) -> dict[str, Any]:
    counts = result.taken.counts
    return {
        "created": counts.created,
        "updated": counts.updated,
        "unchanged": counts.unchanged,
        "skipped": len(counts.skipped) + len(result.taken.skipped),
        "new_proposals": result.new_proposals,
        "needs": len(result.needs),
    }


def _evidence(quotes: Any) -> list[dict[str, Any]]:
    return [{"source": quote.source.name, "place": quote.place, "quote": quote.text} for quote in quotes]


def _proposal_document(proposal: Proposal) -> dict[str, Any]:
    return {
        "id": proposal.pk,
        "kind": proposal.kind,
        "project": proposal.project.key,
        "text": proposal.text,
        "payload": proposal.payload,
        "consequence": proposal.consequence,
        "confidence": proposal.confidence,
        "evidence": _evidence(proposal.quotes.all()),
    }


def _finding_document(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "project": finding.project.key if finding.project else None,
        "text": finding.text,
        "subject": finding.subject,
        "evidence": _evidence(finding.quotes.all()),
    }


def _need_document(need: Need) -> dict[str, Any]:
    return {
        "ref": need.ref,
        "kind": need.kind,
        "project": need.project,
        "title": need.title,
        "loss": need.loss,
        "rag": need.rag,
        "whose": need.whose,
        "age_days": need.age_days,
        "float_days": need.float_days,
        "loses_on": need.loses_on.isoformat() if need.loses_on else None,
        "act": need.act,
    }
