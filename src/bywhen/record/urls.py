"""Addresses of the record: sources as they came, and places in them."""

from __future__ import annotations

from django.urls import path

from bywhen.record import views

app_name = "record"
urlpatterns = [
    path("evidence/<str:sha256>/", views.evidence, name="evidence"),
    path("evidence/<str:sha256>/original/", views.original, name="original"),
]
