"""Opening a workspace from the command line: environment, clock, Django, database schema.

What does not live here: the settings themselves (``shell.settings``).
"""

from __future__ import annotations

import io
import os
from datetime import date
from pathlib import Path

from bywhen.kernel.clock import FrozenClock, process_clock_set
from bywhen.kernel.errors import DateUnreadableError


def workspace_open(folder: Path | None = None, as_of: str = "") -> Path:
    """Start Django on a workspace (made when missing) with its schema up to date; answers its folder.

    ``as_of`` stops the clock at a day, for this process and those that it starts.

    Raises:
        DateUnreadableError: when ``as_of`` is no day.
    """
    if folder is not None:
        os.environ["BYWHEN_WORKSPACE"] = str(folder.expanduser().absolute())
    if as_of:
        os.environ["BYWHEN_AS_OF"] = as_of
    clock_from_environment()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bywhen.shell.settings.base")

    import django  # noqa: PLC0415 - only now is there something to set up

    django.setup()
    schema_update()
    from django.conf import settings  # noqa: PLC0415

    return Path(settings.WORKSPACE)


def clock_from_environment() -> None:
    """Stop the clock where ``BYWHEN_AS_OF`` says so."""
    day = os.environ.get("BYWHEN_AS_OF", "").strip()
    if day:
        process_clock_set(FrozenClock(day_read(day)))


def day_read(text: str) -> date:
    """A day written as YYYY-MM-DD.

    Raises:
        DateUnreadableError: otherwise.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DateUnreadableError(f"{text!r} is no day", place="--as-of", remedy="Write it as YYYY-MM-DD.") from None


def schema_update() -> bool:
    """Bring the tables up to date; answers whether anything had to be done."""
    from django.core.management import call_command  # noqa: PLC0415 - needs a started Django
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    call_command("migrate", verbosity=0, stdout=io.StringIO())
    return True
