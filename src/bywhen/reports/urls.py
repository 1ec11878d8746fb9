"""Addresses of the status (overview, one project's studio, its documents), of minutes, of change requests on paper."""

from __future__ import annotations

from django.urls import path

from bywhen.reports.views import agendas, changes, documents, minutes, overview, studio

app_name = "reports"
urlpatterns = [
    path("status/", overview.overview, name="overview"),
    path("status/paper.css", documents.style, name="style"),
    path("status/<str:key>/", studio.status, name="status"),
    path("status/<str:key>/approve/", studio.approve, name="approve"),
    path("status/<str:key>/reopen/", studio.reopen, name="reopen"),
    path("status/<str:key>/<str:on>/<str:suffix>/", documents.download, name="download"),
    path("registers/change/<int:pk>/form.<slug:suffix>", changes.download, name="change_file"),
    path("meetings/planned/<int:pk>/agenda.<str:suffix>", agendas.download, name="agenda"),
    path("meetings/<int:pk>/minutes/", minutes.minutes, name="minutes"),
    path("meetings/<int:pk>/minutes/publish/", minutes.publish, name="publish"),
    path("meetings/<int:pk>/minutes/send/", minutes.send, name="send"),
    path("meetings/<int:pk>/minutes/sent/", minutes.sent, name="sent"),
    path("meetings/<int:pk>/minutes/<int:number>.<str:suffix>", minutes.download, name="minutes_file"),
]
