"""The Meridian example as tests read it: the folder, its truths, its plans and sheets."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

from bywhen.intake.reading import read_file
from bywhen.kernel.transcript import Transcript, Utterance

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FOLDER = EXAMPLES / "meridian"
TRUTHS: dict[str, Any] = tomllib.loads((EXAMPLES / "truths.toml").read_text(encoding="utf-8"))


@cache
def payload(name: str) -> Any:
    """What one file of the folder says: a plan, or a tuple of rows."""
    (reading,) = read_file(FOLDER / name)
    assert not reading.skipped
    return reading.payload


def raid(identity: str) -> Any:
    """The row of the RAID log with this id."""
    return next(row for row in payload("raid.xlsx") if row.id == identity)


def spoken(name: str) -> Transcript:
    """A Teams transcript of the folder, read here by one regular expression so that truths need no reader."""
    blocks = (FOLDER / name).read_text(encoding="utf-8").strip().split("\n\n")[1:]
    voices = (re.fullmatch(r"<v ([^>]*)>(.*)</v>", block.split("\n", 2)[2]) for block in blocks)
    told = [Utterance(line, unescape(voice[2]), voice[1]) for line, voice in enumerate(voices, start=1) if voice]
    assert len(told) == len(blocks)
    return Transcript(name, tuple(told))


def cues(name: str) -> list[str]:
    """The text of each cue of a Teams transcript; cue 1 first."""
    return [utterance.text for utterance in spoken(name).utterances]
