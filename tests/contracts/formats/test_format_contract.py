"""What every registered format must hold to, whatever it reads."""

from __future__ import annotations

import time

import pytest
from contracts.formats.hostile import BILLION_LAUGHS, EXTERNAL_ENTITY, archive_bomb
from contracts.formats.samples import JAVA, SAMPLES, Sample

from bywhen.intake.archive import is_archive
from bywhen.intake.port import KINDS, Reading, ReadOptions
from bywhen.intake.reading import blob_from, format_of, read_blob
from bywhen.intake.registry import formats
from bywhen.kernel.errors import FileHostileError, FileMalformedError, FileTooLargeError, InputRefusedError
from bywhen.kernel.plan import Plan
from bywhen.kernel.transcript import Transcript

READ_SECONDS = 10
OPTIONS = ReadOptions()


def cases(*, readable: bool = False, java: bool = True):
    return list(_cases(readable=readable, java=java))


def _cases(*, readable: bool, java: bool):
    for name, samples in SAMPLES.items():
        for sample in samples:
            if (sample.readable or not readable) and (java or name not in JAVA):
                marks = [pytest.mark.java] if name in JAVA and readable else []
                yield pytest.param(name, sample, id=f"{name}-{sample.name}", marks=marks)


def records(reading: Reading) -> int:
    payload = reading.payload
    if isinstance(payload, Plan):
        return len(payload.tasks)
    if isinstance(payload, Transcript):
        return len(payload.utterances)
    return len(payload)


def test_each_format_has_samples_when_registered():
    assert {each.name for each in formats()} == set(SAMPLES)


@pytest.mark.parametrize("each", formats(), ids=lambda each: each.name)
def test_format_describes_itself_when_registered(each):
    assert each.title
    assert each.kinds
    assert set(each.kinds) <= set(KINDS)


@pytest.mark.parametrize(("name", "sample"), cases())
def test_format_recognises_its_own_content_only_when_asked(name, sample: Sample):
    blob = blob_from("no-name", sample.data)
    scores = {each.name: each.recognises(blob) for each in formats()}
    own = scores.pop(name)
    assert 0 < own <= 1
    assert max(scores.values()) < own, scores


@pytest.mark.parametrize("data", [b"", b"\x00" * 4096, b"\xff\xfe", b"<", b"PK\x03\x04"], ids=repr)
@pytest.mark.parametrize("each", formats(), ids=lambda each: each.name)
def test_recognising_never_raises_when_content_is_odd(each, data):
    assert 0 <= each.recognises(blob_from("odd", data)) <= 1


@pytest.mark.parametrize(("name", "sample"), cases(readable=True))
def test_records_are_all_accounted_for_when_read(name, sample: Sample):
    for reading in read_blob(blob_from(sample.name, sample.data)):
        assert reading.format == name
        assert reading.kind in KINDS
        assert reading.read == records(reading) + len(reading.skipped)
        assert records(reading) > 0


@pytest.mark.parametrize(("name", "sample"), cases(readable=True, java=False))
def test_truncated_content_is_read_or_refused_when_cut_in_64_places(name, sample: Sample):
    found = next(each for each in formats() if each.name == name)
    for part in range(64):
        blob = blob_from(sample.name, sample.data[: len(sample.data) * part // 64])
        try:
            readings = found.read(blob, OPTIONS)
        except InputRefusedError as refused:
            assert sample.name in str(refused)
        else:
            assert all(each.read == records(each) + len(each.skipped) for each in readings)


@pytest.mark.java
@pytest.mark.parametrize(("name", "sample"), [(n, s) for n in sorted(JAVA & set(SAMPLES)) for s in SAMPLES[n]])
def test_truncated_content_is_refused_when_java_reads_it(name, sample: Sample):
    found = next(each for each in formats() if each.name == name)
    with pytest.raises(FileMalformedError, match=sample.name):
        found.read(blob_from(sample.name, sample.data[: len(sample.data) // 2]), OPTIONS)


@pytest.mark.parametrize("template", [EXTERNAL_ENTITY, BILLION_LAUGHS], ids=["external", "laughs"])
@pytest.mark.parametrize("root", ['Project xmlns="http://schemas.microsoft.com/project"', "APIBusinessObjects"])
def test_entities_are_refused_when_xml_declares_them(root, template):
    blob = blob_from("evil.xml", template.replace("ROOT", root.split()[0]).replace("OPEN", root).encode())
    with pytest.raises(FileHostileError, match=r"evil\.xml"):
        read_blob(blob)


ARCHIVES = [(n, each) for n, samples in SAMPLES.items() for each in samples if is_archive(blob_from(n, each.data))]


@pytest.mark.parametrize(("name", "sample"), ARCHIVES)
def test_bomb_is_refused_when_packed_into_an_archive(name, sample: Sample):
    bomb = blob_from("bomb", archive_bomb(sample.data))
    begin = time.process_time()
    with pytest.raises((FileTooLargeError, FileHostileError, FileMalformedError), match="bomb"):
        read_blob(bomb)
    assert time.process_time() - begin < READ_SECONDS


def test_third_party_content_is_refused_when_no_format_knows_it():
    with pytest.raises(InputRefusedError, match=r"riddle\.bin"):
        format_of(blob_from("riddle.bin", bytes(range(256)) * 16))
