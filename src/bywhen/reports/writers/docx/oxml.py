"""The few things Word can do for which python-docx has no call: shading, hairlines, bookmarks, fields, fixed bytes.

What does not live here: what a report looks like (``styles``, ``tables``, ``writer``).
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import _Cell
from docx.text.paragraph import Paragraph

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def element(tag: str, **attributes: str) -> Any:
    """A new element of the ``w`` namespace with ``w`` attributes."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def style_put(paragraph: Paragraph, name: str) -> None:
    """Give a paragraph one of our styles. python-docx's own setter walks every style of the template each time, which
    made it half of the time a report takes.
    """
    paragraph._p.style = name.replace(" ", "")  # noqa: SLF001 - the id that python-docx gives a style of this name


def shade(cell: _Cell, colour: str) -> None:
    """Fill a cell."""
    cell._tc.get_or_add_tcPr().append(element("shd", val="clear", color="auto", fill=colour))  # noqa: SLF001 - no call


def cell_edges(cell: _Cell, **edges: tuple[int, str]) -> None:
    """Draw edges of a cell: ``bottom=(4, "E4E1D8")`` is half a point; the others stay undrawn."""
    borders = element("tcBorders")
    for side in ("top", "left", "bottom", "right"):
        if side in edges:
            size, colour = edges[side]
            borders.append(element(side, val="single", sz=str(size), space="0", color=colour))
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - no call
    properties.append(borders)


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Make the start of a paragraph a place that links can lead to."""
    start, end = element("bookmarkStart", id=str(number), name=name), element("bookmarkEnd", id=str(number))
    paragraph._p.append(start)  # noqa: SLF001 - no call
    paragraph._p.append(end)  # noqa: SLF001 - no call


def link_within(paragraph: Paragraph, text: str, anchor: str, style_id: str) -> None:
    """Add text that leads to a bookmark of the same document."""
    link = element("hyperlink", anchor=anchor, history="1")
    run = element("r")
    properties = element("rPr")
    properties.append(element("rStyle", val=style_id))
    run.append(properties)
    words = element("t")
    words.text = text
    words.set(qn("xml:space"), "preserve")
    run.append(words)
    link.append(run)
    paragraph._p.append(link)  # noqa: SLF001 - no call


def field(paragraph: Paragraph, instruction: str) -> None:
    """Add a field that the reader's program fills in, such as ``PAGE``."""
    for kind in ("begin", "instruction", "separate", "shown", "end"):
        run = paragraph.add_run("1" if kind == "shown" else "")
        if kind == "instruction":
            code = element("instrText")
            code.text = f" {instruction} "
            run._r.append(code)  # noqa: SLF001 - no call
        elif kind != "shown":
            run._r.append(element("fldChar", fldCharType=kind))  # noqa: SLF001 - no call


def fixed_bytes(package: bytes) -> bytes:
    """The same package with every entry dated 1980, so that equal documents are equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(name))
    return out.getvalue()
