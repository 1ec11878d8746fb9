"""Recordings: known by their bytes; refused with a way out; read through either recogniser where one is set."""

from __future__ import annotations

import io
import json
import sys
import types
import wave

import pytest

from bywhen.intake.reading import blob_from, format_of, read_blob
from bywhen.kernel.errors import FileMalformedError, FileMissingError, InputRefusedError


def sound(channels=1, seconds=1):
    target = io.BytesIO()
    with wave.open(target, "wb") as made:
        made.setnchannels(channels)
        made.setsampwidth(2)
        made.setframerate(8000)
        made.writeframes(b"\x00\x00" * 8000 * channels * seconds)
    return target.getvalue()


@pytest.fixture
def model(tmp_path, monkeypatch):
    monkeypatch.setenv("BYWHEN_SPEECH_MODEL", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    "data",
    [
        sound(),
        b"ID3\x04rest",
        b"OggS rest",
        b"fLaC rest",
        b"\x00\x00\x00 ftypM4A ",
        b"\xff\xfb\x90\x64",
        b"\x1aE\xdf\xa3",
    ],
    ids=["wav", "mp3 with tags", "ogg", "flac", "m4a", "mp3", "webm"],
)
def test_recording_is_known_by_its_bytes_when_name_says_otherwise(data):
    assert format_of(blob_from("notes.txt", data)).name == "recording"


def test_refusal_says_how_to_get_a_transcript_when_no_model_is_set(monkeypatch):
    monkeypatch.delenv("BYWHEN_SPEECH_MODEL", raising=False)
    with pytest.raises(InputRefusedError, match=r"talk\.mp3: this is a recording") as refused:
        read_blob(blob_from("talk.mp3", b"ID3\x04rest"))

    assert "WebVTT" in str(refused.value)
    assert "bywhen[audio]" in str(refused.value)


def test_refusal_names_the_folder_when_the_model_is_gone(monkeypatch, tmp_path):
    monkeypatch.setenv("BYWHEN_SPEECH_MODEL", str(tmp_path / "gone"))
    with pytest.raises(FileMissingError, match="gone"):
        read_blob(blob_from("talk.wav", sound()))


@pytest.mark.parametrize(
    ("module", "said"),
    [("faster_whisper", r"pip install faster-whisper"), ("vosk", r"pip install 'bywhen\[audio\]'")],
)
def test_refusal_says_what_to_install_when_the_recogniser_is_missing(module, said, model, monkeypatch):
    if module == "faster_whisper":
        (model / "model.bin").write_bytes(b"x")
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(InputRefusedError, match=said):
        read_blob(blob_from("talk.wav", sound()))


class Listener:
    """Hears one sentence at the end of the sound, with the interface of Vosk's recogniser."""

    def __init__(self, model, rate):
        self.rate, self.frames = rate, 0

    def SetWords(self, _on):  # noqa: N802 - Vosk's name
        self.words = True

    def AcceptWaveform(self, frames):  # noqa: N802 - Vosk's name
        self.frames += len(frames) // 2
        return False

    def FinalResult(self):  # noqa: N802 - Vosk's name
        end = self.frames / self.rate
        return json.dumps({"text": "we go live", "result": [{"start": 0.5, "end": 0.7}, {"start": 0.8, "end": end}]})


def test_vosk_gives_lines_with_seconds_when_it_hears_words(model, monkeypatch):
    vosk = types.SimpleNamespace(Model=lambda path: path, KaldiRecognizer=Listener, SetLogLevel=int)
    monkeypatch.setitem(sys.modules, "vosk", vosk)
    (reading,) = read_blob(blob_from("talk.wav", sound(seconds=2)))
    (said,) = reading.payload.utterances

    assert (said.line, said.text, said.start, said.end) == (1, "we go live", 0.5, 2.0)
    assert reading.read == 1


def test_vosk_says_what_to_convert_when_sound_is_stereo(model, monkeypatch):
    monkeypatch.setitem(
        sys.modules, "vosk", types.SimpleNamespace(Model=str, KaldiRecognizer=Listener, SetLogLevel=int)
    )
    with pytest.raises(FileMalformedError, match="16 bit, mono"):
        read_blob(blob_from("talk.wav", sound(channels=2)))
    with pytest.raises(FileMalformedError, match="cannot be decoded"):
        read_blob(blob_from("talk.mp3", b"ID3\x04rest"))


def whisper(segments):
    class WhisperModel:
        def __init__(self, path, *, device, compute_type, local_files_only):
            assert local_files_only, "a model is never fetched"

        def transcribe(self, sound, *, vad_filter):
            return iter(segments), None

    return types.SimpleNamespace(WhisperModel=WhisperModel)


def test_whisper_gives_a_line_a_segment_when_it_hears_words(model, monkeypatch):
    (model / "model.bin").write_bytes(b"x")
    said = [
        types.SimpleNamespace(text=" We go live. ", start=1, end=2),
        types.SimpleNamespace(text=" ", start=2, end=3),
    ]
    monkeypatch.setitem(sys.modules, "faster_whisper", whisper(said))
    (reading,) = read_blob(blob_from("talk.m4a", b"\x00\x00\x00 ftypM4A "))

    assert [(each.text, each.start) for each in reading.payload.utterances] == [("We go live.", 1.0)]


def test_refusal_comes_when_nobody_speaks(model, monkeypatch):
    (model / "model.bin").write_bytes(b"x")
    monkeypatch.setitem(sys.modules, "faster_whisper", whisper([]))
    with pytest.raises(FileMalformedError, match="nobody speaks in it"):
        read_blob(blob_from("talk.m4a", b"\x00\x00\x00 ftypM4A "))


def test_refusal_names_the_model_when_it_cannot_be_loaded(model, monkeypatch):
    def broken(_path):
        raise Exception("Failed to create a model")  # noqa: TRY002 - what Vosk raises

    monkeypatch.setitem(sys.modules, "vosk", types.SimpleNamespace(Model=broken, SetLogLevel=int))
    with pytest.raises(FileMalformedError, match=r"the speech model cannot be loaded \(Failed to create a model\)"):
        read_blob(blob_from("talk.wav", sound()))
