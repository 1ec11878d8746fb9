from __future__ import annotations

from dataclasses import replace

import pytest

from bywhen.intake import mpxj
from bywhen.intake.mspdi.writing import write_mspdi
from bywhen.intake.reading import blob_from, read_blob, read_plan
from bywhen.kernel.errors import ExtraMissingError
from contracts.formats.samples import small_export, small_plan
from shared_data import shared

COMPUTED = {"total_slack_minutes": None, "critical": None}
DATES = (
    "name",
    "start",
    "finish",
    "duration",
    "constraint",
    "constraint_date",
    "deadline",
    "outline_level",
    "milestone",
)


def facts(plan, names=DATES):
    return [tuple(getattr(task, name) for name in names) for task in plan.tasks if task.name and not task.summary]


def test_command_is_named_when_the_extra_is_missing(monkeypatch):
    monkeypatch.setattr(mpxj, "find_spec", lambda _name: None)
    with pytest.raises(ExtraMissingError, match=r"plan\.mpp.*pip install 'bywhen\[plans\]'"):
        mpxj.read_through_mpxj(blob_from("plan.mpp", b""), "x", format_name="mpp", title="a file")


@pytest.mark.java
@pytest.mark.parametrize("name", ["Homemoveplan", "slack9", "mpp14relations", "task-links-project98-mpp8"])
def test_binary_plan_equals_its_xml_copy_when_read(name):
    binary, copy = (read_plan(shared("data", "plans", f"{name}.{end}")).payload for end in ("mpp", "xml"))
    assert [replace(task, **COMPUTED) for task in copy.tasks] == list(binary.tasks)
    assert binary.links == copy.links
    assert binary.calendars == copy.calendars


@pytest.mark.java
def test_mpxj_reads_the_same_plan_when_we_wrote_it():
    plan = small_plan()
    blob = blob_from("ours.xml", write_mspdi(plan))
    theirs = mpxj.read_through_mpxj(blob, "org.mpxj.mspdi.MSPDIReader", format_name="mpxj", title="XML").payload
    assert facts(theirs) == facts(plan)
    assert theirs.links == plan.links


@pytest.mark.java
def test_mpxj_reads_the_same_export_when_we_read_it():
    blob = blob_from("export.xer", small_export())
    reader = "org.mpxj.primavera.PrimaveraXERFileReader"
    theirs = mpxj.read_through_mpxj(blob, reader, format_name="mpxj", title="XER").payload
    ours = read_blob(blob)[0].payload
    names = ("name", "actual_start", "early_start", "constraint", "constraint_date", "remaining_duration_minutes")
    assert sorted(facts(theirs, names), key=str) == sorted(facts(ours, names), key=str)
    assert theirs.calendars[0].week == ours.calendars[0].week
