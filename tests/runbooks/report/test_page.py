"""The HTML page in a real browser: it renders, light and dark, prints, and fetches nothing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from runbooks.report.html import to_html
from runbooks.report.run import Change
from tasks.checks.model import Outcome
from tests.runbooks.report.runs import HOSTILE, observation, result, run

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (Debian package: chromium)"),
]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "run.html"
    shown = run(
        result(Outcome.SUCCESS, after=3.0),
        result(Outcome.FAILURE, HOSTILE, after=6.0),
        observations=(observation(),),
        changes=(Change("core-1", ("bfd", "quit"), ("hitless", "hitless")),),
    )
    path.write_text(to_html(shown), encoding="utf-8")
    return path


def chromium(page: Path, *options: str) -> str:
    profile = page.parent / "profile"
    done = subprocess.run(
        [str(CHROMIUM), *FLAGS, f"--user-data-dir={profile}", *options, page.as_uri()],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
        cwd=page.parent,
    )
    return done.stdout


def test_browser_builds_the_whole_page(page: Path) -> None:
    dom = chromium(page, "--dump-dom")
    for end in ("success", "failure"):
        assert dom.count(f'<tr class="judged {end}">') == 1
        assert dom.count(f'<tr class="{end}">') == 1  # in the convergence
    assert '<line x1="262"' in dom
    assert "<script" not in dom


@pytest.mark.parametrize("scheme", [(), ("--force-dark-mode", "--blink-settings=preferredColorScheme=0")])
def test_page_is_drawn(page: Path, scheme: tuple[str, ...]) -> None:
    picture = page.parent / "page.png"
    picture.unlink(missing_ok=True)
    chromium(page, f"--screenshot={picture}", "--window-size=1100,900", *scheme)
    assert picture.stat().st_size > 20_000


def test_page_prints(page: Path) -> None:
    paper = page.parent / "page.pdf"
    chromium(page, f"--print-to-pdf={paper}")
    assert paper.read_bytes().startswith(b"%PDF")
