"""What every page's frame shows: navigation with counts, projects, freshness."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Context for ``platform/base.html``; empty for those who have not entered."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    return {}
