"""Documentation is part of the change: every verb and setting has its entry, and every duty its how-to where it is done."""

from __future__ import annotations

import re
import runpy
import shlex
from pathlib import Path

import pytest

from bywhen.intake.registry import formats
from bywhen.shell.cli import VERBS, main
from bywhen.shell.settings.environment import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
REFERENCE = runpy.run_path(str(ROOT / "scripts" / "reference_pages.py"))
FRONT = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")]
DECISIONS = sorted(path for path in (DOCS / "adr").glob("*.md") if path.stem != "index")
DUTY = re.compile(
    r"^\| (\d+) \| [^|]+ \| (done|partly|not yet) \| [^|]* \| [^|]* \| (?:\[how\]\(\.\./how-to/([a-z-]+)\.md\))?[^|]*\|$",
    re.MULTILINE,
)
LINKED = re.compile(r"\]\(\.\./how-to/([a-z-]+)\.md\)")
DUTIES = DUTY.findall((DOCS / "reference" / "duties.md").read_text(encoding="utf-8"))
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
FILE_VERBS = {"plan", "minutes", "read", "formats"}


def _commands() -> list[str]:
    """Every ``bywhen`` line of the console blocks that people are told to type."""
    pages = [ROOT / "README.md", *sorted((DOCS / "tutorials").glob("*.md")), *sorted((DOCS / "how-to").glob("*.md"))]
    blocks = [block for page in pages for block in CONSOLE.findall(page.read_text(encoding="utf-8"))]
    lines = [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]
    return sorted({line for line in lines if line.startswith("bywhen ")})


COMMANDS = _commands()


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


def test_duties_are_all_sixty_once():
    assert [int(number) for number, _, _ in DUTIES] == list(range(1, 61))


@pytest.mark.parametrize(("number", "state", "page"), DUTIES, ids=[number for number, _, _ in DUTIES])
def test_duty_has_its_how_to_when_it_is_done(number, state, page):
    assert page or state != "done"
    assert not page or (DOCS / "how-to" / f"{page}.md").is_file()


def test_every_how_to_is_linked_from_the_duties():
    written = {path.stem for path in (DOCS / "how-to").glob("*.md")} - {"index"}
    assert written == set(LINKED.findall((DOCS / "reference" / "duties.md").read_text(encoding="utf-8")))


def test_counts_of_duties_are_right_where_they_are_told():
    states = [state for _, state, _ in DUTIES]
    done, partly, missing = (states.count(state) for state in ("done", "partly", "not yet"))
    told = " ".join((DOCS / "reference" / "duties.md").read_text(encoding="utf-8").split())
    front = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert f"Of 60 duties, {done} are done, {partly} partly, {missing} not yet." in told
    assert f"Of the sixty duties of the job, {done} are done, {partly} partly and {missing} not yet" in front


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_decision_has_its_four_parts(path):
    page = path.read_text(encoding="utf-8")
    assert [part for part in ("Status", "Context", "Decision", "Cost") if f"**{part}.** " not in page] == []


def test_every_format_stands_in_the_reference():
    page = (DOCS / "reference" / "file-formats.md").read_text(encoding="utf-8")
    assert [each.name for each in formats() if f"| `{each.name}` |" not in page] == []


@pytest.mark.parametrize("path", FRONT, ids=lambda path: path.name)
def test_links_of_the_front_pages_lead_somewhere(path):
    targets = re.findall(r"\]\((?!https?://|#)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (ROOT / target).exists()] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_command_in_the_documentation_names_what_exists(command):
    words = shlex.split(command)[1:]
    page = REFERENCE["command_line"]()
    grouped = " ".join(words[:2])
    verb = grouped if f"`bywhen {grouped}`" in page else words[0]
    assert f"`bywhen {verb}`" in page
    section = re.split(r"^#{2,3} ", page.partition(f" `bywhen {verb}`\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
    assert [word for word in words if word.startswith("--") and f"`{word}`" not in section] == []


@pytest.mark.parametrize("command", [each for each in COMMANDS if each.split()[1] in FILE_VERBS])
def test_command_over_the_examples_runs_as_it_stands(command, monkeypatch, capsys, tmp_path):
    # What a command writes stays out of the checkout.
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(shlex.split(command)[1:])
    assert ended.value.code == 0
    assert capsys.readouterr().out.strip()
