"""Edits of the plan's rows from the grid: put in, taken out, renamed, moved in and out, linked, pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from bywhen.schedule.forms import RowEdit, drafts_read, edit_read, links_read, sent_with, version_expected
from bywhen.schedule.selectors import schedule_of
from bywhen.schedule.services.outline import Edited, row_delete, row_indent, row_link, row_rename, rows_insert
from bywhen.schedule.views.asked import project_asked, version_asked
from bywhen.schedule.views.changes import plan_shown

if TYPE_CHECKING:
    from bywhen.kernel.plan import Plan
    from bywhen.record.models import Project


@require_POST
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Make the edit; the page comes back with the row chosen."""
    project = project_asked(request, key)
    version = version_asked(project)
    sent = sent_with(request)
    version_expected(sent, version.number)
    done = _edited(project, schedule_of(version).plan, edit_read(sent))
    messages.success(request, f"{done.text} Undo with u.")
    shown = plan_shown(project.key, done.uid)
    return HttpResponseClientRedirect(shown.url) if getattr(request, "htmx", False) else shown


def _edited(project: Project, plan: Plan, wanted: RowEdit) -> Edited:
    if wanted.act == "insert":
        return rows_insert(project=project, after_uid=wanted.uid, drafts=drafts_read(wanted.text, plan))
    assert wanted.uid is not None
    if wanted.act == "delete":
        return row_delete(project=project, uid=wanted.uid)
    if wanted.act == "rename":
        return row_rename(project=project, uid=wanted.uid, name=wanted.text[:500])
    if wanted.act == "link":
        return row_link(project=project, uid=wanted.uid, links=links_read(wanted.text, plan, wanted.uid))
    return row_indent(project=project, uid=wanted.uid, by=1 if wanted.act == "indent" else -1)
