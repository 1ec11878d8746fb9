"""Addresses of the follow-up: the outbox and what is done with a message."""

from __future__ import annotations

from django.urls import path

from bywhen.followup import views

app_name = "followup"
urlpatterns = [
    path("followup/", views.outbox, name="outbox"),
    path("followup/approve/", views.approve_all, name="approve_all"),
    path("followup/undo/", views.undo, name="undo"),
    path("followup/<int:pk>/edit/", views.edit, name="edit"),
    path("followup/<int:pk>/message.eml", views.message_file, name="message"),
    path("followup/<int:pk>/why/", views.why, name="why"),
    path("followup/<int:pk>/<slug:name>/", views.decide, name="decide"),
]
