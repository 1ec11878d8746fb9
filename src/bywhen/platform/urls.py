"""Addresses of the platform."""

from __future__ import annotations

from django.urls import path

from bywhen.platform import views

urlpatterns = [
    path("enter/", views.enter, name="enter"),
    path("leave/", views.leave, name="leave"),
]
