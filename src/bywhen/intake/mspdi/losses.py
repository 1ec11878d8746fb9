"""The field-loss report of reading: what the file says and a plan has no place for.

What does not live here: values that are wrong (findings, in ``values``).
"""

from __future__ import annotations

from bywhen.intake.mspdi.values import Fields
from bywhen.intake.port import Loss


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


KNOWN = {
    "task": _names(
        "UID ID Name WBS OutlineLevel OutlineNumber Summary Milestone Active Manual ExternalTask "
        "ExternalTaskProject SubprojectName IsSubproject Recurring IsNull Estimated Type EffortDriven "
        "Priority Duration DurationFormat ActualDuration RemainingDuration PercentComplete "
        "PercentWorkComplete PhysicalPercentComplete Start Finish EarlyStart EarlyFinish LateStart LateFinish "
        "TotalSlack FreeSlack StartSlack FinishSlack Critical ActualStart ActualFinish Stop Resume "
        "ManualStart ManualFinish ManualDuration FreeformDurationFormat ConstraintType ConstraintDate "
        "Deadline CalendarUID IgnoreResourceCalendar LevelingDelay LevelingDelayFormat Work ActualWork "
        "RemainingWork Cost ActualCost FixedCost Notes HyperlinkAddress Baseline PredecessorLink "
        "ExtendedAttribute OutlineCode"
    ),
    "resource": _names(
        "UID ID Name Type IsCostResource MaxUnits CalendarUID EmailAddress Group Initials StandardRate "
        "OvertimeRate CostPerUse IsGeneric IsNull ExtendedAttribute OutlineCode"
    ),
    "assignment": _names(
        "UID TaskUID ResourceUID Units Work ActualWork RemainingWork OvertimeWork Start Finish ActualStart "
        "ActualFinish Stop Resume Delay LevelingDelay LevelingDelayFormat WorkContour Cost ActualCost "
        "HasFixedRateUnits Baseline TimephasedData"
    ),
    "project": _names(
        "Name Title Author StartDate FinishDate StatusDate CurrentDate ScheduleFromStart CalendarUID "
        "MinutesPerDay MinutesPerWeek DaysPerMonth DefaultStartTime DefaultFinishTime HonorConstraints "
        "CriticalSlackLimit MultipleCriticalPaths NewTasksAreManual MoveCompletedEndsBack "
        "MoveRemainingStartsForward CurrencyCode CurrencySymbol ExtendedAttributes OutlineCodes Calendars "
        "Tasks Resources Assignments"
    ),
}
_DERIVED = _names(
    "StartVariance FinishVariance WorkVariance CostVariance DurationVariance CV SV ACWP BCWS BCWP VAC "
    "RegularWork RemainingCost OvertimeCost ActualOvertimeCost RemainingOvertimeCost "
    "RemainingOvertimeWork OverAllocated Overallocated PeakUnits EarlyStart LateFinish "
    "PercentWorkComplete ResumeValid LinkedFields"
)
"""Computed by Microsoft Project from fields that are kept."""
_HOUSEKEEPING = _names(
    "GUID CreateDate CreationDate LastSaved SaveVersion BuildNumber Revision ExtendedCreationDate "
    "FYStartDate CurrencyDigits CurrencySymbolPosition DurationFormat WorkFormat WeekStartDay"
)
"""Says something about the file or its look, not about the work."""
_EMPTY = frozenset({"", "0", "0.0", "0.00", "-1", "PT0H0M0S", "false"})
_DEFAULTS = {
    "FixedCostAccrual": "3",
    "AccrueAt": "3",
    "LevelAssignments": "1",
    "LevelingCanSplit": "1",
    "CanLevel": "1",
    "SplitsInProgressTasks": "1",
    "AutoAddNewResourcesAndTasks": "1",
    "TaskUpdatesResource": "1",
    "IsPublished": "1",
    "StandardRateFormat": "2",
    "OvertimeRateFormat": "2",
}


class Losses:
    """Counts per record type and field what was met and has no place; one loss is reported for each field."""

    def __init__(self) -> None:
        self._met: dict[tuple[str, str], tuple[str, str, int]] = {}

    def note(self, kind: str, place: str, fields: Fields) -> None:
        """Look through one record's simple children."""
        for name in fields.keys() - KNOWN[kind] - _DERIVED - _HOUSEKEEPING:
            text = (fields[name] or "").strip()
            if text not in _EMPTY and text != _DEFAULTS.get(name):
                first, value, count = self._met.get((kind, name), (place, text, 0))
                self._met[kind, name] = (first, value, count + 1)

    def told(self) -> tuple[Loss, ...]:
        """One loss a field, by record type and name; ``where`` is the first place and how many more there are."""
        return tuple(
            Loss(
                field=name,
                where=first if count == 1 else f"{first} and {count - 1} more",
                value=value[:80],
                reason=f"a {kind} has no place for it",
            )
            for (kind, name), (first, value, count) in sorted(self._met.items())
        )
