"""Strands of work: when a task's dates come from its assignments, resource calendars and splits.

A task whose resources work on its own calendar without interruption is simply its duration. As soon as one of them
has another calendar, starts later, or its work is split or shaped by hand, each assignment becomes a strand of its own:
the task starts with its first strand and finishes with its last. What does not live here: the placement rules
themselves (:mod:`.placement`), whose calendar is whose (:mod:`.staff`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from bywhen.kernel.plan import Assignment, ResourceType, Task, TaskType, Timephased
from bywhen.schedule.engine.shifts import Shifts, seconds_for, seconds_of
from bywhen.schedule.engine.staff import Staff
from bywhen.schedule.engine.sweep import closes, work_at

_REMAINING, _ACTUAL = 1, 2
"""Kinds of time-phased work in MSPDI: still to do, done."""
_SPLIT = 8
"""The contour of work that was split or shaped by hand."""
_AVERAGE = {1: 0.6, 2: 0.6, 3: 0.5, 4: 0.5, 5: 0.5, 6: 0.5, 7: 0.7}
"""What the tenths of a contour come to on average: back and front loaded, double, early and late peak, bell, turtle.
Used where a file says which contour, but not how the work lies."""
_LEAST = 1e-6
"""Fewer units than that are none that anybody has."""
_GRAIN = 60
"""Time-phased data is cut to whole minutes: within this many seconds it says the same as the duration."""


class Strand(NamedTuple):
    """One piece of work in a task: ``delay`` and ``length`` in working seconds of calendar ``calendar`` (its index)."""

    calendar: int
    delay: int
    length: int


def strands_of(task: Task, calendar: int, duration: int, staff: Staff, shifts: Shifts) -> tuple[Strand, ...]:
    """The strands of a task that has not begun; none when its duration alone says the same."""
    found = [_strand(task, each, calendar, duration, staff, shifts) for each in _working(task, staff)]
    strands = tuple(strand for strand in found if strand.length > 0)
    if not strands or not duration:
        return ()
    same_calendar = all(strand.calendar == calendar for strand in strands)
    if same_calendar and not any(_shaped(each) for each in _working(task, staff)):
        return ()
    longest = max(strand.delay + strand.length for strand in strands)
    if same_calendar and abs(longest - duration) < _GRAIN:
        return ()
    return strands


def remaining_ends(task: Task, calendar: int, resume: int, staff: Staff, shifts: Shifts) -> list[int]:
    """When each assignment of a task that has begun will finish; empty when its remaining duration says the same."""
    working = [each for each in _working(task, staff) if not _follows_task(task, each)]
    calendars = [staff.of_assignment(task, each) for each in working]
    if all(each == calendar for each in calendars) and not any(_shaped(each) for each in working):
        return []
    return [_end(each, index, resume, shifts) for each, index in zip(working, calendars, strict=True)]


def _working(task: Task, staff: Staff) -> Iterable[Assignment]:
    for each in staff.assignments_of(task.uid):
        if each.resource_uid is None or (
            staff.resource_type(each.resource_uid) is ResourceType.WORK and each.work_minutes > 0 and each.units > 0
        ):
            yield each


def _strand(task: Task, assignment: Assignment, own: int, duration: int, staff: Staff, shifts: Shifts) -> Strand:
    if _follows_task(task, assignment):
        return Strand(own, 0, duration)
    calendar = staff.of_assignment(task, assignment)
    pieces = _pieces(assignment, (_REMAINING, _ACTUAL))
    if _shaped(assignment) and pieces:
        length = _span(pieces, calendar, shifts)
    elif assignment.resource_uid is None:
        length = duration
    else:
        length = _seconds_of(assignment.work_minutes - assignment.overtime_work_minutes, assignment)
    return Strand(calendar, seconds_for(assignment.delay_minutes), length)


def _follows_task(task: Task, assignment: Assignment) -> bool:
    """Whether people only fill the task's own time: its duration is fixed, and nobody has split it."""
    return task.type is TaskType.FIXED_DURATION and assignment.contour != _SPLIT


def _seconds_of(work_minutes: float, assignment: Assignment) -> int:
    """How long the work takes at the assignment's units; in a contour at their average share."""
    return seconds_for(work_minutes / max(assignment.units or 1.0, _LEAST) / _AVERAGE.get(assignment.contour, 1.0))


def _shaped(assignment: Assignment) -> bool:
    """Whether the work is spread by hand, split or in a contour, so that work and units do not give its length."""
    return assignment.contour != 0 or assignment.delay_minutes != 0


def _pieces(assignment: Assignment, kinds: tuple[int, ...]) -> list[Timephased]:
    return sorted((p for p in assignment.timephased if p.kind in kinds and p.minutes > 0), key=lambda p: p.start)


def _span(pieces: list[Timephased], calendar: int, shifts: Shifts) -> int:
    first, last = pieces[0].start, max(p.finish for p in pieces)
    return work_at(seconds_of(last), calendar, shifts) - work_at(seconds_of(first), calendar, shifts)


def _end(assignment: Assignment, calendar: int, resume: int, shifts: Shifts) -> int:
    if assignment.actual_finish:
        return seconds_of(assignment.actual_finish)
    remaining = assignment.remaining_work_minutes
    work = assignment.work_minutes
    left = max(work - assignment.actual_work_minutes, 0.0) if remaining is None else remaining
    pieces = _pieces(assignment, (_REMAINING,))
    if _shaped(assignment) and pieces:
        last = max(p.finish for p in pieces)
        return closes(work_at(seconds_of(last), calendar, shifts), calendar, shifts)
    begin = _moment(assignment.resume or assignment.stop, resume)
    overtime = assignment.overtime_work_minutes * (left / work if work else 0.0)
    length = _seconds_of(left - overtime, assignment)
    return closes(work_at(begin, calendar, shifts) + length, calendar, shifts)


def _moment(at: datetime | None, otherwise: int) -> int:
    return otherwise if at is None else seconds_of(at)
