"""A Word file as lines of text, so that a reviewed file can be compared with it."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

W = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
VAL, FILL, ANCHOR, TEXT = (f"{{{W['w']}}}{name}" for name in ("val", "fill", "anchor", "t"))


def document_outline(data: bytes) -> str:
    """The body of a Word file as an outline: tables, rows, cells with their fill, paragraphs with style, runs, links."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))[0]
    return "\n".join(outline_lines(body, 0)) + "\n"


def outline_lines(element, depth):
    for child in element:
        kind = etree.QName(child).localname
        if kind == "p":
            style = child.find("w:pPr/w:pStyle", W)
            named = "Normal" if style is None else style.get(VAL)
            yield f"{'  ' * depth}{named}: {''.join(map(run_text, child))}"
        elif kind in ("tbl", "tr", "tc"):
            fill = child.find("w:tcPr/w:shd", W)
            repeated = " header" if child.find("w:trPr/w:tblHeader", W) is not None else ""
            yield f"{'  ' * depth}{kind}{repeated}{'' if fill is None else ' ' + fill.get(FILL)}"
            yield from outline_lines(child, depth + 1)


def run_text(part):
    kind, text = etree.QName(part).localname, "".join(node.text or "" for node in part.iter(TEXT))
    if kind == "hyperlink":
        return f"<{text} {part.get(ANCHOR)}>"
    bold = part.find("w:rPr/w:b", W)
    return f"*{text}*" if text and bold is not None and bold.get(VAL) != "0" else text
