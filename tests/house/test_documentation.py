"""Documentation is part of the change: every verb and setting has its entry, and every duty its how-to where it is done."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from bywhen.shell.cli import VERBS
from bywhen.shell.settings.environment import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = runpy.run_path(str(ROOT / "scripts" / "reference_pages.py"))


@pytest.mark.parametrize("name", REFERENCE["PAGES"])
def test_reference_pages_say_what_the_code_does(name):
    page = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert page == REFERENCE["PAGES"][name](), "run: python scripts/reference_pages.py"


def test_every_verb_stands_on_its_page():
    page = REFERENCE["command_line"]()
    assert [verb for verb in VERBS if f"`bywhen {verb}`" not in page] == []


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_one_sentence_of_help(verb):
    assert VERBS[verb][2].endswith(".")


def test_every_setting_that_the_code_reads_is_listed():
    files = (ROOT / "src" / "bywhen").rglob("*.py")
    read = {name for path in files for name in re.findall(r"\bBYWHEN_[A-Z_]+\b", path.read_text(encoding="utf-8"))}
    assert read <= {setting.name for setting in SETTINGS}
