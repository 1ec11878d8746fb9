"""Where the rows of a plan stand in a Primavera project: which are nodes of the breakdown, which activities, which
neither, and what each is coded.

What does not live here: the rows' cells (``taskwriting``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bywhen.intake.xer.cells import CODE_LETTERS, print_text
from bywhen.kernel.plan import Plan, Task

_DIGITS = re.compile(r"(\d{1,18})")


class Outline:
    """The plan's nodes and activities in file order; ``root`` is the key of the project's own node."""

    def __init__(self, plan: Plan) -> None:
        parents = {task.parent_uid for task in plan.tasks}
        held = [task for task in plan.tasks if not (task.is_null or is_project_row(task) or task.external)]
        self.nodes = [task for task in held if (task.summary or task.uid in parents) and task.active]
        self.activities = [task for task in held if not (task.summary or task.uid in parents) and task.active]
        self.root = max((task.uid for task in plan.tasks), default=0) + 1
        self._parents = {task.uid: task.parent_uid for task in plan.tasks}
        self._nodes = {task.uid for task in self.nodes}

    def above(self, task: Task) -> int:
        """The nearest node of the breakdown that holds the task, the root where there is none."""
        parent, seen = task.parent_uid, {task.uid}
        while parent is not None and parent not in self._nodes and parent not in seen:
            seen.add(parent)
            parent = self._parents.get(parent)
        return parent if parent in self._nodes and parent is not None else self.root


def is_project_row(task: Task) -> bool:
    """Whether the row stands for the project itself, as Microsoft Project writes it at outline level 0."""
    return task.outline_level == 0 and task.parent_uid is None


def activity_codes(tasks: Sequence[Task]) -> dict[int, str]:
    """A code for each activity: its own where they are all there, short and unique; else A0010, A0020 and so on."""
    own = {task.uid: print_text(task.wbs, CODE_LETTERS) for task in tasks}
    if all(own.values()) and len(set(own.values())) == len(own):
        return own
    width = len(str(10 * len(tasks)))
    return {task.uid: f"A{10 * number:0{max(width, 4)}d}" for number, task in enumerate(tasks, start=1)}


def code_order(code: str) -> list[tuple[bool, int, str]]:
    """The order in which people count codes: A2 before A10, 1.9 before 1.10.

    >>> sorted(["A10", "A2", "A1.10", "A1.9"], key=code_order)
    ['A1.9', 'A1.10', 'A2', 'A10']
    """
    parts: Iterable[str] = _DIGITS.split(code)
    return [(part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts]
