"""A real browser on a served demo workspace; skipped where there is no Chromium."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

DEMO_DAY = "2026-11-23"
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)


@pytest.fixture(scope="session")
def demo_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's workspace, built once; copy it before changing it."""
    folder = tmp_path_factory.mktemp("demo") / "workspace"
    _bywhen("demo", "--workspace", str(folder), "--no-serve")
    return folder


@pytest.fixture
def served(demo_workspace: Path, tmp_path: Path) -> Iterator[str]:
    """A copy of the demo, served by a process of its own: the address with its login link."""
    folder = tmp_path / "workspace"
    shutil.copytree(demo_workspace, folder)
    command = [*_command("serve"), "--workspace", str(folder), "--as-of", DEMO_DAY, "--port", str(_port())]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, env=_environment(), text=True, start_new_session=True)
    assert server.stderr is not None
    try:
        found = next(match for line in server.stderr if (match := re.search(r"http://\S+", line)))
        yield found.group()
    finally:
        # The server has workers of its own: the whole group goes, at once.
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(timeout=20)
        server.stderr.close()


@pytest.fixture
def page(served: str, socket_enabled: None) -> Iterator[Any]:
    """A logged-in page of 1440 x 900; errors of the page's own scripts fail the test."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    problems: list[str] = []
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM,
            headless=True,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        shown = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True).new_page()
        # htmx rejects a promise of its own with nothing when a request is cut off by a newer one or by leaving the page.
        shown.on("pageerror", lambda error: str(error) != "undefined" and problems.append(str(error)))
        _enter(shown, served)
        yield shown
        browser.close()
    assert not problems


def _port() -> int:
    """A range of ports for each test process: two servers that look for a free one at once would find the same."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    return 8700 + 20 * int(worker.removeprefix("gw"))


def _enter(shown: Any, address: str) -> None:
    """The server prints its address a moment before it listens."""
    base = address.split("/enter/", maxsplit=1)[0]
    for _ in range(50):
        try:
            shown.goto(f"{base}/enter/")
            break
        except Exception:  # noqa: BLE001 - playwright has one error for all of this
            shown.wait_for_timeout(200)
    shown.goto(address)


def _bywhen(*arguments: str) -> None:
    subprocess.run([*_command(*arguments)], check=True, capture_output=True, env=_environment())


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from bywhen.shell.cli import main; main()", *arguments]


def _environment() -> dict[str, str]:
    hidden = ("BYWHEN_WORKSPACE", "BYWHEN_AS_OF", "BYWHEN_SECRET_KEY", "DJANGO_SETTINGS_MODULE")
    return {name: value for name, value in os.environ.items() if name not in hidden}
