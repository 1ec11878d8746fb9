"""What a change does, in the shape proposals keep and in one sentence. Nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bywhen.schedule.engine.whatif import Impact


def change_consequence(impact: Impact, minutes_per_day: int) -> dict[str, Any]:
    """An impact as a proposal keeps it and people read it (the JSON shape of ``plan whatif``, with names)."""
    return {
        "text": impact_sentence(impact),
        "finish": _moved_document(impact.finish),
        "milestones": [_moved_document(each) for each in impact.milestones],
        "moved_tasks": impact.moved_tasks,
        "now_critical": list(impact.now_critical),
        "float_used": [
            {
                "uid": each.uid,
                "before_days": each.before_minutes / minutes_per_day,
                "after_days": each.after_minutes / minutes_per_day,
            }
            for each in impact.float_used
        ],
    }


def impact_sentence(impact: Impact) -> str:
    """One sentence: which milestones move by how much, and what becomes critical."""
    if not impact.moved:
        return "Nothing else moves."
    moved = [
        f"{each.name} moves {_days(each.working_days)}{' earlier' if each.working_days < 0 else ''}"
        for each in impact.milestones
        if each.working_days
    ][:3]
    parts = [", ".join(moved)] if moved else []
    if impact.finish.working_days:
        direction = "later" if impact.finish.working_days > 0 else "earlier"
        parts.append(f"the project ends {_days(impact.finish.working_days)} {direction}")
    else:
        parts.append("the end date holds")
    if impact.now_critical:
        count = len(impact.now_critical)
        parts.append(f"{count} task{'s become' if count != 1 else ' becomes'} critical")
    tasks = f"{impact.moved_tasks} task{'s move' if impact.moved_tasks != 1 else ' moves'}"
    return f"{tasks[0].upper()}{tasks[1:]}: {'; '.join(parts)}."


def _days(count: int) -> str:
    return f"{abs(count)} working day{'' if abs(count) == 1 else 's'}"


def _moved_document(moved: Any) -> dict[str, Any]:
    return {
        "uid": moved.uid,
        "name": moved.name,
        "from": moved.before.date().isoformat(),
        "to": moved.after.date().isoformat(),
        "working_days": moved.working_days,
    }
