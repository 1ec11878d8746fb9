"""The Word styles of every report: few, named, real (headings are headings), so that people can restyle them.

What does not live here: content.
"""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

from bywhen.reports.writers.docx.palette import ACCENT, FONT, FONT_INSTEAD, INK, INK_SECOND, INK_THIRD

CITATION = "Citation"


@dataclass(frozen=True, slots=True)
class _Look:
    size: float
    colour: str = INK
    bold: bool = False
    before: float = 0
    after: float = 0
    line: float = 1.15
    keep: bool = False


_PARAGRAPHS = {
    "Normal": _Look(9.5, after=4),
    "Title": _Look(22, bold=True, after=1, line=1.0, keep=True),
    "Subtitle": _Look(10, INK_SECOND, after=10, keep=True),
    "Heading 1": _Look(12.5, ACCENT, bold=True, before=15, after=4, line=1.0, keep=True),
    "Heading 2": _Look(10.5, INK, bold=True, before=9, after=3, line=1.0, keep=True),
    "Caption": _Look(8, INK_THIRD, before=2, after=3, line=1.0, keep=True),
    "List Bullet": _Look(9.5, after=1.5),
    "Lead": _Look(11.5, before=2, after=4, line=1.25),
    "Table Head": _Look(8, INK_THIRD, bold=True, line=1.0, keep=True),
    "Table Text": _Look(8.5, line=1.1),
    "Table Note": _Look(7.5, INK_SECOND, before=1, line=1.1),
    "Figure Value": _Look(14, bold=True, line=1.0, keep=True),
    "Note": _Look(8, INK_SECOND, after=4),
    "Source": _Look(7, INK_SECOND, line=1.1),
    "Footer": _Look(7.5, INK_THIRD, line=1.0),
}


def styles_set(word: WordDocument, language: str) -> None:
    """Set every style and the document's language."""
    for name, look in _PARAGRAPHS.items():
        _paragraph_style(word, name, look)
    citation = word.styles.add_style(CITATION, WD_STYLE_TYPE.CHARACTER)
    citation.font.size = Pt(7)
    citation.font.color.rgb = RGBColor.from_string(ACCENT)
    for name in ("Footer", "Header"):
        word.styles[name].element.get_or_add_pPr().remove_all("w:tabs")
    word.styles["Title"].element.get_or_add_pPr().remove_all("w:pBdr")
    _language(word, language)
    _font_instead(word)


def _paragraph_style(word: WordDocument, name: str, look: _Look) -> None:
    known = name in [style.name for style in word.styles]
    style = word.styles[name] if known else word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    font, shape = style.font, style.paragraph_format
    _typeface(style)
    font.size, font.bold, font.italic = Pt(look.size), look.bold, False
    font.color.rgb = RGBColor.from_string(look.colour)
    shape.space_before, shape.space_after, shape.line_spacing = Pt(look.before), Pt(look.after), look.line
    shape.keep_with_next, shape.widow_control = look.keep, True
    shape.alignment = WD_ALIGN_PARAGRAPH.LEFT
    style.quick_style = True


def _typeface(style: ParagraphStyle) -> None:
    style.font.name = FONT
    fonts = style.element.rPr.rFonts
    for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{attribute}"), None)
    for attribute in ("cs", "eastAsia"):
        fonts.set(qn(f"w:{attribute}"), FONT)
    for spacing in style.element.rPr.findall(qn("w:spacing")) + style.element.rPr.findall(qn("w:kern")):
        style.element.rPr.remove(spacing)


def _language(word: WordDocument, language: str) -> None:
    for lang in word.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), language)
    word.core_properties.language = language


def _font_instead(word: WordDocument) -> None:
    for part in word.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            entry = f'<w:font w:name="{FONT}"><w:altName w:val="{FONT_INSTEAD}"/><w:family w:val="swiss"/></w:font>'
            part._blob = part.blob.replace(b"</w:fonts>", entry.encode() + b"</w:fonts>")  # noqa: SLF001 - no call
