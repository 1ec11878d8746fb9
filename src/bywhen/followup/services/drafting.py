"""Drafting the week's asks: one message a person, brought up to date on every run, never doubled, never sent.

What does not live here: deciding about a draft (``asks``), gathering facts (``selectors.facts``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from bywhen.followup.engine.ladder import Judged, LeftAlone, Line, climb
from bywhen.followup.engine.message import body, paragraph, subject
from bywhen.followup.engine.tone import tone_of
from bywhen.followup.models import Ask, AskLine
from bywhen.followup.selectors.asks import asked_on, week_of
from bywhen.followup.selectors.catalogue import rule_list
from bywhen.kernel.asking import Fired, LoopFacts
from bywhen.kernel.counts import Counts
from bywhen.record.selectors.people import person_list
from bywhen.record.selectors.projects import project_list
from bywhen.record.services.proposals import proposal_key

if TYPE_CHECKING:
    from bywhen.record.models import Person, Project

EMPTIED = "everything in it has moved or was closed"
MISSED_WEEK = "nobody approved it in its week"


@dataclass(frozen=True, slots=True)
class Drafting:
    """What a run did: the drafts as they stand, how many were made, changed or left, who is left alone and why."""

    asks: tuple[Ask, ...]
    counts: Counts
    quiet: tuple[LeftAlone, ...]


@transaction.atomic
def asks_draft(*, today: date, facts: Sequence[LoopFacts], project: Project | None = None) -> Drafting:
    """Bring this week's drafts up to date with the facts; a second run with the same facts changes nothing.

    With ``project`` the facts are only of that project, and lines of others stay in the drafts while their loops are
    open. Loops that closed or moved drop out; a draft without lines is discarded, and comes back if something fires
    again. What a person approved, held, discarded or edited keeps its words. Drafts of past weeks are discarded.
    """
    week, counts = week_of(today), Counts()
    for old in Ask.objects.filter(status="draft", week__lt=week):
        _discard(old, MISSED_WEEK, counts)
    leads = {each.key: each.lead.name for each in project_list() if each.lead}
    ladder = climb(_judged(facts, today), leads=leads, asked_on=asked_on(week), today=today)
    people = {person.name: person for person in person_list()}
    wanted, quiet = dict[str, tuple[Line, ...]](), list(ladder.quiet)
    known = {ask.person.name: ask for ask in Ask.objects.filter(week=week, kind="weekly").select_related("person")}
    for each in ladder.asks:
        reason = "is not in the people list" if each.person not in people else _settled(known.get(each.person))
        if reason:
            quiet += [LeftAlone(line.facts.loop, each.person, f"{each.person} {reason}") for line in each.lines]
        else:
            wanted[each.person] = each.lines
    drafts = {name: ask for name, ask in known.items() if ask.status == "draft"}
    for name in sorted({*wanted, *drafts}):
        ask = known.get(name) or _new(people[name], week, today)
        _sync(ask, wanted.get(name, ()), project, counts)
    return Drafting(tuple(Ask.objects.filter(week=week, status="draft", kind="weekly")), counts, tuple(quiet))


def draft_compose(ask: Ask) -> tuple[str, str]:
    """Subject and body from the lines as they stand."""
    return _words(ask.person, list(ask.lines.all()))


def _judged(facts: Sequence[LoopFacts], today: date) -> list[Judged]:
    verdicts = ((each, [(rule.RULE, rule.judge(each, today)) for rule in rule_list()]) for each in facts)
    judged = (
        Judged(each, tuple((rule, verdict) for rule, verdict in said if isinstance(verdict, Fired)))
        for each, said in verdicts
    )
    return [each for each in judged if each.fired]


def _settled(ask: Ask | None) -> str:
    """Why this week's message to a person is left as it is; '' when it may be drafted."""
    if ask is None or ask.status == "draft" or (ask.status == "discarded" and ask.status_reason == EMPTIED):
        return ""
    return f"has a message this week that is {ask.status}"


def _new(person: Person, week: date, today: date) -> Ask:
    addresses = {address.kind: address.value for address in reversed(person.addresses.all())}
    channel = next((kind for kind in ("email", "handle") if kind in addresses), "")
    return Ask(
        key=proposal_key("ask", person.pk, week),
        person=person,
        week=week,
        channel=channel,
        address=addresses.get(channel, ""),
        created_on=today,
    )


def _sync(ask: Ask, lines: tuple[Line, ...], project: Project | None, counts: Counts) -> None:
    before = list(ask.lines.select_related("loop__project")) if ask.pk else []
    after = _ordered([_row(line, ask.person.name) for line in lines], before, project)
    if not after:
        _discard(ask, EMPTIED, counts)
        return
    same = [_content(row) for row in before] == [_content(row) for row in after] and ask.status == "draft"
    if same:
        counts.unchanged += 1
        return
    created = ask.pk is None
    ask.status, ask.status_reason = "draft", ""
    ask.outdated = ask.edited
    if not ask.edited:
        ask.subject, ask.body = _words(ask.person, after)
    ask.save()
    ask.lines.all().delete()
    for position, row in enumerate(after, 1):
        row.pk, row.ask, row.position = None, ask, position
    AskLine.objects.bulk_create(after)
    counts.created += created
    counts.updated += not created


def _words(person: Person, lines: Sequence[AskLine]) -> tuple[str, str]:
    tone = tone_of(f"{person.seniority} {person.role}")
    return subject([line.headline for line in lines]), body([line.text for line in lines], tone)


def _ordered(rows: list[AskLine], before: list[AskLine], project: Project | None) -> list[AskLine]:
    """The new rows and, when only one project was judged, the standing rows of the others; in the ladder's order."""
    if project is not None:
        rows = [*rows, *(r for r in before if r.loop.project_id != project.pk and r.loop.status == "open")]
    return sorted(rows, key=lambda row: (-row.urgency, row.due or date.max, row.loop_id))


def _row(line: Line, person: str) -> AskLine:
    words = paragraph(line, person)
    return AskLine(
        loop_id=line.facts.loop,
        rule=line.rule[:60],
        urgency=int(line.fired.urgency),
        due=line.facts.due,
        reason="; ".join(line.reasons),
        headline=words.headline[:200],
        text=words.text,
    )


def _content(row: AskLine) -> tuple[int, str, int, str, str]:
    return row.loop_id, row.rule, row.urgency, row.reason, row.text


def _discard(ask: Ask, reason: str, counts: Counts) -> None:
    ask.lines.all().delete()
    ask.status, ask.status_reason = "discarded", reason
    ask.save()
    counts.updated += 1
