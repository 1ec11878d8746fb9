import pytest

from bywhen.kernel.durations import DayLength, DurationUnit, parse_duration
from bywhen.kernel.errors import DateUnreadableError


@pytest.mark.parametrize(
    ("text", "minutes", "unit"),
    [
        ("10d", 4800, DurationUnit.WORKING),
        ("3 ed", 4320, DurationUnit.ELAPSED),
        ("2w", 4800, DurationUnit.WORKING),
        ("-4h", -240, DurationUnit.WORKING),
        ("1,5 days?", 720, DurationUnit.WORKING),
        ("25%", 25, DurationUnit.PERCENT),
        ("7", 3360, DurationUnit.WORKING),
    ],
)
def test_reads_a_duration_as_people_type_it(text, minutes, unit):
    duration = parse_duration(text)
    assert (duration.minutes, duration.unit) == (minutes, unit)


def test_a_day_is_as_long_as_the_plan_says():
    assert parse_duration("1d", DayLength(minutes_per_day=450)).minutes == 450


@pytest.mark.parametrize("text", ["", "soon", "3 fortnights", "d"])
def test_refuses_what_is_no_duration_and_says_how_to_write_one(text):
    with pytest.raises(DateUnreadableError, match=r"10d|Use m, h"):
        parse_duration(text)
