"""The verbs of ``bywhen plan`` over a written file: JSON shapes that other programs rely on, and tables for people."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from bywhen.intake.mspdi.writing import write_mspdi
from bywhen.intake.reading import read_plan
from bywhen.kernel.errors import DateUnreadableError, InputRefusedError, TaskUnknownError
from bywhen.schedule.cli.plan import app
from factories.small_plans import at, link, plan, task

SOURCE = plan(
    task(1, 3, name="Build"),
    task(2, 1, name="Test"),
    task(3, 0, name="Live"),
    links=(link(1, 2), link(2, 3)),
    name="Ledger",
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "plan.xml"
    path.write_bytes(write_mspdi(SOURCE))
    return str(path)


def run(*arguments):
    return CliRunner().invoke(app, arguments, catch_exceptions=False)


def document(*arguments):
    return json.loads(run(*arguments, "--json").stdout)


def test_prints_the_computed_schedule_as_json(file):
    answer = document("schedule", file, "--recompute")
    assert answer["project"] == {
        "name": "Ledger",
        "start": "2026-01-05T08:00:00",
        "finish": "2026-01-08T17:00:00",
        "status_date": None,
    }
    live = next(each for each in answer["tasks"] if each["uid"] == 3)
    assert set(live) == {
        "uid", "id", "wbs", "name", "summary", "milestone", "start", "finish", "early_start", "early_finish", "late_start",
        "late_finish", "duration_minutes", "total_slack_minutes", "free_slack_minutes", "start_slack_minutes",
        "finish_slack_minutes", "critical", "percent_complete",
    }  # fmt: skip
    assert (live["finish"], live["total_slack_minutes"], live["critical"], live["milestone"]) == (
        "2026-01-08T17:00:00",
        0,
        True,
        True,
    )


def test_shows_the_files_own_dates_unless_asked_to_compute(tmp_path):
    path = tmp_path / "stored.xml"
    stored = replace(SOURCE.tasks[0], start=at(7), finish=at(9, 17))
    path.write_bytes(write_mspdi(replace(SOURCE, tasks=(stored, *SOURCE.tasks[1:]))))
    assert next(t for t in document("schedule", str(path))["tasks"] if t["uid"] == 1)["start"] == "2026-01-12T08:00:00"
    assert (
        next(t for t in document("schedule", str(path), "--recompute")["tasks"] if t["uid"] == 1)["start"]
        == "2026-01-05T08:00:00"
    )


def test_computes_when_the_file_stores_no_dates(file):
    assert document("schedule", file)["project"]["finish"] == "2026-01-08T17:00:00"


@pytest.mark.parametrize(
    ("options", "finish", "working_days"),
    [
        (("--delay", "2d"), "2026-01-12T17:00:00", 2),
        (("--duration", "1w"), "2026-01-12T17:00:00", 2),
        (("--finish", "2026-01-08"), "2026-01-09T17:00:00", 1),
        (("--remove",), "2026-01-05T17:00:00", -3),
    ],
)
def test_prints_the_impact_of_each_kind_of_change(file, options, finish, working_days):
    answer = document("whatif", file, "--task", "1", *options)
    assert answer["finish"] == {"from": "2026-01-08T17:00:00", "to": finish, "working_days": working_days}
    assert [(m["uid"], m["name"], m["to"]) for m in answer["milestones"]] == [(3, "Live", finish)]
    assert {"moved_tasks", "now_critical", "float_used"} <= set(answer)


def test_explains_the_critical_path(file):
    answer = document("critical", file)
    assert answer["critical"] == [1, 2, 3]
    assert [step["uid"] for step in answer["path"]] == [1, 2, 3]
    assert "because 'Build' finishes Wed 7 Jan 17:00 (FS)" in answer["path"][1]["why"]
    assert [step["uid"] for step in document("critical", file, "--to", "2")["path"]] == [1, 2]


def test_compares_two_versions(file, tmp_path):
    other = tmp_path / "later.xml"
    other.write_bytes(write_mspdi(replace(SOURCE, tasks=(task(1, 4, name="Build"), *SOURCE.tasks[1:]))))
    answer = document("diff", file, str(other))
    assert answer["finish"]["working_days"] == 1
    assert [each["uid"] for each in answer["reestimated"]] == [1]


def test_writes_what_it_read(file, tmp_path):
    out = tmp_path / "copy.xml"
    answer = document("convert", file, str(out))
    assert (answer["tasks"], answer["links"]) == (3, 2)
    assert document("schedule", str(out), "--recompute")["tasks"] == document("schedule", file, "--recompute")["tasks"]


def test_writes_a_primavera_export_that_moves_no_date(file, tmp_path):
    out = tmp_path / "copy.xer"
    assert document("convert", file, str(out))["tasks"] == 3
    answer = document("diff", file, str(out), "--recompute")
    assert (answer["finish"]["working_days"], answer["moved"], answer["relinked"]) == (0, [], [])


def test_leaves_nothing_half_written_when_the_folder_is_missing(file, tmp_path):
    with pytest.raises(InputRefusedError, match="folder that exists"):
        run("convert", file, str(tmp_path / "missing" / "copy.xml"))
    assert run("convert", file, file).exit_code == 2
    assert run("convert", file, str(tmp_path / "copy.mpp")).exit_code == 2


def test_draws_the_outline_for_people(file):
    shown = run("show", file, "--as-of", "2026-01-06").stdout
    assert "Ledger on 2026-01-06: 3 tasks, 1 milestones, 2 links" in shown
    assert "#" in shown
    assert document("show", file, "--as-of", "2026-01-06")["as_of"] == "2026-01-06"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("schedule",), "Total float"),
        (("critical",), "driven by"),
        (
            ("whatif", "--task", "1", "--delay", "2d"),
            "milestone Live: 2026-01-08 17:00 -> 2026-01-12 17:00 (+2 working days)",
        ),
    ],
)
def test_prints_tables_for_people(file, arguments, expected):
    assert expected in run(arguments[0], file, *arguments[1:]).stdout


def test_prints_the_differences_for_people(file):
    assert "(+0 working days)" in run("diff", file, file).stdout


def test_refuses_what_cannot_be_meant(file):
    assert run("whatif", file, "--task", "1").exit_code == 2
    assert run("whatif", file, "--task", "1", "--delay", "1d", "--remove").exit_code == 2
    for wrong in (
        ("--delay", "soon"),
        ("--duration", "-1d"),
        ("--delay", "50%"),
        ("--finish", "Friday"),
        ("--finish", "2026-01-08T25:00"),
    ):
        with pytest.raises(DateUnreadableError):
            run("whatif", file, "--task", "1", *wrong)
    with pytest.raises(TaskUnknownError):
        run("whatif", file, "--task", "99", "--delay", "1d")


def test_names_the_file_and_the_circle_when_links_form_one(tmp_path):
    path = tmp_path / "circle.xml"
    path.write_bytes(write_mspdi(replace(SOURCE, links=(link(1, 2), link(2, 1)))))
    with pytest.raises(
        InputRefusedError, match=r"circle\.xml: The links form a circle: 1 'Build' -> 2 'Test' -> 1 'Build'"
    ):
        run("schedule", str(path), "--recompute")


def written(tmp_path, name, source):
    path = tmp_path / name
    path.write_bytes(write_mspdi(source))
    return str(path)


def test_looks_ahead_when_asked_for_weeks(file):
    answer = document("lookahead", file, "--weeks", "1", "--as-of", "2025-12-31")
    assert (answer["from"], answer["to"]) == ("2025-12-31", "2026-01-07")
    assert [(row["uid"], row["start"]) for row in answer["tasks"]] == [(1, "2026-01-05T08:00:00")]
    assert "Build" in run("lookahead", file, "--as-of", "2026-01-05").stdout


def test_sets_a_baseline_when_one_is_asked_for(file, tmp_path):
    out = tmp_path / "agreed.xml"
    assert document("baseline", file, "--number", "2", "--out", str(out))["tasks"] == 3
    agreed = read_plan(out).payload.task(1).baselines
    assert [(each.number, each.start, each.finish) for each in agreed] == [(2, at(0), at(2, 17))]
    assert run("baseline", file, "--out", file).exit_code == 2


def test_says_which_slips_mean_more_when_given_versions(tmp_path):
    files = [
        written(
            tmp_path,
            f"{week}.xml",
            replace(SOURCE, tasks=(task(1, 3 + 2 * week, name="Build"),), links=(), status_date=at(7 * week)),
        )
        for week in range(5)
    ]
    found = document("signals", *files)["signals"]
    assert [(each["uid"], each["slipped_days"]) for each in found] == [(1, 8)]
    assert [reason["text"] for reason in found[0]["reasons"]] == ["was put off 4 times"]
    assert "was put off 4 times" in run("signals", *files).stdout
    with pytest.raises(InputRefusedError, match="not later than the file before it"):
        run("signals", *reversed(files))


def test_refuses_when_a_version_has_no_day(file, tmp_path):
    with pytest.raises(InputRefusedError, match="of which day"):
        run("signals", file, written(tmp_path, "later.xml", SOURCE))


def test_says_which_milestones_slip_when_given_a_sheet_of_forecasts(tmp_path, file):
    sheet = tmp_path / "trend.csv"
    days = ("2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23", "2026-03-30")
    ends = ("2026-05-04", "2026-05-08", "2026-05-13", "2026-05-20", "2026-05-29")
    rows = [f"{on},Go live,{end}" for on, end in zip(days, ends, strict=True)]
    rows += [f"{on},Closure,2026-06-30" for on in days]
    sheet.write_text("\n".join(["Reported on,Milestone,Forecast", *rows]) + "\n")
    answer = document("signals", str(sheet))
    assert answer["tasks"] == 2
    assert [(each["name"], each["slipped_days"]) for each in answer["signals"]] == [("Go live", 19)]
    with pytest.raises(InputRefusedError, match="no milestone forecasts"):
        run("signals", file)
