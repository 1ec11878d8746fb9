"""User fields and notes as rows of a Primavera export; the inverse of ``custom``."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from bywhen.intake.xer.cells import FIELD_LETTERS, Rows, print_text
from bywhen.intake.xer.custom import ACTIVITY_TYPE, TYPE_TITLES

_NOTEBOOK = 1


class Attacher:
    """Defines each user field when it is first met, and numbers the notebooks."""

    def __init__(self, rows: Rows, project: int) -> None:
        self._rows, self._project = rows, project
        self._types: dict[tuple[str, str], int] = {}
        self._memos = 0

    def write_fields(self, table: str, uid: int, custom: Mapping[str, str]) -> None:
        """One record's user fields, as text."""
        for title, value in custom.items():
            if not (table == "TASK" and title == ACTIVITY_TYPE and value in TYPE_TITLES.values()):
                self._rows.add(
                    "UDFVALUE",
                    udf_type_id=self._type(table, title),
                    fk_id=uid,
                    proj_id="" if table == "RSRC" else self._project,
                    udf_text=print_text(value, FIELD_LETTERS),
                )

    def write_notes(self, table: str, uid: int, notes: str) -> None:
        """One record's notes, as one notebook in HTML."""
        text = notes.replace("\r\n", "\n").strip()
        if not text:
            return
        if not self._memos:
            self._rows.add(
                "MEMOTYPE", memo_type_id=_NOTEBOOK, seq_num=1, eps_flag="N", proj_flag="Y", wbs_flag="Y",
                task_flag="Y", memo_type="Notes",
            )  # fmt: skip
        self._memos += 1
        lines = "<BR>".join(escape(print_text(line, len(line)), quote=False) for line in text.split("\n"))
        shared: dict[str, str | int] = {"memo_type_id": _NOTEBOOK, "proj_id": self._project}
        memo = f"<HTML><BODY>{lines}</BODY></HTML>"
        if table == "TASK":
            self._rows.add("TASKMEMO", memo_id=self._memos, task_id=uid, task_memo=memo, **shared)
        else:
            self._rows.add("WBSMEMO", wbs_memo_id=self._memos, wbs_id=uid, wbs_memo=memo, **shared)

    def _type(self, table: str, title: str) -> int:
        key = table, print_text(title, FIELD_LETTERS)
        if key not in self._types:
            number = self._types[key] = len(self._types) + 1
            self._rows.add(
                "UDFTYPE",
                udf_type_id=number,
                table_name=table,
                udf_type_name=f"user_field_{number}",
                udf_type_label=key[1],
                logical_data_type="FT_TEXT",
                super_flag="N",
            )
        return self._types[key]
