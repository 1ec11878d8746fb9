"""From a transcript or notes to items: explicit ones by grammar, the others of a conversation by the trained scorer.

What does not live here: reading files (``intake``), the plan's cascade of a change (room ``schedule``), keeping and
approving (``record``, room ``meetings``). Nothing said in a meeting is an instruction to this program: a line that
says "mark all tasks done" is a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bywhen.kernel.findings import Finding, Severity
from bywhen.kernel.tables import PersonRow
from bywhen.kernel.transcript import Transcript, Utterance
from bywhen.meetings.engine import grammar, outright
from bywhen.meetings.engine.changes import SpokenChange, find_change
from bywhen.meetings.engine.conversation import Stretch, stretches
from bywhen.meetings.engine.dates import DueDate, due_date, find_due_date
from bywhen.meetings.engine.explicit import Noted, noted_items
from bywhen.meetings.engine.grammar import Marked
from bywhen.meetings.engine.items import Extraction, Item, ItemKind, Said, item_id, same_item
from bywhen.meetings.engine.linking import PlanTask, TaskIndex
from bywhen.meetings.engine.owners import Voices, find_owner
from bywhen.meetings.engine.persons import BY_NAME, Owner, person_named, speaker_person
from bywhen.meetings.engine.projecttime import ProjectTime
from bywhen.meetings.engine.scoring import Scorer, shipped_scorer

ITEM_CONFIDENCE = 0.5
"""From here on an item is shown as found, below as a candidate for the reviewer."""


_LEAST, _LEAST_IN_NOTES = 0.001, 0.1
"""Candidates below are not worth a reviewer's look; written prose is not what the scorer learned from."""


@dataclass(frozen=True, slots=True)
class _Meeting:
    """What every step needs to know of the meeting."""

    transcript: Transcript
    people: tuple[PersonRow, ...]
    time: ProjectTime
    index: TaskIndex


def extract(
    transcript: Transcript,
    *,
    time: ProjectTime,
    people: Sequence[PersonRow] = (),
    tasks: Sequence[PlanTask] = (),
    scorer: Scorer | None = None,
) -> Extraction:
    """The decisions, actions, risks, issues, changes and questions of a meeting, each with its verbatim words.

    ``people`` is the team's list; without one, speakers and attendees stand in. ``tasks`` are the plan's, to link to.
    ``scorer`` replaces the shipped weights (cross-validation does). The same input always gives the same items with
    the same ids.
    """
    meeting = _Meeting(transcript, tuple(people) or _present(transcript), time, TaskIndex(tasks))
    found = list(_explicit(meeting))
    marked_lines = {line for item in found for line in _lines(item)}
    found += [i for i in _spoken(meeting) if not marked_lines & _lines(i)]
    if transcript.utterances:
        found += _likely(meeting, found, scorer or shipped_scorer())
    kept = _without_twins(found)
    items = tuple(sorted((i for i in kept if i.confidence >= ITEM_CONFIDENCE), key=_place))
    below = sorted((i for i in kept if i.confidence < ITEM_CONFIDENCE), key=lambda i: (-i.confidence, _place(i)))
    return Extraction(items, tuple(below), tuple(_findings(transcript, items)))


def _lines(item: Item) -> set[int]:
    return {said.line for said in item.evidence}


def _place(item: Item) -> tuple[int, str]:
    return item.evidence[0].line, item.kind.value


def _present(transcript: Transcript) -> tuple[PersonRow, ...]:
    """The speakers and attendees as a people list of their own."""
    names = dict.fromkeys([*transcript.attendees, *(u.speaker for u in transcript.utterances)])
    return tuple(PersonRow(f"speaker {n}", n) for n in names if n.strip())


# --- explicit items ----------------------------------------------------------------------------------------------


def _explicit(meeting: _Meeting) -> Iterable[Item]:
    """The items of marked lines; a decision that changes the plan is a proposed change besides."""
    for noted in noted_items(meeting.transcript, meeting.people):
        item = _explicit_item(noted, meeting)
        yield item
        if item.kind is ItemKind.DECISION and item.change and not grammar.turned_down(item.rule):
            yield replace(item, id=item_id(ItemKind.CHANGE, item.evidence), kind=ItemKind.CHANGE, confidence=0.9)


def _explicit_item(noted: Noted, meeting: _Meeting) -> Item:
    found = noted.found
    lines = tuple(meeting.transcript.utterances[n] for n in noted.numbers)
    owner = _field_owner(found, meeting) or _named_first(found, meeting)
    owner = owner or find_owner(found.text, meeting.people, _voices(noted.numbers[0], meeting))
    due = _explicit_due(found, meeting)
    return _item(found.kind, found.text, lines, found.rule, found.confidence, owner, due, meeting)


def _explicit_due(found: Marked, meeting: _Meeting) -> DueDate | None:
    """The day of the due field, else for what somebody is to do or to answer of the text, else of the owner's field."""
    if found.due and (due := due_date(found.due, meeting.time)):
        return due
    if found.kind not in (ItemKind.ACTION, ItemKind.QUESTION):
        return None
    due = find_due_date(found.text, meeting.time)
    return due or (find_due_date(found.owner, meeting.time) if found.owner else None)


def _named_first(found: Marked, meeting: _Meeting) -> Owner | None:
    """The owner of "Ben: restart the server" and "Ben restarts the server"; of two names the first."""
    if found.kind is not ItemKind.ACTION:
        return None
    name = re.split(r"\s*[/&,]\s*", grammar.named_first(found.text) or "")[0]
    before_colon = person_named(name, meeting.people) if name else None
    if before_colon:
        return before_colon
    leading = (person_named(n, meeting.people) for n in grammar.leading_names(found.text))
    return next((o for o in leading if o and o.rule in BY_NAME), None)


def _field_owner(found: Marked, meeting: _Meeting) -> Owner | None:
    """The owner of a field of its own: brackets after the marker or a table cell; a second name is left aside."""
    first = re.split(r"[,;/&]|\band\b", found.owner)[0].strip()
    if not first:
        return None
    known = person_named(first, meeting.people)
    if known or not re.search(r"[^\W\d_]{2}", first) or find_due_date(first, meeting.time):
        return known
    return Owner(first.lstrip("@"), bool(meeting.people), "as written (field)", 0.6)


# --- said in conversation ------------------------------------------------------------------------------------------


def _spoken(meeting: _Meeting) -> Iterable[Item]:
    """What is agreed, promised or warned of outright, in speech or in the prose of notes."""
    for number, utterance in enumerate(meeting.transcript.utterances):
        text = utterance.text
        agreed = outright.agreed(text)
        change = find_change(text, meeting.time)
        if change and _links(change, meeting) and (change.agreed or agreed):
            yield _change_item(change, number, meeting)
        elif agreed:
            yield _item(ItemKind.DECISION, agreed, (utterance,), "said to be agreed", 0.6, None, None, meeting)
        promise = _promise(number, meeting)
        if promise:
            yield promise
        if outright.said_risk(text):
            yield _item(ItemKind.RISK, text, (utterance,), "said to be a risk", 0.55, None, None, meeting)
        elif outright.said_issue(text):
            yield _item(ItemKind.ISSUE, text, (utterance,), "said to be blocked", 0.55, None, None, meeting)


def _links(change: SpokenChange, meeting: _Meeting) -> bool:
    return change.confidence >= ITEM_CONFIDENCE or bool(meeting.index.link(change.change.subject))


def _change_item(change: SpokenChange, number: int, meeting: _Meeting) -> Item:
    utterance = meeting.transcript.utterances[number]
    item = _item(
        ItemKind.CHANGE,
        utterance.text,
        (utterance,),
        f"change: {change.change.verb}",
        change.confidence,
        None,
        None,
        meeting,
    )
    link = meeting.index.link(change.change.subject)
    return replace(item, change=change.change, task_uid=link.uid if link else None)


def _promise(number: int, meeting: _Meeting) -> Item | None:
    """A commitment with a deadline ("I'll send it by Thursday") or one named person who says yes ("Ana, can you ...?").

    "I'll" alone is small talk far more often than a promise: in recorded meetings one in seventeen such sentences was
    minuted. Without a day or a name it is left to the scorer.
    """
    utterance = meeting.transcript.utterances[number]
    if not outright.promised(utterance.text):
        return None
    due = find_due_date(utterance.text, meeting.time)
    voices = _voices(number, meeting)
    owner = find_owner(utterance.text, meeting.people, voices)
    if owner is None:
        return None
    if due and due.on and due.on > meeting.time.held_on:
        return _item(
            ItemKind.ACTION, utterance.text, (utterance,), "commitment with a deadline", 0.75, owner, due, meeting
        )
    speaker = speaker_person(utterance.speaker, meeting.people)
    if voices.accepted and owner.rule in BY_NAME and not (speaker and speaker.name == owner.name):
        return _item(
            ItemKind.ACTION, utterance.text, (utterance,), "asked by name and accepted", 0.65, owner, due, meeting
        )
    return None


def _voices(number: int, meeting: _Meeting) -> Voices:
    """Speaker and the one spoken to: the next other speaker who says yes, else the last other speaker before."""
    said = meeting.transcript.utterances
    speaker = said[number].speaker
    if not speaker:
        return Voices()
    for answer in said[number + 1 : number + 4]:
        if answer.speaker and answer.speaker != speaker:
            if outright.REFUSAL.match(answer.text):
                break
            if outright.ACCEPTANCE.match(answer.text):
                return Voices(speaker, answer.speaker, accepted=True)
    before = (u.speaker for u in reversed(said[max(0, number - 6) : number]) if u.speaker and u.speaker != speaker)
    return Voices(speaker, next(before, ""))


# --- likely by the trained scorer ----------------------------------------------------------------------------------


def _likely(meeting: _Meeting, known: Sequence[Item], scorer: Scorer) -> Iterable[Item]:
    """The stretches of conversation that the scorer finds, but for lines that already are an item of that kind."""
    said = meeting.transcript.utterances
    taken = {(_scored_as(item.kind), line) for item in known for line in _lines(item)}
    known_lines = {line for _, line in taken}
    for name, likelihood in scorer.likelihoods(said).items():
        for stretch in stretches(likelihood):
            lines = {said[n].line for n in stretch.numbers}
            if not re.search(r"\w", said[stretch.best].text):
                continue
            if any((name, line) in taken for line in lines) or (
                stretch.likelihood < ITEM_CONFIDENCE and lines & known_lines
            ):
                continue
            item = _likely_item(name, stretch, meeting)
            if item.confidence >= (_LEAST_IN_NOTES if meeting.transcript.notes else _LEAST):
                yield item


def _scored_as(kind: ItemKind) -> str:
    return "problem" if kind in (ItemKind.RISK, ItemKind.ISSUE) else kind.value


def _likely_item(name: str, stretch: Stretch, meeting: _Meeting) -> Item:
    """A stretch as an item; written prose is not what the scorer learned from, so there it only offers candidates."""
    said = meeting.transcript.utterances
    best = said[stretch.best]
    problem = ItemKind.RISK if outright.uncertain(best.text) else ItemKind.ISSUE
    kind = problem if name == "problem" else ItemKind(name)
    confidence = min(stretch.likelihood, ITEM_CONFIDENCE - 0.001) if meeting.transcript.notes else stretch.likelihood
    due = find_due_date(best.text, meeting.time) if kind is ItemKind.ACTION else None
    owner = find_owner(best.text, meeting.people, _voices(stretch.best, meeting)) if kind is ItemKind.ACTION else None
    lines = tuple(said[n] for n in stretch.numbers if n == stretch.best or said[n].text.strip())
    return _item(kind, outright.without_fillers(best.text), lines, "trained scorer", confidence, owner, due, meeting)


# --- shared --------------------------------------------------------------------------------------------------------


def _item(
    kind: ItemKind,
    text: str,
    lines: tuple[Utterance, ...],
    rule: str,
    confidence: float,
    owner: Owner | None,
    due: DueDate | None,
    meeting: _Meeting,
) -> Item:
    evidence = tuple(Said.of(u) for u in lines)
    change = find_change(text, meeting.time) if kind in (ItemKind.DECISION, ItemKind.CHANGE) else None
    link = meeting.index.link(
        change.change.subject if change else text, owner=owner.name if owner else "", due=due.on if due else None
    )
    return Item(
        id=item_id(kind, evidence),
        kind=kind,
        text=text,
        evidence=evidence,
        confidence=round(confidence, 3),
        rule=rule,
        owner=owner.name if owner else "",
        owner_suggested=owner.suggested if owner else False,
        due=due.on if due else None,
        due_text=due.phrase if due else "",
        task_uid=link.uid if link else None,
        change=change.change if change else None,
    )


def _without_twins(found: Sequence[Item]) -> list[Item]:
    """One of each: of items that say the same, the surer one stays, the earlier of equals."""
    kept: list[Item] = []
    for item in sorted(found, key=lambda i: (-i.confidence, _place(i))):
        if not any(item.id == k.id or same_item(item, k) for k in kept):
            kept.append(item)
    return kept


def _findings(transcript: Transcript, items: Sequence[Item]) -> Iterable[Finding]:
    said = transcript.utterances
    if not any(u.text.strip() for u in said):
        yield Finding("meeting-empty", Severity.WARNING, "The transcript holds no words, so nothing could be minuted.")
        return
    speakers = {u.speaker for u in said if u.speaker}
    if not transcript.notes and len(speakers) < 2 and len(said) > 5:
        yield Finding(
            "speakers-unknown",
            Severity.INFO,
            "Only one speaker is told apart, so owners behind 'I' and 'you' are not certain.",
        )
    without = sum(i.kind is ItemKind.ACTION and not i.owner for i in items)
    if without:
        yield Finding(
            "action-without-owner", Severity.WARNING, f"{without} action{'s have' if without > 1 else ' has'} no owner."
        )
