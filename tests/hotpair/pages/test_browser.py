"""The pages in a real browser: three widths, without scripts, by keyboard, light and dark, on paper, live."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from hotpair.pages.access import Access
from hotpair.pages.source import Source
from tasks.transaction.journal import Journal
from tasks.transaction.machine import Event
from tasks.transaction.records import MemberRecord, Opening
from tests.hotpair.pages.conftest import HOSTILE, Served, served

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here (Debian package: chromium)")
PAGES = (
    "/",
    "/findings",
    "/runs",
    "/pair/north",
    f"/pair/{quote(HOSTILE)}",
    "/transactions",
    "/proof",
    "/nothing",
)
WAIT_MS = 30_000
OPENING = Opening("hp-0102030405", "north", MemberRecord("N1"), MemberRecord("N2"), 480, "CHG-9")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        yield context.new_page()


@pytest.mark.parametrize("width", [390, 1_200, 2_560])
def test_no_page_is_wider_than_the_window(here: Served, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for path in PAGES:
        page.goto(here.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        expect(page.locator("h1")).to_be_visible()


def test_the_newest_days_are_seen_first_and_a_wide_window_shows_them_all(here: Served, page: Page) -> None:
    for width in (1_200, 2_560):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{here.url}/?days=90")
        days = page.locator("th.day")
        moments = days.evaluate_all("all => all.map(one => one.title)")
        assert moments == sorted(moments, reverse=True)
        assert len(moments) == 90
        expect(days.first).to_be_in_viewport()
        if width == 2_560:
            expect(days.last).to_be_in_viewport()


def test_a_narrow_page_shows_the_pair_upright(here: Served, page: Page) -> None:
    for width, way in ((390, "upright"), (1_200, "lying")):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{here.url}/pair/north")
        shown = [one for one in ("upright", "lying") if page.locator(f".{one}").is_visible()]
        assert shown == [way]


def test_nothing_is_refused_by_the_policy_and_nothing_comes_from_elsewhere(here: Served, page: Page) -> None:
    complaints: list[str] = []
    asked: set[str] = set()
    page.on("console", lambda said: complaints.append(str(said.location)) if said.type == "error" else None)
    page.on("request", lambda request: asked.add(request.url))
    for path in PAGES[:-1]:
        page.goto(here.url + path)
    page.locator("nav a").first.click()
    assert complaints == []
    assert {url for url in asked if not url.startswith(here.url)} == set()


def test_a_filter_works_without_any_script(here: Served, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(here.url)
        page.get_by_label("Name").fill("nor")
        page.get_by_role("button", name="Show").click()
        expect(page.locator("tbody th")).to_have_text(["north"])
        page.get_by_role("link", name="north").click()
        page.get_by_role("link", name="check", exact=True).first.click()
        expect(page.locator("tr.judged.failure")).to_be_visible()


def test_the_keyboard_reaches_everything(here: Served, page: Page) -> None:
    page.goto(here.url)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the content"
    reached = set()
    for _ in range(20):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.textContent.trim()"))
    assert {"Fleet", "Findings", "Runs", "Transactions", "Show", "north"} <= reached


def test_light_and_dark_differ_and_can_both_be_read(here: Served, browser: Browser) -> None:
    seen = set()
    for scheme in ("light", "dark"):
        with browser.new_context(color_scheme=scheme) as context:
            page = context.new_page()
            page.goto(here.url)
            style = "getComputedStyle(document.body)"
            ink, paper = page.evaluate(f"[{style}.color, {style}.backgroundColor]")
            assert ink != paper
            seen.add((ink, paper))
    assert len(seen) == 2


def test_paper_has_no_navigation(here: Served, page: Page) -> None:
    page.goto(f"{here.url}/pair/north")
    page.emulate_media(media="print")
    expect(page.locator("nav")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    assert page.locator(".scroll").first.evaluate("one => getComputedStyle(one).overflowX") == "visible"


def test_a_running_transaction_grows_on_the_page(browser: Browser, tmp_path: Path) -> None:
    source = Source(tmp_path, tmp_path / "archive.db")
    with served(source, Access()) as server, browser.new_context() as context:
        page = context.new_page()
        with Journal.begin(tmp_path / "journals", OPENING) as journal:
            page.goto(f"{server.url}/transaction/{OPENING.id}")
            lines = page.locator("#timeline li")
            expect(lines).to_have_count(1)
            for count, event in enumerate((Event.GATE_PASSED, Event.STAGED, Event.CLEARED), start=2):
                journal.record(event)
                expect(lines).to_have_count(count, timeout=WAIT_MS)
            expect(page.locator("#standing")).to_have_text("at work now")
        expect(page.locator("#standing")).to_have_text("unchanged", timeout=WAIT_MS)
