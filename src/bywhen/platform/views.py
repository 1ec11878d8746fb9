"""Entering with a one-time link; leaving."""

from __future__ import annotations

from django.contrib.auth import get_user_model, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from bywhen.platform.login_links import login_link_use

OWNER = "owner"
"""The one local account; teams get their own sign-in."""
OWNER_NAME = "You"
"""How pages call it. It is no name that could stand under a document."""


@login_not_required
@require_GET
def enter(request: HttpRequest) -> HttpResponse:
    """Exchange the token in the address for a session and go to Today."""
    token = request.GET.get("token", "")
    if request.user.is_authenticated:
        return redirect("/")
    if not token or not login_link_use(token):
        return render(request, "platform/enter.html", {"tried": bool(token)}, status=403 if token else 200)
    user, _ = get_user_model().objects.get_or_create(username=OWNER, defaults={"first_name": OWNER_NAME})
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("/")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("/enter/")
