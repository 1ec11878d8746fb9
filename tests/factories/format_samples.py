"""One small, real-shaped sample for each format, built here so that no third party's file is copied."""

from __future__ import annotations

import hashlib
import io
import zipfile

import xlsxwriter

from bywhen.intake.port import Blob

PLAN_ROWS = [
    ["ERP programme", "", "", "", "", "", ""],
    ["", "", "", "", "", "", ""],
    ["ID", "Task Name", "Duration", "Start", "Finish", "Predecessors", "Resource Names"],
    [1, "Design", "5 days", "2026-11-02", "2026-11-06", "", "Ana[50%],Bo"],
    [2, "Build", "10 days?", "2026-11-09", "2026-11-20", "1", "Bo"],
    [3, "Ship", "0 days", "2026-11-25", "2026-11-25", "2FS+3d", ""],
]
VTT = (
    "\ufeffWEBVTT\r\n\r\nNOTE Date: 18 Nov 2026\r\n\r\n"
    "3f2504e0-4f89-11d3-9a0c-0305e82c3301\r\n00:01.000 --> 00:03.500\r\n<v Ana Bo>R&amp;D slips\r\nby two weeks</v>\r\n\r\n"
    "00:04.000 --> 00:05.000\r\nJane Doe: we agreed to move it\r\n"
)
SRT = "1\n00:00:01,000 --> 00:00:02,500\nJane Doe: hello\n\n2\n00:00:03,000 --> 00:00:04,000\nsecond\n"
SPEECH = "Ana Bo  0:00\nWe agreed to push the API.\nTwo weeks.\n\nJane Doe  1:05\nI will tell the vendor.\n"
MARKDOWN = (
    "# Steering committee\n\nDate: 18 Nov 2026\nAttendees: Ana Bo, Jane Doe\n\n## Actions\n\n"
    "- [ ] @ana call the vendor by Friday\n\n| Action | Owner | Due |\n|---|---|---|\n| Send plan | Bo | 20 Nov |\n"
)
PLAIN = "Weekly status\nDate: 2026-11-18\n\nDecisions:\nWe stay with the vendor.\nAction: Bo sends the plan by Friday\n"
CSV = "Title;Type;Owner;Due date;Probability\nVendor is late;Risk;Ana;27.11.2026;4\nEnvironment down;Issue;Bo;01.12.2026;\n"
ICS = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nBEGIN:VEVENT\r\nUID:1@example.org\r\n"
    "DTSTART;TZID=Europe/Berlin:20261102T090000\r\nDTEND;TZID=Europe/Berlin:20261102T093000\r\n"
    "RRULE:FREQ=WEEKLY;COUNT=3\r\nSUMMARY:Stand-up\\, daily\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def blob(data: bytes | str, name: str = "sample") -> Blob:
    """Bytes as the readers get them; the name never tells the format."""
    raw = data.encode() if isinstance(data, str) else data
    return Blob(name, raw, hashlib.sha256(raw).hexdigest())


def workbook(sheets: dict[str, list[list[object]]], *, hidden: tuple[str, ...] = ()) -> bytes:
    """An xlsx file of these rows."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if title in hidden:
                sheet.hide()
    return target.getvalue()


def document(body: str) -> bytes:
    """A docx file of this body."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        )
        archive.writestr(
            "word/document.xml",
            '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            f"<w:body>{body}</w:body></w:document>",
        )
    return target.getvalue()


def paragraph(text: str, style: str = "") -> str:
    """One paragraph; line breaks inside it stay."""
    head = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{head}<w:r>" + "<w:br/>".join(f"<w:t>{part}</w:t>" for part in text.split("\n")) + "</w:r></w:p>"


SAMPLES: dict[str, bytes] = {
    "spreadsheet": workbook({"Plan": PLAN_ROWS}),
    "delimited": CSV.encode(),
    "webvtt": VTT.encode(),
    "subrip": SRT.encode(),
    "icalendar": ICS.encode(),
    "speech-text": SPEECH.encode(),
    "word": document(paragraph("Kickoff", "Heading1") + paragraph("Decision: we start in May.")),
    "markdown": MARKDOWN.encode(),
    "plain-notes": PLAIN.encode(),
}
