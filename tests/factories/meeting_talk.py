"""Small meetings for tests: a team, a plan and lines of talk written as ``Speaker: words``."""

from __future__ import annotations

from datetime import date

from bywhen.kernel.tables import PersonRow
from bywhen.kernel.transcript import Transcript, Utterance
from bywhen.kernel.worktime import WorkingTime
from bywhen.meetings.engine.linking import PlanTask
from bywhen.meetings.engine.projecttime import Occasion, ProjectTime, Sprints

WEDNESDAY = date(2025, 3, 12)
TEAM = (
    PersonRow("row 2", "Ana Souza", handles=("@ana",), role="Test Lead"),
    PersonRow("row 3", "Ben Carter", role="Developer"),
    PersonRow("row 4", "Katherine Moore", role="Project Manager"),
)
TASKS = (
    PlanTask(1, "API design", "1.1", 1, parents=("API",)),
    PlanTask(2, "API delivery", "1.2", 2, parents=("API",)),
    PlanTask(3, "User acceptance testing", "2", 3),
    PlanTask(4, "Firewall rules", "3", 4),
)


def project_time(held_on: date = WEDNESDAY, **changes: object) -> ProjectTime:
    time = {
        "held_on": held_on,
        "working_time": WorkingTime.standard([date(2025, 4, 18)]),
        "occasions": (Occasion("Steering committee", date(2025, 3, 27)), Occasion("Go-live", date(2025, 6, 2))),
        "sprints": Sprints(14, date(2025, 3, 3), 21),
    }
    return ProjectTime(**{**time, **changes})


def talk(text: str) -> Transcript:
    """Speech, one utterance a line."""
    said = []
    for number, line in enumerate(text.strip().splitlines(), start=1):
        speaker, _, words = line.strip().partition(": ")
        said.append(Utterance(number, words, speaker, float(number), number + 0.9))
    return Transcript("Weekly", tuple(said))


def notes(text: str) -> Transcript:
    """Written notes; a line that begins with ``## `` is a heading."""
    said, heading = [], ""
    for number, line in enumerate(text.strip().splitlines(), start=1):
        heading = line.removeprefix("## ").strip() if line.startswith("## ") else heading
        said.append(Utterance(number, line.strip(), heading=heading))
    return Transcript("Notes", tuple(said), notes=True)
