"""Two people edit one item: what of it can stand side by side, and what they must settle between them.

What does not live here: keeping it (services), showing it (views).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clash:
    """Both changed ``field``, each to another text."""

    field: str
    theirs: str
    mine: str


def merge_fields(
    was: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]
) -> tuple[dict[str, str], tuple[Clash, ...]]:
    """Three-way: ``was`` is what I saw, ``mine`` what I made of it, ``theirs`` what stands there now.

    Answers the fields that I changed and that nobody else did (to be kept), and those that both changed. A field that
    I left as I saw it stays theirs; a field of which I do not say what I saw is mine.

    >>> was = {"owner": "", "due": "2026-11-20"}
    >>> merge_fields(was, {"owner": "Ana", "due": "2026-11-20"}, {"owner": "", "due": "2026-11-27"})
    ({'owner': 'Ana'}, ())
    >>> merge_fields(was, {"owner": "Ana", "due": "2026-11-20"}, {"owner": "Bo", "due": "2026-11-20"})
    ({}, (Clash(field='owner', theirs='Bo', mine='Ana'),))
    """
    kept, clashes = {}, []
    for field, value in mine.items():
        now = theirs.get(field, "")
        seen = was.get(field, now)
        if value in (seen, now):
            continue
        if now == seen:
            kept[field] = value
        else:
            clashes.append(Clash(field, now, value))
    return kept, tuple(clashes)
