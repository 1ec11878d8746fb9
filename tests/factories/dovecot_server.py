"""A real Dovecot on this machine, with one account and its mail in a folder."""

from __future__ import annotations

import getpass
import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DOVECOT = shutil.which("dovecot") or next((p for p in ("/usr/sbin/dovecot",) if Path(p).exists()), None)
USER, PASSWORD = "bywhen", "s3cret"
CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {me}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 0
last_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:{folder}/mail
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
"""


class Mailserver:
    """``address`` is what the settings want; ``deliver`` puts a letter into the mailbox."""

    def __init__(self, folder: Path, port: int) -> None:
        self._new = folder / "mail" / "new"
        self._count = 0
        self.port = port
        self.address = f"imap://{USER}:{PASSWORD}@127.0.0.1:{port}/INBOX?tls=none"

    def deliver(self, letter: bytes) -> None:
        self._count += 1
        (self._new / f"{1_900_000_000 + self._count}.{self._count}.here").write_bytes(letter)

    def untouched(self) -> bool:
        """Whether no letter was marked as read."""
        return not any("S" in path.name.partition(":2,")[2] for path in self._new.parent.rglob("*.here*"))


@contextmanager
def mailserver() -> Iterator[Mailserver]:
    # Its sign-in never runs as root, and must reach its sockets: no folder of pytest's, which are root's alone.
    with tempfile.TemporaryDirectory(prefix="bywhen-mail-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with _running(folder) as server:
            yield server


@contextmanager
def _running(folder: Path) -> Iterator[Mailserver]:
    assert DOVECOT
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    me = getpass.getuser()
    account = pwd.getpwnam(me if os.getuid() else "nobody")
    written = folder / "dovecot.conf"
    written.write_text(
        CONFIGURATION.format(
            folder=folder,
            me=me,
            login=account.pw_name,
            group=grp.getgrgid(os.getgid()).gr_name,
            port=port,
            password=PASSWORD,
            uid=account.pw_uid,
            gid=account.pw_gid,
        )
    )
    for name in ("home", "mail", "mail/new", "mail/cur", "mail/tmp"):
        (folder / name).mkdir()
        (folder / name).chmod(0o777)  # its owner may be another account than this one
    running = subprocess.Popen([DOVECOT, "-F", "-c", str(written)], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            try:
                running.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
            said = (running.stderr.read() if running.stderr else b"").decode()
            raise RuntimeError(
                f"Dovecot does not start: {said} {(folder / 'log').read_text() if (folder / 'log').exists() else ''}"
            )
        yield Mailserver(folder, port)
    finally:
        running.terminate()
        running.wait(20)
        if running.stderr:
            running.stderr.close()
