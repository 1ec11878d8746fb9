from hypothesis import given
from hypothesis import strategies as st

from bywhen.meetings.engine.marking import Part, marked


def test_marks_across_white_space_when_line_wraps():
    assert marked("we agreed\n to push", ["agreed to"]) == (
        Part("we ", False),
        Part("agreed\n to", True),
        Part(" push", False),
    )


def test_overlapping_quotes_become_one_when_two_items_cite_the_same_words():
    assert marked("a b c d", ["a b c", "b c d"]) == (Part("a b c d", True),)


def test_marks_nothing_when_quote_is_elsewhere():
    assert marked("Loud and clear.", ["(.*)", "", "unclear"]) == (Part("Loud and clear.", False),)


@given(st.text(max_size=40), st.lists(st.text(max_size=10), max_size=4))
def test_pieces_are_the_line_again_when_joined(text, quotes):
    assert "".join(part.text for part in marked(text, quotes)) == text
