from __future__ import annotations

import time
from datetime import date

import pytest

from bywhen.intake.port import KINDS, ReadOptions
from bywhen.intake.reading import format_of, read_blob
from bywhen.intake.registry import format_named, formats
from bywhen.kernel.errors import InputRefusedError
from bywhen.kernel.plan import Plan
from bywhen.kernel.transcript import Transcript
from factories.format_samples import SAMPLES, blob

OPTIONS = ReadOptions(today=date(2026, 11, 22))


def records(payload):
    if isinstance(payload, Plan):
        return len(payload.tasks)
    return len(payload.utterances) if isinstance(payload, Transcript) else len(payload)


def outcome(name, content):
    """The refusal's sentence, or '' when readings came that keep the law; anything else fails the test."""
    try:
        readings = format_named(name).read(content, OPTIONS)
    except InputRefusedError as refused:
        return str(refused)
    return "" if all(each.read == records(each.payload) + len(each.skipped) for each in readings) else "law broken"


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_format_is_recognised_by_content_when_the_name_says_nothing(name):
    assert format_of(blob(SAMPLES[name])).name == name


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_reading_keeps_the_law_when_the_sample_is_read(name):
    readings = read_blob(blob(SAMPLES[name]), OPTIONS)
    assert readings
    for reading in readings:
        assert reading.kind in KINDS
        assert reading.kind in format_named(name).kinds
        assert reading.read == records(reading.payload) + len(reading.skipped)
        assert records(reading.payload) > 0


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_reading_is_the_same_when_it_is_read_twice(name):
    assert read_blob(blob(SAMPLES[name]), OPTIONS) == read_blob(blob(SAMPLES[name]), OPTIONS)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_reading_or_one_refusal_comes_when_the_sample_is_cut(name):
    data = SAMPLES[name]
    began = time.process_time()
    for step in range(64):
        said = outcome(name, blob(data[: len(data) * step // 64], "cut-file"))
        assert said == "" or ("cut-file" in said and "\n" not in said)
    assert time.process_time() - began < 10


@pytest.mark.parametrize("name", [each.name for each in formats()])
def test_recognition_never_raises_when_the_content_is_noise(name):
    noise = (
        b"",
        b"\x00" * 100,
        b"\xff\xfe\x00",
        b"PK\x03\x04garbage",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"<x",
        b"{}",
        b"\xef\xbb\xbf",
    )
    for data in noise:
        assert 0.0 <= format_named(name).recognises(blob(data)) <= 1.0


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_null_bytes_end_in_a_refusal_or_a_reading_when_they_are_planted(name):
    data = SAMPLES[name]
    spoiled = blob(data[: len(data) // 2] + b"\x00" * 7 + data[len(data) // 2 :], "spoiled-file")
    assert outcome(name, spoiled) == "" or "spoiled-file" in outcome(name, spoiled)
