"""The formats that can be read: the built-in ones as a list that can be searched, third parties' by entry point.

A new format is one file under ``formats/`` and one line here. The classes are named by path, so that nothing is
imported before content has to be judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module

from bywhen.intake.port import Format

BUILT_IN: tuple[str, ...] = (
    "bywhen.intake.formats.msproject:MicrosoftProjectXml",
    "bywhen.intake.formats.mpp:MicrosoftProjectFile",
    "bywhen.intake.formats.primavera:PrimaveraExport",
    "bywhen.intake.formats.pmxml:PrimaveraXml",
    "bywhen.intake.formats.ganttproject:GanttProject",
    "bywhen.intake.formats.otherplans:OtherPlans",
    "bywhen.intake.formats.spreadsheet:Spreadsheet",
    "bywhen.intake.formats.delimited:Delimited",
    "bywhen.intake.formats.audio:Recording",
    "bywhen.intake.formats.vtt:WebVtt",
    "bywhen.intake.formats.subrip:SubRip",
    "bywhen.intake.formats.icalendar_file:ICalendar",
    "bywhen.intake.formats.speech_text:SpeechText",
    "bywhen.intake.formats.word:WordDocument",
    "bywhen.intake.formats.markdown:Markdown",
    "bywhen.intake.formats.plain:PlainNotes",
)
ENTRY_POINTS = "bywhen.formats"


def formats() -> tuple[Format, ...]:
    """Every registered format: built-ins first, then third parties' in the order of their names."""
    return tuple(formats_in_turn())


def formats_in_turn() -> Iterator[Format]:
    """The same, each imported only when it is come to: whoever has found what was looked for stops."""
    yield from map(_loaded, BUILT_IN)
    yield from _of_third_parties()


def format_named(name: str) -> Format:
    """The format registered as ``name``.

    Raises:
        LookupError: when there is none.
    """
    for each in formats_in_turn():
        if each.name == name:
            return each
    raise LookupError(name)


@cache
def _of_third_parties() -> tuple[Format, ...]:
    from importlib.metadata import entry_points  # noqa: PLC0415 - costs a tenth of a short run, and is seldom needed

    return tuple(point.load()() for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda each: each.name))


@cache
def _loaded(path: str) -> Format:
    module, _, name = path.partition(":")
    loaded: Format = getattr(import_module(module), name)()
    return loaded
