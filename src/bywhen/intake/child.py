"""Running a part of ByWhen in a child process: how it is started, and how running out of time or memory is told.

What does not live here: what the children do (:mod:`bywhen.intake.confined`, :mod:`bywhen.intake.mpxj`).
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress

from bywhen.intake import limits
from bywhen.kernel.errors import FileTooLargeError

_WALL_SECONDS = 120


def run_child(module: str, *arguments: str, file: str, question: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run ``main()`` of ``module`` with this interpreter; ``question`` goes to its standard input.

    The child sees the packages that the parent sees, however the parent came to see them.

    Raises:
        FileTooLargeError: when it was ended by a limit, or by the wall clock.
    """
    line = [sys.executable, "-c", f"from {module} import main; main()", *arguments]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            line, input=question, capture_output=True, timeout=_WALL_SECONDS, check=False, env=environment
        )
    except subprocess.TimeoutExpired as error:
        raise too_much(file) from error
    if done.returncode < 0:
        raise too_much(file)
    return done


def limit_cpu(seconds: int = limits.CPU_SECONDS) -> None:
    """Let this process end after so many seconds of processor time (not on Windows: there the wall clock remains)."""
    with suppress(ImportError):
        import resource  # noqa: PLC0415 - exists on POSIX systems only

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


def limit_memory(size: int = limits.MEMORY_BYTES) -> None:
    """Let this process have so many bytes of address space (not on Windows)."""
    with suppress(ImportError):
        import resource  # noqa: PLC0415 - exists on POSIX systems only

        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def too_much(file: str) -> FileTooLargeError:
    """The refusal of content that costs too much to read."""
    return FileTooLargeError(
        f"reading it takes more than {limits.CPU_SECONDS} seconds of processor time or more memory than is allowed",
        file=file,
        remedy="Split it, or save it with less content.",
    )
