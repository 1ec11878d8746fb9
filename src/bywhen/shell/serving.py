"""The web server on this machine. What does not live here: the pages."""

from __future__ import annotations

import contextlib
import os
import socket

from bywhen.kernel.errors import InputRefusedError

MOST_PORTS = 20


def port_free(host: str, wanted: int) -> int:
    """``wanted``, or the next port that nobody listens on.

    Raises:
        InputRefusedError: when twenty ports in a row are taken.
    """
    for port in range(wanted, wanted + MOST_PORTS):
        with contextlib.closing(socket.socket()) as probe:
            if probe.connect_ex((host, port)):
                return port
    raise InputRefusedError(
        f"ports {wanted} to {wanted + MOST_PORTS - 1} are taken", place="--port", remedy="Name another one."
    )


def serve_forever(host: str, port: int) -> None:
    """Serve until interrupted. One process: SQLite has one writer, and a laptop one reader."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bywhen.shell.settings.base")
    Server(
        "bywhen.shell.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_level=LogLevels.warning,
    ).serve()
