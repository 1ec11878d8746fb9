"""The decision register without the mouse: found by part of a word, options, objections, what took its place."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def register(page: Any) -> Any:
    """The register of the demo, the latest decision chosen."""
    page.goto(f"{'/'.join(page.url.split('/', 3)[:3])}/decisions/")
    return page


def test_a_decision_is_found_by_part_of_a_word_when_typed_into_the_register(register):
    register.keyboard.press("/")
    register.keyboard.type("liabil")
    register.get_by_role("heading", name="1 decision with “liabil”").wait_for()
    register.keyboard.press("Control+A")
    register.keyboard.type("ycle")
    register.get_by_role("heading", name="1 decision with “ycle”").wait_for()
    assert register.locator(".decisions .title").all_inner_texts() == ["Two SIT cycles, no third"]
    assert register.locator("#decision-words").input_value() == "ycle"
    assert register.url.endswith("q=ycle&status=")


def test_a_decision_is_found_in_one_step_when_asked_for_from_any_page(page):
    page.goto(f"{'/'.join(page.url.split('/', 3)[:3])}/meetings/")
    page.keyboard.press("Control+k")
    page.keyboard.type("ycle holt")
    page.get_by_role("option", name="Two SIT cycles, no third").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/decisions/*/")
    page.get_by_role("heading", name="Two SIT cycles, no third").wait_for()
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url("**/decisions/")


def test_options_are_kept_and_put_back_when_edited_by_keys(register):
    register.keyboard.press("e")
    register.get_by_label("Other options, and why they were not taken").fill("No cap: too dear")
    register.keyboard.press("Control+Enter")
    register.get_by_text("The options were kept.").wait_for()
    register.locator("#evidence").get_by_text("No cap: too dear").wait_for()
    register.locator(".decisions .sel").focus()
    register.keyboard.press("u")
    register.get_by_text("No other option is on record.").wait_for()


def test_an_objection_is_raised_and_answered_when_the_window_is_open(register):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    register.keyboard.press("w")
    register.get_by_label("Last day for objections").fill("2026-12-01")
    register.keyboard.press("Control+Enter")
    register.get_by_text("Objections are taken now.").wait_for()
    register.locator(".decisions .sel").focus()
    register.keyboard.press("o")
    register.get_by_label("Who objects").fill("Leah Stone")
    register.get_by_label("Why").fill("The cap is below our policy.")
    register.keyboard.press("Control+Enter")
    register.locator(".decisions .sel").get_by_text("1 objection without an answer").wait_for()
    found = axe.run(register)
    assert found.violations_count == 0, found.generate_report()

    register.get_by_label("Answer to Leah Stone").fill("Raised to 2 million.")
    register.get_by_role("button", name="Answer", exact=True).click()
    register.get_by_text("Your answer:").wait_for()
    assert not register.get_by_text("1 objection without an answer").count()


def test_an_objection_without_a_reason_keeps_the_name_when_it_is_refused(register):
    register.keyboard.press("w")
    register.get_by_label("Last day for objections").fill("2026-12-01")
    register.keyboard.press("Control+Enter")
    register.get_by_text("Objections are taken now.").wait_for()
    register.locator(".decisions .sel").focus()
    register.keyboard.press("o")
    register.get_by_label("Who objects").fill("Leah Stone")
    register.get_by_label("Why").fill("   ")
    register.keyboard.press("Control+Enter")
    register.get_by_role("alert").get_by_text("an objection needs a name and a reason").wait_for()
    assert register.get_by_label("Who objects").input_value() == "Leah Stone"


def test_both_decisions_show_the_chain_when_one_supersedes_the_other(register):
    old = register.locator(".decisions .row", has_text="Two SIT cycles")
    old.click()
    register.locator("#evidence").get_by_role("heading", name="Two SIT cycles").wait_for()
    register.wait_for_load_state("networkidle")
    later = register.get_by_label("Superseded by")
    later.select_option(label=next(text for text in later.locator("option").all_inner_texts() if "liability" in text))
    register.get_by_role("button", name="Supersede").click()
    old.get_by_text("Superseded by: Cap on the liability").wait_for()
    register.locator("#evidence dl").get_by_text("Cap on the liability").click()
    register.locator("#evidence").get_by_text("Took the place of").wait_for()

    old.click()
    register.locator("#evidence").get_by_role("heading", name="Two SIT cycles").wait_for()
    register.wait_for_load_state("networkidle")
    register.get_by_role("button", name="Let it stand again").click()
    old.get_by_text("Standing", exact=True).wait_for()


def test_a_decision_stays_visible_when_it_is_withdrawn(register):
    row = register.locator(".decisions .sel")
    register.get_by_role("button", name="Withdraw it").click()
    row.get_by_text("Withdrawn", exact=True).wait_for()
    register.get_by_label("State").select_option("withdrawn")
    register.wait_for_url("**status=withdrawn")
    assert register.locator(".decisions .title").all_inner_texts() == ["Cap on the liability of the penetration tester"]
