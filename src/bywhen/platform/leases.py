"""Leases: what only one process may do at a time, on whatever database. A holder that dies loses it when it runs out.

What does not live here: what the holder does.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from bywhen.kernel.clock import current_clock
from bywhen.platform.models import Lease


def lease_take(*, name: str, holder: str, span: timedelta) -> bool:
    """Take or renew a lease for ``span`` from now; False when somebody else holds it."""
    now = current_clock().now()
    free = Lease.objects.filter(Q(holder=holder) | Q(until__lte=now), name=name)
    if free.update(holder=holder, until=now + span):
        return True
    try:
        with transaction.atomic():
            Lease.objects.create(name=name, holder=holder, until=now + span)
    except IntegrityError:
        return False
    return True


def lease_give_back(*, name: str, holder: str) -> bool:
    """Give it back before it runs out; False when it was not held."""
    return bool(Lease.objects.filter(name=name, holder=holder).delete()[0])


def lease_holder(name: str) -> tuple[str, datetime] | None:
    """Who holds it, and until when; None when nobody does."""
    found = Lease.objects.filter(name=name, until__gt=current_clock().now()).first()
    return (found.holder, found.until) if found else None
