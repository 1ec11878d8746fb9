"""Reading large or risky content in a child process that may use only so much processor time and memory.

Small files never come here, so they cost one process. The child is this same interpreter running this module; it gets
the bytes on standard input and answers with a pickle of readings, or of the refusal, on standard output.

What does not live here: the limits themselves (:mod:`bywhen.intake.limits`), the choice of format (``reading``).
"""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
from contextlib import suppress
from typing import Any

from bywhen.intake import limits
from bywhen.intake.port import Blob, Reading, ReadOptions
from bywhen.intake.registry import format_named
from bywhen.kernel.errors import FileMalformedError, FileTooLargeError, InputRefusedError

_WALL_SECONDS = 60
_TOO_MUCH = {-signal.SIGXCPU, -signal.SIGKILL} if hasattr(signal, "SIGXCPU") else set()


def read_confined(format_name: str, blob: Blob, options: ReadOptions) -> tuple[Reading, ...]:
    """Read ``blob`` by the named format in a child process.

    Raises:
        FileTooLargeError: when the child needed more than ``CPU_SECONDS`` or ``MEMORY_BYTES``.
        InputRefusedError: what the format itself raised.
    """
    question = pickle.dumps((format_name, blob, options))
    line = [sys.executable, "-c", "from bywhen.intake.confined import main; main()"]
    try:
        done = subprocess.run(line, input=question, capture_output=True, timeout=_WALL_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise _too_much(blob.name) from error
    if done.returncode in _TOO_MUCH:
        raise _too_much(blob.name)
    try:
        answer = pickle.loads(done.stdout)  # noqa: S301 - written by our own child, not by the file's author
    except (pickle.UnpicklingError, EOFError) as error:
        raise FileMalformedError("reading it failed", file=blob.name, remedy="Save or send the file again.") from error
    if isinstance(answer, InputRefusedError):
        raise answer
    readings: tuple[Reading, ...] = answer
    return readings


def main() -> None:
    """The child: read one question from standard input, answer on standard output, within the limits."""
    _limit_process()
    format_name, blob, options = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - written by our own parent
    sys.stdout.buffer.write(pickle.dumps(_answer(format_name, blob, options)))


def _answer(format_name: str, blob: Blob, options: ReadOptions) -> Any:
    try:
        return format_named(format_name).read(blob, options)
    except InputRefusedError as refused:
        return refused
    except MemoryError:
        return _too_much(blob.name)


def _limit_process() -> None:
    """Set the limits where the system knows them (not on Windows, where the parent's wall clock remains)."""
    with suppress(ImportError):
        import resource  # noqa: PLC0415 - exists on POSIX systems only

        resource.setrlimit(resource.RLIMIT_CPU, (limits.CPU_SECONDS, limits.CPU_SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY_BYTES, limits.MEMORY_BYTES))


def _too_much(file: str) -> FileTooLargeError:
    return FileTooLargeError(
        f"reading it takes more than {limits.CPU_SECONDS} seconds of processor time or 1 GiB of memory",
        file=file,
        remedy="Split it, or save it with less content.",
    )
