"""The sweep as machine code, where the optional accelerator is installed (``pip install 'bywhen[fast]'``).

It is the source of :mod:`.sweep` and :mod:`.ordering` itself, compiled, so there is no second implementation that could
drift; a test compares the two entry by entry. Columns are then arrays that machine code works on as they are. Importing
this module imports nothing heavy; :class:`MachineColumns` does. What does not live here: when it is worth while
(:mod:`.passes` decides).
"""

from __future__ import annotations

import builtins
from array import array
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from types import FunctionType
from typing import Any

from bywhen.kernel.errors import ExtraMissingError
from bywhen.schedule.engine import sweep
from bywhen.schedule.engine.columns import Answer, Column

_HELPERS = (
    "work_at", "opens", "closes", "stays", "lagged", "unlagged", "start_for", "finish_for", "finish_until",
    "first_work", "last_work",
)  # fmt: skip
"""What the passes call, each after what it calls itself."""


class MachineColumns:
    """Arrays of 64-bit integers, and functions compiled to machine code at their first call.

    Read from Python an entry is a whole number like any other, so nothing has to be converted.

    Raises:
        ExtraMissingError: when the accelerator is not installed.
    """

    def __init__(self) -> None:
        if not is_installed():
            raise ExtraMissingError("fast", needed_for="The compiled sweep")
        import numpy as np  # noqa: PLC0415 - only those who compile pay for it

        self._np = np

    def of(self, values: list[int]) -> Column:
        return array("q", values)

    def filled(self, value: int, count: int) -> Column:
        return array("q", (value,)) * count

    def numbered(self, count: int) -> Column:
        return array("q", self._np.arange(count).tobytes())

    def repeated(self, values: list[int], step: int, times: int) -> Column:
        bases = self._np.arange(0, step * times, step)
        return array("q", (bases[:, None] + self._np.array(values)).tobytes())

    def taken(self, column: Column, places: Column) -> Column:
        return array("q", self._seen(column)[self._seen(places)].tobytes())

    def run(self, work: Callable[..., Answer], *given: Any) -> Answer:
        answer: Answer = machine_code(work)(*map(self._seen, given))
        return answer

    def _seen(self, given: Any) -> Any:
        """The memory of a column, as the machine code looks at it."""
        if isinstance(given, array):
            return self._np.frombuffer(given, self._np.int64) if given else self._np.zeros(0, self._np.int64)
        if isinstance(given, range):
            return self._np.arange(given.start, given.stop, given.step)
        return type(given)(*map(self._seen, given)) if isinstance(given, tuple) else given


def is_installed() -> bool:
    """Whether the accelerator can be used."""
    return find_spec("numba") is not None


def is_compiled() -> bool:
    """Whether the machine code is there already in this process."""
    return machine_code.cache_info().currsize > 0


@cache
def machine_code(work: Callable[..., Any]) -> Callable[..., Any]:
    """A function of :mod:`.sweep` or :mod:`.ordering`, compiled when it is first called and kept for the process."""
    return _compiled(work, _helpers())


@cache
def _helpers() -> dict[str, Callable[..., Any]]:
    """What the passes call, compiled."""
    from numba import njit  # noqa: PLC0415 - half a second that only large plans should pay

    helpers = {"bisect_right": njit(sweep.search_right), "bisect_left": njit(sweep.search_left)}
    for name in _HELPERS:
        helpers[name] = _compiled(vars(sweep)[name], helpers)
    return helpers


def _compiled(work: Callable[..., Any], helpers: dict[str, Callable[..., Any]]) -> Callable[..., Any]:
    from numba import njit  # noqa: PLC0415 - half a second that only large plans should pay

    assert isinstance(work, FunctionType)
    names = {**work.__globals__, **helpers, "__builtins__": builtins}
    function = FunctionType(work.__code__, names, work.__name__)
    answer: Callable[..., Any]
    try:
        # Kept on disk until the module of the function changes: what it calls must stand in the same module.
        answer = njit(function, cache=True)
    except RuntimeError:
        # There is no folder that could keep it.
        answer = njit(function)
    return answer
