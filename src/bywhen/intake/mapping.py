"""A person's own column mapping: a small TOML file beside the sheet.

::

    kind = "plan"
    date_order = "DMY"

    [columns]
    name = "Arbeitspaket"
    finish = "Liefertermin"

What does not live here: recognising headings (:mod:`bywhen.intake.headers`).
"""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from typing import Any

from bywhen.intake.port import KINDS, ReadOptions
from bywhen.kernel.errors import FileMalformedError, MappingWrongError

SUFFIX = ".mapping.toml"
_MAPPING_BYTES = 1024 * 1024
_NOTHING_SAID = ReadOptions()
_KEYS = ("kind", "date_order", "columns")


def mapping_path(file: Path) -> Path:
    """Where the mapping of ``file`` is looked for: the same folder, the same name without its ending.

    >>> mapping_path(Path("plans/wbs.xlsx")).name
    'wbs.mapping.toml'
    """
    return file.with_name(file.stem + SUFFIX)


def options_for(file: Path, options: ReadOptions = _NOTHING_SAID, *, today: date | None = None) -> ReadOptions:
    """The options for a file on disk: ``options`` with today's date, completed from the mapping file beside it.

    Raises:
        MappingWrongError: as :func:`options_mapped`.
        FileMalformedError: when the mapping file cannot be read.
    """
    known = dataclasses.replace(options, today=options.today or today)
    beside = mapping_path(file)
    if beside == file or not beside.is_file():
        return known
    try:
        text = beside.read_bytes()[:_MAPPING_BYTES].decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FileMalformedError(
            "the column mapping cannot be read", file=beside.name, remedy="Save it as UTF-8 text."
        ) from error
    return options_mapped(known, text, file=beside.name)


def options_mapped(options: ReadOptions, text: str, *, file: str) -> ReadOptions:
    """``options`` completed from the text of a mapping file; what the caller set already wins.

    Raises:
        MappingWrongError: when the text is no TOML, or holds a key, kind or order that does not exist.
    """
    import tomllib  # noqa: PLC0415 - most sheets have no mapping beside them

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingWrongError(
            f"it is not TOML ({error})", file=file, remedy='Write for example: [columns] name = "Task".'
        ) from error
    _check(table, file)
    columns = {str(name): str(heading) for name, heading in table.get("columns", {}).items()}
    return dataclasses.replace(
        options,
        kind=options.kind or table.get("kind", ""),
        date_order=options.date_order or str(table.get("date_order", "")).upper(),
        mapping={**columns, **options.mapping},
    )


def _check(table: dict[str, Any], file: str) -> None:
    from bywhen.intake.dates import ORDERS  # noqa: PLC0415 - most sheets have no mapping beside them

    for key in table:
        if key not in _KEYS:
            raise _wrong(f"the key '{key}' means nothing", f"Keys are: {', '.join(_KEYS)}.", file)
    kind, order, columns = table.get("kind", ""), table.get("date_order", ""), table.get("columns", {})
    if kind and kind not in KINDS:
        raise _wrong(f"'{kind}' is no kind of sheet", f"Kinds are: {', '.join(KINDS)}.", file)
    if order and str(order).upper() not in ORDERS:
        raise _wrong(f"'{order}' is no date order", f"Orders are: {', '.join(ORDERS)}.", file)
    if not isinstance(columns, dict) or not all(isinstance(heading, str) for heading in columns.values()):
        raise _wrong('[columns] has to be field = "heading" lines', 'Write for example: name = "Task".', file)


def _wrong(problem: str, remedy: str, file: str) -> MappingWrongError:
    return MappingWrongError(problem, file=file, remedy=remedy)
