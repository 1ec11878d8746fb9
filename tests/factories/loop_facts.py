"""Facts of one open loop, with only what a test is about spelled out."""

from __future__ import annotations

from datetime import date
from typing import Any

from bywhen.kernel.asking import LoopFacts

TODAY = date(2026, 11, 23)
"""A Monday."""


def facts(loop: int = 1, **known: Any) -> LoopFacts:
    """An action that Ana owns, checked and dated, in which nothing calls for an ask."""
    standing = {"project": "erp", "kind": "action", "title": "Sign the terms", "owner": "Ana", "next_check": TODAY}
    return LoopFacts(loop=loop, **{**standing, **known})
