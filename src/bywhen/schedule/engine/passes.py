"""Running the sweep over a whole network: as plain Python over lists, or compiled over arrays.

Both run the one source in :mod:`.sweep` and give the same lists. What does not live here: the compiling
(:mod:`.compiled`), what is done with the dates (:mod:`.cpm`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from bywhen.schedule.engine import sweep
from bywhen.schedule.engine.compiled import accelerated, is_compiled, is_installed
from bywhen.schedule.engine.network import Network
from bywhen.schedule.engine.sweep import ALWAYS, Early, Late, Nodes

if TYPE_CHECKING:
    from collections.abc import Callable

_WORTH_COMPILING = 200_000
"""From this many nodes on, compiling (some seconds) pays for itself in a single computation."""
_WORTH_CALLING = 2_000
"""From this many nodes on, machine code that is there already is faster than plain Python."""


class Passes(Protocol):
    """Runs the passes over a whole network."""

    def forward(self, network: Network, nodes: Nodes) -> Early:
        """Place all nodes as early as may be; ``nodes`` may differ from the network's own."""
        ...

    def backward(self, network: Network, early: Early, limits: list[int]) -> Late:
        """Place all nodes as late as may be; ``limits`` is the latest finish of each whatever follows it."""
        ...

    def free_slack(self, network: Network, early: Early) -> list[int]:
        """The free slack of all nodes in working seconds."""
        ...


class PlainPasses:
    """The sweep as plain Python."""

    def forward(self, network: Network, nodes: Nodes) -> Early:
        early = blank_early(len(network))
        sweep.forward(range(len(network)), nodes, network.links, network.strands, network.shifts, early)
        return early

    def backward(self, network: Network, early: Early, limits: list[int]) -> Late:
        late = blank_late(len(network))
        order = range(len(network) - 1, -1, -1)
        sweep.backward(order, network.nodes, network.followers, network.strands, network.shifts, early, limits, late)
        return late

    def free_slack(self, network: Network, early: Early) -> list[int]:
        free = [ALWAYS] * len(network)
        sweep.free_slack(
            range(len(network)), network.nodes, network.followers, network.strands, network.shifts, early, free
        )
        return free


class CompiledPasses:
    """The sweep as machine code; a network's arrays are made once and kept in its ``memo``."""

    def __init__(self) -> None:
        import numpy as np  # noqa: PLC0415 - only those who compile pay for it

        self._np = np
        self._code = accelerated()

    def forward(self, network: Network, nodes: Nodes) -> Early:
        given = self._arrays(network, nodes if nodes is not network.nodes else None)
        early = self._blank(Early, len(network))
        order = self._np.arange(len(network))
        self._code.forward(order, given["nodes"], given["links"], given["strands"], given["shifts"], early)
        result = Early(*(entry.tolist() for entry in early))
        network.memo["early"] = (result, early)
        return result

    def backward(self, network: Network, early: Early, limits: list[int]) -> Late:
        given = self._arrays(network)
        late = self._blank(Late, len(network))
        order = self._np.arange(len(network))[::-1]
        self._code.backward(
            order, given["nodes"], given["followers"], given["strands"], given["shifts"],
            self._early_arrays(network, early), self._np.array(limits, self._np.int64), late,
        )  # fmt: skip
        return Late(*(entry.tolist() for entry in late))

    def _blank(self, kind: Any, count: int) -> Any:
        return kind(*(self._np.zeros(count, self._np.int64) for _ in kind._fields))

    def free_slack(self, network: Network, early: Early) -> list[int]:
        given = self._arrays(network)
        free = self._np.zeros(len(network), self._np.int64)
        order = self._np.arange(len(network))
        arrays = self._early_arrays(network, early)
        self._code.free_slack(
            order, given["nodes"], given["followers"], given["strands"], given["shifts"], arrays, free
        )
        result: list[int] = free.tolist()
        return result

    def _early_arrays(self, network: Network, early: Early) -> Any:
        """The arrays of early dates given as lists: those kept from the forward pass, when they are the same."""
        lists, arrays = network.memo.get("early", (None, None))
        return arrays if lists is early else self._converted(early)

    def _arrays(self, network: Network, nodes: Nodes | None = None) -> dict[str, Any]:
        if "nodes" not in network.memo:
            for name in ("nodes", "links", "followers", "strands", "shifts"):
                network.memo[name] = self._converted(getattr(network, name))
        return network.memo if nodes is None else {**network.memo, "nodes": self._converted(nodes)}

    def _converted(self, entries: Any) -> Any:
        make: Callable[..., Any] = type(entries)
        return make(*(self._np.array(entry, self._np.int64) for entry in entries))


def passes_for(count: int, *, accelerate: bool | None = None) -> Passes:
    """The way to run the sweep over ``count`` nodes: compiled when asked for, or when it is installed and pays.

    Raises:
        ExtraMissingError: when it is asked for and not installed.
    """
    if accelerate is None:
        accelerate = count >= (_WORTH_CALLING if is_compiled() else _WORTH_COMPILING) and is_installed()
    return CompiledPasses() if accelerate else PlainPasses()


def blank_early(count: int) -> Early:
    """Arrays for the forward pass to fill."""
    return Early([0] * count, [0] * count, [0] * count, [0] * count, [-1] * count)


def blank_late(count: int) -> Late:
    """Arrays for the backward pass to fill."""
    return Late([0] * count, [0] * count, [0] * count, [0] * count)
