"""Walking through a Microsoft Project XML document record by record, in bounded memory.

What does not live here: what the records mean (``project``, ``tasks``, ``resources``, ``calendars``).
"""

from __future__ import annotations

import codecs
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from bywhen.intake import limits
from bywhen.intake.mspdi.values import Fields
from bywhen.kernel.errors import FileMalformedError, FileTooLargeError

_CHUNK = 1024 * 1024
_INVALID_TOKEN = 4
"""Expat's code for bytes that cannot stand where they are."""
Handler = Callable[[Element], None]


class _LocalNames(dict[str, str]):
    """Full names to local ones. A plan repeats a hundred names a million times; strangers' are forgotten."""

    def __missing__(self, tag: str) -> str:
        if len(self) > _NAMES_KEPT:
            self.clear()
        local = self[tag] = tag.rpartition("}")[2]
        return local


_NAMES_KEPT = 10_000
_LOCAL = _LocalNames()


@contextmanager
def collection_paused() -> Iterator[None]:
    """Let no garbage collection run: parsing makes a million objects, no circles, and searching doubles the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def fields_of(element: Element | None) -> dict[str, str | None]:
    """The element's simple children by local name; of a repeated one the last."""
    return {} if element is None else {_LOCAL[each.tag]: each.text for each in element}


def children(element: Element | None, name: str) -> list[Element]:
    """The children of that local name."""
    return [] if element is None else [each for each in element if _LOCAL[each.tag] == name]


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that local name."""
    return next(iter(children(element, name)), None)


def walk(data: bytes, handlers: dict[str, Handler], *, file: str) -> Element:
    """Parse ``data``, giving each finished element of a handled (full) name to its handler and emptying it after.

    The document must have passed :func:`~bywhen.intake.xmlprolog.xml_root`, which refuses document types. Answers
    the root with what no handler took.

    Raises:
        FileMalformedError: when the XML is broken; names line and column.
        FileTooLargeError: when it is nested, or a record is wide, beyond
            :data:`~bywhen.intake.limits.XML_UNCLOSED`.
    """
    parser: XMLPullParser[Element] = XMLPullParser(("end",))
    unclosed = width = silence = 0
    root: Element | None = None
    try:
        for start in range(0, len(data) + _CHUNK, _CHUNK):
            chunk = data[start : start + _CHUNK]
            # One value, or one tag with all its attributes, is kept whole by the parser.
            silence = len(chunk) - at - 1 if (at := chunk.rfind(b"<")) >= 0 else silence + len(chunk)
            limits.within(silence, limits.XML_VALUE_BYTES, "bytes in one value", file=file)
            if chunk:
                parser.feed(chunk)
            else:
                parser.close()
            # Elements that are never closed raise no events: their surplus is estimated from the tags themselves.
            unclosed += chunk.count(b"<") - 2 * chunk.count(b"</") - chunk.count(b"/>")
            # The events asked for carry elements only, which the stubs cannot say.
            for _event, root in cast("Iterator[tuple[str, Element]]", parser.read_events()):
                width += 1
                handler = handlers.get(root.tag)
                if handler is not None:
                    handler(root)
                    root.clear()
                    width = 0
            if unclosed > limits.XML_UNCLOSED or width > limits.XML_UNCLOSED:
                raise _too_deep(file)
    except ParseError as error:
        line, column = error.position
        if (told := _wrong_encoding(data)) and error.code == _INVALID_TOKEN:
            raise FileMalformedError(
                told, file=file, place=f"line {line}, column {column}", remedy="Save it again as UTF-8."
            ) from error
        raise FileMalformedError(
            "the XML is broken or cut short there",
            file=file,
            place=f"line {line}, column {column}",
            remedy="Save or send the file again.",
        ) from error
    if root is None:
        raise FileMalformedError("the XML document is empty", file=file, remedy="Save or send the file again.")
    return root


def _wrong_encoding(data: bytes) -> str:
    """What is wrong with the encoding of a document that does not name another one than UTF-8; '' for nothing."""
    head = data[:200].lower()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or (b"encoding" in head and b"utf-8" not in head):
        return ""
    try:
        data.decode()
    except UnicodeDecodeError:
        return "the document says it is UTF-8, but holds letters in another encoding"
    return ""


def flag(fields: Fields, name: str, *, default: bool = False) -> bool:
    """A yes-or-no field: ``1`` or ``true``."""
    text = fields.get(name)
    return default if text is None else text.strip() in ("1", "true")


def _too_deep(file: str) -> FileTooLargeError:
    return FileTooLargeError(
        f"one record holds more than {limits.XML_UNCLOSED:,} elements",
        file=file,
        remedy="Save it again without that record.",
    )
