"""What import contracts cannot show: the rules that keep the house pleasant to live in."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "bywhen"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
CATCH_ALL = {"utils", "helpers", "common", "manager", "misc"}
PURE_DOORS = {"engine", "kinds", "rules", "lint"}
READS_WEIGHTS = "meetings/engine/scoring.py"
"""The one engine module that reads a file: its own packaged weights."""


def _inside(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def _calls(tree: ast.AST) -> set[str]:
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


def test_packages_have_empty_init_files():
    full = [_inside(path) for path in SOURCE.rglob("__init__.py") if path.read_text(encoding="utf-8").strip()]
    assert full == []


def test_only_the_clock_reads_the_time():
    readers = {"datetime.now", "date.today", "datetime.today", "datetime.utcnow", "time.time", "timezone.now"}
    guilty = {
        _inside(path): sorted(found)
        for path in MODULES
        if _inside(path) != "kernel/clock.py"
        and (found := _calls(ast.parse(path.read_text(encoding="utf-8"))) & readers)
    }
    assert guilty == {}


def test_engines_open_no_files():
    openers = {"open", "Path", "read_text", "read_bytes"}
    guilty = [
        _inside(path)
        for path in MODULES
        if PURE_DOORS & set(path.relative_to(SOURCE).parts[:-1])
        and _inside(path) != READS_WEIGHTS
        and openers & {call.rpartition(".")[2] for call in _calls(ast.parse(path.read_text(encoding="utf-8")))}
    ]
    assert guilty == []


def test_no_module_is_a_catch_all():
    assert [_inside(path) for path in MODULES if path.stem in CATCH_ALL] == []


def test_every_module_says_what_lives_in_it():
    silent = [
        _inside(path)
        for path in MODULES
        if path.name != "__init__.py" and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


@pytest.mark.parametrize("pattern", [r"#.*\bTODO\b", r"#.*\bFIXME\b", r"#.*\bXXX\b"])
def test_nothing_is_left_for_later_in_the_code(pattern):
    guilty = [_inside(path) for path in MODULES if re.search(pattern, path.read_text(encoding="utf-8"))]
    assert guilty == []


def test_templates_carry_no_inline_script_or_style():
    inline = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|\sstyle=\"|\son[a-z]+=\"", re.IGNORECASE)
    guilty = [
        _inside(path) for path in SOURCE.rglob("templates/**/*.html") if inline.search(path.read_text(encoding="utf-8"))
    ]
    assert guilty == []


def test_nothing_committed_names_this_machine():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    if not listed:
        pytest.skip("not a git checkout")
    machine = re.compile(r"(?<![\w./-])/(?:work|home|root|Users)/[A-Za-z.]")
    guilty = []
    for name in listed.split("\0"):
        path = ROOT / name
        if (
            name
            and path.is_file()
            and path.suffix in {".py", ".md", ".toml", ".txt", ".json", ".html", ".js", ".css", ".cfg", ".ini", ""}
        ):
            text = path.read_text(encoding="utf-8", errors="replace")
            guilty += [name] if machine.search(text) else []
    assert guilty == []
