from datetime import UTC, date, datetime

from bywhen.kernel.clock import FrozenClock, SystemClock, clock_set, current_clock


def test_a_frozen_clock_stands_still_in_its_block_only():
    with clock_set(FrozenClock(date(2026, 11, 23))):
        assert current_clock().today() == date(2026, 11, 23)
    assert isinstance(current_clock(), SystemClock)


def test_a_naive_moment_is_taken_as_utc():
    assert FrozenClock(datetime(2026, 11, 23, 9, 30)).now() == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
