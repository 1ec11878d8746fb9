from datetime import date

import pytest

from bywhen.intake.formats.markdown import Markdown
from bywhen.intake.formats.speech_text import SpeechText
from bywhen.intake.formats.vtt import WebVtt
from bywhen.intake.formats.word import WordDocument
from bywhen.intake.port import ReadOptions
from bywhen.kernel.errors import FileHostileError, FileMalformedError
from factories.format_samples import MARKDOWN, SPEECH, VTT, blob, document, paragraph


def transcript(reader, data):
    (found,) = reader.read(blob(data), ReadOptions())
    return found.payload


def test_webvtt_states_its_date_when_a_note_says_it():
    found = transcript(WebVtt(), VTT)
    assert found.held_on == date(2026, 11, 18)
    assert [(u.line, u.speaker, u.text) for u in found.utterances] == [
        (1, "Ana Bo", "R&D slips by two weeks"),
        (2, "Jane Doe", "we agreed to move it"),
    ]
    assert not found.notes


def test_webvtt_is_refused_when_it_holds_no_words():
    with pytest.raises(FileMalformedError, match="no words"):
        transcript(WebVtt(), "WEBVTT\n\n")


def test_speech_text_names_its_lines_when_turns_are_blocks():
    assert [(u.line, u.speaker, u.start) for u in transcript(SpeechText(), SPEECH).utterances] == [
        (2, "Ana Bo", 0.0), (3, "Ana Bo", 0.0), (6, "Jane Doe", 65.0),
    ]  # fmt: skip


def test_markdown_keeps_headings_and_rows_when_it_is_read():
    found = transcript(Markdown(), MARKDOWN)
    assert (found.title, found.held_on, found.attendees) == (
        "Steering committee",
        date(2026, 11, 18),
        ("Ana Bo", "Jane Doe"),
    )
    by_line = {u.line: u for u in found.utterances}
    assert by_line[8].text == "- [ ] @ana call the vendor by Friday"
    assert by_line[8].heading == "Actions"
    assert by_line[12].text == "| Send plan | Bo | 20 Nov |"
    assert 11 not in by_line


def test_word_notes_keep_headings_and_tables_when_they_are_read():
    table = (
        "<w:tbl><w:tr>" + "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Action", "Owner")) + "</w:tr><w:tr>"
    )
    table += "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Send plan", "Bo")) + "</w:tr></w:tbl>"
    found = transcript(
        WordDocument(), document(paragraph("Weekly", "Heading1") + paragraph("Date: 18 Nov 2026") + table)
    )
    assert (found.title, found.held_on, found.notes) == ("Weekly", date(2026, 11, 18), True)
    assert [(u.line, u.text, u.heading) for u in found.utterances][-1] == (4, "Send plan | Bo", "Weekly")


def test_word_transcript_is_speech_when_paragraphs_begin_turns():
    body = paragraph("Meeting") + paragraph("Ana Bo   0:03\nHello all") + paragraph("Jane Doe   0:09\nWe slip")
    found = transcript(WordDocument(), document(body))
    assert [(u.line, u.speaker, u.text, u.start) for u in found.utterances] == [
        (2, "Ana Bo", "Hello all", 3.0),
        (3, "Jane Doe", "We slip", 9.0),
    ]


def test_word_keeps_insertions_and_drops_deletions_when_changes_are_tracked():
    body = "<w:p><w:ins><w:r><w:t>kept</w:t></w:r></w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
    assert transcript(WordDocument(), document(body)).utterances[0].text == "kept"


def test_word_is_refused_when_it_declares_entities():
    hostile = document(paragraph("x")).replace(b"x", b"x")
    import io
    import zipfile

    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(hostile)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            archive.writestr(
                name, source.read(name).replace(b"<w:document", b'<!DOCTYPE a [<!ENTITY b "c">]><w:document', 1)
            )
    with pytest.raises(FileHostileError):
        transcript(WordDocument(), target.getvalue())
