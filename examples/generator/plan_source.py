"""Reading the ``.plan`` sources: one task a line, the outline by indentation (the format is told in their first lines).

What does not live here: dates (:mod:`schedule`), file formats.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

from bywhen.kernel.durations import Duration, parse_duration
from bywhen.kernel.plan import LinkType

_LINK = re.compile(r"^(?P<id>[\w.]+)(?: (?P<type>FS|SS|FF|SF)?(?P<lag>[+-][\w.%]+)?)?$")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a ``.plan`` source. ``links`` are (id, type, lag); ``options`` what stands behind the last ``;``."""

    uid: int
    level: int
    name: str
    duration: Duration | None
    links: tuple[tuple[str, LinkType, Duration], ...]
    who: str
    options: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.options.get("id", f"#{self.uid}")

    @property
    def baseline_duration(self) -> Duration | None:
        return parse_duration(self.options["was"]) if "was" in self.options else self.duration


def read_steps(path: Path) -> tuple[Step, ...]:
    """The lines of one ``.plan`` file; uids count from 1 in the file's order."""
    lines = [
        line for line in path.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")
    ]
    return tuple(_step(uid, line) for uid, line in enumerate(lines, start=1))


def _step(uid: int, line: str) -> Step:
    level = 1 + (len(line) - len(line.lstrip())) // 2
    cells = [cell.strip() for cell in line.split(";")] + [""] * 4
    name, duration, links, who, options = cells[:5]
    pairs = (pair.partition("=") for pair in shlex.split(options))
    return Step(
        uid=uid,
        level=level,
        name=name,
        duration=parse_duration(duration) if duration else None,
        links=tuple(_link(text.strip()) for text in links.split(",") if text.strip()),
        who=who,
        options={key: value for key, _, value in pairs},
    )


def _link(text: str) -> tuple[str, LinkType, Duration]:
    found = _LINK.match(text)
    if found is None:
        raise ValueError(f"not a link: {text!r}")
    return found["id"], LinkType(found["type"] or "FS"), parse_duration(found["lag"] or "0d")
