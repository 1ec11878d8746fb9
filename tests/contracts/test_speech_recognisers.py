"""The speech recognisers as they are installed still take the calls that recordings are read with."""

from __future__ import annotations

import inspect
import io
import wave

import pytest

from bywhen.intake.reading import blob_from, read_blob
from bywhen.kernel.errors import FileMalformedError


def sound():
    told = io.BytesIO()
    with wave.open(told, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(16_000)
        made.writeframes(bytes(32_000))
    return told.getvalue()


def refusal(folder, monkeypatch):
    monkeypatch.setenv("BYWHEN_SPEECH_MODEL", str(folder))
    with pytest.raises(FileMalformedError) as refused:
        read_blob(blob_from("talk.wav", sound()))
    return str(refused.value)


def test_faster_whisper_takes_our_calls_when_it_is_installed(tmp_path, monkeypatch):
    module = pytest.importorskip("faster_whisper", reason="needs faster-whisper")
    made, heard = (inspect.signature(getattr(module.WhisperModel, name)) for name in ("__init__", "transcribe"))
    made.bind(None, "model", device="cpu", compute_type="int8", local_files_only=True)
    heard.bind(None, io.BytesIO(), vad_filter=True)
    segment = inspect.signature(module.transcribe.Segment).parameters
    (tmp_path / "model.bin").write_bytes(b"x")

    assert {"start", "end", "text"} <= set(segment)
    assert module.decode_audio(io.BytesIO(sound())).shape == (16_000,)
    with pytest.raises(ValueError, match="Invalid data"):
        module.decode_audio(io.BytesIO(b"no sound"))
    assert "the speech model cannot be loaded" in refusal(tmp_path, monkeypatch)


@pytest.mark.enable_socket  # it imports an HTTP client that looks at the machine's sockets; nothing is connected to
def test_vosk_takes_our_calls_when_it_is_installed(tmp_path, monkeypatch):
    module = pytest.importorskip("vosk", reason="needs the extra bywhen[audio]")
    inspect.signature(module.Model.__init__).bind(None, "model")
    inspect.signature(module.KaldiRecognizer.__init__).bind(None, None, 16_000)
    listens = {"SetWords", "AcceptWaveform", "Result", "FinalResult"}

    assert listens <= set(dir(module.KaldiRecognizer))
    assert "the speech model cannot be loaded (Failed to create a model)" in refusal(tmp_path, monkeypatch)
