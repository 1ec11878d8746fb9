"""A real Radicale server on this machine, with one account and its calendars in a folder."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from radicale import config, server

USER, PASSWORD = "ana", "s3cret"


@contextmanager
def radicale(folder: Path) -> Iterator[str]:
    """Serves until the block ends; answers the address of the account."""
    users = folder / "users"
    users.write_text(f"{USER}:{PASSWORD}\n")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = config.load()
    settings.update(
        {
            "server": {"hosts": f"127.0.0.1:{port}"},
            "auth": {"type": "htpasswd", "htpasswd_filename": str(users), "htpasswd_encryption": "plain", "delay": "0"},
            "storage": {"filesystem_folder": str(folder / "collections")},
            "logging": {"level": "error"},
        },
        "test",
        privileged=True,
    )
    stop, ask = socket.socketpair()
    running = threading.Thread(target=server.serve, args=(settings, ask), daemon=True)
    running.start()
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        running.join(0.05)
    try:
        yield f"http://127.0.0.1:{port}/{USER}/"
    finally:
        stop.close()
        running.join(10)
        ask.close()
