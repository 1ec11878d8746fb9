"""Every plan of the reference data, written by us and read by MPXJ, which knows nothing of our reader."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import pytest

from bywhen.intake.mspdi.project import read_mspdi
from bywhen.intake.mspdi.writing import write_mspdi
from bywhen.intake.reading import blob_from, read_plan
from bywhen.intake.xer.calendarwriting import flat
from bywhen.intake.xer.linking import activity_links
from bywhen.intake.xer.outline import Outline
from bywhen.intake.xer.writing import write_xer
from bywhen.kernel.plan import ConstraintType, Plan, Task
from shared_data import shared

pytestmark = pytest.mark.java
CONVERT = """
import sys
from bywhen.intake.mpxj import java_started
java = java_started()
for path in sys.argv[2:]:
    writer = java("org.mpxj.mspdi.MSPDIWriter")()
    writer.setWriteTimephasedData(True)
    try:
        project = java(sys.argv[1])().read(path)
    except Exception:
        continue
    writer.write(project, path + ".theirs")
"""
EXPORT = """
import sys
from bywhen.intake.mpxj import java_started
java = java_started()
for path in sys.argv[1:]:
    try:
        project = java("org.mpxj.mspdi.MSPDIReader")().read(path)
    except Exception:
        continue
    java("org.mpxj.primavera.PrimaveraXERFileWriter")().write(project, path + ".xer")
"""


def originals() -> dict[str, bytes]:
    """The plans of the reference data by name, as they stand in their files."""
    return {path.stem: path.read_bytes() for path in sorted(shared("data", "plans").glob("*.xml"))}


def by_mpxj(folder, reader: str, files: dict[str, bytes]) -> dict[str, Plan]:
    """What MPXJ reads in each file, all in one Java run; files that it cannot read are left out."""
    if find_spec("mpxj") is None:
        pytest.skip("the extra 'plans' is not installed")
    for name, data in files.items():
        (folder / name).write_bytes(data)
    paths = [str(folder / name) for name in files]
    subprocess.run([sys.executable, "-c", CONVERT, reader, *paths], check=True, capture_output=True)
    found = {name: folder / f"{name}.theirs" for name in files}
    return {name: read(path.read_bytes()) for name, path in found.items() if path.exists()}


def read(data: bytes) -> Plan:
    plan = read_mspdi(blob_from("plan.xml", data)).payload
    assert isinstance(plan, Plan)
    return plan


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    """Each plan as (name, ours, as MPXJ reads our export of it)."""
    plans = {name: read(data) for name, data in originals().items()}
    reader = "org.mpxj.primavera.PrimaveraXERFileReader"
    written = {name: write_xer(plan) for name, plan in plans.items()}
    theirs = by_mpxj(tmp_path_factory.mktemp("xer"), reader, written)
    assert theirs.keys() == plans.keys()
    return [(name, plan, theirs[name]) for name, plan in plans.items()]


def work(plan: Plan) -> list[Task]:
    return [task for task in plan.tasks if not (task.is_null or task.summary or task.external) and task.active]


def shown(task: Task, names) -> tuple[object, ...]:
    return tuple(getattr(task, name) for name in names)


def to_the_minute(task: Task) -> tuple[object, ...]:
    dates = (task.start, task.finish)
    return (task.name.strip(), *(day and day.replace(second=0) for day in dates), task.percent_complete == 100)


def test_every_date_is_the_same_when_mpxj_reads_our_export(exports):
    moved = {
        name
        for name, ours, theirs in exports
        if sorted(map(to_the_minute, work(ours)), key=str) != sorted(map(to_the_minute, work(theirs)), key=str)
    }
    assert len(exports) > 20
    assert moved == set()


def test_links_are_the_same_when_mpxj_reads_our_export(exports):
    for name, ours, theirs in exports:
        inside = {task.uid for task in work(ours)}
        linked = activity_links(ours, Outline(ours)).links
        kept = [link for link in linked if {link.predecessor_uid, link.successor_uid} <= inside]
        names = {task.uid: task.name.strip() for task in ours.tasks}
        found = {task.uid: task.name for task in theirs.tasks}
        assert sorted((names[k.predecessor_uid], names[k.successor_uid], k.type) for k in kept) == sorted(
            (found[k.predecessor_uid], found[k.successor_uid], k.type) for k in theirs.links
        ), name


def test_constraints_are_the_same_when_mpxj_reads_our_export(exports):
    names = ("name", "constraint", "constraint_date")
    for name, ours, theirs in exports:
        pairs = zip(sorted(work(ours), key=to_key), sorted(work(theirs), key=to_key), strict=True)
        dated = [
            (a, b) for a, b in pairs if not a.manual and a.constraint not in (ConstraintType.ASAP, ConstraintType.ALAP)
        ]
        assert [shown(a, names) for a, _ in dated] == [shown(b, names) for _, b in dated], name


def to_key(task: Task) -> tuple[str, str]:
    return task.name.strip(), str(task.start)


def test_working_time_is_the_same_when_mpxj_reads_our_export(exports):
    for name, ours, theirs in exports:
        before, after = ({each.uid: each for each in plan.calendars} for plan in (ours, theirs))
        calendar = before.get(ours.calendar_uid)
        if calendar is not None:
            expected, found = flat(calendar, before), flat(after[theirs.calendar_uid], after)
            assert found.week == expected.week, name
            assert days_of(found) == days_of(expected), name


def days_of(calendar):
    return [(each.first, each.shifts) for each in calendar.exceptions]


def test_nothing_differs_for_mpxj_when_we_wrote_the_project_xml_again(tmp_path_factory):
    files = originals()
    again = {f"{name}.again": write_mspdi(read(data)) for name, data in files.items()}
    found = by_mpxj(tmp_path_factory.mktemp("mspdi"), "org.mpxj.mspdi.MSPDIReader", files | again)
    before = {name: plan for name, plan in found.items() if name in files}
    assert len(before) >= len(files) - 1
    assert found.keys() >= again.keys()
    for name, plan in before.items():
        for part in ("tasks", "links", "calendars", "resources", "assignments"):
            assert getattr(found[f"{name}.again"], part) == getattr(plan, part), (name, part)


def test_every_date_is_the_same_when_we_read_what_mpxj_exported(tmp_path):
    if find_spec("mpxj") is None:
        pytest.skip("the extra 'plans' is not installed")
    files = originals()
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    subprocess.run(
        [sys.executable, "-c", EXPORT, *(str(tmp_path / name) for name in files)], check=True, capture_output=True
    )
    exported = {name: path for name in files if (path := tmp_path / f"{name}.xer").exists()}
    assert len(exported) >= len(files) - 1
    for name, path in exported.items():
        found = sorted(map(to_the_minute, work(read_plan(path).payload)), key=str)
        # MPXJ exports inactive tasks too; they are not compared.
        wanted = sorted(map(to_the_minute, work(read(files[name]))), key=str)
        assert [each for each in wanted if each[:3] not in {other[:3] for other in found}] == [], name
