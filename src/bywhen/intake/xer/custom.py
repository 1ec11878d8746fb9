"""What people hang on the rows of a Primavera export: user fields, activity codes and notebooks.

What does not live here: the rows themselves (``activities``, ``crew``, ``project``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from html import unescape

from bywhen.intake.xer import values
from bywhen.intake.xer.tables import Export

ACTIVITY_TYPE = "Activity type"
"""Under this title stands an activity's type where a plan has no field for it."""
TYPE_TITLES = {"TT_LOE": "Level of effort", "TT_WBS": "WBS summary"}
_NOTEBOOKS = (("TASK", "TASKMEMO", "task_id", "task_memo"), ("PROJWBS", "WBSMEMO", "wbs_id", "wbs_memo"))
_LINE = re.compile(r"\x7f\x7f|\x7f")
_BREAK = re.compile(r"<br\s*/?>|</p\s*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,4000}>")
_NOTHING: Mapping[str, str] = {}


class Attached:
    """Custom values and notes by table (``TASK``, ``PROJWBS``, ``RSRC``, ``PROJECT``) and key."""

    def __init__(self, export: Export) -> None:
        self._custom: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
        self._notes: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._take_fields(export)
        self._take_codes(export)
        for table, notebook, key, column in _NOTEBOOKS:
            for row in export.rows(notebook):
                uid, text = values.whole(row, key), plain(row.get(column, ""))
                if uid is not None and text:
                    self._notes[table, uid].append(text)

    def custom(self, table: str, uid: int) -> Mapping[str, str]:
        """The row's user fields and codes by their titles."""
        return self._custom.get((table, uid), _NOTHING)

    def notes(self, table: str, uid: int) -> str:
        """All notebooks of the row, one after the other."""
        return "\n".join(self._notes.get((table, uid), ()))

    def _take_fields(self, export: Export) -> None:
        fields = {row.get("udf_type_id", ""): row for row in export.rows("UDFTYPE")}
        for row in export.rows("UDFVALUE"):
            uid, kind = values.whole(row, "fk_id"), fields.get(row.get("udf_type_id", ""))
            text = row.get("udf_text") or row.get("udf_number") or row.get("udf_date") or ""
            if uid is not None and kind is not None and text:
                title = kind.get("udf_type_label") or kind.get("udf_type_name", "")
                self._custom[kind.get("table_name", ""), uid][title] = text

    def _take_codes(self, export: Export) -> None:
        kinds = {row.get("actv_code_type_id", ""): row.get("actv_code_type", "") for row in export.rows("ACTVTYPE")}
        codes = {row.get("actv_code_id", ""): row for row in export.rows("ACTVCODE")}
        for row in export.rows("TASKACTV"):
            uid, code = values.whole(row, "task_id"), codes.get(row.get("actv_code_id", ""))
            if uid is not None and code is not None:
                title = kinds.get(code.get("actv_code_type_id", ""), "") or "Activity code"
                self._custom["TASK", uid][title] = code.get("actv_code_name") or code.get("short_name", "")


def plain(memo: str) -> str:
    r"""A notebook's text: its markup taken off where it is HTML.

    >>> plain("<HTML><BODY>R&amp;D<BR>second line</BODY></HTML>"), plain("5 < 6\x7f\x7fline 2")
    ('R&D\nsecond line', '5 < 6\nline 2')
    """
    if not memo.lstrip("\x7f ").lower().startswith(("<html", "<!doctype html")):
        return _LINE.sub("\n", memo)
    return unescape(_TAG.sub("", _BREAK.sub("\n", _LINE.sub(" ", memo)))).strip()
