from datetime import datetime
from decimal import Decimal

from bywhen.intake.formats.delimited import Delimited
from bywhen.intake.port import ReadOptions
from bywhen.kernel.plan import ConstraintType, LinkType
from factories.format_samples import blob

MSP = """ID;Task Mode;Task Name;Duration;Start;Finish;Predecessors;Resource Names;% Complete;Outline Level;Cost;Text1
1;Auto Scheduled;Phase 1;10 days;Mon 1/5/26 8:00 AM;Fri 1/16/26 5:00 PM;;;20%;1;€1.200,50;
2;Auto Scheduled;Build, test;5 days?;Mon 1/5/26 8:00 AM;Fri 1/9/26 5:00 PM;;Ana[50%],Bo;100%;2;0;x
3;Manually Scheduled;Ship;2 edays;Mon 1/12/26 8:00 AM;Wed 1/14/26 8:00 AM;2FS+1 day;Crane;0%;2;0;
4;Auto Scheduled;Done;0 days;Wed 1/14/26 8:00 AM;Wed 1/14/26 8:00 AM;"3SS+50%,2,99";;0%;2;0;
"""


def reading(text, **options):
    (found,) = Delimited().read(blob(text), ReadOptions(**options))
    return found


def test_project_export_becomes_a_plan_when_its_headings_are_kept():
    found = reading(MSP)
    plan = found.payload
    assert [task.parent_uid for task in plan.tasks] == [None, 1, 1, 1]
    assert plan.tasks[0].summary
    assert plan.tasks[0].cost == Decimal("1200.50")
    assert plan.currency == "EUR"
    assert plan.tasks[1].estimated
    assert plan.tasks[1].custom == {"Text1": "x"}
    assert plan.tasks[2].manual
    assert plan.tasks[2].duration.elapsed
    assert plan.tasks[3].milestone
    assert plan.tasks[1].start == datetime(2026, 1, 5, 8)
    assert [(link.predecessor_uid, link.successor_uid, link.type) for link in plan.links] == [
        (2, 3, LinkType.FS), (3, 4, LinkType.SS), (2, 4, LinkType.FS),
    ]  # fmt: skip
    assert [(a.resource_uid, a.units) for a in plan.assignments] == [(1, 0.5), (2, 1.0), (3, 1.0)]
    assert [each.rule for each in found.findings] == ["link-to-missing-task"]


def test_row_numbers_count_when_the_sheet_has_no_ids():
    plan = reading("Task Name,Start,Finish,Predecessors\nA,2026-01-05,2026-01-06,\nB,2026-01-07,2026-01-08,1\n").payload
    assert [(link.predecessor_uid, link.successor_uid) for link in plan.links] == [(1, 2)]


def test_names_link_when_they_hold_commas():
    plan = reading(
        'Name,Start Date,Due Date,Blocked By\n"Plan, draft",2026-01-05,2026-01-06,\nB,2026-01-07,2026-01-08,"Plan, draft"\n'
    ).payload
    assert len(plan.links) == 1


def test_days_without_times_cover_the_working_day_when_they_are_read():
    task = reading("Task,Start,End\nA,2026-01-05,2026-01-06\n").payload.tasks[0]
    assert (task.start, task.finish) == (datetime(2026, 1, 5, 8), datetime(2026, 1, 6, 17))
    assert task.duration.minutes == 960


def test_start_is_held_when_no_dependency_explains_it():
    found = reading("Task,Start,End\nA,2026-01-05,2026-01-06\nB,2026-02-02,2026-02-03\n")
    assert found.payload.tasks[1].constraint is ConstraintType.SNET
    assert [each.rule for each in found.findings] == ["start-held"]


def test_dotted_numbers_make_the_tree_when_there_is_no_level():
    plan = reading("WBS,Task Name,Duration\n1,A,\n1.1,B,2d\n1.1.1,C,1d\n2,D,1d\n").payload
    assert [(task.outline_level, task.parent_uid) for task in plan.tasks] == [(1, None), (2, 1), (3, 2), (1, None)]


def test_indentation_makes_the_tree_when_nothing_else_does():
    plan = reading("Task Name,Duration\nA,\n   B,2d\n   C,1d\n").payload
    assert [task.parent_uid for task in plan.tasks] == [None, 1, 1]
    assert plan.tasks[1].name == "B"


def test_circle_of_parents_is_cut_when_a_sheet_holds_one():
    plan = reading("ID,Task Name,Duration,Parent\nA1,A,1d,B\nB1,B,1d,A\n").payload
    assert all(task.outline_level >= 1 for task in plan.tasks)


def test_jira_export_keeps_every_column_when_it_is_read():
    text = "Summary,Issue key,Issue Type,Status,Assignee,Due date,Parent,Sprint\nDesign,ERP-1,Epic,Done,ana,30/Nov/26 12:00 AM,,7\nAPI,ERP-2,Task,Open,bo,04/Dec/26 12:00 AM,ERP-1,8\n"
    tasks = reading(text).payload.tasks
    assert tasks[1].parent_uid == 1
    assert tasks[0].percent_complete == 100.0
    assert tasks[1].deadline == datetime(2026, 12, 4, 17)
    assert tasks[1].custom == {
        "Sprint": "8",
        "Status": "Open",
        "Issue Type": "Task",
        "Parent": "ERP-1",
        "Issue key": "ERP-2",
    }


def test_ids_are_new_and_told_when_the_sheet_repeats_one():
    found = reading("ID,Task Name,Duration\n1,A,1d\n1,B,1d\n")
    assert [task.uid for task in found.payload.tasks] == [1, 2]
    assert [each.rule for each in found.findings] == ["task-id-doubled"]


def test_totals_and_notes_are_left_out_when_they_stand_below():
    found = reading("Task Name,Duration,Cost\nA,1d,5\n,,\nTotal,,5\n\nAll dates are provisional,,\n")
    assert len(found.payload.tasks) == 1
    assert [each.reason.split(":")[0] for each in found.skipped] == ["a row of totals", "a note under the table"]
    assert found.read == 3
