"""Options of the whole suite."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# The build must say the same about the same commit; people's own runs go on searching.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden-update", action="store_true", help="write the golden files anew instead of comparing")
