"""The day's way through the product: Today, a decision, the meeting's items, the open loops, the report."""

from __future__ import annotations

from typing import Any
from zipfile import ZipFile

import pytest

pytestmark = pytest.mark.browser
SCREENS = ("/", "/loops/", "/followup/", "/meetings/", "/status/")


def _rows(page: Any) -> int:
    return page.locator("[data-rows] [data-row]").count()


def test_keyboard_acts_on_a_row_and_takes_it_back_when_on_today(page: Any) -> None:
    before, first = _rows(page), page.locator("[data-row].sel .title").inner_text()
    page.keyboard.press("Enter")
    page.locator("#flash").get_by_text("plan").wait_for()
    assert _rows(page) <= before - 1
    assert page.locator("[data-row].sel").count() == 1
    assert page.locator("[data-row].sel .title").inner_text() != first
    page.keyboard.press("u")
    page.locator("#flash").get_by_text("Taken back").wait_for()
    assert _rows(page) == before
    assert page.locator("[data-row] .title").first.inner_text() == first


def test_keys_move_the_choice_and_its_evidence_when_j_and_k_are_pressed(page: Any) -> None:
    first = page.locator("#evidence h2").inner_text()
    page.keyboard.press("j")
    second = page.locator("[data-row].sel .title").inner_text()
    page.locator("#evidence h2").get_by_text(second).wait_for()
    assert second != first
    page.keyboard.press("k")
    page.locator("#evidence h2").get_by_text(first).wait_for()


def test_source_stands_in_its_context_when_a_quote_is_followed(page: Any) -> None:
    page.locator("#evidence blockquote a").first.click()
    page.locator("#evidence .cited").wait_for()
    assert page.locator("#evidence .said li").count() > 1


def test_action_is_in_the_ledger_and_the_report_loads_when_a_meeting_item_is_accepted(page: Any) -> None:
    base = page.url.split("/?")[0].rstrip("/")
    page.locator("[data-row] .title", has_text="left behind").first.click()
    page.locator("#evidence").get_by_role("link", name="Review the items").click()
    page.wait_for_url("**/meetings/*/")
    item = page.locator(".item", has=page.get_by_role("button", name="Accept")).filter(has_text="Action").first
    text = item.locator(".text").inner_text()
    item.get_by_role("button", name="Accept").click()
    page.locator("#flash, .item.done").first.wait_for()
    page.goto(f"{base}/loops/")
    assert page.locator(".loops .title", has_text=text.strip().rstrip(".")[:40]).count() == 1
    page.goto(f"{base}/status/erp/")
    with page.expect_download() as loading:
        page.locator("a[download]", has_text="Word").first.click()
    with ZipFile(loading.value.path()) as document:
        assert "word/document.xml" in document.namelist()


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_axe_finds_nothing_when_a_screen_is_shown(page: Any, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python").Axe()
    base = page.url.split("/?")[0].rstrip("/")
    page.set_viewport_size({"width": width, "height": 844})
    found = {}
    for screen in SCREENS:
        page.goto(f"{base}{screen}")
        for theme in ("light", "dark"):
            page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
            found[screen, theme] = [each["id"] for each in axe.run(page).response["violations"]]
    assert not {place: ids for place, ids in found.items() if ids}


def test_nothing_is_wider_than_the_page_when_it_is_shown_on_a_phone(page: Any) -> None:
    base = page.url.split("/?")[0].rstrip("/")
    page.set_viewport_size({"width": 390, "height": 844})
    for screen in SCREENS:
        page.goto(f"{base}{screen}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, screen
