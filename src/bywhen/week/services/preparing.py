"""Preparing the meetings to come: series planned ahead, agendas drafted, missed papers told.

Letters that a person approved leave with the turn. What does not live here: approving them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bywhen.kernel.clock import current_clock
from bywhen.meetings.selectors.planned import planned_coming, series_list
from bywhen.meetings.services.papers import papers_missed
from bywhen.meetings.services.planning import agenda_draft_keep, meetings_plan
from bywhen.platform.outgoing import mails_send
from bywhen.platform.transports import transport_configured
from bywhen.schedule.selectors import working_time_of
from bywhen.week.selectors.agenda_facts import agenda_drafted

if TYPE_CHECKING:
    from bywhen.meetings.models import PlannedMeeting
    from bywhen.record.models import Project

DRAFTED_AHEAD = timedelta(days=14)
"""An agenda further ahead would be out of date before anybody reads it."""


def meetings_prepare(*, project: Project) -> int:
    """Plan series ahead, draft the agendas of the next two weeks that nobody has edited, open a loop for papers that
    were due. Answers how much is new; a second call changes nothing.
    """
    planned = sum(len(meetings_plan(series=series)) for series in series_list(project=project))
    until = current_clock().now() + DRAFTED_AHEAD
    drafted = sum(agenda_redraft(planned=each) for each in planned_coming(project=project).filter(start__lt=until))
    return planned + drafted + papers_missed(project=project, working_time=working_time_of(project))


def agenda_redraft(*, planned: PlannedMeeting) -> bool:
    """Draft the agenda from the record as it is now, unless a person has edited it; whether it is another one."""
    return agenda_draft_keep(planned=planned, agenda=agenda_drafted(planned))


def letters_send() -> int:
    """Send what people approved and what the mail server put off, when there is one; answers how many left."""
    transport = transport_configured()
    return len(mails_send(transport=transport).sent) if transport else 0
