"""A release as it is built from a tag: what it holds, and that it runs from an empty folder.

The site of the documentation is built strictly, once, from what the sdist holds and by the code of the wheel.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from hotpair import __version__
from tests.packaging.site import FOREIGN, loaded_by, missing, reference

HOUSE = Path(__file__).resolve().parents[2]
ROOMS = {"hotpair", "runbooks", "tasks", "parsers", "inventory", "emulator"}
PLUGIN = "hotpair_pytest.py"
"""What pytest loads in every project: a name that nobody else has, and no import of a room."""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clone with a tag of its version."""
    if not (HOUSE / ".git").exists():
        pytest.skip("not a git checkout: there is nothing to tag")
    clone = tmp_path_factory.mktemp("source") / "hotpair"
    subprocess.run(["git", "clone", "-q", "--depth", "1", HOUSE.as_uri(), str(clone)], check=True)
    subprocess.run(["git", "tag", f"v{__version__}"], cwd=clone, check=True)
    return clone


def release(source: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(source / ".ci" / "release"), *words],
        env={**os.environ, "PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def dist(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    done = release(source, f"v{__version__}", str(folder))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("PASSED") == 2
    return folder


def test_a_tag_that_is_none_or_of_another_version_is_refused(source: Path, tmp_path: Path) -> None:
    absent = release(source, "v0.0.1", str(tmp_path))
    subprocess.run(["git", "tag", "v9.9.9"], cwd=source, check=True)
    other = release(source, "v9.9.9", str(tmp_path))
    assert (absent.returncode, other.returncode) == (2, 2)
    assert "there is no tag v0.0.1" in absent.stderr
    assert f"what is tagged v9.9.9 says that it is {__version__}" in other.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def installed(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("site")
    (wheel,) = dist.glob("*.whl")
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", str(site)]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    return site


def unpacked(dist: Path, folder: Path) -> Path:
    (sdist,) = dist.glob("*.tar.gz")
    subprocess.run(["tar", "-xzf", sdist, "-C", folder], check=True)
    return folder / f"hotpair-{__version__}"


def run_installed(site: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hotpair", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_wheel_holds_the_rooms_only(dist: Path) -> None:
    (wheel,) = dist.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith((".dist-info", ".data"))} == ROOMS | {PLUGIN}
    laid_out = [name for name in names if ".data/" in name and not name.endswith("/")]
    assert [name.partition(".data/")[2] for name in laid_out] == ["data/share/man/man1/hotpair.1"]
    for data in (
        "inventory/lab/hosts.yaml",
        "inventory/lab/pairs/seed-igmp.yaml",
        "inventory/lab/devices/DeviceA.cfg",
        "inventory/schema/pair.json",
        "runbooks/report/templates/run.html.j2",
        "hotpair/pages/templates/base.html.j2",
        "hotpair/pages/static/hotpair.js",
        "hotpair/py.typed",
    ):
        assert data in names


def test_sdist_holds_no_stray_folder(dist: Path) -> None:
    (sdist,) = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        tops = {name.split("/")[1] for name in archive.getnames() if name.count("/") == 1}
    allowed = ROOMS | {PLUGIN, "tests", "docs", "benchmarks"}
    files = {
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "SECURITY.md",
        "mkdocs.yml",
        "LICENSE",
        "constraints.txt",
        "pyproject.toml",
        "PKG-INFO",
        ".gitignore",
    }
    assert tops <= allowed | files


def test_installed_cli_runs_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    pair = installed / "inventory" / "lab" / "pairs" / "seed-igmp.yaml"
    rendered = run_installed(installed, tmp_path, "render", str(pair), "--member", "b")
    assert rendered.returncode == 0, rendered.stderr
    assert " peer 1.1.1.1 source 3.3.3.3 port 1025" in rendered.stdout.splitlines()
    assert list(tmp_path.iterdir()) == []


def test_a_shadowed_room_is_named(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "runbooks").mkdir()
    (tmp_path / "runbooks" / "__init__.py").write_text("")
    shadowed = run_installed(installed, tmp_path, "--help")
    assert shadowed.returncode != 0
    assert "room 'runbooks' is shadowed" in shadowed.stderr
    assert str(tmp_path / "runbooks") in shadowed.stderr


def test_the_demo_runs_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    done = run_installed(installed, tmp_path, "demo", "--report", "demo.html")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Both members hold the intent: no line, no commit." in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["demo.html"]


def test_the_example_plugin_works_with_the_wheel(installed: Path, dist: Path, tmp_path: Path) -> None:
    plugin = unpacked(dist, tmp_path) / "docs" / "plugin"
    site = tmp_path / "plugin"
    words = ["install", "-q", "--no-deps", "--no-index", "--no-build-isolation", "--target", str(site)]
    subprocess.run([sys.executable, "-m", "pip", *words, str(plugin)], check=True, capture_output=True)
    path = os.pathsep.join((str(installed), str(site)))
    done = subprocess.run(
        [sys.executable, "-m", "hotpair", "checks", "--tag", "example"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "example-same-software" in done.stdout


# ---- the site of the documentation -------------------------------------------------------------------------

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
HAS_DOCS = pytest.mark.skipif(
    importlib.util.find_spec("material") is None, reason="the extra docs is not installed: no site to build"
)


@pytest.fixture(scope="module")
def site(installed: Path, dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-P", "-m", "mkdocs", "build", "--strict", "-q", "-d", str(home / "built")],
        cwd=unpacked(dist, home),
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return home / "built"


@HAS_DOCS
def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 100
    for page in pages:
        loads = loaded_by(page)
        assert loads
        assert [one for one in loads if re.match(r"(?:https?:)?//", one)] == [], page
    styles = [style.read_text(encoding="utf-8") for style in site.rglob("*.css")]
    assert [
        found for text in styles for found in re.findall(r"url\(\s*[\"']?(?:https?:)?//[^)]*", text)
    ] == []
    for file in (*pages, *site.rglob("*.js"), *site.rglob("*.css")):
        assert FOREIGN.findall(file.read_text(encoding="utf-8")) == [], file


@HAS_DOCS
def test_every_link_to_a_page_or_file_leads_somewhere(site: Path) -> None:
    """Those to places within a page are minded by the strict build."""
    hrefs = (
        (page, href)
        for page in site.rglob("*.html")
        for href in re.findall(r'<a [^>]*?href="([^"#]+)', page.read_text(encoding="utf-8"))
        if page.name != "404.html" and not re.match(r"[a-z]+:|//", href)
    )
    assert [(page, href) for page, href in hrefs if not (page.parent / unescape(href)).exists()] == []


@HAS_DOCS
def test_the_reference_is_whole(site: Path) -> None:
    wanted = reference()
    assert {page: missing(site, page, words) for page, words in wanted.items()} == {
        page: [] for page in wanted
    }


@HAS_DOCS
def test_a_key_is_told_with_all_that_is_known_of_it(site: Path) -> None:
    page = (site / "reference" / "pair-file.html").read_text(encoding="utf-8")
    (row,) = (one for one in re.findall(r"<tr>.*?</tr>", page, re.DOTALL) if "<code>hello</code>" in one)
    assert all(
        said in unescape(row)
        for said in (
            "number 5..100",
            "of the device: <code>10</code>",
            "timer hello <",
            "R52",
            "e-trunk-as-intended",
        )
    ), row


@HAS_DOCS
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here (Debian package: chromium)")
def test_a_browser_asks_nobody_else_and_no_page_is_wider_than_its_window(site: Path) -> None:
    options = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    asked: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        for width in (390, 1200):
            page.set_viewport_size({"width": width, "height": 900})
            for name in ("index", "tutorial", "reference/pair-file", "reference/commands", "transaction"):
                page.goto((site / f"{name}.html").as_uri())
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        browser.close()
    assert len(asked) > 10
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
