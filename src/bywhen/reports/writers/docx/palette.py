"""The look in numbers: colours, sizes and marks of the Word writer, the same tokens as on screen.

What does not live here: applying them (``styles``, ``tables``).
"""

from __future__ import annotations

from dataclasses import dataclass

from bywhen.kernel.status import Rag

INK, INK_SECOND, INK_THIRD = "1D1C1A", "57534A", "6F6A5E"
LINE, LINE_STRONG, PAPER = "E4E1D8", "CFCABC", "F6F5F1"
ACCENT, ACCENT_SOFT = "1F4E5F", "E2EEF1"

FONT = "Inter"
FONT_INSTEAD = "Segoe UI"
"""Named in the font table for readers that do not have Inter."""

PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210, 297
MARGIN_SIDE_MM, MARGIN_TOP_MM, MARGIN_BOTTOM_MM = 18, 18, 18
TEXT_WIDTH_MM = PAGE_WIDTH_MM - 2 * MARGIN_SIDE_MM


@dataclass(frozen=True, slots=True)
class Mark:
    """How a judgement looks: shape and letter always stand beside the colour."""

    shape: str
    word: str
    ink: str
    soft: str


MARKS = {
    Rag.RED: Mark("\N{BLACK DIAMOND}", "Red", "A8261C", "FBE9E6"),
    Rag.AMBER: Mark("\N{BLACK SQUARE}", "Amber", "8A5A00", "FBF0D9"),
    Rag.GREEN: Mark("\N{BLACK CIRCLE}", "Green", "2A6A3F", "E4F1E7"),
    Rag.GREY: Mark("\N{WHITE SQUARE}", "Grey, no evidence", "6B6A66", "ECEBE6"),
}
