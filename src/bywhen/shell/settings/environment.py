"""Every setting of the product: one ``BYWHEN_*`` environment variable each, read through a typed reader.

``docs/reference/settings.md`` is checked against this list. What does not live here: Django's own wiring (``base``).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from platformdirs import user_data_dir

from bywhen.kernel.errors import SettingWrongError


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable: ``default`` as a person would write it, ``meaning`` in one sentence."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting("BYWHEN_WORKSPACE", "the user's data folder", "Folder that holds the database, its key and the documents."),
    Setting("BYWHEN_DATABASE_URL", "", "postgres://user:password@host:port/name for teams; empty means SQLite."),
    Setting("BYWHEN_SECRET_KEY", "", "Signs sessions and links; empty means a key file made in the workspace."),
    Setting("BYWHEN_ALLOWED_HOSTS", "127.0.0.1,localhost", "Host names the web server answers to, by comma."),
    Setting("BYWHEN_DEBUG", "no", "Whether error pages show internals; never on a shared machine."),
    Setting("BYWHEN_TIME_ZONE", "UTC", "Time zone in which moments are shown (IANA name)."),
    Setting("BYWHEN_SMTP_URL", "", "smtp://user:password@host:port?tls=starttls; empty means that no mail leaves."),
    Setting(
        "BYWHEN_SPEECH_MODEL", "", "Folder of a faster-whisper or Vosk model; empty means that no recording is read."
    ),
    Setting("BYWHEN_MAIL_FROM", "ByWhen <bywhen@localhost>", "The sender of the mail that leaves."),
    Setting(
        "BYWHEN_IMAP_URL",
        "",
        "imaps://user:password@host/INBOX, the mailbox that replies come back to; empty means that none is read.",
    ),
    Setting("BYWHEN_AS_OF", "", "A day (YYYY-MM-DD) at which the clock stands still; empty means today."),
)


def text(name: str, default: str = "") -> str:
    """The variable, stripped; the default when unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str) -> bool:
    """A yes/no variable; unset means no."""
    value = text(name, "no").lower()
    if value in ("1", "yes", "true", "on"):
        return True
    if value in ("0", "no", "false", "off"):
        return False
    raise SettingWrongError(name, value, "yes or no")


def words(name: str, default: str) -> list[str]:
    """A list by comma."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def workspace() -> Path:
    """The workspace folder; not created here."""
    return Path(text("BYWHEN_WORKSPACE") or user_data_dir("bywhen", appauthor=False)).expanduser().absolute()


def database(folder: Path) -> dict[str, object]:
    """Django's database entry: SQLite in ``folder``, or PostgreSQL by ``BYWHEN_DATABASE_URL``."""
    address = text("BYWHEN_DATABASE_URL")
    if not address:
        return _sqlite(folder / "bywhen.sqlite3")
    parts = urlsplit(address)
    readers: dict[str, Callable[[], dict[str, object]]] = {
        "sqlite": lambda: _sqlite(Path(unquote(parts.path))),
        "postgres": lambda: _postgres(address),
        "postgresql": lambda: _postgres(address),
    }
    if parts.scheme not in readers:
        raise SettingWrongError(
            "BYWHEN_DATABASE_URL", parts.scheme, "an address that starts with postgres:// or sqlite:///"
        )
    return readers[parts.scheme]()


def _sqlite(path: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }


def _postgres(address: str) -> dict[str, object]:
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
