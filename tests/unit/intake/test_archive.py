from __future__ import annotations

import io
import zipfile

import pytest

from bywhen.intake import limits
from bywhen.intake.archive import checked_archive, open_archive
from bywhen.intake.reading import blob_from
from bywhen.kernel.errors import FileHostileError, FileMalformedError, FileTooLargeError


def packed(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


def test_member_is_read_when_it_is_there():
    assert open_archive(blob_from("a.zip", packed(one=b"1"))).read("one") == b"1"


def test_member_is_named_when_it_is_missing():
    with pytest.raises(FileMalformedError, match=r"a\.zip, two"):
        open_archive(blob_from("a.zip", packed(one=b"1"))).read("two")


def test_real_bytes_are_counted_when_all_members_inflate(monkeypatch):
    monkeypatch.setattr(limits, "INFLATED_BYTES", 1000)
    assert checked_archive(blob_from("a.zip", packed(one=b"x" * 500))).names == ("one",)
    with pytest.raises(FileTooLargeError, match=r"a\.zip, two"):
        checked_archive(blob_from("a.zip", packed(one=b"x" * 600, two=b"x" * 600)))


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "C:\\evil", "a/../../evil"])
def test_name_is_refused_when_it_leaves_the_archive(name):
    with pytest.raises(FileHostileError):
        open_archive(blob_from("a.zip", packed(**{name: b""})))


def test_archive_is_refused_when_it_is_cut_short():
    with pytest.raises(FileMalformedError, match=r"a\.zip"):
        open_archive(blob_from("a.zip", packed(one=b"1")[:-10]))


def test_archive_is_refused_when_it_has_too_many_members(monkeypatch):
    monkeypatch.setattr(limits, "ARCHIVE_MEMBERS", 1)
    with pytest.raises(FileTooLargeError, match="2 archive members"):
        open_archive(blob_from("a.zip", packed(one=b"", two=b"")))
