"""Judging a meeting and approving a status without the mouse."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser


def _chosen(page: Any) -> str:
    return str(page.evaluate("document.querySelector('[data-rows] .sel')?.id"))


def test_a_meeting_is_judged_and_a_status_approved_when_only_keys_are_used(page):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    base = page.url.split("/", 3)
    origin = f"{base[0]}//{base[2]}"
    page.goto(f"{origin}/meetings/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/meetings/*/")
    waiting = page.locator("form.item").count()
    page.keyboard.press("j")
    chosen = _chosen(page)
    page.keyboard.press("x")
    page.locator("#last-judged form").wait_for()
    assert page.locator("form.item").count() == waiting - 1
    page.keyboard.press("u")
    page.locator(f"form#{chosen}").wait_for()
    assert page.locator("form.item").count() == waiting
    page.locator(f"#{chosen}").focus()
    page.keyboard.press("e")
    page.locator(f"#{chosen} textarea").fill("Send the effect on the plan to Maren.")
    page.keyboard.press("Escape")
    page.get_by_text("Saved", exact=True).wait_for()
    page.locator(f"#{chosen}").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Accepted with changes:").wait_for()
    assert axe.run(page).violations_count == 0
    page.goto(f"{origin}/status/erp/")
    assert axe.run(page).violations_count == 0
    page.keyboard.press("Control+Enter")
    page.get_by_text("it stays as it was approved").wait_for()
    page.keyboard.press("u")
    page.get_by_text("The approval is taken back").wait_for()
