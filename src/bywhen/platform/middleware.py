"""What happens around every request: a strict content policy, who acts, and errors as one sentence."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from bywhen.kernel.errors import (
    ByWhenError,
    EvidenceMissingError,
    InputRefusedError,
    ScheduleImpossibleError,
    StateWrongError,
    TaskUnknownError,
)
from bywhen.platform.acting import Actor, acting

Respond = Callable[[HttpRequest], HttpResponseBase]
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; frame-ancestors 'self'; form-action 'self'; base-uri 'none'; "
    "object-src 'none'"
)
STATUS = (
    (TaskUnknownError, 404),
    (InputRefusedError, 422),
    (StateWrongError, 409),
    (ScheduleImpossibleError, 422),
    (EvidenceMissingError, 422),
)
"""HTTP status per error class, first match wins; the only place that knows."""


def content_security_policy(respond: Respond) -> Respond:
    """Nothing is loaded from anywhere but this server; no inline script or style ever counts."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = respond(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response

    return middleware


def acting_person(respond: Respond) -> Respond:
    """Writes of this request are made by the signed-in person."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        user = request.user
        name = user.get_full_name() or user.get_username() if user.is_authenticated else "nobody"
        with acting(Actor("person", name)):
            return respond(request)

    return middleware


class problem_sentences:  # noqa: N801 - Django's middleware with process_exception must be a class
    """An error of ours becomes its sentence with its status: a fragment for HTMX, a page otherwise."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.respond(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Only our own tree is told; anything else is a defect and stays one."""
        if not isinstance(error, ByWhenError):
            return None
        status = next((code for kind, code in STATUS if isinstance(error, kind)), 500)
        page = "platform/_problem.html" if getattr(request, "htmx", False) else "platform/problem.html"
        return render(request, page, {"sentence": str(error), "status": status}, status=status)
