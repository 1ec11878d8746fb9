"""The sweep as machine code, where the optional accelerator is installed (``pip install 'bywhen[fast]'``).

It is the source of :mod:`.sweep` itself, compiled, so there is no second implementation that could drift; a test
compares the two entry by entry. Importing this module imports nothing heavy; :func:`accelerated` does. What does not
live here: when it is worth while (:mod:`.passes` decides).
"""

from __future__ import annotations

import builtins
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from types import FunctionType
from typing import Any

from bywhen.kernel.errors import ExtraMissingError
from bywhen.schedule.engine import sweep

_HELPERS = (
    "work_at", "opens", "closes", "stays", "lagged", "unlagged", "start_for", "finish_for", "finish_until",
    "first_work", "last_work",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Accelerated:
    """The compiled passes; each takes what its namesake in :mod:`.sweep` takes, with arrays for lists."""

    forward: Callable[..., None]
    backward: Callable[..., None]
    free_slack: Callable[..., None]


def is_installed() -> bool:
    """Whether the accelerator can be used."""
    return find_spec("numba") is not None


def is_compiled() -> bool:
    """Whether the machine code is there already in this process."""
    return accelerated.cache_info().currsize > 0


@cache
def accelerated() -> Accelerated:
    """Compile the sweep; the machine code is made at the first call with arrays and kept for the process.

    Raises:
        ExtraMissingError: when the accelerator is not installed.
    """
    if not is_installed():
        raise ExtraMissingError("fast", needed_for="The compiled sweep")
    from numba import njit  # noqa: PLC0415 - half a second that only large plans should pay

    names: dict[str, Any] = {**vars(sweep), "__builtins__": builtins}
    names["bisect_right"], names["bisect_left"] = njit(_bisect_right), njit(_bisect_left)

    def machine_code(name: str) -> Callable[..., Any]:
        source = vars(sweep)[name]
        names[name] = compiled = njit(FunctionType(source.__code__, names, name))
        return compiled

    for helper in _HELPERS:
        machine_code(helper)
    return Accelerated(machine_code("forward"), machine_code("backward"), machine_code("free_slack"))


def _bisect_right(rows: Any, wanted: int, low: int, high: int) -> int:
    while low < high:
        middle = (low + high) // 2
        if wanted < rows[middle]:
            high = middle
        else:
            low = middle + 1
    return low


def _bisect_left(rows: Any, wanted: int, low: int, high: int) -> int:
    while low < high:
        middle = (low + high) // 2
        if rows[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low
