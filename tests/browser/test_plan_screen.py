"""The Plan screen in a real browser: a change tried, committed and undone by keyboard, and scrolling over 2,000 tasks."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bywhen.intake.mspdi.writing import write_mspdi
from bywhen.kernel.durations import Duration
from bywhen.kernel.plan import Baseline, Link, Plan, Task, standard_calendar
from bywhen.schedule.engine.cpm import compute

pytestmark = pytest.mark.browser
MODEL = "document.getElementById('plan').view.model"
OPEN_CRITICAL = f"{MODEL}.rows.find((row) => row.critical && !row.summary && !row.milestone && row.percent === 0).uid"
FRAMES = """
async ({ step, frames }) => {
  const scroller = document.querySelector(".plan-scroll");
  const times = [];
  let last = null;
  for (let n = 0; n < frames; n += 1) {
    const now = await new Promise(requestAnimationFrame);
    if (last !== null) times.push(now - last);
    last = now;
    scroller.scrollTop += step;
  }
  times.sort((a, b) => a - b);
  const at = (part) => Math.round(times[Math.floor(times.length * part)] * 10) / 10;
  return { p50: at(0.5), p95: at(0.95), top: scroller.scrollTop, drawn: document.querySelectorAll(".pr").length };
}
"""


def _go(page: Any, address: str) -> None:
    page.goto("/".join(page.url.split("/")[:3]) + address)


def _open(page: Any, uid: int | str = "") -> None:
    _go(page, f"/plan/erp/?task={uid}")
    page.wait_for_selector(".pr.sel")


def _finish(page: Any, uid: int) -> str:
    return str(page.evaluate(f"{MODEL}.byUid.get({uid}).finish"))


def _critical(page: Any) -> int:
    _open(page)
    uid = int(page.evaluate(OPEN_CRITICAL))
    _open(page, uid)
    return uid


def test_a_change_is_seen_committed_and_undone_when_only_keys_are_used(page: Any) -> None:
    uid = _critical(page)
    before = _finish(page, uid)
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("Alt+ArrowRight")
    page.locator("#impact").get_by_text("2 working days").first.wait_for()
    assert page.locator(".pr.tried").count() >= 1
    assert page.locator("#impact").get_by_role("row", name="The project's end").is_visible()

    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    page.wait_for_selector(".pr.sel")
    assert _finish(page, uid) > before
    assert page.locator("#flash").inner_text().endswith("Undo with u.")

    with page.expect_navigation():
        page.keyboard.press("u")
    page.wait_for_selector(".pr.sel")
    assert _finish(page, uid) == before


def test_what_was_only_tried_is_gone_when_escape_is_pressed(page: Any) -> None:
    uid = _critical(page)
    before = page.locator(f".pr[data-uid='{uid}'] .pc.finish").inner_text()
    page.keyboard.press("Alt+ArrowRight")
    page.wait_for_selector("#impact-rows", state="attached")
    page.keyboard.press("Escape")
    page.locator("#impact > *").first.wait_for(state="detached")
    assert page.locator(".pr.tried").count() == 0
    assert page.locator(f".pr[data-uid='{uid}'] .pc.finish").inner_text() == before


def test_the_bar_goes_back_when_the_change_is_refused(page: Any) -> None:
    uid = _critical(page)
    page.evaluate(f"{MODEL}.changeTry({MODEL}.byUid.get({uid}), {{ duration_days: 99999 }})")
    page.locator("#impact").get_by_text("out of range").wait_for()
    assert page.locator(".pr.tried").count() == 0


def test_rows_narrow_when_a_filter_is_pressed(page: Any) -> None:
    _open(page)
    shown = f"{MODEL}.shown.filter((row) => !row.summary)"
    every = page.evaluate(f"{shown}.length")
    page.click("[data-show=critical]")
    assert page.evaluate(f"{shown}.every((row) => row.critical)")
    assert 0 < page.evaluate(f"{shown}.length") < every
    page.click("[data-show=all]")
    page.select_option("[data-plan-owner]", index=1)
    owner = page.input_value("[data-plan-owner]")
    assert page.evaluate(f"{shown}.every((row) => row.owner.includes({json.dumps(owner)}))")


def test_a_row_with_its_bar_is_in_sight_when_what_was_chosen_is_filtered_away(page: Any) -> None:
    _critical(page)
    last = page.evaluate(f"{MODEL}.rows.filter((row) => !row.summary).at(-1).name")
    page.fill("[data-plan-filter]", last)
    page.wait_for_function("(name) => document.querySelector('.pr.sel .label')?.textContent === name", arg=last)
    seen = page.evaluate("""() => {
      const box = document.querySelector(".plan-scroll").getBoundingClientRect();
      const bar = document.querySelector(".bars-layer g.r:last-child .bar").getBoundingClientRect();
      return bar.left >= box.left && bar.right <= box.right;
    }""")
    assert seen


def test_the_reason_of_a_date_is_told_when_w_is_pressed(page: Any) -> None:
    _critical(page)
    page.keyboard.press("w")
    page.locator("#drawer.open").wait_for()
    assert "because" in page.locator("#evidence").inner_text()


def _row_done(page: Any, key: str) -> str:
    """Press the key that makes an edit; what the page says afterwards."""
    with page.expect_navigation():
        page.keyboard.press(key)
    page.wait_for_selector(".pr.sel")
    return str(page.locator("#flash").inner_text())


def _chosen_name(page: Any) -> str:
    return str(page.locator(".pr.sel .pc.name .label").inner_text())


def test_rows_are_put_in_renamed_moved_and_taken_out_when_only_keys_are_used(page: Any) -> None:
    uid = _critical(page)
    names = page.evaluate(f"{MODEL}.rows.map((row) => row.name)")
    page.focus(f".pr[data-uid='{uid}'] .pc.name")
    page.keyboard.press("n")
    page.wait_for_selector("#row-dialog[open]")
    page.keyboard.type("Check the export")
    assert "'Check the export' put in." in _row_done(page, "Enter")
    assert _chosen_name(page) == "Check the export"
    page.keyboard.press("F2")
    page.keyboard.type("Check the export twice")
    assert "is now 'Check the export twice'" in _row_done(page, "Enter")
    assert "moved one level in" in _row_done(page, "Control+]")
    assert "moved one level out" in _row_done(page, "Control+[")
    assert "taken out" in _row_done(page, "Delete")
    for _ in range(5):
        _row_done(page, "Control+z")
    assert page.evaluate(f"{MODEL}.rows.map((row) => row.name)") == names
    assert page.locator("[data-undo]").is_disabled()


def test_rows_of_a_spreadsheet_come_in_when_they_are_pasted(page: Any) -> None:
    _critical(page)
    paste = """(text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      document.querySelector(".pr.sel .pc.name").dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
    }"""
    with page.expect_navigation():
        page.evaluate(paste, "Task\tDays\nLoad\t3\nSigned off\t0")
    page.wait_for_selector(".pr.sel")
    assert "2 rows put in." in page.locator("#flash").inner_text()
    assert _chosen_name(page) == "Load"


def test_what_was_narrowed_and_scrolled_stays_when_an_edit_brings_the_page_back(page: Any) -> None:
    _critical(page)
    page.click("[data-show=critical]")
    page.locator(".pr:not(.summary) .pc.name").first.click()
    left = page.evaluate("(document.querySelector('.plan-scroll').scrollLeft += 200)")
    page.keyboard.press("F2")
    page.keyboard.type("Another name")
    _row_done(page, "Enter")
    assert page.get_attribute("[data-show=critical]", "aria-pressed") == "true"
    assert abs(page.evaluate("document.querySelector('.plan-scroll').scrollLeft") - left) < 2


def test_tab_goes_on_to_the_next_cell_when_one_was_edited(page: Any) -> None:
    uid = _critical(page)
    page.focus(f".pr[data-uid='{uid}'] .pc.start")
    page.keyboard.press("F2")
    page.keyboard.press("Tab")
    assert page.locator(".pc.duration input").count() == 1
    page.keyboard.press("Tab")
    assert page.locator(".pc.percent input").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".pr.tried").count() == 0


@pytest.mark.parametrize(
    ("size", "theme"),
    [((1440, 900), "light"), ((1024, 768), "dark"), ((390, 844), "light")],
    ids=["wide", "dark", "phone"],
)
def test_nothing_hinders_anybody_when_looking_at_the_plan(page: Any, size: tuple[int, int], theme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python").Axe()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=theme)
    uid = _critical(page)
    page.keyboard.press("Alt+ArrowRight")
    page.wait_for_selector("#impact-rows", state="attached")
    assert axe.run(page).violations_count == 0
    for address in ("?view=table", "versions/", "baselines/", "signals/", "print/", "take-in/", f"why/{uid}/"):
        _go(page, f"/plan/erp/{address}")
        page.wait_for_load_state("networkidle")
        found = axe.run(page)
        assert found.violations_count == 0, (address, found.generate_report())
    _go(page, "/blockers/?project=all")
    assert page.locator(".blocker").count() >= 1
    assert axe.run(page).violations_count == 0


def _large_plan(count: int = 2000) -> Plan:
    """Chains within packages of twenty tasks, two links a task, with a baseline."""
    tasks, links = [], []
    for uid in range(1, count + 1):
        package = 10_000 + (uid - 1) // 20
        if (uid - 1) % 20 == 0:
            tasks.append(Task(package, f"Package {package - 9_999}", outline_level=1, summary=True))
        length = Duration(480.0 * (1 + uid % 9))
        tasks.append(Task(uid, f"Task {uid}", outline_level=2, parent_uid=package, duration=length))
        links += [Link(before, uid) for before in (uid - 19, uid - 27) if before > 0]
    plan = Plan("Large", tuple(tasks), tuple(links), (standard_calendar(),), calendar_uid=1)
    dates = {row.uid: row for row in compute(plan).rows()}
    agreed = (
        replace(task, baselines=(Baseline(0, dates[task.uid].start, dates[task.uid].finish),)) for task in plan.tasks
    )
    return replace(plan, tasks=tuple(agreed))


def test_two_thousand_tasks_come_in_and_scroll_smoothly(page: Any, tmp_path: Path) -> None:
    file = tmp_path / "large.xml"
    file.write_bytes(write_mspdi(_large_plan()))
    _go(page, "/plan/take-in/")
    page.set_input_files("input[type=file]", file)
    page.get_by_text("2,100 tasks, 3,954 links").wait_for()
    with page.expect_navigation():
        page.get_by_role("button", name="Take it in").click()
    page.wait_for_selector(".pr.sel")
    served = page.evaluate("performance.getEntriesByType('navigation')[0].responseEnd")
    page.evaluate("document.querySelector('.plan-scroll').scrollTop = 0")
    page.evaluate(FRAMES, {"step": 0, "frames": 20})
    measured = {
        name: page.evaluate(FRAMES, {"step": step, "frames": 90}) for name, step in (("row", 36), ("page", 540))
    }
    logging.getLogger(__name__).info("frames in ms %s, page served after %.0f ms", json.dumps(measured), served)
    assert measured["page"]["top"] > 40_000
    assert measured["page"]["drawn"] < 80, "only the rows near the window exist"
    assert measured["row"]["p50"] < 60
    assert measured["row"]["p95"] < 150
    assert measured["page"]["p95"] < 250
