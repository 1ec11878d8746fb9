import pytest

from bywhen.intake.text import decoded, encoding_of, lines_of
from bywhen.kernel.errors import FileMalformedError
from factories.format_samples import blob


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_text_is_decoded_when_its_encoding_is_a_usual_one(encoding):
    text = "Prüfung der Maße, zweimal"
    assert decoded(blob(text.encode(encoding))).text.lstrip("\ufeff") == text


def test_guess_is_told_when_only_the_old_code_page_fits():
    assert decoded(blob(b"Pr\xfcfung")).guessed
    assert encoding_of("ü".encode()[:1], cut=True) == "utf-8"


def test_place_is_named_when_null_characters_stand_in_the_text():
    with pytest.raises(FileMalformedError, match="line 2"):
        decoded(blob(b"a long first line\nb\x00c\n"))


def test_lines_count_as_an_editor_counts_them_when_ends_are_mixed():
    assert lines_of("a\r\nb\rc\nd\u2028e") == ["a", "b", "c", "d\u2028e"]
