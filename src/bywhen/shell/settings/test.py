"""The same wiring for tests: a throw-away workspace, fast password hashing, no collected assets needed."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("BYWHEN_WORKSPACE", tempfile.mkdtemp(prefix="bywhen-tests-"))
os.environ.setdefault("BYWHEN_SECRET_KEY", "only-for-tests")

from bywhen.shell.settings.base import *  # noqa: F403 - the environment must be set first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
