"""``bywhen raid`` and ``bywhen change`` over a workspace: JSON, lines, refusals in one sentence, nothing changed by them."""

import json
from datetime import date

import pytest

from bywhen.kernel.clock import FrozenClock, clock_set
from bywhen.kernel.tables import PersonRow
from bywhen.platform.models import AuditEntry
from bywhen.record.services.people import people_take_in
from bywhen.registers.cli import change, deciding, raid
from bywhen.registers.models import Entry
from bywhen.schedule.selectors import version_current
from bywhen.schedule.services.taking_in import plan_take_in
from bywhen.shell import change_cli
from bywhen.shell.cli import main
from factories import rows

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _workspace_is_the_test_database(monkeypatch):
    for verbs in (raid, change, deciding, change_cli):
        monkeypatch.setattr(verbs, "workspace_open", lambda *_: None)
    with clock_set(FrozenClock(TODAY)):
        yield


@pytest.fixture(autouse=True)
def project(db):
    made = rows.project()
    people_take_in(rows=[PersonRow("row 2", "Ana Duarte"), PersonRow("row 3", "Lea Roth")], projects={}, default=made)
    plan_take_in(project=made, plan=rows.plan(), source=rows.source(project=made))
    return made


@pytest.fixture
def run(capsys):
    def ran(*words):
        with pytest.raises(SystemExit) as end:
            main([str(word) for word in words])
        out, err = capsys.readouterr()
        return end.value.code or 0, out, err

    return ran


def answer(run, *words):
    code, out, err = run(*words, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_entry_goes_its_whole_way_by_verbs(run, tmp_path):
    made = answer(run, "raid", "add", "risk", "Bank late", "--probability", 4, "--impact", 5, "--owner", "Ana Duarte")
    assert (made["reference"], made["score"], made["band"]) == ("R-1", 20, "extreme")
    changed = answer(run, "raid", "set", "risk", "r-1", "--impact", 2, "--tags", "bank, test", "--due", "2026-12-04")
    assert (changed["score"], changed["tags"], changed["due"]) == (8, ["bank", "test"], "2026-12-04")
    assert answer(run, "raid", "set", "risk", "R-1", "--due", "none", "--owner", "")["owner"] == ""
    assert answer(run, "raid", "review", "risk", "R-1", "--next", "2026-12-01")["review_on"] == "2026-12-01"
    shown = answer(run, "raid", "show", "risk", "R-1")
    assert "Impact: 5 to 2" in [what for each in shown["history"] for what in each["what"]]
    assert [each["reference"] for each in answer(run, "raid", "list", "risk")["entries"]] == ["R-1"]
    issue = answer(run, "raid", "close", "risk", "R-1", "--happened")
    assert (issue["kind"], issue["reference"]) == ("issue", "I-1")
    assert answer(run, "raid", "close", "risk", "R-1", "--reopen")["status"] == "open"
    assert answer(run, "raid", "export", "risk", tmp_path / "r.xlsx")["entries"] == 1
    assert (tmp_path / "r.xlsx").read_bytes()[:2] == b"PK"


def test_request_goes_its_whole_way_by_verbs(run, project, tmp_path):
    made = answer(run, "change", "add", "Build later", "--task", 1, "--delay", 3, "--cost", "1200.50 EUR",
                  "--requested-by", "Lea Roth")  # fmt: skip
    assert (made["reference"], made["state"], made["cost"], made["currency"]) == ("CR-1", "assessed", "1200.50", "EUR")
    assert made["consequence"]["finish"]["working_days"] == 3
    assert answer(run, "change", "set", "CR-1", "--delay", 2, "--task", 1)["change"]["delay_days"] == 2
    answer(run, "change", "ask", "CR-1", "Ana Duarte")
    assert answer(run, "change", "vote", "CR-1", "Ana Duarte", "for")["tally"].startswith("1 for")
    approved = answer(run, "change", "approve", "CR-1", "--evidence", "Minutes, item 3", "--by", "CAB")
    assert (approved["state"], approved["decided_by"], approved["proposal"] is None) == ("approved", "CAB", False)
    assert version_current(project).number == 1
    assert answer(run, "change", "undecide", "CR-1")["state"] == "assessed"
    assert answer(run, "change", "reject", "CR-1", "--reason", "No time.")["decision_reason"] == "No time."
    assert [each["state"] for each in answer(run, "change", "list", "--state", "rejected")["changes"]] == ["rejected"]
    assert answer(run, "change", "print", "CR-1", tmp_path / "cr.md")["reference"] == "CR-1"
    assert "No time." in (tmp_path / "cr.md").read_text(encoding="utf-8")


def test_request_outside_the_plan_is_implemented_and_verified(run):
    answer(run, "change", "add", "A second printer", "--cost", "90 EUR")
    answer(run, "change", "approve", "CR-1")
    answer(run, "change", "implement", "CR-1", "--note", "Bought.", "--on", "2026-11-20")
    done = answer(run, "change", "verify", "CR-1", "--note", "It prints.")
    assert (done["state"], done["implemented_on"], done["verified_on"]) == ("implemented", "2026-11-20", "2026-11-23")


def test_limits_are_shown_and_set(run):
    before = AuditEntry.objects.count()
    assert answer(run, "change", "limits")["milestone_days"] == 5
    assert AuditEntry.objects.count() == before
    kept = answer(run, "change", "limits", "--milestone-days", "none", "--cost", "500 EUR", "--board", "Lea Roth")
    assert (kept["milestone_days"], kept["cost"], kept["board"]) == (None, "500.00", ["Lea Roth"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("raid", "add", "worry", "x"), "there is no register 'worry'"),
        (("raid", "list", "change"), "there is 'bywhen change'"),
        (("raid", "show", "risk", "R-9"), "no single risk 'R-9'"),
        (("raid", "add", "lesson", "x", "--probability", "3"), "a lesson has no probability"),
        (("raid", "add", "risk", "x", "--owner", "Nobody"), "nobody, or more than one"),
        (("raid", "add", "risk", "x", "--project", "zzz"), "Known are erp"),
        (("raid", "add", "risk", "x", "--due", "soon"), "'soon' is no day"),
        (("raid", "list", "risk", "--show", "all"), "--show"),
        (("raid", "export", "risk", "r.doc"), ".csv or .xlsx"),
        (("change", "show", "CR-9"), "no single change request 'CR-9'"),
        (("change", "add", "x", "--task", "1"), "one of --delay"),
        (("change", "add", "x", "--cost", "much"), "--cost"),
        (("change", "list", "--state", "odd"), "'odd' is no state"),
        (("change", "limits", "--finish-days", "1.5"), "no whole number"),
    ],
)
def test_refusals_are_one_line_with_a_remedy_and_change_nothing(run, words, said):
    before = AuditEntry.objects.count()
    code, out, err = run(*words)
    assert (code, out, said in err, err.count("\n")) == (1, "", True, 1)
    assert AuditEntry.objects.count() == before
    assert not Entry.objects.exists()


def test_lines_for_people_name_state_effect_and_votes(run):
    assert run("change", "list")[1] == "No change request is listed.\n"
    run("change", "add", "Build later", "--task", 1, "--delay", 3)
    line = run("change", "list")[1]
    assert line == "CR-1  [assessed]  Build later  (erp; end +3 d)\n"
    assert "needs a request because: the project ends 3 working days later" in run("change", "show", "CR-1")[1]
