"""Zip archives (xlsx, docx, pptx, ods) opened safely: real bytes are counted, never the declared sizes.

What does not live here: what the members mean (``formats/``).
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from bywhen.intake import limits
from bywhen.intake.port import Blob
from bywhen.kernel.errors import FileHostileError, FileMalformedError, FileTooLargeError, InputRefusedError

_CHUNK = 256 * 1024
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError, KeyError)


def is_archive(blob: Blob) -> bool:
    """Whether the content begins like a zip archive."""
    return blob.data[:4] in (b"PK\x03\x04", b"PK\x05\x06")


class SafeZip:
    """An archive whose members are handed out only within the limits; get one from :func:`open_archive`."""

    def __init__(self, blob: Blob, inner: zipfile.ZipFile) -> None:
        self.file = blob.name
        self._inner = inner
        self._left = limits.INFLATED_BYTES
        self._members = {info.filename: info for info in inner.infolist() if not info.is_dir()}

    @property
    def names(self) -> tuple[str, ...]:
        """The members' names, in the archive's order, folders left out."""
        return tuple(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str, *, limit: int = limits.INFLATED_BYTES) -> bytes:
        """The bytes of one member, at most ``limit``.

        Raises:
            FileMalformedError: when the member is missing or broken.
            FileTooLargeError: when it inflates beyond ``limit``, or all reads together beyond the archive's limit.
        """
        return b"".join(self.chunks(name, limit=limit))

    def chunks(self, name: str, *, limit: int = limits.INFLATED_BYTES) -> Iterator[bytes]:
        """The same bytes piece by piece, for members that need not stand in memory whole."""
        info = self._members.get(name)
        if info is None:
            raise FileMalformedError("the archive lacks this part", file=self.file, place=name, remedy="Save it again.")
        room = limit
        try:
            with self._inner.open(info) as member:
                while chunk := member.read(_CHUNK):
                    room -= len(chunk)
                    self._left -= len(chunk)
                    if min(room, self._left) < 0:
                        raise _too_large(self.file, name)
                    yield chunk
        except InputRefusedError:
            raise
        except _BROKEN as error:
            raise _broken(self.file, name) from error


def open_archive(blob: Blob) -> SafeZip:
    """Open a zip archive after checking it: number of members, names, encryption, overlap.

    Raises:
        FileMalformedError: when it is no zip archive, or a broken one.
        FileHostileError: when a member's name leaves the archive, members overlap, or it is encrypted.
        FileTooLargeError: with more members than :data:`~bywhen.intake.limits.ARCHIVE_MEMBERS`.
    """
    try:
        inner = zipfile.ZipFile(io.BytesIO(blob.data))
        infos = inner.infolist()
    except _BROKEN as error:
        raise _broken(blob.name, "") from error
    limits.within(len(infos), limits.ARCHIVE_MEMBERS, "archive members", file=blob.name)
    for info in infos:
        _check_member(info, blob.name)
    _check_overlap(infos, blob.name)
    return SafeZip(blob, inner)


def checked_archive(blob: Blob) -> SafeZip:
    """:func:`open_archive`, and every member really inflated once: for readers that open the bytes by themselves.

    Raises:
        InputRefusedError: as :func:`open_archive`, and FileTooLargeError when the members inflate beyond the limit.
    """
    inflated_bytes(blob)
    return open_archive(blob)


def inflated_bytes(blob: Blob) -> int:
    """How many bytes all members really inflate to.

    Raises:
        InputRefusedError: as :func:`checked_archive`.
    """
    archive = open_archive(blob)
    return sum(len(chunk) for name in archive.names for chunk in archive.chunks(name))


def _check_member(info: zipfile.ZipInfo, file: str) -> None:
    name = info.filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or (len(name) > 1 and name[1] == ":"):
        raise FileHostileError(
            "a member's name leaves the archive", file=file, place=repr(info.filename)[:80], remedy="Do not open it."
        )
    if info.flag_bits & 0x1:
        raise FileHostileError("it is encrypted", file=file, place=info.filename, remedy="Save it without a password.")


def _check_overlap(infos: list[zipfile.ZipInfo], file: str) -> None:
    """Overlapping members inflate the same bytes again and again."""
    end = 0
    for info in sorted(infos, key=lambda each: each.header_offset):
        if info.header_offset < end:
            raise FileHostileError("its members overlap", file=file, place=info.filename, remedy="Do not open it.")
        name = info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437", "replace")
        end = info.header_offset + 30 + len(name) + info.compress_size


def _too_large(file: str, name: str) -> FileTooLargeError:
    return FileTooLargeError(
        f"it inflates to more than {limits.INFLATED_BYTES // limits.MEBIBYTE} MB",
        file=file,
        place=name,
        remedy="Save it with fewer rows or pictures.",
    )


def _broken(file: str, name: str) -> FileMalformedError:
    return FileMalformedError(
        "the archive is broken or cut short", file=file, place=name, remedy="Save or send the file again."
    )
