"""Reading large or risky content in a child process that may use only so much processor time and memory.

Small files never come here, so they cost one process. The child is this same interpreter running this module; it gets
the bytes on standard input and answers with a pickle of readings, or of the refusal, on standard output.

What does not live here: the limits themselves (:mod:`bywhen.intake.limits`), the choice of format (``reading``).
"""

from __future__ import annotations

import pickle
import sys
from typing import Any

from bywhen.intake.child import limit_cpu, limit_memory, run_child, too_much
from bywhen.intake.port import Blob, Reading, ReadOptions
from bywhen.intake.registry import format_named
from bywhen.kernel.errors import FileMalformedError, InputRefusedError


def read_confined(format_name: str, blob: Blob, options: ReadOptions) -> tuple[Reading, ...]:
    """Read ``blob`` by the named format in a child process.

    Raises:
        FileTooLargeError: when the child needed more than ``CPU_SECONDS`` or ``MEMORY_BYTES``.
        InputRefusedError: what the format itself raised.
    """
    question = pickle.dumps((format_name, blob, options))
    done = run_child(__name__, file=blob.name, question=question)
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
    limit_cpu()
    limit_memory()
    format_name, blob, options = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - written by our own parent
    sys.stdout.buffer.write(pickle.dumps(_answer(format_name, blob, options)))


def _answer(format_name: str, blob: Blob, options: ReadOptions) -> Any:
    try:
        return format_named(format_name).read(blob, options)
    except InputRefusedError as refused:
        return refused
    except MemoryError:
        return too_much(blob.name)
