"""The minutes of a steering meeting with something of everything: also hostile words, which stay words."""

from __future__ import annotations

from datetime import date

from bywhen.kernel.evidence import EvidenceRef
from bywhen.kernel.minutes import (
    Attendant,
    DiscussionPoint,
    MinuteItem,
    MinutesFacts,
    MissedPoint,
    Remark,
    evidence_whole,
)
from bywhen.kernel.status import SourceTitle

HELD = date(2026, 11, 19)
CALL = "call"


def cited(line: int, quote: str) -> dict:
    return {"fact_id": f"line:{line}", "as_of": HELD, "evidence": (EvidenceRef(CALL, f"cue {line}", quote),)}


def steering_minutes(**changes) -> MinutesFacts:
    whole = {"as_of": HELD, "evidence": evidence_whole(CALL, 41, "cue")}
    values = {
        "meeting": "Steering meeting",
        "project": "Meridian ERP roll-out",
        "held_on": HELD,
        "number": 2,
        "published_by": "Priya Nair",
        "published_on": date(2026, 11, 20),
        "waived": ("'Ask the vendor for a second environment' has no date",),
        "waiver": "the vendor answers on Monday; the date follows in version 3",
        "distribution": ("Priya Nair", "Tomás Silva", "Dana Whitfield"),
        "sources": {CALL: SourceTitle("2026-11-19-steering.vtt", "transcript", HELD)},
        "attendance": (
            Attendant(name="Priya Nair", fact_id="person:1", **whole),
            Attendant(name="Tomás Silva", fact_id="person:2", **whole),
            Attendant(name="Dana Whitfield", present=False, fact_id="person:3", **whole),
        ),
        "items": (
            MinuteItem(
                kind="decision",
                text="Go live with the finance module first",
                owner="Dana Whitfield",
                **cited(7, "we go live with finance first"),
            ),
            MinuteItem(
                kind="action",
                text="Send the cut-over rehearsal plan",
                owner="Tomás Silva",
                due=date(2026, 11, 24),
                **cited(12, "I will send the rehearsal plan by Tuesday"),
            ),
            MinuteItem(
                kind="action",
                text="Ask the vendor for a second environment",
                owner="Priya Nair",
                due_text="once the contract is signed",
                **cited(15, "I ask them once the contract is signed"),
            ),
            MinuteItem(
                kind="change",
                text="Interface tests: 5 working days later",
                effect="Go-live moves 3 working days, to Thu 4 Mar 2027.",
                **cited(18, "the interface tests need another week"),
            ),
            MinuteItem(
                kind="risk",
                text="<b>The key user</b> leaves =1+1",
                owner="Priya Nair",
                **cited(21, "our key user may leave"),
            ),
            MinuteItem(
                kind="issue", text="The test system is down since Monday", **cited(24, "it is down since Monday")
            ),
            MinuteItem(
                kind="question",
                text="Who signs off the data migration?",
                owner="Dana Whitfield",
                due=date(2026, 12, 1),
                **cited(29, "who signs off the migration?"),
            ),
            MinuteItem(kind="risk", text="Licences may run out", settled=False, **cited(33, "licences may run out")),
        ),
        "discussion": (
            DiscussionPoint(
                heading="Cut-over",
                remarks=(
                    Remark(text="we go live with finance first", speaker="Dana Whitfield", **cited(7, "we go live")),
                    Remark(text="I will send the rehearsal plan by Tuesday", speaker="Tomás Silva", **cited(12, "I")),
                ),
            ),
            DiscussionPoint(heading="", remarks=(Remark(text="The room was cold.", **cited(40, "The room was cold")),)),
        ),
        "missed": (MissedPoint(heading="Budget to completion", fact_id="agenda:4", **whole),),
    }
    return MinutesFacts(**{**values, **changes})


def minutes_of_kind(kind) -> MinutesFacts:
    """The same meeting held as another kind: its sections, notes under each of its headings."""
    whole = {"as_of": HELD, "evidence": evidence_whole(CALL, 41, "line")}
    points = tuple(
        DiscussionPoint(
            heading=f"{number}. {section}",
            remarks=(Remark(text=f"A note on what stands under {section}.", **cited(number, f"A note on {section}")),),
        )
        for number, section in enumerate(kind.MINUTES_SECTIONS, 1)
    )
    return steering_minutes(
        meeting=f"{kind.TITLE} Meridian",
        kind=kind.TITLE,
        sections=kind.MINUTES_SECTIONS,
        hours="10:00 to 11:00 Europe/Berlin",
        place="Room 4, and by call",
        next_meeting="Thu 26 Nov 2026, 10:00 Europe/Berlin",
        quorum="Quorum: 3 of 4 voting people were there, 2 needed; it was met" if kind.QUORUM else "",
        attendance=(
            Attendant(name="Priya Nair", role="Programme manager", fact_id="person:1", **whole),
            Attendant(name="Tomás Silva", role="Test lead", fact_id="person:2", **whole),
            Attendant(name="Dana Whitfield", role="Sponsor", present=False, fact_id="person:3", **whole),
        ),
        since=("New decision: Go live with the finance module first, Dana Whitfield",),
        discussion=points,
    )
