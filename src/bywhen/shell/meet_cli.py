"""``bywhen meet``: meetings to come. It stands here because an agenda is drafted from every room's record.

What does not live here: planning, inviting (room ``meetings``), drafting (room ``week``).
"""

from __future__ import annotations

import getpass
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bywhen.kernel.errors import DateUnreadableError, InputRefusedError, StateWrongError
from bywhen.platform.acting import Actor, acting
from bywhen.platform.workspace import workspace_open
from bywhen.reports.cli import minutes as minutes_verb
from bywhen.reports.cli import publish as publish_verb

if TYPE_CHECKING:
    from bywhen.meetings.models import PlannedMeeting
    from bywhen.record.models import Person

app = typer.Typer(no_args_is_help=True, help="Plan meetings, draft agendas, invite, publish minutes.")
app.command("publish")(publish_verb)
app.command("minutes")(minutes_verb)
Workspace = Annotated[Path | None, typer.Option("--workspace", help="The workspace's folder (or BYWHEN_WORKSPACE).")]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
AsOf = Annotated[str, typer.Option("--as-of", help="Judge time as of this day, YYYY-MM-DD.")]
Number = Annotated[int, typer.Argument(help="The meeting's number, as 'meet plan' and 'meet list' tell it.")]
SEARCHED = timedelta(days=14)


@app.command("list")
def coming(workspace: Workspace = None, as_of: AsOf = "", as_json: Json = False) -> None:
    """Meetings to come."""
    workspace_open(workspace, as_of)
    from bywhen.meetings.selectors.planned import planned_coming

    rows = [_document(planned) for planned in planned_coming()]
    _say({"meetings": rows}, [_line(row) for row in rows] or ["No meeting is planned."], as_json)


@app.command("plan")
def plan(  # noqa: PLR0913, PLR0917 - one option a field
    project: Annotated[str, typer.Option("--project", help="The project's key.")],
    kind: Annotated[str, typer.Option("--kind", help="stand_up, status, steering_committee, cab, vendor_call ...")],
    start: Annotated[
        str, typer.Option("--start", help="Local start, '2026-11-24 10:00'; with --free a day is enough.")
    ],
    zone: Annotated[str, typer.Option("--zone", help="IANA time zone of the start.")] = "UTC",
    repeat: Annotated[
        str, typer.Option("--repeat", help="How often: 'every two weeks', 'last working day', or an RRULE.")
    ] = "",
    title: Annotated[str, typer.Option("--title", help="Else the kind's own.")] = "",
    minutes: Annotated[int | None, typer.Option("--minutes", help="Else the kind's own.")] = None,
    place: Annotated[str, typer.Option("--place", help="Room or link.")] = "",
    people: Annotated[list[str] | None, typer.Option("--with", help="Required person; again for more.")] = None,
    optional: Annotated[list[str] | None, typer.Option("--optional", help="Optional person; again for more.")] = None,
    organiser: Annotated[str, typer.Option("--organiser", help="Who invites.")] = "",
    free: Annotated[bool, typer.Option("--free", help="Only propose free times from that day on.")] = False,
    calendar: Annotated[
        list[str] | None, typer.Option("--calendar", help="NAME=FILE.ics or NAME=https://... (CalDAV), for --free.")
    ] = None,
    workspace: Workspace = None,
    as_of: AsOf = "",
    as_json: Json = False,
) -> None:
    """Plan a meeting or, with --repeat, a series. Nobody is told; --free proposes times and plans nothing."""
    workspace_open(workspace, as_of)
    from bywhen.meetings.engine.recurrence_words import read_recurrence
    from bywhen.meetings.services.planning import Guests, meeting_plan, series_plan
    from bywhen.record.selectors.projects import project_get

    found = project_get(project)
    if found is None:
        raise InputRefusedError(f"there is no project {project!r}", place="--project", remedy="Write its key.")
    required, others = _people(people or []), _people(optional or [])
    if free:
        _free(required, others, _moment(start).date(), minutes or _minutes(kind), calendar or [], as_json)
        return
    guests = Guests(required, others, next(iter(_people([organiser] if organiser else [])), None))
    fields: dict[str, Any] = {"project": found, "kind": kind, "zone": zone, "title": title, "minutes": minutes}
    fields |= {"location": place, "guests": guests}
    with _person():
        if repeat:
            rule = read_recurrence(repeat, _moment(start).date())
            planned = list(series_plan(first=_moment(start), rule=rule, **fields).planned.all())
        else:
            planned = [meeting_plan(start=_moment(start), **fields)]
    rows = [_document(each) for each in planned]
    _say({"meetings": rows}, [_line(row) for row in rows], as_json)


@app.command("agenda")
def agenda(
    number: Number,
    draft: Annotated[bool, typer.Option("--draft/--kept", help="Draft it anew from the record first.")] = True,
    workspace: Workspace = None,
    as_of: AsOf = "",
    as_json: Json = False,
) -> None:
    """The agenda of a meeting; one that a person has edited is never drafted anew."""
    workspace_open(workspace, as_of)
    from bywhen.meetings.selectors.planned import agenda_text, planned_agenda
    from bywhen.week.services.preparing import agenda_redraft

    planned = _planned(number)
    if draft:
        with _person():
            agenda_redraft(planned=planned)
    kept = planned_agenda(planned)
    document = {**_document(planned), "agenda": {**kept.document(), "minutes": kept.minutes, "warning": kept.warning}}
    _say(
        document, [_line(document), agenda_text(kept) or "It has no sections.", *filter(None, [kept.warning])], as_json
    )


@app.command("invite")
def invite(
    number: Number,
    send: Annotated[bool, typer.Option("--send", help="Approve the letters and send them.")] = False,
    series: Annotated[bool, typer.Option("--series", help="To the whole series, as one calendar entry.")] = False,
    workspace: Workspace = None,
    as_of: AsOf = "",
    as_json: Json = False,
) -> None:
    """Prepare the invitation, the update or the cancellation; nothing leaves without --send."""
    workspace_open(workspace, as_of)
    from bywhen.meetings.services.inviting import invitations_prepare, letters_waiting, series_invitations_prepare
    from bywhen.platform.outgoing import mail_approve, mails_send
    from bywhen.platform.transports import transport_configured

    with _person():
        planned = _planned(number)
        if series and planned.series is None:
            raise StateWrongError(f"'{planned.title}' belongs to no series; leave --series out.")
        if series and planned.series is not None:
            letters, unreachable = series_invitations_prepare(series=planned.series)
        else:
            letters, unreachable = invitations_prepare(planned=planned)
        known = {mail.pk for mail in letters}
        letters += [mail for mail in letters_waiting(planned) if mail.pk not in known]
        if send:
            transport = transport_configured()
            if transport is None:
                raise StateWrongError("No mail server is set; set BYWHEN_SMTP_URL and send again.")
            for mail in letters:
                if mail.status in ("prepared", "failed"):
                    mail_approve(mail=mail)
            mails_send(transport=transport)
            for mail in letters:
                mail.refresh_from_db()
    rows = [
        {"to": mail.recipient_address, "subject": mail.subject, "status": mail.status, "error": mail.last_error}
        for mail in letters
    ]
    missing = [person.name for person in unreachable]
    lines = [f"{row['status']}: {row['to']}: {row['subject']}{row['error'] and ': ' + row['error']}" for row in rows]
    lines += [f"no address is known of {name}" for name in missing]
    _say({"letters": rows, "without_address": missing}, lines or ["Nobody is asked to it."], as_json)


@app.command("move")
def move(
    number: Number,
    start: Annotated[str, typer.Option("--start", help="Another local start, '2026-11-24 10:00'.")] = "",
    repeat: Annotated[str, typer.Option("--repeat", help="Another rhythm for it and all after it, in words.")] = "",
    following: Annotated[bool, typer.Option("--following", help="It and all after it in its series.")] = False,
    off: Annotated[bool, typer.Option("--off", help="Call it off instead.")] = False,
    workspace: Workspace = None,
    as_of: AsOf = "",
    as_json: Json = False,
) -> None:
    """Move a meeting or call it off, alone or with all after it in its series. Nobody is told before 'meet invite'."""
    workspace_open(workspace, as_of)
    from bywhen.meetings.services.planning import meeting_call_off, meeting_move
    from bywhen.meetings.services.series import series_end

    planned = _planned(number)
    with _person():
        if off and following:
            series_end(planned=planned)
        elif off:
            meeting_call_off(planned=planned)
        elif following or repeat:
            planned = _revised(planned, start, repeat)
        else:
            meeting_move(planned=planned, start=_moment(start))
    document = _document(_planned(planned.pk))
    _say(document, [_line(document)], as_json)


def _revised(planned: PlannedMeeting, start: str, repeat: str) -> PlannedMeeting:
    from dataclasses import replace

    from bywhen.meetings.engine.recurrence_words import read_recurrence
    from bywhen.meetings.services.series import rhythm_of, series_revise

    before = rhythm_of(planned)
    first = _moment(start) if start else before.first
    rule = read_recurrence(repeat, first.date()) if repeat else before.rule
    return series_revise(planned=planned, rhythm=replace(before, first=first, rule=rule))


@app.command("reply")
def reply(
    file: Annotated[
        Path, typer.Argument(help="The answer as an iCalendar file, or the saved letter.", show_default=False)
    ],
    workspace: Workspace = None,
    as_of: AsOf = "",
    as_json: Json = False,
) -> None:
    """Take the answer to an invitation in."""
    workspace_open(workspace, as_of)
    from bywhen.intake.reading import blob_of
    from bywhen.meetings.services.mailboxes import reply_file_take_in

    blob = blob_of(file)
    with _person():
        counts = reply_file_take_in(data=blob.data, name=blob.name)
    skipped = [{"place": place, "reason": reason} for place, reason in counts.skipped]
    lines = [f"{counts.updated} taken in, {counts.unchanged} known already"]
    lines += [f"left out: {place}: {reason}" for place, reason in counts.skipped]
    _say({"updated": counts.updated, "unchanged": counts.unchanged, "skipped": skipped}, lines, as_json)


@app.command("feed")
def feed(
    name: Annotated[str, typer.Argument(help="Whose meetings.", show_default=False)],
    revoke: Annotated[bool, typer.Option("--revoke", help="Stop the feed instead.")] = False,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Make a secret address to subscribe to a person's meetings; the one before stops working."""
    workspace_open(workspace)
    from bywhen.meetings.services.feeds import feed_address_make, feed_address_revoke

    (person,) = _people([name])
    with _person():
        if revoke:
            stopped = feed_address_revoke(person=person)
            _say({"revoked": stopped}, ["The feed is stopped." if stopped else "There was no feed."], as_json)
        else:
            path = f"/feeds/{feed_address_make(person=person)}.ics"
            _say({"path": path}, [f"{path} (after the server's address; it is shown only this once)"], as_json)


def _free(
    required: list[Person], optional: list[Person], first: date, minutes: int, calendars: list[str], as_json: bool
) -> None:
    from bywhen.meetings.selectors.free import Search, person_zone, slots_free

    last = first + SEARCHED
    busy = {
        name: spans
        for name, _, place in (each.partition("=") for each in calendars)
        for spans in [_busy(place, first, last)]
    }
    search = Search(required=required, optional=optional, first=first, last=last, minutes=minutes, busy=busy)
    slots = slots_free(search)
    rows = [
        {
            "start": slot.start.astimezone(UTC),
            "finish": slot.finish.astimezone(UTC),
            "score": slot.score,
            "reasons": slot.reasons,
            "missing": slot.missing,
        }
        for slot in slots
    ]
    zone = person_zone(required[0] if required else None)
    lines = [f"{slot.start.astimezone(zone):%a %d %b %H:%M %Z}: {'. '.join(slot.reasons)}." for slot in slots]
    _say({"slots": rows}, lines or ["There is no common time in these two weeks; make somebody optional."], as_json)


def _busy(place: str, first: date, last: date) -> tuple[tuple[datetime, datetime], ...]:
    """Taken times of an iCalendar file, or of a CalDAV address (user and password in the address)."""
    from urllib.parse import unquote, urlsplit, urlunsplit

    from bywhen.connectors.vendors.caldav import CalDav
    from bywhen.intake.port import ReadOptions
    from bywhen.intake.reading import blob_from, blob_of, read_blob
    from bywhen.kernel.tables import EventRow
    from bywhen.meetings.engine.slots import busy_times

    if "://" in place:
        parts = urlsplit(place)
        bare = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        source = CalDav(bare, unquote(parts.username or ""), unquote(parts.password or ""))
        blobs = [
            blob_from(f"{parts.hostname} {n}", data) for n, data in enumerate(source.entries(first, last), start=1)
        ]
    else:
        blobs = [blob_of(Path(place))]
    payloads = [reading.payload for blob in blobs for reading in read_blob(blob, ReadOptions(today=first))]
    rows = [row for payload in payloads if isinstance(payload, tuple) for row in payload if isinstance(row, EventRow)]
    return busy_times(rows, first, last)


def _people(names: list[str]) -> list[Person]:
    from bywhen.record.selectors.people import person_find

    found = [(name, person_find(name)) for name in names]
    for name, person in found:
        if person is None:
            raise InputRefusedError(
                f"nobody, or more than one, is called {name!r}", remedy="Write the full name or e-mail."
            )
    return [person for _, person in found if person is not None]


def _planned(number: int) -> PlannedMeeting:
    from bywhen.meetings.selectors.planned import planned_get

    planned = planned_get(number)
    if planned is None:
        raise InputRefusedError(f"there is no planned meeting {number}", remedy="List them with 'bywhen meet list'.")
    return planned


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        remedy = "Write for example '2026-11-24 10:00'."
        raise DateUnreadableError(f"{text!r} is no time", place="--start", remedy=remedy) from None


def _minutes(kind: str) -> int:
    from bywhen.meetings.selectors.catalogue import kind_get

    found = kind_get(kind)
    return found.MINUTES if found else 60


def _document(planned: PlannedMeeting) -> dict[str, Any]:
    from bywhen.meetings.selectors.planned import start_local

    return {
        "number": planned.pk,
        "project": planned.project.key,
        "kind": planned.kind,
        "title": planned.title,
        "start": start_local(planned).isoformat(),
        "zone": planned.zone,
        "minutes": planned.minutes,
        "uid": planned.uid,
        "sequence": planned.sequence,
        "status": planned.status,
        "papers_due": planned.papers_due,
    }


def _line(row: dict[str, Any]) -> str:
    return (
        f"{row['number']}  {row['start'][:16].replace('T', ' ')} {row['zone']}  {row['title']} ({row['minutes']} min)"
    )


def _person() -> Any:
    """Whoever sits at this machine acts."""
    return acting(Actor("person", getpass.getuser()))


def _say(document: dict[str, Any], lines: list[str], as_json: bool) -> None:
    typer.echo(json.dumps(document, indent=2, ensure_ascii=False, default=str) if as_json else "\n".join(lines))
