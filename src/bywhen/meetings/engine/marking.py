"""Where quotes stand in a line, so that they can be underlined in place.

What does not live here: choosing the quotes (``extraction``), markup (templates).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple


class Part(NamedTuple):
    """A piece of a line; ``quoted`` tells whether an item cites it."""

    text: str
    quoted: bool


def marked(text: str, quotes: Iterable[str]) -> tuple[Part, ...]:
    """The line in pieces that together are the line again. Overlapping quotes become one piece; white space in a quote
    stands for any white space, and a quote that is not found marks nothing.

    >>> marked("Right. I'll call Tom tonight.", ["I'll call Tom"])
    (Part(text='Right. ', quoted=False), Part(text="I'll call Tom", quoted=True), Part(text=' tonight.', quoted=False))
    """
    parts, at = [], 0
    for start, end in _merged(span for quote in quotes if (span := _span(text, quote))):
        parts += [Part(text[at:start], quoted=False)] if start > at else []
        parts.append(Part(text[start:end], quoted=True))
        at = end
    return (*parts, Part(text[at:], quoted=False)) if at < len(text) or not parts else tuple(parts)


def _span(text: str, quote: str) -> tuple[int, int] | None:
    at = text.find(quote) if quote else -1
    if at >= 0:
        return at, at + len(quote)
    words = quote.split()
    found = re.search(r"\s+".join(re.escape(word) for word in words), text) if words else None
    return found.span() if found else None


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
