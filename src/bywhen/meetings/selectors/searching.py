"""Searching the decision register by its words, in the database's full-text index (SQLite's FTS5 or PostgreSQL's)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from bywhen.meetings.engine.searching import beginnings, relevance, words_wanted
from bywhen.meetings.selectors.decisions import decision_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bywhen.meetings.models import Decision
    from bywhen.record.models import Project

_SQLITE = "SELECT rowid FROM meetings_decisionsearch WHERE meetings_decisionsearch MATCH %s"
_POSTGRESQL = (
    "SELECT decision_id FROM meetings_decisionwords"
    " WHERE array_to_tsvector(string_to_array(words, ' ')) @@ CAST(%s AS tsquery)"
)


def decision_search(words: str, project: Project | None = None, *, status: str = "") -> list[Decision]:
    """The decisions in which each of ``words`` begins a word or, from three letters on, stands inside of one
    (``zyklus`` finds ``Testzyklus``); the best answer first, then the latest.

    They may stand in what was decided or considered, who decided, the meeting or a quote; words of the decision
    itself weigh. Marks do not matter (Größe, grosse, groesse). Signs of a query language mean nothing; where no word
    is left, nothing is found.
    """
    wanted = words_wanted(words)
    if not wanted:
        return []
    found = decision_list(project=project, status=status).filter(pk__in=_matching(wanted))
    return sorted(found, key=lambda each: -relevance(wanted, each.text))


def _matching(wanted: Sequence[Sequence[str]]) -> list[int]:
    """The keys of the decisions that hold a form of each word. The forms are letters and digits only,
    but for the sign that parts a word's inside from its beginning.
    """
    if connection.vendor == "postgresql":
        sql, either, both, begins = _POSTGRESQL, " | ", " & ", "'{}':*"
    else:
        sql, either, both, begins = _SQLITE, " OR ", " AND ", '"{}"*'
    starts = [[start for form in forms for start in beginnings(form)] for forms in wanted]
    query = both.join(f"({either.join(begins.format(start) for start in each)})" for each in starts)
    with connection.cursor() as cursor:
        cursor.execute(sql, [query])
        return [key for (key,) in cursor.fetchall()]
