"""The tags that every screen uses: judgement, icon, difference, day, and the "why?" of a figure.

What does not live here: sentences about the project (rooms compute them) and layout (templates).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

_NOTHING, _MINUS = "\u2013", "\u2212"
_JUDGEMENTS = {
    "red": ("r", "R", "Red"),
    "amber": ("a", "A", "Amber"),
    "green": ("g", "G", "Green"),
    "grey": ("n", "?", "Grey: no evidence"),
}


@register.simple_tag
def rag(judgement: str, reason: str = "") -> SafeString:
    """A judgement as colour, shape and letter; ``judgement`` is red, amber, green or grey. The unknown is grey.

    >>> rag("red", "critical")
    '<span class="rag r" role="img" aria-label="Red: critical" title="Red: critical"><span>R</span></span>'
    """
    shape, letter, name = _JUDGEMENTS.get(str(judgement).lower(), _JUDGEMENTS["grey"])
    label = f"{name}: {reason}" if reason and shape != "n" else name
    return format_html(
        '<span class="rag {}" role="img" aria-label="{}" title="{}"><span>{}</span></span>', shape, label, label, letter
    )


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """An icon of the sprite (package.json lists the names); without ``label`` decoration. ``size`` may be ``l``."""
    said = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="icon {}" {}><use href="{}#{}"></use></svg>', size, said, static("vendor/icons.svg"), name
    )


@register.filter
def day(value: date | datetime | None, form: str = "short") -> str:
    """A day as people say it.

    ``form``: ``short`` Mon 23 Nov, ``long`` Monday 23 November, ``bare`` 23 Nov, ``year`` 23 Nov 2026.

    >>> day(date(2026, 11, 23)), day(date(2026, 11, 3), "long")
    ('Mon 23 Nov', 'Tuesday 3 November')
    """
    if not value:
        return _NOTHING
    if form == "year":
        return f"{value.day}{value.strftime(' %b %Y')}"
    weekday, month = ("%A ", " %B") if form == "long" else ("" if form == "bare" else "%a ", " %b")
    return f"{value.strftime(weekday) if weekday else ''}{value.day}{value.strftime(month)}"


@register.filter
def delta(days: float | None, unit: str = "d") -> SafeString:
    """A difference with its sign: more or later is red, less or earlier green. Working days unless ``unit`` says.

    >>> delta(4)
    '<span class="delta late">+4 d</span>'
    >>> delta(-1.5), delta(0)
    ('<span class="delta early">\u22121.5 d</span>', '<span class="delta">0 d</span>')
    """
    if days is None:
        return format_html('<span class="delta">{}</span>', _NOTHING)
    figure = f"{abs(days):,.10g}"
    if figure == "0":
        return format_html('<span class="delta">0 {}</span>', unit)
    tone, sign = ("late", "+") if days > 0 else ("early", _MINUS)
    return format_html('<span class="delta {}">{}{} {}</span>', tone, sign, figure, unit)


@register.simple_tag
def why(text: object, address: str = "") -> SafeString:
    """A figure or claim that opens its evidence in the drawer; without ``address`` it is plain text.

    Works without script too: the link leads to the evidence as a page of its own.
    """
    if not address:
        return format_html("{}", text)
    return format_html(
        '<a class="why-btn" href="{}" hx-get="{}" hx-target="#evidence" data-why title="Why?">{}</a>',
        address,
        address,
        text,
    )


_BAR_LEFT, _BAR_RIGHT, _BAR_ROW = 108, 352, 32


def bars_placed(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Where each pale (before) and solid (after) bar stands in a drawing 360 wide, 32 a row.

    ``rows`` have ``name``, ``before`` and ``after``; each of the two is a pair of days (start, finish); a row with
    ``milestone`` true is drawn as a diamond at the finish. Positions are drawing units, not days.

    >>> place = bars_placed([{"name": "Go-live", "milestone": True,
    ...     "before": (date(2026, 12, 10), date(2026, 12, 10)), "after": (date(2026, 12, 14), date(2026, 12, 14))}])[0]
    >>> place["before_end"], place["after_end"], place["late"]
    ('108.0', '352.0', True)
    """
    days: list[int] = [end.toordinal() for row in rows for pair in (row["before"], row["after"]) for end in pair]
    if not days:
        return []
    first, span = min(days), max(max(days) - min(days), 1)

    def x(value: date) -> float:
        return _BAR_LEFT + float(value.toordinal() - first) * (_BAR_RIGHT - _BAR_LEFT) / span

    placed = []
    for index, row in enumerate(rows):
        (before, before_end), (after, after_end) = row["before"], row["after"]
        top = index * _BAR_ROW
        placed.append(
            {
                "name": row["name"],
                "milestone": bool(row.get("milestone")),
                "late": after_end > before_end,
                "text_y": top + 22,
                "before_y": top + 10,
                "after_y": top + 19,
                "middle": top + 19,
                "before_x": f"{x(before):.1f}",
                "before_width": f"{max(x(before_end) - x(before), 4):.1f}",
                "after_x": f"{x(after):.1f}",
                "after_width": f"{max(x(after_end) - x(after), 4):.1f}",
                "before_end": f"{x(before_end):.1f}",
                "after_end": f"{x(after_end):.1f}",
            }
        )
    return placed


@register.inclusion_tag("platform/parts/bars.html")
def before_after(rows: Sequence[Mapping[str, Any]], label: str) -> dict[str, Any]:
    """Pale before, solid after (see :func:`bars_placed`); ``label`` says in words what the drawing shows."""
    return {"rows": bars_placed(rows), "height": len(rows) * _BAR_ROW + 8, "label": label}
