from __future__ import annotations

import pytest

from bywhen.intake import child
from bywhen.intake.confined import read_confined
from bywhen.intake.port import ReadOptions
from bywhen.intake.reading import blob_from, read_blob
from bywhen.kernel.errors import FileMalformedError, FileTooLargeError
from contracts.formats.samples import small_export


def test_reading_is_the_same_when_confined():
    blob = blob_from("export.xer", small_export())
    assert read_confined("primavera", blob, ReadOptions()) == read_blob(blob)


def test_refusal_crosses_the_border_when_confined():
    with pytest.raises(FileMalformedError, match=r"^bad\.xer, line 1: it does not begin with ERMHDR\. ") as refused:
        read_confined("primavera", blob_from("bad.xer", b"nothing"), ReadOptions())
    assert (refused.value.file, refused.value.place) == ("bad.xer", "line 1")


def test_child_is_ended_when_its_processor_time_is_used_up(tmp_path, monkeypatch):
    (tmp_path / "spinning.py").write_text(
        "from bywhen.intake.child import limit_cpu\n\ndef main():\n    limit_cpu(1)\n    while True:\n        pass\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(FileTooLargeError, match="slow"):
        child.run_child("spinning", file="slow")
