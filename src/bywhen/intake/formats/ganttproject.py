"""GanttProject's own files (.gan), read in pure Python.

What does not live here: what the elements mean (:mod:`bywhen.intake.ganttproject`).
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import ParseError, fromstring

from bywhen.intake import limits
from bywhen.intake.ganttproject import read_gantt
from bywhen.intake.port import Blob, Reading, ReadOptions
from bywhen.intake.xmlprolog import xml_root
from bywhen.kernel.errors import CalendarEmptyError, FileMalformedError

_HEAD = 8192
_MARK = re.compile(rb"<project\b[^>]*\b(?:webLink|gantt-divider-location)=")
_DEEPEST = 200
_TASK = re.compile(rb"<(/?)task\b([^>]*)>")


class GanttProject:
    """XML whose root is ``project``, with the marks of GanttProject on it."""

    name = "ganttproject"
    title = "GanttProject (.gan)"
    kinds = ("plan",)

    def recognises(self, blob: Blob) -> float:
        """Certain by the attributes of the root element."""
        return 1.0 if _MARK.search(blob.data[:_HEAD]) else 0.0

    def read(self, blob: Blob, options: ReadOptions) -> tuple[Reading, ...]:  # noqa: ARG002 - the port's shape
        """The one plan in the file.

        Raises:
            FileHostileError: when it declares a document type.
            FileMalformedError: when the XML is broken, or no day of the week is worked.
            FileTooLargeError: with more tasks, or deeper ones, than are read.
        """
        xml_root(blob.data, file=blob.name)
        limits.within(blob.data.count(b"<task "), limits.TASKS, "tasks", file=blob.name)
        limits.within(_depth(blob.data), _DEEPEST, "tasks inside each other", file=blob.name)
        try:
            found = read_gantt(fromstring(blob.data))  # noqa: S314 - document types are refused above
        except ParseError as error:
            line, column = error.position
            raise FileMalformedError(
                "the XML is broken or cut short there",
                file=blob.name,
                place=f"line {line}, column {column}",
                remedy="Save or send the file again.",
            ) from error
        except CalendarEmptyError as error:
            raise FileMalformedError(
                "its week has no working day", file=blob.name, place="calendars", remedy="Give it one in GanttProject."
            ) from error
        return (
            Reading(
                kind="plan",
                format=self.name,
                payload=found.plan,
                read=len(found.plan.tasks) + len(found.skipped),
                skipped=tuple(found.skipped),
                findings=tuple(found.findings),
                losses=tuple(found.losses),
            ),
        )


def _depth(data: bytes) -> int:
    deepest = depth = 0
    for found in _TASK.finditer(data):
        depth += -1 if found.group(1) else 0 if found.group(2).endswith(b"/") else 1
        deepest = max(deepest, depth)
    return deepest
