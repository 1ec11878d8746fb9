"""A real SMTP server on this machine that keeps what it is given; some addresses it refuses, as servers do."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller


class Sink:
    """``letters`` in the order in which they came. ``later@`` is told to come back, ``nobody@`` is refused for good."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.address = ""

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - the server's name for it
        if address.startswith("nobody@"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("later@"):
            return "451 4.3.0 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - the server's name for it
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 kept"


@contextmanager
def sink() -> Iterator[Sink]:
    kept = Sink()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port, enable_SMTPUTF8=True)
    controller.start()
    try:
        kept.address = f"smtp://127.0.0.1:{port}?tls=none"
        yield kept
    finally:
        controller.stop()
