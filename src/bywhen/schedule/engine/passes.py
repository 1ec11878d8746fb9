"""Running the sweep over a whole network, in whichever way its columns are kept.

What does not live here: the passes themselves (:mod:`.sweep`), the compiling (:mod:`.compiled`), what is done with the
dates (:mod:`.cpm`).
"""

from __future__ import annotations

from typing import Any, TypeVar

from bywhen.schedule.engine import sweep
from bywhen.schedule.engine.columns import PLAIN, Column, Columns
from bywhen.schedule.engine.compiled import MachineColumns, is_compiled, is_installed
from bywhen.schedule.engine.network import Network
from bywhen.schedule.engine.sweep import ALWAYS, Early, Late, Nodes

_WORTH_COMPILING = 400_000
"""From this many tasks on, loading the machine code (a second and a half) pays for itself in a single computation."""
_WORTH_CALLING = 2_000
"""From this many tasks on, machine code that is there already is faster than plain Python."""

Filled = TypeVar("Filled", Early, Late)


def columns_for(count: int, *, accelerate: bool | None = None) -> Columns:
    """The kind of columns for a plan of ``count`` tasks: for machine code when asked for, or when it is installed and
    pays.

    Raises:
        ExtraMissingError: when it is asked for and not installed.
    """
    if accelerate is None:
        accelerate = count >= (_WORTH_CALLING if is_compiled() else _WORTH_COMPILING) and is_installed()
    return MachineColumns() if accelerate else PLAIN


def forward(network: Network, nodes: Nodes) -> Early:
    """Place all nodes as early as may be; ``nodes`` may differ from the network's own."""
    early = _blank(Early, network)
    order = range(len(network))
    network.columns.run(sweep.forward, order, nodes, network.links, network.strands, network.shifts, early)
    return early


def backward(network: Network, early: Early, limits: Column) -> Late:
    """Place all nodes as late as may be; ``limits`` is the latest finish of each whatever follows it."""
    late = _blank(Late, network)
    order = range(len(network) - 1, -1, -1)
    network.columns.run(
        sweep.backward, order, network.nodes, network.followers, network.strands, network.shifts, early, limits, late
    )
    return late


def free_slack(network: Network, early: Early) -> Column:
    """The free slack of all nodes in working seconds."""
    free = network.columns.filled(ALWAYS, len(network))
    order = range(len(network))
    network.columns.run(
        sweep.free_slack, order, network.nodes, network.followers, network.strands, network.shifts, early, free
    )
    return free


def _blank(kind: type[Filled], network: Network) -> Filled:
    columns: Any = [network.columns.filled(0, len(network)) for _ in kind._fields]
    return kind(*columns)
