from datetime import date

import pytest

from bywhen.intake.names import day_in_name


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("meetings/2026-11-18-weekly-sync.vtt", date(2026, 11, 18)),
        ("20261118 steering.docx", date(2026, 11, 18)),
        ("2026-13-45.vtt", None),
        ("invoice-120261118.vtt", None),
        ("sync.vtt", None),
    ],
)
def test_reads_a_day_only_where_one_is_written(name, day):
    assert day_in_name(name) == day
