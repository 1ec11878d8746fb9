"""Reading a file: load it, find the format whose content it is, hand it over.

What does not live here: the formats (``formats/``), their list (:mod:`bywhen.intake.registry`).
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from bywhen.intake import limits
from bywhen.intake.mapping import options_for
from bywhen.intake.port import Blob, Format, Reading, ReadOptions
from bywhen.intake.registry import formats_in_turn
from bywhen.kernel.errors import FileMalformedError, FileMissingError, FormatUnknownError

_DEFAULT = ReadOptions()
_CERTAIN = 1.0
"""No later format can be surer: none of them is asked, or even imported."""


def blob_of(path: Path) -> Blob:
    """The file's bytes with its name and content hash.

    Raises:
        FileMissingError: when there is no such file.
        FileTooLargeError: when it is larger than any file that is read.
        FileMalformedError: when the system does not let it be read.
    """
    try:
        if not path.is_file():
            raise FileMissingError(str(path))
        limits.size_within(path.stat().st_size, file=path.name)
        return blob_from(path.name, path.read_bytes())
    except OSError as error:
        raise FileMalformedError(
            f"it cannot be read ({error.strerror})", file=str(path), remedy="Check its permissions."
        ) from error


def blob_from(name: str, data: bytes) -> Blob:
    """Bytes that did not come from the disk (an upload, an attachment), with their hash."""
    return Blob(name=name, data=data, sha256=hashlib.sha256(data).hexdigest())


def format_of(blob: Blob) -> Format:
    """The format that is surest of the content; the earlier one in the list on equal terms.

    Raises:
        FileMalformedError: when there is nothing in it.
        FormatUnknownError: when no format recognises it.
    """
    surest, best = 0.0, None
    for each in formats_in_turn():
        sure = each.recognises(blob)
        if sure > surest:
            surest, best = sure, each
        if surest >= _CERTAIN:
            break
    if not blob.data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise FileMalformedError("the file is empty", file=blob.name, remedy="Save or send it again.")
    if best is None:
        raise FormatUnknownError(blob.name)
    return best


def read_blob(blob: Blob, options: ReadOptions = _DEFAULT) -> tuple[Reading, ...]:
    """Read content that is in memory already; see :func:`read_file`."""
    limits.size_within(len(blob.data), file=blob.name)
    found = format_of(blob)
    if _needs_confinement(found, blob):
        from bywhen.intake.confined import read_confined  # noqa: PLC0415 - few files need another process

        return tuple(map(_doubted, read_confined(found.name, blob, options)))
    return tuple(map(_doubted, found.read(blob, options)))


def _doubted(reading: Reading) -> Reading:
    """The reading with what is doubtful in any plan, whatever format it came in."""
    if reading.kind != "plan":
        return reading
    from bywhen.intake.plandoubts import plan_doubts  # noqa: PLC0415 - whoever reads minutes need not load plans
    from bywhen.kernel.plan import Plan  # noqa: PLC0415 - the same

    if not isinstance(reading.payload, Plan):
        return reading
    known = {(each.rule, each.subject) for each in reading.findings}
    doubts = [each for each in plan_doubts(reading.payload) if (each.rule, each.subject) not in known]
    return replace(reading, findings=(*reading.findings, *doubts)) if doubts else reading


def read_file(path: Path, options: ReadOptions = _DEFAULT) -> tuple[Reading, ...]:
    """Read a file, whatever it is: one reading per part (a workbook may hold several). A column mapping beside it
    (``plan.mapping.toml`` for ``plan.xlsx``) counts where ``options`` say nothing.

    Raises:
        InputRefusedError: (a subclass) naming file, place and remedy; nothing is half read.
    """
    return read_blob(blob_of(path), options_for(path, options))


def read_plan(path: Path, options: ReadOptions = _DEFAULT) -> Reading:
    """Read a file that has to be a plan; the largest one when it holds several.

    Raises:
        FormatUnknownError: when it holds no plan.
        InputRefusedError: as :func:`read_file`.
    """
    plans = [each for each in read_file(path, options) if each.kind == "plan"]
    if not plans:
        raise FormatUnknownError(path.name, wanted="a project plan")
    return max(plans, key=lambda each: each.read)


def _needs_confinement(found: Format, blob: Blob) -> bool:
    """Formats that keep the limits by themselves say so by ``self_bounded``; all others are confined when large, or
    beyond their own ``confined_bytes`` where little content can cost much.
    """
    if getattr(found, "self_bounded", False):
        return False
    from bywhen.intake.archive import inflated_bytes, is_archive  # noqa: PLC0415 - most files are no archives

    size = inflated_bytes(blob) if is_archive(blob) else len(blob.data)
    return size > min(limits.CONFINED_BYTES, getattr(found, "confined_bytes", limits.CONFINED_BYTES))
