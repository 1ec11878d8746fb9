"""Addresses of the status: all projects, one project's studio, its documents."""

from __future__ import annotations

from django.urls import path

from bywhen.reports.views import documents, overview, studio

app_name = "reports"
urlpatterns = [
    path("status/", overview.overview, name="overview"),
    path("status/paper.css", documents.style, name="style"),
    path("status/<str:key>/", studio.status, name="status"),
    path("status/<str:key>/approve/", studio.approve, name="approve"),
    path("status/<str:key>/reopen/", studio.reopen, name="reopen"),
    path("status/<str:key>/<str:on>/<str:suffix>/", documents.download, name="download"),
]
