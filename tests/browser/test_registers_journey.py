"""The registers and change control by keyboard: add, edit, undo, filter; raise, vote, approve, and the plan stays."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser
SCREENS = (
    "/registers/risk/", "/registers/issue/", "/registers/lesson/", "/registers/change/", "/registers/control/",
)  # fmt: skip


def _base(page: Any) -> str:
    return str(page.evaluate("location.origin"))


def test_a_risk_is_reviewed_edited_and_taken_back_by_keyboard(page: Any) -> None:
    page.goto(f"{_base(page)}/registers/risk/")
    first = page.locator("[data-row].sel .title").inner_text()
    page.keyboard.press("Enter")
    page.locator("#flash").get_by_text("is reviewed").wait_for()
    page.keyboard.press("e")
    page.locator("#evidence select[name=impact]").wait_for()
    page.locator("#evidence select[name=impact]").select_option("1")
    page.locator("#evidence select[name=probability]").select_option("1")
    page.locator("#evidence").get_by_role("button", name="Save").click()
    page.locator("[data-row].sel .tag", has_text="1 low").wait_for()
    assert page.locator("[data-row].sel .title").inner_text() == first
    page.keyboard.press("u")
    page.locator("[data-row]", has_text=first).locator(".tag", has_text="1 low").wait_for(state="detached")


def test_a_cell_of_the_matrix_and_a_word_narrow_the_list(page: Any) -> None:
    page.goto(f"{_base(page)}/registers/risk/")
    every = page.locator("[data-rows] [data-row]").count()
    page.locator(".matrix td a").first.click()
    page.wait_for_url("**cell=**")
    assert 0 < page.locator("[data-rows] [data-row]").count() < every
    page.goto(f"{_base(page)}/registers/risk/")
    page.keyboard.press("/")
    page.keyboard.type("zzzz")
    assert page.locator("[data-rows] [data-row]:visible").count() == 0


def test_a_request_is_raised_voted_on_and_approved_and_waits_at_the_plan(page: Any) -> None:
    base = _base(page)
    page.goto(f"{base}/registers/change/?project=erp")
    page.keyboard.press("n")
    form = page.locator(".request-form")
    form.locator("[name=title]").fill("Deliver the API three days later")
    form.locator("[name=task]").fill("109: API delivery to SIT")
    form.locator("[name=move]").select_option("delay_days")
    form.locator("[name=amount]").fill("3")
    form.locator("[name=cost]").fill("1200.50")
    form.locator("[name=currency]").fill("EUR")
    form.get_by_role("button", name="Raise it").click()
    page.locator("h1", has_text="Deliver the API three days later").wait_for()
    page.wait_for_load_state()
    assert page.locator("table.impact", has_text="Go-live").count() == 1
    page.keyboard.press("v")
    page.locator("select[name=person]").select_option(index=1)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.locator(".votes li").wait_for()
    page.wait_for_load_state()
    page.keyboard.press("a")
    page.get_by_role("button", name="Record the approval").click()
    page.locator("[role=alert]", has_text="The votes do not carry").wait_for()
    page.locator("details[open] textarea[name=reason]").fill("The board agreed by telephone.")
    page.get_by_role("button", name="Record the approval").click()
    page.get_by_text("It waits at the plan as the proposal").wait_for()
    with page.expect_download() as loading:
        page.get_by_role("link", name="Word").click()
    assert loading.value.suggested_filename.endswith(".docx")
    page.wait_for_load_state()
    page.keyboard.press("u")
    page.locator("[aria-current=step]", has_text="Assessed").wait_for()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_screen_of_the_registers_breaks_a_rule_of_accessibility(page: Any, theme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe").Axe()
    base = _base(page)
    page.emulate_media(color_scheme=theme)
    found = []
    for screen in SCREENS:
        page.goto(f"{base}{screen}")
        found += [(screen, each["id"]) for each in axe.run(page).response["violations"]]
    page.goto(f"{base}/registers/change/")
    page.locator(".board li a").first.click()
    page.locator(".way").wait_for()
    found += [("request", each["id"]) for each in axe.run(page).response["violations"]]
    assert found == []


def test_no_screen_of_the_registers_is_wider_than_a_phone(page: Any) -> None:
    base = _base(page)
    page.set_viewport_size({"width": 390, "height": 844})
    for screen in SCREENS:
        page.goto(f"{base}{screen}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, screen
