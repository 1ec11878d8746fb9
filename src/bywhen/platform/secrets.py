"""Passwords that the workspace keeps for other servers: encrypted with a key made from the workspace's own.

What does not live here: sign-in of people, the workspace's key itself (``shell.settings``).
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from django.conf import settings

from bywhen.kernel.errors import ExtraMissingError, StateWrongError

_PURPOSE = b"bywhen: passwords of other servers"


def secret_seal(text: str) -> str:
    """Encrypt a password (Fernet: AES-128-CBC with HMAC-SHA-256); '' stays ''.

    Raises:
        ExtraMissingError: when the library for it is not installed.
    """
    return _fernet().encrypt(text.encode()).decode("ascii") if text else ""


def secret_open(sealed: str) -> str:
    """Decrypt what :func:`secret_seal` made.

    Raises:
        ExtraMissingError: when the library for it is not installed.
        StateWrongError: when the workspace's key is another one than then.
    """
    if not sealed:
        return ""
    fernet = _fernet()
    from cryptography.fernet import InvalidToken  # noqa: PLC0415 - optional

    try:
        return str(fernet.decrypt(sealed.encode("ascii")).decode())
    except InvalidToken:
        raise StateWrongError(
            "A password cannot be opened: the key of the workspace has changed since; enter the password again."
        ) from None


def _fernet() -> Any:
    try:
        from cryptography.fernet import Fernet  # noqa: PLC0415 - optional
    except ImportError:
        raise ExtraMissingError("calendars", needed_for="Keeping a password") from None
    key = hashlib.scrypt(settings.SECRET_KEY.encode(), salt=_PURPOSE, n=2**12, r=8, p=1, dklen=32)
    return Fernet(base64.urlsafe_b64encode(key))
