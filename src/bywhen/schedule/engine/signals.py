"""Slip signals: which of many small slips point to something larger, each with its reasons and the rows behind them.

A slip is a task whose forecast finish moved later at least once. Most slips mean nothing; those that repeat, eat float,
come in clusters, feed a merge point, stand still shortly before the end or drift from what was agreed do. Each rule is
one function that answers with a reason or with nothing; :func:`signals` adds their weights. What does not live here:
where the history comes from (room ``schedule``), asking the owner (room ``followup``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from math import comb

from bywhen.kernel.worktime import WorkingTime

ALERT_WEIGHT = 4
"""A slip becomes a signal at this weight: no single weak reason reaches it."""


_BY_CHANCE = 0.05
"""A cluster that chance brings more often than this is none."""


class SlipKind(StrEnum):
    """Why a slip is thought to mean more."""

    REPEATED = "repeated-reforecast"
    FLOAT_EROSION = "float-erosion"
    CLUSTER = "cluster"
    MERGE_EXPOSURE = "merge-exposure"
    STUCK = "stuck"
    BASELINE_DRIFT = "baseline-drift"


@dataclass(frozen=True, slots=True)
class Observation:
    """What was known of a task on a day: its forecast finish, total float in working days (None when not computed), per
    cent complete.
    """

    on: date
    finish: date
    float_days: float | None = None
    percent: float = 0.0


@dataclass(frozen=True, slots=True)
class TaskHistory:
    """One task over time, observations in order of their day. ``merges`` are the float days of the merge points it
    feeds directly: tasks with three or more predecessors.
    """

    uid: int
    name: str
    observations: tuple[Observation, ...]
    owner: str = ""
    vendor: str = ""
    component: str = ""
    baseline_finish: date | None = None
    duration_days: float = 0.0
    merges: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: its kind, weight, a sentence, and the observations (days) or tasks (uids) it rests on."""

    kind: SlipKind
    weight: int
    text: str
    days: tuple[date, ...] = ()
    tasks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Signal:
    """A slip that means more, with all its reasons, heaviest first."""

    uid: int
    name: str
    slipped_days: int
    reasons: tuple[Reason, ...]

    @property
    def weight(self) -> int:
        """How strongly it speaks."""
        return sum(reason.weight for reason in self.reasons)


def signals(
    histories: Sequence[TaskHistory], calendar: WorkingTime | None = None, *, least: int = ALERT_WEIGHT
) -> list[Signal]:
    """The slips that point to something larger, heaviest first. Days are working days of ``calendar`` (Monday to Friday
    without one). ``least`` is the weight from which a slip counts.

    >>> day = lambda number: date(2026, 6, number)
    >>> seen = [(1, 10), (8, 12), (15, 17), (22, 24)]
    >>> history = TaskHistory(7, "Load test", tuple(Observation(day(a), day(b), 8.0 - a / 3) for a, b in seen))
    >>> [reason.kind.value for reason in signals([history])[0].reasons]
    ['repeated-reforecast', 'float-erosion']
    """
    days = calendar or WorkingTime.standard()
    slips = [history for history in histories if _moves(history)]
    clusters = _clusters(histories, slips)
    found = []
    for history in slips:
        reasons = [
            reason
            for reason in (
                _repeated(history),
                _eroding(history, days),
                _clustered(history, clusters),
                _exposed(history, days),
                _stuck(history),
                _drifting(history, days),
            )
            if reason
        ]
        if sum(reason.weight for reason in reasons) >= least:
            reasons.sort(key=lambda reason: -reason.weight)
            found.append(Signal(history.uid, history.name, _slipped(history, days), tuple(reasons)))
    return sorted(found, key=lambda signal: (-signal.weight, signal.uid))


def _moves(history: TaskHistory) -> list[Observation]:
    """The observations at which the forecast was later than the one before."""
    pairs = pairwise(history.observations)
    return [after for before, after in pairs if after.finish > before.finish]


def _slipped(history: TaskHistory, days: WorkingTime) -> int:
    return days.working_days_between(history.observations[0].finish, history.observations[-1].finish)


def _repeated(history: TaskHistory) -> Reason | None:
    """Three moves or more; a forecast that was pulled back in between counts for less."""
    moves = _moves(history)
    pairs = pairwise(history.observations)
    back = sum(after.finish < before.finish for before, after in pairs)
    count = len(moves) - back
    if count < 3:
        return Reason(SlipKind.REPEATED, 1, "was put off twice", tuple(o.on for o in moves)) if count == 2 else None
    return Reason(SlipKind.REPEATED, min(count, 5), f"was put off {len(moves)} times", tuple(o.on for o in moves))


def _eroding(history: TaskHistory, days: WorkingTime) -> Reason | None:
    """Float is lost so fast that none is left before the task ends."""
    known = [o for o in history.observations if o.float_days is not None]
    if len(known) < 3:
        return None
    first, last = known[0], known[-1]
    lost = (first.float_days or 0.0) - (last.float_days or 0.0)
    passed = days.working_days_between(first.on, last.on)
    if lost <= 0 or not passed:
        return None
    rate = lost / passed
    left = max(days.working_days_between(last.on, last.finish), 1)
    falls = sum((b.float_days or 0.0) < (a.float_days or 0.0) for a, b in pairwise(known))
    if falls < 2 or (last.float_days or 0.0) > rate * left:
        return None
    text = f"loses {rate * 5:.1f} days of float a week; the {last.float_days:g} left do not last until its end"
    return Reason(SlipKind.FLOAT_EROSION, 3, text, tuple(o.on for o in known))


def _clusters(histories: Sequence[TaskHistory], slips: Sequence[TaskHistory]) -> dict[tuple[str, str], tuple[int, ...]]:
    """Vendors whose tasks slip at least twice as often as all do (or four out of five), three or more of them; owners
    and components, who share all of the work, only when chance would hardly bring as many slips.
    """
    found = {}
    share = len(slips) / len(histories) if histories else 0.0
    for role in ("owner", "vendor", "component"):
        every = Counter(getattr(history, role) for history in histories)
        slipping = Counter(getattr(history, role) for history in slips)
        for name, count in slipping.items():
            often = count / every[name] >= min(2 * share, 0.8)
            hardly_chance = role == "vendor" or _chance(count, every[name], share) <= _BY_CHANCE
            if name and count >= 3 and often and hardly_chance:
                found[role, name] = tuple(h.uid for h in slips if getattr(h, role) == name)
    return found


def _chance(count: int, tasks: int, share: float) -> float:
    """The probability that ``count`` or more of so many tasks slip when each does with probability ``share``."""
    return sum(comb(tasks, n) * share**n * (1 - share) ** (tasks - n) for n in range(count, tasks + 1))


def _clustered(history: TaskHistory, clusters: dict[tuple[str, str], tuple[int, ...]]) -> Reason | None:
    for role in ("vendor", "component", "owner"):
        tasks = clusters.get((role, getattr(history, role)))
        if tasks:
            text = f"{len(tasks)} tasks of the same {role} ({getattr(history, role)}) slip"
            return Reason(SlipKind.CLUSTER, 3, text, tasks=tasks)
    return None


def _exposed(history: TaskHistory, days: WorkingTime) -> Reason | None:
    """A merge point that the task feeds has less float than the task has slipped."""
    slipped = _slipped(history, days)
    tight = [left for left in history.merges if left <= slipped]
    if not tight or slipped <= 0:
        return None
    feeds = "a merge point" if len(tight) == 1 else f"{len(tight)} merge points"
    text = f"feeds {feeds} with {min(tight):g} days of float, and slipped {slipped}"
    return Reason(SlipKind.MERGE_EXPOSURE, 2, text)


def _stuck(history: TaskHistory) -> Reason | None:
    """Reported as almost done (80 to 95 per cent) three times or more without getting on."""
    late: list[Observation] = []
    for observation in reversed(history.observations):
        if not 80 <= observation.percent <= 95 or (late and abs(observation.percent - late[-1].percent) > 5):
            break
        late.append(observation)
    if len(late) < 3:
        return None
    text = f"has stood at {late[0].percent:g} per cent for {len(late)} reports"
    return Reason(SlipKind.STUCK, 3, text, tuple(o.on for o in reversed(late)))


def _drifting(history: TaskHistory, days: WorkingTime) -> Reason | None:
    """Later than agreed by a week or a quarter of its length, whichever is more, and not recovering."""
    if history.baseline_finish is None:
        return None
    off = [days.working_days_between(history.baseline_finish, o.finish) for o in history.observations]
    if off[-1] < max(5.0, history.duration_days / 4) or off[-1] < max(off):
        return None
    growing = sum(after > before for before, after in pairwise(off))
    return Reason(SlipKind.BASELINE_DRIFT, 2 if growing >= 2 else 1, f"ends {off[-1]} working days after its baseline")


def uids(found: Iterable[Signal]) -> set[int]:
    """The tasks that the signals are about."""
    return {signal.uid for signal in found}
