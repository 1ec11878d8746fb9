"""Recordings: written down by a speech recogniser on this machine, when there is one; nothing is ever sent away.

``BYWHEN_SPEECH_MODEL`` names the folder of a model: of faster-whisper (it holds ``model.bin``) or of Vosk (it holds
``am``; then the recording must be WAV, 16 bit, mono). Vosk is the extra ``bywhen[audio]``; faster-whisper
is installed by itself. Every call made here was compared with the signatures, results and errors of faster-whisper
1.2.1 and Vosk 0.3.45 as installed; the tests stand on the same calls, without a model.
"""

from __future__ import annotations

import importlib
import io
import json
import os
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bywhen.intake.port import Blob, Reading, ReadOptions
from bywhen.kernel.errors import ExtraMissingError, FileMalformedError, FileMissingError, InputRefusedError
from bywhen.kernel.transcript import Transcript, Utterance

MODEL = "BYWHEN_SPEECH_MODEL"
_STARTS = (b"ID3", b"OggS", b"fLaC", b"#!AMR", b"\x1aE\xdf\xa3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xf1")
_FRAMES = 4000
_HOW_ELSE = (
    "Let the meeting tool write a transcript (Teams, Zoom and Meet offer WebVTT) and take that in, or install"
    " 'bywhen[audio]' and name a speech model's folder in BYWHEN_SPEECH_MODEL."
)


class Recording:
    """A recording of a meeting; an utterance is what the recogniser heard in one go, without its speaker."""

    name = "recording"
    title = "Recordings (WAV, MP3, M4A, Ogg, FLAC, WebM), with a local speech model"
    kinds = ("transcript",)
    self_bounded = True  # recognising takes as long as it takes; the model runs on this machine, on what was sent here

    def recognises(self, blob: Blob) -> float:
        """By the first bytes of its container."""
        head = blob.data[:12]
        wav = head[:4] == b"RIFF" and head[8:12] == b"WAVE"
        return 0.95 if wav or head[4:8] == b"ftyp" or head.startswith(_STARTS) else 0.0

    def read(self, blob: Blob, options: ReadOptions) -> tuple[Reading, ...]:  # noqa: ARG002 - the port's shape
        """What was said, with times in seconds.

        Raises:
            InputRefusedError: when no model is set; the sentence says how to get a transcript.
            FileMissingError: when there is no model where the setting points.
            ExtraMissingError: when the model's recogniser is not installed.
            FileMalformedError: when the model cannot be loaded, the recording not be decoded, or nobody speaks in it.
        """
        folder = os.environ.get(MODEL, "").strip()
        if not folder:
            raise InputRefusedError("this is a recording, and no speech model is set", file=blob.name, remedy=_HOW_ELSE)
        model = Path(folder)
        if not model.is_dir():
            raise FileMissingError(folder)
        heard = _whisper(blob, model) if (model / "model.bin").is_file() else _vosk(blob, model)
        said = [(text.strip(), start, end) for text, start, end in heard if text.strip()]
        if not said:
            raise FileMalformedError("nobody speaks in it", file=blob.name, remedy="Check the recording's sound.")
        utterances = tuple(
            Utterance(line=number, text=text, start=start, end=end) for number, (text, start, end) in enumerate(said, 1)
        )
        reading = Reading("transcript", self.name, Transcript(title="", utterances=utterances), len(utterances))
        return (reading,)


def _whisper(blob: Blob, model: Path) -> Iterator[tuple[str, float, float]]:
    recogniser = _installed("faster_whisper", blob)
    loaded = _loaded(
        model,
        lambda: recogniser.WhisperModel(str(model), device="cpu", compute_type="int8", local_files_only=True),
    )
    try:
        segments, _ = loaded.transcribe(io.BytesIO(blob.data), vad_filter=True)
        for segment in segments:
            yield segment.text, float(segment.start), float(segment.end)
    except (RuntimeError, ValueError, OSError) as error:
        raise _undecodable(blob, error) from error


def _vosk(blob: Blob, model: Path) -> Iterator[tuple[str, float, float]]:
    recogniser = _installed("vosk", blob)
    recogniser.SetLogLevel(-1)  # it tells its loading at length, and its errors we tell ourselves
    loaded = _loaded(model, lambda: recogniser.Model(str(model)))
    try:
        with wave.open(io.BytesIO(blob.data)) as sound:
            if (sound.getnchannels(), sound.getsampwidth()) != (1, 2):
                raise FileMalformedError(
                    "the speech model needs WAV in 16 bit, mono",
                    file=blob.name,
                    remedy="Convert it, for example to 16 kHz mono WAV.",
                )
            listener = recogniser.KaldiRecognizer(loaded, sound.getframerate())
            listener.SetWords(True)
            while frames := sound.readframes(_FRAMES):
                if listener.AcceptWaveform(frames):
                    yield from _heard(listener.Result())
            yield from _heard(listener.FinalResult())
    except (wave.Error, EOFError) as error:
        raise _undecodable(blob, error) from error


def _heard(result: str) -> Iterator[tuple[str, float, float]]:
    told = json.loads(result)
    words = told.get("result") or []
    if words:
        yield told["text"], float(words[0]["start"]), float(words[-1]["end"])


def _installed(module: str, blob: Blob) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError:
        if module == "faster_whisper":  # far larger than all of ByWhen: whoever has such a model brings it along
            raise InputRefusedError(
                "the speech model is one of faster-whisper, which is not installed",
                file=blob.name,
                remedy="Install it with: pip install faster-whisper",
            ) from None
        raise ExtraMissingError("audio", needed_for="writing down a recording", file=blob.name) from None


def _loaded(folder: Path, load: Callable[[], Any]) -> Any:
    """The model. Vosk raises a bare exception for a folder that holds none, so that nothing narrower would do."""
    try:
        return load()
    except Exception as error:
        raise FileMalformedError(
            f"the speech model cannot be loaded ({' '.join(str(error).split())[:120]})",
            file=folder.name,
            remedy="Unpack the model again, and let BYWHEN_SPEECH_MODEL name its folder.",
        ) from error


def _undecodable(blob: Blob, error: Exception) -> FileMalformedError:
    return FileMalformedError(
        f"the recording cannot be decoded ({' '.join(str(error).split())[:120]})",
        file=blob.name,
        remedy="Save it as WAV, 16 bit, mono, or take in a transcript.",
    )
