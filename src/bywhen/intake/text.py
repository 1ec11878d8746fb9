"""Bytes to text: byte-order marks, UTF-16 without one, UTF-8, and the old Windows code page.

What does not live here: what the text means (``formats``).
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from bywhen.intake.port import Blob
from bywhen.kernel.errors import FileMalformedError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = (
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
)
_SAMPLE = 65536


@dataclass(frozen=True, slots=True)
class Text:
    """Decoded text; ``guessed`` says that no mark and no valid UTF-8 proved the encoding."""

    text: str
    encoding: str
    guessed: bool = False


def encoding_of(data: bytes, *, cut: bool = False) -> str:
    r"""The encoding that the bytes prove, '' for binary content. Anything else that is no UTF-8 is Windows-1252.
    ``cut`` says that the bytes may end within a character.

    >>> encoding_of(b"\xef\xbb\xbfa"), encoding_of("ä".encode()), encoding_of(b"\xe4"), encoding_of(b"PK\x03\x04")
    ('utf-8-sig', 'utf-8', 'cp1252', '')
    """
    if data.startswith(_BINARY):
        return ""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    if name := _utf16_without_mark(data[:_SAMPLE]):
        return name
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if cut and error.end >= len(data) and error.reason == "unexpected end of data":
            return "utf-8"
        return "cp1252"
    return "utf-8"


def head_of(blob: Blob, size: int = _SAMPLE) -> str:
    """The beginning of the content as text, with line ends made one; '' for binary content. Never raises."""
    head = blob.data[:size]
    encoding = encoding_of(head, cut=True)
    return head.decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n") if encoding else ""


def decoded(blob: Blob) -> Text:
    """The whole content as text, line ends as they stand.

    Raises:
        FileMalformedError: when it is binary, holds null characters, or breaks its own encoding; with the line.
    """
    encoding = encoding_of(blob.data)
    if not encoding:
        raise FileMalformedError("it is no text", file=blob.name, remedy="Save it as text.")
    try:
        text = blob.data.decode(encoding, "replace" if encoding == "cp1252" else "strict")
    except UnicodeDecodeError as error:
        line = blob.data.count(b"\n", 0, error.start) + 1
        raise FileMalformedError(
            f"the text breaks its encoding {encoding}", file=blob.name, place=f"line {line}", remedy="Save it as UTF-8."
        ) from error
    if (at := text.find("\x00")) >= 0:
        line = text.count("\n", 0, at) + 1
        raise FileMalformedError(
            "the text holds null characters",
            file=blob.name,
            place=f"line {line}",
            remedy="Save it again as UTF-8 text.",
        )
    return Text(text, encoding, guessed=encoding == "cp1252")


def lines_of(text: str) -> list[str]:
    r"""The lines, whichever way they end; other separators inside a line do not split it.

    >>> lines_of("a\r\nb\rc")
    ['a', 'b', 'c']
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _utf16_without_mark(head: bytes) -> str:
    if len(head) < 8:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.4 and odd < half * 0.05 else ""
