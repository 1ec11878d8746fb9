"""Two people in two browsers review one meeting: each sees the other's edits, and a clash loses nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from bywhen.kernel.clock import FrozenClock, SystemClock, process_clock_set
from bywhen.kernel.transcript import Transcript, Utterance
from bywhen.meetings.engine.items import Item, ItemKind, Said
from bywhen.meetings.selectors.held import meeting_origin
from bywhen.meetings.services.proposing import items_propose
from bywhen.meetings.services.taking_in import meeting_take_in
from bywhen.record.selectors.proposals import proposal_list
from factories import rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
SAID = ("I will send the contract.", "Can we decide on the vendor today?", "We keep the vendor.")
SOON = 15_000
"""Milliseconds within which the other's edit must be seen: a page asks every four seconds."""


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    process_clock_set(FrozenClock(datetime(2026, 11, 19, 9, tzinfo=UTC)))
    yield
    process_clock_set(SystemClock())


@pytest.fixture
def meeting(transactional_db: None) -> Any:
    project = rows.project()
    source = rows.source("2026-11-18-sync.vtt", b"WEBVTT", "transcript", project)
    lines = tuple(Utterance(number, text, "Ana Bo", float(number)) for number, text in enumerate(SAID, 1))
    made, _ = meeting_take_in(
        project=project, source=source, transcript=Transcript("Sync", lines), held_on=date(2026, 11, 18)
    )
    items_propose(meeting=made, items=[_item("a", ItemKind.ACTION, 1, 0.9), _item("b", ItemKind.DECISION, 3, 0.8)])
    return made


def _item(name: str, kind: ItemKind, line: int, confidence: float) -> Item:
    said = Said(line, SAID[line - 1], "Ana Bo", float(line))
    return Item(name, kind, SAID[line - 1], (said,), confidence, "rule")


@pytest.fixture
def page_of(
    live_server: Any, django_user_model: Any, monkeypatch: pytest.MonkeyPatch, socket_enabled: None
) -> Iterator[Callable[[str], Any]]:
    """A page of a person's own browser; errors of the page's scripts fail the test."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    # Playwright runs a loop of its own in this thread; the database is asked between its steps, never inside one.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    problems: list[str] = []
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM,
            headless=True,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )

        def opened(name: str) -> Any:
            client = Client()
            client.force_login(django_user_model.objects.create_user(name.lower(), first_name=name))
            context = browser.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900})
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
            page = context.new_page()
            page.on("pageerror", lambda error: str(error) != "undefined" and problems.append(str(error)))
            return page

        yield opened
        browser.close()
    assert not problems


def _opened(page_of: Callable[[str], Any], meeting: Any, name: str) -> Any:
    page = page_of(name)
    page.goto(f"/meetings/{meeting.pk}/")
    return page


def _key(meeting: Any, kind: str) -> int:
    return next(each.pk for each in proposal_list(origin=meeting_origin(meeting)) if each.kind == kind)


def test_each_sees_the_edits_of_the_other_when_two_review(page_of, meeting):
    maren, ana = _opened(page_of, meeting, "Maren"), _opened(page_of, meeting, "Ana")
    action, decision = f"#item-{_key(meeting, 'action')}", f"#item-{_key(meeting, 'decision')}"
    maren.locator(f"{action} [name=owner]").fill("Bo Lind")
    maren.get_by_text("Saved").first.wait_for()

    ana.get_by_text("Maren has just changed this").wait_for(timeout=SOON)
    assert ana.locator(f"{action} [name=owner]").input_value() == "Bo Lind"
    assert ana.locator(action).evaluate("item => item.classList.contains('sel')")

    ana.locator(f"{action} [name=due]").fill("2026-11-27")
    ana.get_by_text("Saved").first.wait_for()
    ana.locator(decision).get_by_role("button", name="Accept").click()

    maren.locator(decision).get_by_text("by Ana").wait_for(timeout=SOON)
    assert maren.locator(f"{action} [name=due]").input_value() == "2026-11-27"
    assert maren.locator("#items-count").inner_text() == "1 to judge, the surest first"
    assert not maren.locator("#missed").get_by_text("Can we decide on the vendor").count()


def test_typed_words_stay_when_the_edit_of_the_other_arrives(page_of, meeting):
    maren, ana = _opened(page_of, meeting, "Maren"), _opened(page_of, meeting, "Ana")
    owner = f"#item-{_key(meeting, 'action')} [name=owner]"
    ana.route("**/save/", lambda route: route.abort())
    ana.locator(owner).press_sequentially("Ze")
    maren.locator(owner).fill("Bo Lind")
    maren.get_by_text("Saved").first.wait_for()
    with ana.expect_response("**/changes/*", timeout=SOON) as told:
        pass
    assert "Bo Lind" in told.value.text()

    assert ana.locator(owner).input_value() == "Ze"


def test_both_texts_stand_until_one_is_chosen_when_two_change_the_same_field(page_of, meeting):
    maren, ana = _opened(page_of, meeting, "Maren"), _opened(page_of, meeting, "Ana")
    owner = f"#item-{_key(meeting, 'action')} [name=owner]"
    ana.route("**/changes/*", lambda route: route.fulfill(status=204))
    maren.locator(owner).fill("Bo Lind")
    maren.get_by_text("Saved").first.wait_for()
    ana.locator(owner).press_sequentially("Zed")
    clash = ana.locator(".clash")
    clash.wait_for()
    assert "Bo Lind" in clash.inner_text()
    assert "Zed" in clash.inner_text()
    assert maren.locator(owner).input_value() == "Bo Lind"

    clash.get_by_role("button", name="Keep mine").click()
    clash.wait_for(state="detached")
    maren.get_by_text("Ana has just changed this").wait_for(timeout=SOON)
    assert maren.locator(owner).input_value() == "Zed"


def test_theirs_takes_the_place_when_it_is_chosen(page_of, meeting):
    maren, ana = _opened(page_of, meeting, "Maren"), _opened(page_of, meeting, "Ana")
    owner = f"#item-{_key(meeting, 'action')} [name=owner]"
    maren.locator(owner).fill("Bo Lind")
    maren.get_by_text("Saved").first.wait_for()
    ana.route("**/changes/*", lambda route: route.fulfill(status=204))
    ana.locator(owner).fill("Zed")
    ana.get_by_role("link", name="Take theirs").click()
    ana.locator(".clash").wait_for(state="detached")

    assert ana.locator(owner).input_value() == "Bo Lind"
