"""Where the numbers of a network are kept: columns of whole numbers, one entry per node, link or shift.

Plain Python works on lists, machine code on arrays; everything else reads either in the same way. Which kind a network
has is decided once, when it is compiled, so that no column is ever turned into the other kind. What does not live
here: the arrays' machine code (:mod:`.compiled`), what the columns mean (:mod:`.sweep`).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import Any, Protocol, TypeAlias, TypeVar

Column: TypeAlias = "list[int] | array[int]"
Answer = TypeVar("Answer")


class Columns(Protocol):
    """A kind of column, and how functions over such columns are run."""

    def of(self, values: list[int]) -> Column:
        """A column of these values; they belong to it from now on."""
        ...

    def filled(self, value: int, count: int) -> Column:
        """A column of ``count`` times the same value."""
        ...

    def numbered(self, count: int) -> Column:
        """A column of the numbers from 0 on."""
        ...

    def repeated(self, values: list[int], step: int, times: int) -> Column:
        """A column of the values so many times, each time ``step`` more than the time before."""
        ...

    def taken(self, column: Column, places: Column) -> Column:
        """A column of the entries of another at these places."""
        ...

    def run(self, work: Callable[..., Answer], *given: Any) -> Answer:
        """Call a function that knows whole numbers and columns only; it may fill columns that it is given."""
        ...


class PlainColumns:
    """Lists, and functions called as they are."""

    def of(self, values: list[int]) -> Column:
        return values

    def filled(self, value: int, count: int) -> Column:
        return [value] * count

    def numbered(self, count: int) -> Column:
        return list(range(count))

    def repeated(self, values: list[int], step: int, times: int) -> Column:
        return [base + value for base in range(0, step * times, step) for value in values]

    def taken(self, column: Column, places: Column) -> Column:
        return [column[place] for place in places]

    def run(self, work: Callable[..., Answer], *given: Any) -> Answer:
        return work(*given)


PLAIN = PlainColumns()
