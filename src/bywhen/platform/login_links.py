"""One-time login links for the person at this machine, as notebooks do. Only a hash of the token is kept.

What does not live here: sign-in for teams.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta

from bywhen.kernel.clock import SystemClock
from bywhen.platform.models import LoginLink

LIFETIME = timedelta(minutes=30)


def login_link_make() -> str:
    """A new token (256 bit, URL-safe); links made before stop working."""
    token = secrets.token_urlsafe(32)
    LoginLink.objects.all().delete()
    # A frozen demo clock must not make links immortal: their age is real time.
    LoginLink.objects.create(digest=_digest(token), expires_at=SystemClock().now() + LIFETIME)
    return token


def login_link_use(token: str) -> bool:
    """Whether the token is good; it never is a second time."""
    link = LoginLink.objects.filter(digest=_digest(token)).first()
    if link is None or not hmac.compare_digest(link.digest, _digest(token)):
        return False
    used, _ = LoginLink.objects.filter(pk=link.pk).delete()
    return bool(used) and SystemClock().now() < link.expires_at


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
