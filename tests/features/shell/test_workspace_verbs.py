"""The workspace verbs as whole processes, on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from factories.postgresql import postgresql_server

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "meridian"
SOURCE = Path(__file__).resolve().parents[3] / "src"


def bywhen(*words, workspace, database="", **environment):
    """Run the command line; answers the finished process."""
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("BYWHEN_", "DJANGO_"))},
        "PYTHONPATH": str(SOURCE),
        "BYWHEN_WORKSPACE": str(workspace),
        "BYWHEN_DATABASE_URL": database,
        **environment,
    }
    command = [sys.executable, "-c", "from bywhen.shell.cli import main; main()", *map(str, words)]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=240)


def _week(workspace, out, database=""):
    done = bywhen(
        "week", EXAMPLES, "--as-of", "2026-11-23", "--out", out, "--json", workspace=workspace, database=database
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_week_twice_and_a_healthy_workspace_when_on_sqlite(tmp_path):
    first, second = (_week(tmp_path / "ws", tmp_path / "out") for _ in range(2))
    assert first["changed"]
    assert not second["changed"]
    assert second["taken_in"]["unchanged"] == first["taken_in"]["created"] + first["taken_in"]["unchanged"]
    assert (tmp_path / "ws" / "secret.key").stat().st_mode & 0o077 == 0
    check = bywhen("doctor", "--json", "--as-of", "2026-11-23", workspace=tmp_path / "ws")
    assert json.loads(check.stdout)["healthy"]


@pytest.mark.postgres
@pytest.mark.enable_socket
def test_the_same_week_when_on_postgresql(tmp_path):
    with postgresql_server() as address:
        first, second = (_week(tmp_path / "ws", tmp_path / "out", address) for _ in range(2))
        check = bywhen("doctor", "--json", "--as-of", "2026-11-23", workspace=tmp_path / "ws", database=address)
    assert (first["changed"], second["changed"]) == (True, False)
    assert json.loads(check.stdout)["healthy"]
    assert not (tmp_path / "ws" / "bywhen.sqlite3").exists()
    sqlite = _week(tmp_path / "other", tmp_path / "out2")
    for name in ("taken_in", "findings", "needs_you"):
        assert [str(each) for each in first[name]] == [str(each) for each in sqlite[name]]


def test_the_demo_is_ready_without_serving(tmp_path):
    done = bywhen(
        "demo",
        "--no-serve",
        "--workspace",
        tmp_path / "demo",
        "--out",
        tmp_path / "out",
        "--json",
        workspace=tmp_path / "x",
    )
    document = json.loads(done.stdout)
    assert document["needs_you"]
    assert len(list((tmp_path / "out").glob("*.docx"))) == 4
    assert "Ready after" in done.stderr


def test_the_demo_never_empties_a_folder_it_did_not_make(tmp_path):
    (tmp_path / "mine.txt").write_text("precious", encoding="utf-8")
    done = bywhen("demo", "--no-serve", "--workspace", tmp_path, workspace=tmp_path)
    assert done.returncode == 1
    assert (tmp_path / "mine.txt").exists()
    assert done.stderr.count("\n") == 1
    assert "Name a new folder" in done.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("week", "no-such-folder"), 1, "no such file or folder"),
        (("week", EXAMPLES, "--as-of", "yesterday"), 1, "YYYY-MM-DD"),
        (("week",), 2, "Missing argument"),
        (("fly",), 2, "No such command"),
    ],
)
def test_a_refusal_is_one_clear_line_and_its_exit_code(tmp_path, words, code, said):
    done = bywhen(*words, workspace=tmp_path / "ws")
    assert done.returncode == code
    assert said in done.stderr
    assert done.stdout == ""


def test_a_tampered_audit_trail_is_named_by_the_doctor(tmp_path):
    import sqlite3

    _week(tmp_path / "ws", tmp_path / "out")
    with sqlite3.connect(tmp_path / "ws" / "bywhen.sqlite3") as database:
        database.execute("UPDATE platform_auditentry SET actor = 'somebody else' WHERE sequence = 7")
    database.close()
    check = bywhen("doctor", workspace=tmp_path / "ws")
    assert check.returncode == 1
    assert "entry 7" in check.stdout
