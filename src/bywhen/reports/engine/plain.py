"""Text that comes in is data: what a document may print of it.

What does not live here: escaping for one file format (that format's writer).
"""

from __future__ import annotations

import unicodedata

_BIDI_CONTROLS = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)}
_BREAKS = {"\n", "\r", "\t", "\v", "\f", "\x85", "\N{LINE SEPARATOR}", "\N{PARAGRAPH SEPARATOR}"}


def plain_text(text: str) -> str:
    r"""One line of printable text: line breaks become spaces, control characters, surrogates and non-characters are
    dropped, and so are the marks that reorder or hide text (bidirectional controls, zero-width space).

    >>> plain_text("Go-live\x00 ok\n\u202egnihton\u202c")
    'Go-live ok gnihton'
    """
    kept = "".join(" " if character in _BREAKS else character for character in text if _printable(character))
    return " ".join(unicodedata.normalize("NFC", kept).split())


def _printable(character: str) -> bool:
    if character in _BREAKS:
        return True
    if character in _BIDI_CONTROLS or character in "\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}":
        return False
    code = ord(character)
    non_character = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    return not non_character and unicodedata.category(character) not in ("Cc", "Cs")


def shortened(text: str, limit: int = 160) -> str:
    """The text, cut at a word before ``limit`` characters, with an ellipsis when something was cut.

    >>> shortened("we agreed to push the API delivery", 20)
    'we agreed to push…'
    """
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head, _, tail = cut.rpartition(" ")
    return (head if len(tail) < limit // 3 and head else cut).rstrip(" ,;:.-") + "…"
