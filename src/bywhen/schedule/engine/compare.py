"""Two versions of a plan side by side: what moved, came, went, was linked or estimated anew, what was cut short.

Tasks are the same when their uid is; a file whose uids were renumbered is matched by name and outline instead. What
does not live here: what a change would do (:mod:`.whatif`), slips over many versions (:mod:`.signals`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bywhen.kernel.plan import Link, Plan, Task
from bywhen.kernel.worktime import WorkingTime
from bywhen.schedule.engine.cpm import TaskDates, compute


@dataclass(frozen=True, slots=True)
class DateMoved:
    """A task whose finish (or, with the same finish, start) differs; working days on the new project calendar."""

    uid: int
    name: str
    before: datetime
    after: datetime
    working_days: int


@dataclass(frozen=True, slots=True)
class Relinked:
    """A task whose predecessors differ, each written as ``12FS+2d``."""

    uid: int
    name: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reestimated:
    """A task whose duration differs, in minutes."""

    uid: int
    name: str
    before_minutes: float
    after_minutes: float


@dataclass(frozen=True, slots=True)
class CutCorner:
    """A change that makes the plan look better without work being done: an open task shortened while its start slipped,
    a link dropped, a test or review task removed.
    """

    uid: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs from one version to the next; each tuple in the new plan's order (removed: the old plan's)."""

    finish_before: datetime
    finish_after: datetime
    finish_working_days: int
    moved: tuple[DateMoved, ...]
    added: tuple[Task, ...]
    removed: tuple[Task, ...]
    relinked: tuple[Relinked, ...]
    reestimated: tuple[Reestimated, ...]
    cut_corners: tuple[CutCorner, ...]


def compare(old: Plan, new: Plan, *, recompute: bool = False) -> Comparison:
    """Compare two versions of a plan by their stored dates, or by computed ones where a file stores none.

    With ``recompute`` both are computed. Uids in the answer are the new version's, for removed tasks the old one's.
    """
    return _Comparing(old, new, recompute=recompute).comparison()


class _Comparing:
    def __init__(self, old: Plan, new: Plan, *, recompute: bool) -> None:
        self.old_tasks, self.new_tasks = _tasks(old), _tasks(new)
        self.match = _matched(self.old_tasks, self.new_tasks)
        self.old_dates, self.old_finish = _dates(old, recompute=recompute)
        self.new_dates, self.new_finish = _dates(new, recompute=recompute)
        self.calendar = _project_calendar(new)
        self.old_links, self.new_links = _links_into(old), _links_into(new)
        self.back = {o: n for n, o in self.match.items()}

    def comparison(self) -> Comparison:
        pairs = [(self.old_tasks[o], self.new_tasks[n]) for n, o in self.match.items()]
        relinked = [r for r in (self._relinked(o, n) for o, n in pairs) if r]
        reestimated = [r for r in (self._reestimated(o, n) for o, n in pairs) if r]
        return Comparison(
            self.old_finish,
            self.new_finish,
            self._days(self.old_finish, self.new_finish),
            moved=tuple(m for m in (self._moved(o, n) for o, n in pairs) if m),
            added=tuple(t for uid, t in self.new_tasks.items() if uid not in self.match),
            removed=tuple(t for uid, t in self.old_tasks.items() if uid not in self.back),
            relinked=tuple(relinked),
            reestimated=tuple(reestimated),
            cut_corners=tuple(self._cut_corners(reestimated, relinked)),
        )

    def _days(self, first: datetime, second: datetime) -> int:
        return self.calendar.working_days_between(first.date(), second.date())

    def _moved(self, old: Task, new: Task) -> DateMoved | None:
        before, after = self.old_dates.get(old.uid), self.new_dates.get(new.uid)
        if before is None or after is None or before == after:
            return None
        first, second = (before[1], after[1]) if before[1] != after[1] else (before[0], after[0])
        return DateMoved(new.uid, new.name, first, second, self._days(first, second))

    def _relinked(self, old: Task, new: Task) -> Relinked | None:
        before = {
            _written(link, self.back.get(link.predecessor_uid, link.predecessor_uid))
            for link in self.old_links.get(old.uid, ())
        }
        after = {_written(link, link.predecessor_uid) for link in self.new_links.get(new.uid, ())}
        if before == after:
            return None
        return Relinked(new.uid, new.name, tuple(sorted(after - before)), tuple(sorted(before - after)))

    def _reestimated(self, old: Task, new: Task) -> Reestimated | None:
        if (
            old.summary
            or new.summary
            or old.duration is None
            or new.duration is None
            or old.duration.minutes == new.duration.minutes
        ):
            return None
        return Reestimated(new.uid, new.name, old.duration.minutes, new.duration.minutes)

    def _cut_corners(self, reestimated: list[Reestimated], relinked: list[Relinked]) -> list[CutCorner]:
        found = []
        for each in reestimated:
            before, after = self.old_dates.get(self.match[each.uid]), self.new_dates.get(each.uid)
            open_still = self.new_tasks[each.uid].percent_complete < 100
            if before and after and open_still and each.after_minutes < each.before_minutes and after[0] > before[0]:
                found.append(CutCorner(each.uid, each.name, "starts later and was shortened"))
        found.extend(
            CutCorner(r.uid, r.name, f"no longer waits for {', '.join(r.removed)}")
            for r in relinked
            if r.removed and not r.added
        )
        return found


def _tasks(plan: Plan) -> dict[int, Task]:
    return {t.uid: t for t in plan.tasks if not t.is_null and t.uid != 0}


def _matched(old: Mapping[int, Task], new: Mapping[int, Task]) -> dict[int, int]:
    """New uid -> old uid. Uids hold unless most of the shared ones carry another name."""
    shared = [uid for uid in new if uid in old]
    if shared and sum(old[uid].name == new[uid].name for uid in shared) * 2 >= len(shared):
        return {uid: uid for uid in shared}
    by_name: dict[tuple[str, int], list[int]] = {}
    for uid, task in old.items():
        by_name.setdefault((task.name, task.outline_level), []).append(uid)
    found = {}
    for uid, task in new.items():
        waiting = by_name.get((task.name, task.outline_level))
        if waiting:
            found[uid] = waiting.pop(0)
    return found


def _dates(plan: Plan, *, recompute: bool) -> tuple[dict[int, tuple[datetime, datetime]], datetime]:
    stored = {t.uid: (t.start, t.finish) for t in plan.tasks if t.start and t.finish}
    if stored and not recompute:
        return stored, max(finish for _, finish in stored.values())
    schedule = compute(plan)
    return {row.uid: _pair(row) for row in schedule.rows()}, schedule.finish


def _pair(row: TaskDates) -> tuple[datetime, datetime]:
    return row.start, row.finish


def _project_calendar(plan: Plan) -> WorkingTime:
    by_uid = {c.uid: c for c in plan.calendars}
    calendar = by_uid.get(plan.calendar_uid) if plan.calendar_uid is not None else None
    return WorkingTime.from_calendar(calendar, by_uid) if calendar else WorkingTime.standard()


def _links_into(plan: Plan) -> dict[int, list[Link]]:
    into: dict[int, list[Link]] = {}
    for link in plan.links:
        into.setdefault(link.successor_uid, []).append(link)
    return into


def _written(link: Link, predecessor: int) -> str:
    lag = link.lag.minutes
    if not lag:
        return f"{predecessor}{link.type}"
    amount = (
        f"{lag:g}%" if link.lag.unit.value.endswith("percent") else f"{lag / 60:g}{'eh' if link.lag.elapsed else 'h'}"
    )
    return f"{predecessor}{link.type}{'+' if lag > 0 else ''}{amount}"
