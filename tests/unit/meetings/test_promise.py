from datetime import UTC, datetime, timedelta

import pytest

from bywhen.meetings.engine.promise import promise

DUE = datetime(2026, 11, 19, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("left", "tone"), [(24, ""), (4.01, ""), (4, "amber"), (0.01, "amber"), (0, "red"), (-30, "red"), (30, "")]
)
def test_tone_turns_when_twenty_and_twenty_four_hours_have_passed(left, tone):
    assert promise(DUE, DUE - timedelta(hours=left)).tone == tone


def test_hours_stay_within_the_limit_when_the_meeting_is_ahead_or_long_past():
    assert promise(DUE, DUE - timedelta(hours=50)).hours == 0
    late = promise(DUE, DUE + timedelta(hours=50))
    assert (late.hours, late.left, late.over) == (24, 0, 50)
