import pytest

from bywhen.meetings.engine.titles import title_from_name


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("2026-11-11-weekly-sync.vtt", "Weekly sync"),
        ("a/b\\c/Steering committee.docx", "Steering committee"),
        ("call_with_vendor_18-11-2026.txt", "Call with vendor"),
        ("2026-11-18 0930 stand-up.srt", "Stand up"),
        ("sprint 12 review.md", "Sprint 12 review"),
        ("20261118.vtt", "Meeting"),
        (".vtt", "Vtt"),
        ("", "Meeting"),
    ],
)
def test_title_is_readable_when_only_the_file_name_is_known(name, title):
    assert title_from_name(name) == title
