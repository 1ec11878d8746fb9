"""What is different between two versions of the minutes of one meeting, in sentences.

What does not live here: keeping versions (services), whether a version may go out
(:mod:`bywhen.meetings.engine.publishing`).
"""

from __future__ import annotations

from collections.abc import Iterator

from bywhen.kernel.minutes import MinuteItem, MinutesFacts
from bywhen.kernel.wording import day_long, listed


def changes_since(before: MinutesFacts, now: MinutesFacts) -> tuple[str, ...]:
    """One sentence for each item that came, went or says something else, then who else was there; () when nothing did.

    Items are the same when their ``fact_id`` is. Talk and layout are not compared: they are the source's.
    """
    return (*_items(before, now), *_attendance(before, now))


def _items(before: MinutesFacts, now: MinutesFacts) -> Iterator[str]:
    old = {item.fact_id: item for item in before.items}
    for item in now.items:
        was = old.pop(item.fact_id, None)
        if was is None:
            yield f"New {item.kind}: {_told(item)}"
        elif said := _differences(was, item):
            yield f"{item.kind.capitalize()} '{item.text}': {listed(said)}"
    for gone in old.values():
        yield f"{gone.kind.capitalize()} '{gone.text}' was taken out"


def _told(item: MinuteItem) -> str:
    """The item with who and by when, as a letter tells it."""
    parts = [item.text.rstrip(".")]
    parts += [item.owner] if item.owner else []
    parts += [f"by {day_long(item.due)}"] if item.due else []
    return ", ".join(parts)


def _differences(was: MinuteItem, item: MinuteItem) -> list[str]:
    said = []
    if was.text != item.text:
        said.append(f"said before '{was.text}'")
    if was.owner != item.owner:
        said.append(f"the owner is {item.owner or 'nobody'} instead of {was.owner or 'nobody'}")
    if was.due != item.due:
        days = [day_long(each) if each else "no date" for each in (item.due, was.due)]
        said.append(f"it is due {days[0]} instead of {days[1]}")
    if was.settled != item.settled:
        said.append("it was accepted" if item.settled else "it is open again")
    if was.effect != item.effect:
        said.append(f"its effect is now: {item.effect or 'none'}".rstrip("."))
    return said


def _attendance(before: MinutesFacts, now: MinutesFacts) -> Iterator[str]:
    was = {each.name: each.present for each in before.attendance}
    came = [each.name for each in now.attendance if each.present and not was.get(each.name, False)]
    went = [each.name for each in now.attendance if not each.present and was.get(each.name, False)]
    if came:
        yield f"Also there: {listed(came)}"
    if went:
        yield f"Not there after all: {listed(went)}"
