"""Notes in many styles, read from the text of a file to items: what each must give, and what came.

The styles stand in ``meetings/styles.toml``; a line of outcome says what is missing, wrong or too much.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bywhen.intake.reading import blob_from, read_blob
from bywhen.kernel.evidence import quote_stands
from bywhen.kernel.tables import PersonRow
from bywhen.kernel.transcript import Transcript
from bywhen.kernel.worktime import WorkingTime
from bywhen.meetings.engine.extraction import extract
from bywhen.meetings.engine.items import Item
from bywhen.meetings.engine.projecttime import ProjectTime

FILE = Path(__file__).parent / "meetings" / "styles.toml"
MOST_EXTRA = 1


def styles() -> list[dict[str, Any]]:
    corpus = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return [{**style, "held_on": corpus["held_on"], "people": corpus["people"]} for style in corpus["style"]]


def items_of(style: dict[str, Any]) -> tuple[Transcript, tuple[Item, ...]]:
    """The transcript a style's text is read to, and its items."""
    readings = read_blob(blob_from(style["file"], style["text"].lstrip("\n").encode()))
    transcript = next(r.payload for r in readings if isinstance(r.payload, Transcript))
    people = [
        PersonRow(f"row {n}", name, handles=(handle,), role=role)
        for n, (name, role, handle) in enumerate(style["people"])
    ]
    time = ProjectTime(style["held_on"], WorkingTime.standard())
    return transcript, extract(transcript, time=time, people=people).items


def faults(style: dict[str, Any]) -> Iterator[str]:
    """What differs from what was wanted."""
    transcript, items = items_of(style)
    left = list(items)
    for kind, words, owner, due in style["wanted"]:
        item = next((i for i in left if i.kind.value == kind and words.casefold() in i.text.casefold()), None)
        if item is None:
            yield f"no {kind} {words!r}"
            continue
        left.remove(item)
        if owner not in ("*", item.owner) and not (owner and owner == f"{item.owner}?"):
            yield f"{words!r}: owner {item.owner!r}, wanted {owner!r}"
        on = item.due.isoformat() if item.due else ""
        if due not in ("*", on):
            yield f"{words!r}: due {on!r} ({item.due_text!r}), wanted {due!r}"
    for item in left[style.get("extra", MOST_EXTRA) :]:
        yield f"too much: {item.kind.value} {item.text!r} ({item.rule})"
    said = {u.line: u.text for u in transcript.utterances}
    yield from (
        f"not verbatim: {p.quote!r}" for i in items for p in i.evidence if not quote_stands(p.quote, said[p.line])
    )
