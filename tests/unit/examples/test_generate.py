"""The committed folder is what the sources say, byte for byte."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("meridian")
    subprocess.run([sys.executable, EXAMPLES / "generate.py", "--out", out], check=True, capture_output=True)
    return out


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_writes_the_same_files_when_run_again(written: Path) -> None:
    assert names(written) == names(EXAMPLES / "meridian")


def test_writes_the_same_bytes_when_run_again(written: Path) -> None:
    differ = [
        name
        for name in sorted(names(written))
        if (written / name).read_bytes() != (EXAMPLES / "meridian" / name).read_bytes()
    ]
    assert not differ, f"run 'python examples/generate.py' and look at the difference: {differ}"


def test_stays_small_when_all_is_counted() -> None:
    files = [path for path in EXAMPLES.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert sum(path.stat().st_size for path in files) < 2_000_000
