"""Plans of other programs, written by MPXJ from our own example and read back through the format."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from bywhen.intake.formats.otherplans import OtherPlans
from bywhen.intake.port import ReadOptions
from bywhen.intake.reading import blob_from, blob_of, read_plan
from bywhen.kernel.errors import FileHostileError

PLAN = Path(__file__).resolve().parents[4] / "examples" / "meridian" / "plans" / "gateway.xml"
WRITE = """
import sys
from bywhen.intake.mpxj import java_started
java = java_started()
project = java("org.mpxj.mspdi.MSPDIReader")().read(sys.argv[1])
java(sys.argv[2])().write(project, sys.argv[3])
"""


@pytest.mark.java
@pytest.mark.parametrize(("writer", "format_name"), [
    ("org.mpxj.mpx.MPXWriter", "other-plans"),
    ("org.mpxj.planner.PlannerWriter", "other-plans"),
    ("org.mpxj.sdef.SDEFWriter", "other-plans"),
    ("org.mpxj.primavera.PrimaveraPMFileWriter", "pmxml"),
    ("org.mpxj.primavera.PrimaveraXERFileWriter", "primavera"),
])  # fmt: skip
def test_the_tasks_and_their_dates_come_back(tmp_path, writer, format_name):
    if find_spec("mpxj") is None:
        pytest.skip("the extra 'plans' is not installed")
    target = tmp_path / "plan.other"
    subprocess.run([sys.executable, "-c", WRITE, str(PLAN), writer, str(target)], check=True, capture_output=True)
    original = {task.name: task for task in read_plan(PLAN).payload.tasks if not task.summary and task.name}
    reading = read_plan(target)
    found = {task.name: task for task in reading.payload.tasks if not task.summary}
    assert reading.format == format_name
    shared = [name for name in original if name in found]
    assert len(shared) >= 0.9 * len(original)
    assert len(reading.payload.links) >= 0.9 * len(read_plan(PLAN).payload.links)
    assert sum(found[name].start.date() == original[name].start.date() for name in shared) >= 0.9 * len(shared)


@pytest.mark.parametrize("content", [b"", b"MPXtra notes", b"<project name='x'/>", b"STandard notes", b"a,b\n1,2"])
def test_other_content_is_left_to_other_formats(content):
    assert OtherPlans().recognises(blob_from("x", content)) == 0


def test_a_document_type_is_refused_before_java_sees_it():
    hostile = b'<?xml version="1.0"?><!DOCTYPE project [<!ENTITY a "b">]><project mrproject-version="2">&a;</project>'
    blob = blob_from("plan.planner", hostile)
    assert OtherPlans().recognises(blob)
    with pytest.raises(FileHostileError):
        OtherPlans().read(blob, ReadOptions())


def test_our_own_plan_file_is_not_taken():
    assert OtherPlans().recognises(blob_of(PLAN)) == 0
