"""Searching decisions: forms of words, ranking, signs that mean nothing; the same answers on PostgreSQL."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.timezone import now

from bywhen.meetings.models import Decision
from bywhen.meetings.selectors.searching import decision_search
from bywhen.meetings.services.decisions import decision_keep, decision_options_keep
from factories import rows
from factories.postgresql import postgresql_server

ROOT = Path(__file__).resolve().parents[3]
DECIDED = (
    ("The budget stays", "Zoë Müller", "2026-09-01"),
    ("Größe der Testumgebung bleibt", "Ana", "2026-09-02"),
    ("Two test cycles, no third", "Jürgen Voß", "2026-09-03"),
    ("Testing is near the go-live", "Ana", "2026-09-04"),
    ("Mueller leads the cut-over (v2_final)", "Łukasz", "2026-09-05"),
    ("Der dritte Integrationstestzyklus entfällt", "Ana", "2026-09-06"),
    ("Zyklus zwei bleibt", "Ana", "2026-08-06"),
)
ASKED = (
    "müller", "Mueller", "muller", "voss", "groesse", "GRÖSSE", "test", "test cyc", "cycles test", "lukasz", "go-live",
    '"budget', "NEAR(budget stays)", "budget*", "bud -stays", "budget NOT stays", "words:budget", "final",
    "it's ' OR 1=1 --", "a:* | !b", "*", '""', "\\", "(((", "NEAR", "'; DROP TABLE x", "\0", "x" * 3000, "nothing here",
    "zyklus", "zyklen", "testzyk", "integ zyklus", "zy", "go", "fall", "üller", "\ue000zyklus",
)  # fmt: skip
SCRIPT = """
import json, sys
from datetime import date
import django
from django.core.management import call_command
django.setup()
call_command("migrate", verbosity=0)
from bywhen.meetings.selectors.searching import decision_search
from bywhen.meetings.services.decisions import decision_keep
from factories import rows
decided, asked = json.loads(sys.stdin.read())
project = rows.project()
for text, by, on in decided:
    decision_keep(key=text, project=project, text=text, decided_by=by, decided_on=date.fromisoformat(on), evidence=[])
print(json.dumps([[each.text for each in decision_search(words)] for words in asked]))
project.delete()
print(len(decision_search("budget")))
"""


def keep(project, decided=DECIDED):
    for text, by, on in decided:
        decision_keep(
            key=f"{project.key} {text}",
            project=project,
            text=text,
            decided_by=by,
            decided_on=date.fromisoformat(on),
            evidence=[],
        )


def found(words, project=None):
    return [each.text for each in decision_search(words, project)]


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["müller", "Mueller", "mue", "MÜLLER"])
def test_name_is_found_however_its_umlaut_is_written_when_searched(words):
    keep(rows.project())
    assert found(words) == [DECIDED[4][0], DECIDED[0][0]]


@pytest.mark.django_db
def test_whole_words_of_the_decision_come_first_when_ranked():
    keep(rows.project())
    assert found("test") == [DECIDED[2][0], DECIDED[3][0], DECIDED[1][0], DECIDED[5][0]]
    assert found("cyc test") == [DECIDED[2][0]]


@pytest.mark.django_db
def test_part_of_a_word_is_found_after_whole_ones_when_searched():
    keep(rows.project())
    assert found("zyklus") == [DECIDED[6][0], DECIDED[5][0]]
    assert found("zy") == [DECIDED[6][0]]
    assert found("testzyk integ") == [DECIDED[5][0]]
    assert found("zyklen") == []


@pytest.mark.django_db
@pytest.mark.parametrize("words", ['"budget', "budget*", "NEAR budget", "-budget", "words:budget", "budget NOT stays"])
def test_signs_mean_nothing_when_words_hold_a_query_language(words):
    keep(rows.project())
    bare = [word for word in ("budget", "near", "words", "not", "stays") if word in words.casefold()]
    wanted = [text for text, *_ in DECIDED if all(f" {word}" in f" {text.casefold()}" for word in bare)]
    assert found(words) == wanted


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["", "*", '""', "((", "\0", "-"])
def test_nothing_is_found_when_no_word_is_left(words):
    keep(rows.project())
    assert found(words) == []


@pytest.mark.django_db
def test_index_follows_when_options_change_and_decisions_go():
    project = rows.project()
    keep(project, DECIDED[:1])
    made = Decision.objects.get()
    decision_options_keep(decision=made, options="Cut the contingency")
    assert found("contingency") == [made.text]
    decision_options_keep(decision=made, options="")
    assert found("contingency") == []
    made.delete()
    assert found("budget") == []


@pytest.mark.django_db
def test_only_one_project_is_searched_when_given():
    first = rows.project()
    second = rows.project("second", "Second")
    keep(first, DECIDED[:1])
    keep(second, DECIDED[:1])
    assert [each.project for each in decision_search("budget", second)] == [second]


@pytest.mark.django_db
def test_palette_finds_the_decision_when_typed(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("owner", last_login=now()))
    keep(rows.project())
    places = client.get(reverse("week:find"), {"q": "cycl"}).json()["places"]
    assert [(each["title"], each["note"].split(",")[0]) for each in places] == [(DECIDED[2][0], "decision")]


def answers(workspace, database=""):
    """What a whole process of its own finds for each of ASKED, on the database at an address."""
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("BYWHEN_")},
        "PYTHONPATH": os.pathsep.join(str(ROOT / each) for each in ("src", "tests")),
        "BYWHEN_WORKSPACE": str(workspace),
        "BYWHEN_DATABASE_URL": database,
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        input=json.dumps([DECIDED, ASKED]),
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    told, left = done.stdout.splitlines()
    assert left == "0"
    return dict(zip(ASKED, json.loads(told), strict=True))


@pytest.mark.postgres
@pytest.mark.enable_socket
def test_answers_are_the_same_when_on_postgresql(tmp_path):
    with postgresql_server() as address:
        there = answers(tmp_path / "there", address)
    assert there == answers(tmp_path / "here")
    assert there["test cyc"] == [DECIDED[2][0]]
    assert there["zyklus"] == [DECIDED[6][0], DECIDED[5][0]]
