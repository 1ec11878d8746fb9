"""What a file's name says. Content decides what a file is; its name may still tell the day of a meeting."""

from __future__ import annotations

import re
from datetime import date


def day_in_name(name: str) -> date | None:
    """A day written into a file's path (2026-11-18, 20261118); None when there is none.

    >>> day_in_name("meetings/2026-11-18-weekly-sync.vtt")
    datetime.date(2026, 11, 18)
    """
    found = re.search(r"(?<!\d)(20\d{2})-?(\d{2})-?(\d{2})(?!\d)", name)
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None
