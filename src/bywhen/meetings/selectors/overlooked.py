"""What a meeting missed, seen while its items are judged: it grows shorter as they are accepted.

What does not live here: what the published minutes say of it (``selectors.minutes``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bywhen.kernel.transcript import Utterance
from bywhen.meetings.engine.asking import Asked, Taken, decisions_asked, decisions_untaken
from bywhen.meetings.engine.missed import Outcome, missed
from bywhen.meetings.engine.notes import frames
from bywhen.meetings.engine.publishing import ACCEPTED, OPEN
from bywhen.meetings.selectors.minutes import agenda_points
from bywhen.meetings.selectors.planned import planned_of_meeting

if TYPE_CHECKING:
    from bywhen.meetings.models import Line, Meeting
    from bywhen.record.models import Proposal

_DECIDES = ("decision", "change")


@dataclass(frozen=True, slots=True)
class Overlooked:
    """``agenda`` are points of which nothing came, ``hoped`` points of which something came that nobody has accepted
    yet; ``asked`` are the lines that ask for a decision which was not taken.
    """

    agenda: tuple[str, ...]
    hoped: tuple[str, ...]
    asked: tuple[Asked, ...]


def meeting_overlooked(meeting: Meeting, lines: Sequence[Line], proposals: Sequence[Proposal]) -> Overlooked:
    """What is missing by the judgements so far. ``proposals`` are all of the meeting, ``lines`` what was said."""
    under = {line.number: line.heading for line in lines}
    headed = [heading for heading in dict.fromkeys(under.values()) if not frames(heading, title=meeting.title)]
    agenda = [*agenda_points(planned_of_meeting(meeting.pk)), *headed]
    accepted = [each for each in proposals if each.status in ACCEPTED]
    waiting = [each for each in proposals if each.status == OPEN]
    without = missed(agenda, [_outcome(each, under) for each in accepted])
    never = missed(without, [_outcome(each, under) for each in waiting])
    said = (Utterance(line.number, line.text, line.speaker) for line in lines)
    taken = [Taken(_words(each), tuple(_lines(each))) for each in accepted if each.kind in _DECIDES]
    return Overlooked(
        agenda=never,
        hoped=tuple(each for each in without if each not in never),
        asked=decisions_untaken(decisions_asked(said), taken),
    )


def _outcome(proposal: Proposal, under: dict[int, str]) -> Outcome:
    return Outcome(_words(proposal), tuple(under.get(line, "") for line in _lines(proposal)))


def _words(proposal: Proposal) -> str:
    return str((proposal.edited or proposal.payload).get("text") or proposal.text)


def _lines(proposal: Proposal) -> list[int]:
    """The numbers of the lines that it rests on."""
    last = (quote.place.rpartition(" ")[2] for quote in proposal.quotes.all())
    return [int(number) for number in last if number.isdigit()]
