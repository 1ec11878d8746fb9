"""The sweep: one pass forward and one backward over the compiled network, in plain integers.

The same source runs as plain Python over lists and, through :mod:`.compiled`, as machine code over arrays; results
never depend on which. Therefore nothing here is clever: no objects, no exceptions, no allocation, only integers. The
two passes are long functions in one module because they are compiled together and calls within them cost.

What does not live here: building the arrays (:mod:`.network`), what they mean for people (:mod:`.cpm`).
"""

# ruff: noqa: PLR1730 - a call of min() or max() for each link costs plain Python a third of its time

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from bywhen.schedule.engine.columns import Column
from bywhen.schedule.engine.shifts import Shifts

SIMPLE, FIXED, STRANDED, GATE, ROLLUP, STARTED, DONE = 0, 1, 2, 3, 4, 5, 6
"""Kinds of node: a duration on one calendar; given dates; several strands of work; the start of a summary task, which
its children wait for; the finish of a summary task, which its successors wait for; a task that has begun; one
that is complete."""

FS, SS, FF, SF = 0, 1, 2, 3
"""Link types; bit 0: counted from the predecessor's start, bit 1: binds the successor's finish."""
WORKING_LAG, ELAPSED_LAG, MEMBER, ALOOF = 4, 8, 16, 32
"""Added to the type when the link has a lag; ``MEMBER`` ties a child to its summary task's finish, ``ALOOF`` places a
successor that holds nobody back: an inactive one."""
LAG_CALENDAR = 6
"""From this bit on stands the calendar (counted from one) that a working lag runs on, where it is not its successor's:
a successor with an elapsed duration."""

NEAR = 32
"""Shifts within which most durations end: looked through before the whole calendar is."""

NEVER = 0
ALWAYS = 1 << 50
"""Bounds that bind nothing: an instant before and one after all others."""


class Nodes(NamedTuple):
    """One entry per node, predecessors before successors. Instants and lengths in seconds.

    ``start_floor`` and ``finish_floor`` hold a node back; ``start_ceiling`` and ``finish_ceiling`` pull it forward, or
    are its dates when these are given. What has begun has in ``start_floor`` the instant at which it goes on.
    ``late_start`` and ``late_finish`` bound the backward pass, alone where ``pinned`` is set; ``delay`` is the
    levelling delay (elapsed).
    """

    kind: Column
    calendar: Column
    duration: Column
    start_floor: Column
    finish_floor: Column
    start_ceiling: Column
    finish_ceiling: Column
    late_start: Column
    late_finish: Column
    delay: Column
    pinned: Column


class Links(NamedTuple):
    """The links into node ``i`` stand at ``first[i]`` to ``first[i + 1]``, end excluded. ``lag`` in seconds."""

    first: Column
    predecessor: Column
    code: Column
    lag: Column


class Followers(NamedTuple):
    """The same links seen from the predecessor: those out of node ``i`` stand at ``first[i]`` to ``first[i + 1]``."""

    first: Column
    successor: Column
    code: Column
    lag: Column


class Strands(NamedTuple):
    """Pieces of work that run beside each other in one task: the strands of node ``i`` stand at ``first[i]`` to
    ``first[i + 1]``. ``delay`` and ``length`` are working seconds on the strand's own calendar.
    """

    first: Column
    calendar: Column
    delay: Column
    length: Column


class Early(NamedTuple):
    """What the forward pass fills: dates, the same as work on the node's calendar, the link that drove them, and the
    shift of the node's calendar in which it finishes (-1: not looked up), where its followers need not search again.
    """

    start: Column
    finish: Column
    start_work: Column
    finish_work: Column
    driver: Column
    shift: Column


class Late(NamedTuple):
    """What the backward pass fills: dates, the same as work on the node's calendar, the instant by which what must
    finish before the node starts has to, and the shift in which the node starts (-1: not looked up).
    """

    start: Column
    finish: Column
    start_work: Column
    finish_work: Column
    bound: Column
    shift: Column


def work_at(at: int, calendar: int, shifts: Shifts) -> int:
    """Working seconds of the calendar before the instant."""
    starts, ends, done, low, high = shifts
    row = bisect_right(starts, at, low[calendar], high[calendar]) - 1
    end = ends[row]
    return done[row] + (min(end, at)) - starts[row]


def opens(work: int, calendar: int, shifts: Shifts) -> int:
    """The latest instant with this much work done before it: the name of a start."""
    starts, _, done, low, high = shifts
    row = bisect_right(done, work, low[calendar], high[calendar]) - 1
    return starts[row] + work - done[row]


def closes(work: int, calendar: int, shifts: Shifts) -> int:
    """The earliest instant with this much work done before it: the name of a finish."""
    starts, _, done, low, high = shifts
    row = bisect_left(done, work, low[calendar], high[calendar]) - 1
    return starts[row] + work - done[row]


def stays(at: int, calendar: int, shifts: Shifts) -> bool:
    """Whether a milestone may stand at the instant: within a shift, or at the very end of one."""
    starts, ends, _, low, high = shifts
    row = bisect_right(starts, at, low[calendar], high[calendar]) - 1
    return at <= ends[row]


def lagged(at: int, code: int, lag: int, calendar: int, shifts: Shifts) -> int:
    """The instant a lag (or, negative, a lead) after another."""
    if code & ELAPSED_LAG or not lag:
        return at + lag
    if code >> LAG_CALENDAR:
        calendar = (code >> LAG_CALENDAR) - 1
        return closes(work_at(at, calendar, shifts) + lag, calendar, shifts)
    work = work_at(at, calendar, shifts) + lag
    return closes(work, calendar, shifts) if lag > 0 else opens(work, calendar, shifts)


def unlagged(at: int, code: int, lag: int, calendar: int, shifts: Shifts) -> int:
    """The latest instant from which the lag still ends by ``at``."""
    if code & ELAPSED_LAG or not lag:
        return at - lag
    if code >> LAG_CALENDAR:
        calendar = (code >> LAG_CALENDAR) - 1
    return opens(work_at(at, calendar, shifts) - lag, calendar, shifts)


def start_for(finish: int, node: int, nodes: Nodes, strands: Strands, shifts: Shifts) -> int:
    """The start from which the node's work is done exactly by ``finish``."""
    if nodes.kind[node] != STRANDED:
        calendar = nodes.calendar[node]
        return opens(work_at(finish, calendar, shifts) - nodes.duration[node], calendar, shifts)
    start = ALWAYS
    for s in range(strands.first[node], strands.first[node + 1]):
        calendar = strands.calendar[s]
        work = work_at(finish, calendar, shifts) - strands.length[s] - strands.delay[s]
        start = min(start, opens(work, calendar, shifts))
    return start


def finish_for(start: int, node: int, nodes: Nodes, strands: Strands, shifts: Shifts) -> int:
    """The finish when the node's work begins at ``start``."""
    if nodes.kind[node] != STRANDED:
        calendar = nodes.calendar[node]
        return closes(work_at(start, calendar, shifts) + nodes.duration[node], calendar, shifts)
    finish = NEVER
    for s in range(strands.first[node], strands.first[node + 1]):
        calendar = strands.calendar[s]
        work = work_at(start, calendar, shifts) + strands.length[s] + strands.delay[s]
        finish = max(finish, closes(work, calendar, shifts))
    return finish


def finish_until(finish: int, node: int, nodes: Nodes, strands: Strands, shifts: Shifts) -> int:
    """The latest instant at which the node's finish still is the same working moment: what may end by then, on
    whatever calendar, does not move it. A milestone has no work that ends before the instant, so it keeps it.
    """
    kind = nodes.kind[node]
    if kind > STRANDED or not nodes.duration[node]:
        return finish
    if kind != STRANDED:
        calendar = nodes.calendar[node]
        return opens(work_at(finish, calendar, shifts), calendar, shifts)
    until = ALWAYS
    for s in range(strands.first[node], strands.first[node + 1]):
        calendar = strands.calendar[s]
        until = min(until, opens(work_at(finish, calendar, shifts), calendar, shifts))
    return until


def first_work(start: int, node: int, strands: Strands, shifts: Shifts) -> int:
    """When the first strand of a stranded node really begins."""
    begin = ALWAYS
    for s in range(strands.first[node], strands.first[node + 1]):
        calendar = strands.calendar[s]
        begin = min(begin, opens(work_at(start, calendar, shifts) + strands.delay[s], calendar, shifts))
    return begin


def last_work(finish: int, node: int, strands: Strands, shifts: Shifts) -> int:
    """The last instant up to ``finish`` at which any strand of a stranded node could be worked on."""
    end = NEVER
    for s in range(strands.first[node], strands.first[node + 1]):
        calendar = strands.calendar[s]
        end = max(end, closes(work_at(finish, calendar, shifts), calendar, shifts))
    return end


def forward(order: Iterable[int], nodes: Nodes, links: Links, strands: Strands, shifts: Shifts, early: Early) -> None:  # noqa: C901, PLR0912, PLR0915 - one loop, kept whole for speed
    """Place each node of ``order`` as early as its links, floors and ceilings allow."""
    kinds, calendars, durations, start_floor, finish_floor, start_ceiling, finish_ceiling, _, _, delays, _ = nodes
    first, predecessor, codes, lags = links
    starts, finishes, start_work, finish_work, driver, shift = early
    shift_start, shift_end, done, low, high = shifts
    for i in order:
        start = start_floor[i]
        finish = finish_floor[i]
        calendar = calendars[i]
        kind = kinds[i]
        by = -1
        by_finish = -1
        near = -1
        row = -1
        if kind == ROLLUP:
            start = ALWAYS
            finish = NEVER
        for k in range(first[i], first[i + 1]):
            p = predecessor[k]
            code = codes[k]
            if code == FS:
                at = finishes[p]
                if at > start:
                    start = at
                    by = k
                    near = p
            elif code == MEMBER:
                if starts[p] < start:
                    start = starts[p]
                if finishes[p] > finish:
                    finish = finishes[p]
                    by = k
            else:
                at = starts[p] if code & 1 else finishes[p]
                if code > SF:
                    at = lagged(at, code, lags[k], calendar, shifts)
                if code & 2:
                    if at > finish:
                        finish = at
                        by_finish = k
                elif at > start:
                    start = at
                    by = k
                    near = -1
        if kind == SIMPLE or kind == STRANDED:  # noqa: PLR1714, SIM109 - faster than a search in a tuple
            duration = durations[i]
            if finish > NEVER:
                at = start_for(finish, i, nodes, strands, shifts) if duration else finish
                if at > start:
                    start = at
                    by = by_finish
                    near = -1
            if delays[i]:
                near = -1
                start = opens(work_at(start, calendar, shifts), calendar, shifts) + delays[i]
            logic = start
            if start_ceiling[i] < start:
                start = start_ceiling[i]
                by = near = -1
            if finish_ceiling[i] < ALWAYS and finish_for(start, i, nodes, strands, shifts) > finish_ceiling[i]:
                start = start_for(finish_ceiling[i], i, nodes, strands, shifts) if duration else finish_ceiling[i]
                by = near = -1
            if kind == STRANDED:
                finish = finish_for(start, i, nodes, strands, shifts)
                start = first_work(start, i, strands, shifts)
                start_work[i] = work_at(start, calendar, shifts)
                finish_work[i] = work_at(finish, calendar, shifts)
            else:
                if near >= 0 and calendars[near] == calendar:
                    row = shift[near]
                if row < 0:
                    row = bisect_right(shift_start, start, low[calendar], high[calendar]) - 1
                end = shift_end[row]
                work = done[row] - shift_start[row]
                if start < end:
                    work += start
                else:
                    work += end
                    if start > end or duration:
                        row += 1
                        start = shift_start[row]
                finish = start
                start_work[i] = work
                work += duration
                finish_work[i] = work
                if duration:
                    top = row + NEAR
                    if top >= high[calendar] or done[top] < work:
                        top = high[calendar]
                    row = bisect_left(done, work, row, top) - 1
                    finish = shift_start[row] + work - done[row]
            if logic > start:
                # A ceiling pulled it ahead of its links: its start slack is counted from where the links put it.
                start_work[i] = max(start_work[i], work_at(logic, calendar, shifts))
        elif kind == GATE:
            if delays[i]:
                start += delays[i]
            finish = start
        else:
            if kind != ROLLUP:
                start = start_ceiling[i]
                finish = finish_ceiling[i]
                by = -1
            elif start == ALWAYS:
                start = finish = NEVER
            start_work[i] = work_at(start, calendar, shifts)
            finish_work[i] = work_at(finish, calendar, shifts)
        starts[i] = start
        finishes[i] = finish
        driver[i] = by
        shift[i] = row


def backward(  # noqa: C901, PLR0912, PLR0915 - one loop, kept whole for speed
    order: Iterable[int],
    nodes: Nodes,
    followers: Followers,
    strands: Strands,
    shifts: Shifts,
    early: Early,
    limits: Column,
    late: Late,
) -> None:
    """Place each node of ``order`` (successors first) as late as its successors and ``limits`` allow."""
    kinds, calendars, durations, resumes, _, _, _, late_start, _, delays, pinned = nodes
    first, successor, codes, lags = followers
    starts = early.start
    late_starts, late_finishes, start_work, finish_work, bounds, shift = late
    shift_start, shift_end, done, low, high = shifts
    for i in order:
        finish = limits[i]
        start = late_start[i]
        calendar = calendars[i]
        kind = kinds[i]
        near = -1
        row = -1
        if kind == DONE:
            late_starts[i] = starts[i]
            late_finishes[i] = early.finish[i]
            start_work[i] = early.start_work[i]
            finish_work[i] = early.finish_work[i]
            bounds[i] = ALWAYS
            shift[i] = -1
            continue
        for k in range(first[i], first[i] if pinned[i] else first[i + 1]):
            n = successor[k]
            code = codes[k]
            if code == FS and kind != GATE:
                bound = bounds[n]
                if bound < finish:
                    finish = bound
                    near = n
                continue
            if code & ALOOF:
                continue
            if kinds[n] >= STARTED:
                # What has begun binds nothing but the moment at which it goes on; what is complete binds nothing.
                if kinds[n] == STARTED and not code & 2:
                    bound = starts[n] if kind == GATE else bounds[n]
                    if code > SF:
                        bound = unlagged(bound, code, lags[k], calendars[n], shifts)
                    if code & 1:
                        start = min(start, bound)
                    else:
                        finish = min(finish, bound)
                    continue
                if kinds[n] == DONE:
                    continue
            if code == MEMBER:
                finish = min(finish, late_finishes[n])
                if late_starts[n] < ALWAYS and starts[n] == starts[i]:
                    start = min(start, late_starts[n])
                continue
            bound = late_finishes[n] if code & 2 else late_starts[n]
            if bound >= ALWAYS:
                continue
            if code & 2 and (calendars[n] != calendar or code & ELAPSED_LAG):
                bound = finish_until(bound, n, nodes, strands, shifts)
            if delays[n]:
                bound -= delays[n]
            if code > SF:
                bound = unlagged(bound, code, lags[k], calendars[n], shifts)
            if code & 1:
                start = min(start, bound)
            else:
                finish = min(finish, bound)
        if kind == GATE:
            finish = min(start, finish)
            start = finish
        elif kind == SIMPLE and durations[i] and start >= ALWAYS:
            bottom = low[calendar]
            if near >= 0 and finish == late_starts[near] and calendars[near] == calendar:
                row = shift[near]
            if row < 0:
                row = bisect_left(shift_start, finish, bottom, high[calendar]) - 1
            elif shift_start[row] == finish:
                row -= 1
            if shift_end[row] < finish:
                finish = shift_end[row]
            work = done[row] + finish - shift_start[row]
            finish_work[i] = work
            work -= durations[i]
            if row - NEAR > bottom and done[row - NEAR] <= work:
                bottom = row - NEAR
            row = bisect_right(done, work, bottom, row + 1) - 1
            start = shift_start[row] + work - done[row]
            start_work[i] = work
        elif kind != ROLLUP:
            work = work_at(finish, calendar, shifts)
            if kind == STARTED:
                start = starts[i]
                finish = closes(work, calendar, shifts)
                start_work[i] = early.start_work[i]
            elif kind == STRANDED:
                if start < ALWAYS:
                    finish = min(finish, finish_for(start, i, nodes, strands, shifts))
                    work = work_at(finish, calendar, shifts)
                finish = last_work(finish, i, strands, shifts)
                start = first_work(start_for(finish, i, nodes, strands, shifts), i, strands, shifts)
                start_work[i] = work_at(start, calendar, shifts)
            else:
                duration = durations[i]
                if start < ALWAYS and kind != FIXED:
                    latest = work_at(start, calendar, shifts) + duration
                    if latest < work:
                        work = latest
                        finish = start
                if duration:
                    finish = closes(work, calendar, shifts)
                    start = opens(work - duration, calendar, shifts)
                else:
                    if not stays(finish, calendar, shifts):
                        finish = closes(work, calendar, shifts)
                    start = finish
                start_work[i] = work - duration
            finish_work[i] = work
        late_starts[i] = start
        late_finishes[i] = finish
        shift[i] = row
        if kind == STARTED:
            bounds[i] = resumes[i] if durations[i] else finish
        else:
            bounds[i] = start - delays[i]


def free_slack(
    order: Iterable[int],
    nodes: Nodes,
    followers: Followers,
    strands: Strands,
    shifts: Shifts,
    early: Early,
    free: Column,
) -> None:
    """How far each node may move before a successor moves, in working seconds; ``ALWAYS`` when nothing follows it."""
    kinds, calendars, delays = nodes.kind, nodes.calendar, nodes.delay
    first, successor, codes, lags = followers
    starts, finishes, start_work, finish_work = early.start, early.finish, early.start_work, early.finish_work
    for i in order:
        least = 0 if kinds[i] == DONE else ALWAYS
        soonest = ALWAYS
        calendar = calendars[i]
        done = finish_work[i]
        for k in range(first[i], first[i + 1]):
            n = successor[k]
            code = codes[k]
            if code == FS and calendars[n] == calendar and kinds[n] <= STRANDED and not delays[n]:
                slack = start_work[n] - done
                if slack < least:
                    least = slack
                continue
            if code & (MEMBER | ALOOF) or kinds[n] == DONE:
                continue
            if code == FS:
                # Work grows with time: of all starts on other calendars only the first one needs to be looked up.
                at = starts[n] - delays[n]
                if at < soonest:
                    soonest = at
                continue
            at = finishes[n] if code & 2 else starts[n]
            if code & 2 and (calendars[n] != calendar or code & ELAPSED_LAG):
                at = finish_until(at, n, nodes, strands, shifts)
            at -= delays[n]
            if code > SF:
                at = unlagged(at, code, lags[k], calendars[n], shifts)
            least = min(least, work_at(at, calendar, shifts) - (start_work[i] if code & 1 else done))
        if soonest < ALWAYS:
            least = min(least, work_at(soonest, calendar, shifts) - done)
        free[i] = least


def earliest(instants: Column, counts: Column) -> int:
    """The first of the instants of the nodes that count; ``ALWAYS`` when there are none."""
    first = ALWAYS
    for at, counted in zip(instants, counts):  # noqa: B905 - machine code knows no strict zip
        if at < first and counted:
            first = at
    return first


def latest(instants: Column, counts: Column) -> int:
    """The last of the instants of the nodes that count; ``NEVER`` when there are none."""
    last = NEVER
    for at, counted in zip(instants, counts):  # noqa: B905 - machine code knows no strict zip
        if at > last and counted:
            last = at
    return last


def search_right(rows: Column, wanted: int, low: int, high: int) -> int:
    """``bisect_right`` for machine code, which cannot call that of the standard library."""
    while low < high:
        middle = (low + high) // 2
        if wanted < rows[middle]:
            high = middle
        else:
            low = middle + 1
    return low


def search_left(rows: Column, wanted: int, low: int, high: int) -> int:
    """``bisect_left`` for machine code."""
    while low < high:
        middle = (low + high) // 2
        if rows[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low
