"""Planning in a browser: a rhythm in words with its dates, free times with everybody's day, an agenda put in order."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


def ticked(page: Any, part: str, *names: str) -> None:
    for name in names:
        page.get_by_role("group", name=part, exact=True).get_by_label(name, exact=True).check()


def test_series_is_planned_from_words_and_a_free_time(page):
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + "/meetings/plan/")
    page.get_by_label("Title").fill("Cut-over circle")
    ticked(page, "Required", "Ana Duarte", "Arjun Menon")
    ticked(page, "Optional", "Tom Becker")
    page.get_by_label("How often").fill("every two weeks until 26 March 2027")
    page.get_by_label("How often").press("Tab")
    page.get_by_text("every 2 weeks on Monday until Fri 26 Mar 2027").wait_for()
    columns = page.locator(".next th")
    assert [columns.nth(at).inner_text().split("\n")[0] for at in range(columns.count())] == [
        "Europe/Madrid",
        "Asia/Kolkata",
        "Europe/Berlin",
    ]
    assert page.locator(".next tbody tr").count() == 6
    page.get_by_role("button", name="Look for free times").click()
    page.get_by_role("heading", name="Free times, best first").wait_for()
    first = page.locator(".slots li").first
    assert "All three are free" in first.inner_text()
    assert first.locator("svg .hours").count() == 3
    chosen = first.locator("b").first.inner_text()
    first.get_by_role("button", name="Take this time").click()
    page.get_by_role("button", name="Plan it").click()
    page.get_by_role("heading", name="Cut-over circle", level=1).wait_for()
    assert chosen.split(", ")[1] in page.locator("main .sub").first.inner_text()
    assert "Every 2 weeks" in page.locator("main").inner_text()


def test_agenda_is_put_in_order_by_keys_and_kept(page):
    base = "/".join(page.url.split("/")[:3])
    page.goto(f"{base}/meetings/")
    page.get_by_role("link", name="Steering committee", exact=True).first.click()
    page.get_by_text("Edit the agenda").click()
    titles = page.locator("[data-section] legend")
    before = [titles.nth(at).inner_text() for at in range(titles.count())]
    page.get_by_role("button", name=f"Move {before[2]} up").focus()
    page.keyboard.press("Enter")
    page.locator("[data-section] textarea").nth(1).fill("Our own point")
    page.get_by_role("button", name="Keep the agenda").click()
    page.get_by_text("The agenda is kept").wait_for()
    heads = page.locator(".agenda h3")
    after = [heads.nth(at).inner_text() for at in range(heads.count())]
    assert after == [before[0], before[2], before[1], *before[3:]]
    assert "Our own point" in page.locator(".agenda > li").nth(1).inner_text()


@pytest.mark.parametrize("address", ["plan/", "feeds/", "calendars/", "planned/7/"])
def test_page_is_accessible_in_both_widths(page, address):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe").Axe()
    base = "/".join(page.url.split("/")[:3])
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"{base}/meetings/{address}")
        page.locator("main details").evaluate_all("all => all.forEach((each) => { each.open = true; })")
        page.wait_for_timeout(400)
        found = axe.run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
