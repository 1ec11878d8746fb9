"""Addresses of the week: Today, its acts, the open loops."""

from __future__ import annotations

from django.urls import path

from bywhen.week.views import acts, agendas, blockers, files_upload, find, loops, meetings_upload, today

app_name = "week"
urlpatterns = [
    path("", today.today, name="today"),
    path("needs/<str:ref>/", today.need, name="need"),
    path("needs/<str:ref>/<slug:name>/", acts.act, name="act"),
    path("undo/", acts.undo, name="undo"),
    path("take-in/", files_upload.page, name="files_upload"),
    path("take-in/preview/", files_upload.preview, name="files_preview"),
    path("take-in/commit/", files_upload.commit, name="files_commit"),
    path("find/", find.find, name="find"),
    path("blockers/", blockers.blockers, name="blockers"),
    path("loops/", loops.loops, name="loops"),
    path("loops/add/", loops.add, name="loop_add"),
    path("loops/<int:pk>/", loops.loop, name="loop"),
    path("loops/<int:pk>/<slug:name>/", loops.act, name="loop_act"),
    path("meetings/planned/<int:pk>/draft/", agendas.draft, name="agenda_draft"),
    path("meetings/take-in/", meetings_upload.page, name="meeting_upload"),
    path("meetings/take-in/preview/", meetings_upload.preview, name="meeting_preview"),
    path("meetings/take-in/commit/", meetings_upload.commit, name="meeting_commit"),
]
