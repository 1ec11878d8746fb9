from datetime import date

from bywhen.kernel.worktime import WorkingTime
from bywhen.loops.engine.movement import Move, idle_days, last_movement, next_check

CALENDAR = WorkingTime.standard()


def test_comments_and_checks_never_count():
    moves = [
        Move(date(2026, 11, 2), "opened"),
        Move(date(2026, 11, 9), "progress"),
        Move(date(2026, 11, 20), "comment"),
        Move(date(2026, 11, 21), "check"),
    ]
    assert last_movement(moves) == date(2026, 11, 9)


def test_silence_is_counted_in_working_days():
    assert idle_days(date(2026, 11, 20), date(2026, 11, 23), CALENDAR) == 1


def test_the_next_check_comes_before_the_due_date_and_never_today():
    today = date(2026, 11, 23)
    assert next_check("action", today, None, CALENDAR) == date(2026, 11, 26)
    assert next_check("action", today, date(2026, 11, 26), CALENDAR) == date(2026, 11, 25)
    assert next_check("action", today, date(2026, 11, 1), CALENDAR) == date(2026, 11, 24)
