"""Addresses of the registers and of change control."""

from __future__ import annotations

from django.urls import path

from bywhen.registers.views import acting, control, entries, exports, listing

app_name = "registers"
urlpatterns = [
    path("registers/", listing.home, name="home"),
    path("registers/change/", listing.register, {"kind": "change"}, name="changes"),
    path("registers/undo/", acting.undo, name="undo"),
    path("registers/control/", control.control, name="control"),
    path("registers/entries/<int:pk>/", entries.entry, name="entry"),
    path("registers/entries/<int:pk>/<slug:name>/", acting.act, name="act"),
    path("registers/votes/<int:pk>/<slug:name>/", acting.vote, name="vote"),
    path("registers/<slug:kind>/", listing.register, name="list"),
    path("registers/<slug:kind>/add/", acting.add, name="add"),
    path("registers/<slug:kind>/export.<slug:suffix>", exports.export, name="export"),
]
