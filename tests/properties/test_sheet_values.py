from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bywhen.intake.cues import cues_of
from bywhen.intake.dates import DateHabit, read_date
from bywhen.intake.effort import read_link, split_links
from bywhen.intake.numbers import decimal_mark_of, read_number

AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False, allow_infinity=False)
DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2069, 12, 31))
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@given(AMOUNTS)
def test_amount_is_read_exactly_when_it_is_written_in_english_or_german(amount):
    english = f"{amount:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert read_number(english) == amount
    assert read_number(german) == amount
    assert read_number(f"{german} €") == amount


@given(AMOUNTS)
def test_amount_is_read_exactly_when_it_is_negative_in_brackets_or_behind(amount):
    bare = f"{abs(amount):,.2f}"
    assert read_number(f"({bare})") == -abs(amount)
    assert read_number(f"{bare}-") == -abs(amount)


@given(st.lists(AMOUNTS, min_size=1, max_size=20))
def test_decimal_mark_is_proved_when_amounts_carry_cents(amounts):
    assert decimal_mark_of([f"{amount:.2f}".replace(".", ",") for amount in amounts]) == ","
    assert decimal_mark_of([f"{amount:,.2f}" for amount in amounts]) == "."


@given(st.text(max_size=40))
def test_number_reading_never_raises_when_the_text_is_anything(text):
    assert read_number(text) is None or isinstance(read_number(text), Decimal)


@given(DAYS)
def test_date_is_read_back_when_it_is_written_without_doubt(day):
    for text in (
        day.isoformat(),
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        f"{MONTHS[day.month - 1]} {day.day}, {day.year}",
        f"{day:%Y%m%d}",
    ):
        assert read_date(text) == datetime(day.year, day.month, day.day), text


@given(DAYS)
def test_date_is_never_guessed_when_two_days_are_possible(day):
    text = f"{day.day}/{day.month}/{day.year}"
    found = read_date(text)
    assert found is None or found.date() == day
    assert read_date(text, DateHabit("DMY")) == datetime(day.year, day.month, day.day)


@given(st.text(max_size=40))
def test_date_reading_never_raises_when_the_text_is_anything(text):
    assert read_date(text) is None or isinstance(read_date(text), datetime)


@given(st.text(max_size=40))
def test_link_reading_never_raises_when_the_text_is_anything(text):
    for part in split_links(text):
        assert read_link(part).ref


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12).filter(
    lambda text: ":" not in text and "-->" not in text and "{" not in text
)
NAMES = st.from_regex(r"[A-Z][a-z]{1,8} [A-Z][a-z]{1,8}", fullmatch=True)


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@given(st.lists(st.tuples(NAMES, st.lists(WORDS, min_size=1, max_size=6)), min_size=1, max_size=20))
def test_cues_are_read_back_when_they_are_written_as_webvtt(said):
    cues = [
        f"{n}\n00:{n:02d}.000 --> 00:{n:02d}.500\n<v {name}>{escaped(' '.join(words))}</v>\n"
        for n, (name, words) in enumerate(said, start=1)
    ]
    found = cues_of("WEBVTT\n\n" + "\n".join(cues))
    assert [(u.line, u.speaker, u.text) for u in found.utterances] == [
        (n, name, " ".join(words)) for n, (name, words) in enumerate(said, start=1)
    ]
    assert not found.skipped


@given(st.text(max_size=400))
def test_cue_reading_never_raises_when_the_text_is_anything(text):
    found = cues_of("WEBVTT\n\n" + text)
    assert all(utterance.line >= 1 for utterance in found.utterances)
