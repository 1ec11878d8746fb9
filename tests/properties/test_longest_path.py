"""The engine's float and critical tasks against every path of the network, counted out one by one."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from bywhen.kernel.plan import LinkType
from bywhen.schedule.engine.cpm import compute
from factories.small_plans import days, link, plan, task

COUNT = 7
DAY = 480
lengths = st.lists(st.integers(1, 6), min_size=COUNT, max_size=COUNT)
edges = st.sets(
    st.tuples(st.integers(0, COUNT - 1), st.integers(0, COUNT - 1)).filter(lambda pair: pair[0] < pair[1]), max_size=12
)


def _paths(at: int, after: dict[int, list[int]]) -> Iterator[list[int]]:
    yield [at]
    for following in after.get(at, []):
        yield from ([at, *rest] for rest in _paths(following, after))


@settings(deadline=None, max_examples=80)
@given(lengths, edges)
def test_float_is_what_the_longest_path_through_a_task_leaves(lengths, edges):
    after: dict[int, list[int]] = {}
    for before, following in edges:
        after.setdefault(before, []).append(following)
    paths = [path for start in range(COUNT) for path in _paths(start, after)]
    longest = {at: max(sum(lengths[n] for n in path) for path in paths if at in path) for at in range(COUNT)}
    total = max(longest.values())

    schedule = compute(
        plan(
            *(task(n + 1, days(length)) for n, length in enumerate(lengths)),
            links=tuple(link(a + 1, b + 1, LinkType.FS, None) for a, b in sorted(edges)),
        )
    )

    left = {n: schedule.row(n + 1).total_slack_minutes for n in range(COUNT)}
    assert left == {n: (total - longest[n]) * DAY for n in range(COUNT)}
    assert set(schedule.critical()) == {n + 1 for n in range(COUNT) if longest[n] == total}
