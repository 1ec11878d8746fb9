"""A person's calendar feed: its secret address is made, renewed and revoked here."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import transaction

from bywhen.kernel.clock import current_clock
from bywhen.meetings.models import FeedAddress
from bywhen.meetings.selectors.feeds import feed_digest

if TYPE_CHECKING:
    from bywhen.record.models import Person


@transaction.atomic
def feed_address_make(*, person: Person) -> str:
    """A new secret for the person's feed (256 bit, URL-safe); the one before stops working. It is shown once."""
    token = secrets.token_urlsafe(32)
    feed_address_revoke(person=person)
    FeedAddress.objects.create(person=person, digest=feed_digest(token), made_at=current_clock().now())
    return token


@transaction.atomic
def feed_address_revoke(*, person: Person) -> bool:
    """Stop the person's feed; answers whether there was one."""
    found = FeedAddress.objects.filter(person=person).first()
    if found is not None:
        found.delete()
    return found is not None


def feed_asked(*, token: str) -> None:
    """A calendar program asked for it; told on the page, and no change that the trail needs."""
    FeedAddress.objects.filter(digest=feed_digest(token)).update(read_at=current_clock().now())
