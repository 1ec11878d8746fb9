"""The product's addresses: each room's own, under its name."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("bywhen.platform.urls")),
    path("", include("bywhen.followup.urls")),
    path("", include("bywhen.record.urls")),
    path("", include("bywhen.week.urls")),
    path("", include("bywhen.registers.urls")),
    path("", include("bywhen.schedule.urls")),
    path("", include("bywhen.meetings.urls")),
    path("", include("bywhen.reports.urls")),
]
