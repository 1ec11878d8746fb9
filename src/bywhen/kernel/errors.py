"""The error tree. What lives here: every exception ByWhen raises on purpose. What does not: doubtful *data*, which
comes back as findings (:mod:`bywhen.kernel.findings`), and HTTP status codes, which the web edge attaches.

    ByWhenError                      one clear sentence, built by the error itself from facts
    ├── InputRefusedError            a file or value was refused: names file, place and remedy (exit code 1)
    │   ├── FileMissingError         no such file or folder
    │   ├── FormatUnknownError       nothing recognises the content
    │   ├── FileMalformedError       recognised, but broken at a place
    │   ├── FileTooLargeError        over a limit (size, rows, expansion, time, memory)
    │   ├── FileHostileError         entities, external references, archive tricks
    │   ├── ExtraMissingError        needs an optional part; names the command that installs it
    │   ├── MappingWrongError        a column mapping names what is not there
    │   └── DateUnreadableError      a date or time that cannot be read
    ├── CalendarEmptyError           a calendar without any working time was asked to find some
    ├── ScheduleImpossibleError      the network cannot be computed
    │   ├── CycleFoundError          links form a circle; names every task in it
    │   ├── TaskUnknownError         a task that is not in the plan was named
    │   └── ChangeImpossibleError    a what-if asks for what cannot be
    ├── MoneyMismatchError           amounts of two currencies were added
    ├── EvidenceMissingError         a claim without evidence, or a quote that does not stand in its source
    ├── StateWrongError              the record is not in a state that allows the step
    │   └── EditsClashError          two people changed the same fields, each to another text
    ├── LetterRefusedError           the mail server will never take this letter
    ├── AuditBrokenError             the audit chain does not verify; names the first bad row
    └── SettingWrongError            an environment variable cannot be read
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class ByWhenError(Exception):
    """Root of the tree; ``str(error)`` is one sentence fit for a person."""

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross process borders whole: their constructors take facts, not the finished sentence."""
        return _restored, (type(self), self.args), self.__dict__


def _restored(kind: type[ByWhenError], args: tuple[object, ...]) -> ByWhenError:
    error = kind.__new__(kind)
    error.args = args
    return error


class InputRefusedError(ByWhenError):
    """What came in was refused. ``file`` and ``place`` say where, ``remedy`` what to do."""

    def __init__(self, problem: str, *, file: str = "", place: str = "", remedy: str = "") -> None:
        self.problem, self.file, self.place, self.remedy = problem, file, place, remedy
        where = ", ".join(part for part in (file, place) if part)
        sentence = f"{where}: {problem}" if where else problem
        super().__init__(f"{sentence.rstrip('.')}. {remedy}".rstrip() if remedy else sentence)


class FileMissingError(InputRefusedError):
    """There is no file or folder at the path."""

    def __init__(self, file: str) -> None:
        super().__init__("there is no such file or folder", file=file, remedy="Check the path.")


class FormatUnknownError(InputRefusedError):
    """No format recognises the content."""

    def __init__(self, file: str, *, wanted: str = "a file ByWhen can read") -> None:
        super().__init__(
            f"the content is not {wanted}",
            file=file,
            remedy="Run 'bywhen formats' for what can be read, or save the file as one of those.",
        )


class FileMalformedError(InputRefusedError):
    """The format is recognised, but the content is broken at ``place``."""


class FileTooLargeError(InputRefusedError):
    """A limit on size, rows, expansion, time or memory was reached."""


class FileHostileError(InputRefusedError):
    """The file tries something that a document has no need of (entities, external references, archive tricks)."""


class ExtraMissingError(InputRefusedError):
    """An optional part of ByWhen is needed; the sentence holds the command that installs it."""

    def __init__(self, extra: str, *, needed_for: str, file: str = "") -> None:
        self.extra = extra
        super().__init__(
            f"{needed_for} needs an optional part that is not installed",
            file=file,
            remedy=f"Install it with: pip install 'bywhen[{extra}]'",
        )


class MappingWrongError(InputRefusedError):
    """A column mapping names a column or a field that is not there."""


class DateUnreadableError(InputRefusedError):
    """A date or time could not be read."""


class CalendarEmptyError(ByWhenError):
    """A calendar without working time was asked for working time."""

    def __init__(self, calendar: str) -> None:
        self.calendar = calendar
        super().__init__(f"Calendar '{calendar}' has no working time; give it at least one working day.")


class ScheduleImpossibleError(ByWhenError):
    """The network cannot be computed."""


class CycleFoundError(ScheduleImpossibleError):
    """Links form a circle. ``tasks`` names each task in it, in order."""

    def __init__(self, tasks: Sequence[str]) -> None:
        self.tasks = tuple(tasks)
        ring = " -> ".join([*self.tasks, self.tasks[0]]) if tasks else "(empty)"
        super().__init__(f"The links form a circle: {ring}. Remove one of these links.")


class TaskUnknownError(ScheduleImpossibleError):
    """A task was named that the plan does not hold."""

    def __init__(self, task: object, plan: str = "") -> None:
        self.task = task
        where = f"plan {plan!r}" if plan else "this plan"
        super().__init__(f"There is no task {task} in {where}; list them with 'bywhen plan show'.")


class ChangeImpossibleError(ScheduleImpossibleError):
    """A what-if asks for what cannot be, such as delaying a task that is complete."""

    def __init__(self, task: str, why: str) -> None:
        super().__init__(f"Task '{task}' cannot be changed: {why}. Name a task that is still open.")


class MoneyMismatchError(ByWhenError):
    """Amounts of two currencies met in one sum."""

    def __init__(self, left: str, right: str) -> None:
        super().__init__(f"Cannot combine {left} with {right}; convert one of them first, with a dated rate.")


class EvidenceMissingError(ByWhenError):
    """A claim came without evidence, or its quote does not stand in its source."""


class StateWrongError(ByWhenError):
    """The record is not in a state that allows the step."""


class EditsClashError(StateWrongError):
    """Two people changed the same fields: ``fields`` maps a title to (theirs, mine); ``who`` was there first."""

    def __init__(self, who: str, fields: Mapping[str, tuple[str, str]]) -> None:
        self.who, self.fields = who, dict(fields)
        told = "; ".join(
            f"{title}: theirs is '{theirs or 'nothing'}', yours is '{mine or 'nothing'}'"
            for title, (theirs, mine) in self.fields.items()
        )
        super().__init__(f"{who} has changed this meanwhile ({told}). Choose which of both stands.")


class LetterRefusedError(ByWhenError):
    """The mail server refused a letter for good."""

    def __init__(self, address: str, answer: str) -> None:
        super().__init__(f"The mail server refuses the letter to {address}: {answer}. Check the address.")


class AuditBrokenError(ByWhenError):
    """The audit chain does not verify at row ``sequence``."""

    def __init__(self, sequence: int, problem: str) -> None:
        self.sequence = sequence
        super().__init__(
            f"The audit trail is broken at entry {sequence}: {problem}. Restore the last backup and compare."
        )


class SettingWrongError(ByWhenError):
    """An environment variable cannot be read."""

    def __init__(self, name: str, value: str, wanted: str) -> None:
        super().__init__(f"{name}={value!r} cannot be used; it must be {wanted}.")
