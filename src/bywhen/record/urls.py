"""Addresses of the record: sources as they came, places in them, and who gets what."""

from __future__ import annotations

from django.urls import path

from bywhen.record import views

app_name = "record"
urlpatterns = [
    path("evidence/<str:sha256>/", views.evidence, name="evidence"),
    path("evidence/<str:sha256>/original/", views.original, name="original"),
    path("projects/<str:key>/communication/", views.communication, name="communication"),
    path("projects/<str:key>/communication/<int:pk>/remove/", views.communication_remove, name="communication_remove"),
]
