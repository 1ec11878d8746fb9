"""Addresses of the plan."""

from __future__ import annotations

from django.urls import path

from bywhen.schedule.views import (
    baselines,
    changes,
    evidence,
    exports,
    outline,
    pages,
    paper,
    signals,
    taking_in,
    versions,
)

app_name = "schedule"
urlpatterns = [
    path("plan/", pages.home, name="home"),
    path("plan/take-in/", taking_in.first_page, name="first"),
    path("plan/take-in/preview/", taking_in.preview, name="first_preview"),
    path("plan/take-in/commit/", taking_in.commit, name="first_commit"),
    path("plan/<str:key>/", pages.plan, name="plan"),
    path("plan/<str:key>/impact/", changes.impact, name="impact"),
    path("plan/<str:key>/commit/", changes.commit, name="commit"),
    path("plan/<str:key>/propose/", changes.propose, name="propose"),
    path("plan/<str:key>/edit/", outline.edit, name="edit"),
    path("plan/<str:key>/undo/", changes.undo, name="undo"),
    path("plan/<str:key>/why/<int:uid>/", evidence.why, name="why"),
    path("plan/<str:key>/versions/", versions.history, name="versions"),
    path("plan/<str:key>/signals/", signals.page, name="signals"),
    path("plan/<str:key>/restore/", versions.restore, name="restore"),
    path("plan/<str:key>/baselines/", baselines.page, name="baselines"),
    path("plan/<str:key>/baselines/<slug:name>/", baselines.act, name="baseline"),
    path("plan/<str:key>/take-in/", taking_in.page, name="take_in"),
    path("plan/<str:key>/take-in/preview/", taking_in.preview, name="preview"),
    path("plan/<str:key>/take-in/commit/", taking_in.commit, name="take_in_commit"),
    path("plan/<str:key>/print/", paper.sheets, name="print"),
    path("plan/<str:key>/download/<str:kind>/", exports.download, name="download"),
]
