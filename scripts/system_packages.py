"""The system programs that some tests drive: what is missing, and installing it on Debian and its children.

Tests that need one of them skip with its name when it is absent; nothing passes silently.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = {
    "chromium": "chromium",
    "soffice": "libreoffice-writer libreoffice-calc libreoffice-impress",
    "pdftoppm": "poppler-utils",
    "postgres": "postgresql",
}
"""Program -> the packages that bring it."""


def missing() -> list[str]:
    """Programs that are not there; PostgreSQL's server hides in its own folder."""
    return [program for program in PACKAGES if not found(program)]


def found(program: str) -> bool:
    """Whether the program can be started."""
    return bool(shutil.which(program)) or any(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))


def main(arguments: list[str]) -> int:
    """``--missing`` says what is absent (exit code 0 all the same); ``--install`` installs it."""
    absent = missing()
    if not absent:
        return 0
    packages = " ".join(PACKAGES[program] for program in absent)
    if "--install" not in arguments:
        print(
            f"Tests that drive {', '.join(absent)} will be skipped; 'make system' installs {packages}.", file=sys.stderr
        )
        return 0
    if not shutil.which("apt-get"):
        print(f"Install these with your system's package tool: {packages}", file=sys.stderr)
        return 1
    rights = [] if os.geteuid() == 0 else ["sudo"]
    install = [*rights, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages.split()]
    subprocess.run([*rights, "apt-get", "update", "-qq"], check=True)  # noqa: S603 - our own words
    return subprocess.run(install, check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}).returncode  # noqa: S603


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
