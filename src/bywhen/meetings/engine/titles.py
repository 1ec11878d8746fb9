"""A readable title for a meeting whose file states none.

What does not live here: reading the file (``intake``).
"""

from __future__ import annotations

import re

UNTITLED = "Meeting"
_DAY = re.compile(r"(?<!\d)(?:20\d{2}[-_. ]?\d{2}[-_. ]?\d{2}|\d{2}[-_. ]\d{2}[-_. ]20\d{2})(?!\d)")
_HOUR = re.compile(r"(?<!\d)(?:[01]?\d|2[0-3])[-_.:h]?[0-5]\d(?:[-_.:]?[0-5]\d)?(?!\d)")
_SEPARATORS = re.compile(r"[-_.\s]+")


def title_from_name(name: str) -> str:
    """The words of a file's name, without folders, suffix, day and hour.

    >>> title_from_name("meetings/2026-11-11-weekly-sync.vtt")
    'Weekly sync'
    >>> title_from_name("20261104_1400 API_design.srt"), title_from_name("2026-11-11.vtt")
    ('API design', 'Meeting')
    """
    stem = re.split(r"[\\/]", name)[-1]
    stem = stem.rpartition(".")[0] or stem
    without_day = _DAY.sub(" ", stem)
    words = _SEPARATORS.sub(" ", _HOUR.sub(" ", without_day) if without_day != stem else stem).strip()
    return words[:1].upper() + words[1:] if words else UNTITLED
