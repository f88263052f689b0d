"""What is read of the site of the documentation once it is built."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

from hotpair.cli.settings import settings
from hotpair.exit_codes import ExitCode
from inventory.rules.catalog import catalog
from parsers.displays import DISPLAYS
from tasks.checks.catalog import BUILT_IN
from tests.walk.model import leaves

LOADING = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "link": "href",
    "object": "data",
    "embed": "src",
}
SCHEMAS = ("plan", "lint", "run", "deploy", "check", "parse", "errors", "pair", "policy", "watch")
NO_LOAD = {"canonical", "prev", "next", "license"}
FOREIGN = re.compile(r"unpkg|jsdelivr|cdnjs|googleapis|gstatic|google-analytics|api\.github\.com")


class Loads(HTMLParser):
    """What a browser loads for a page by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "link" and given.get("rel") in NO_LOAD:
            return
        self.found += [given[LOADING[tag]] or ""] if tag in LOADING and LOADING[tag] in given else []


def loaded_by(page: Path) -> list[str]:
    """Return the addresses of all that a browser loads for a page."""
    loads = Loads()
    loads.feed(page.read_text(encoding="utf-8"))
    return loads.found


def reference() -> Mapping[str, set[str]]:
    """Return what each page of the reference must tell."""
    known = settings()
    return {
        "pair-file": {leaf.path.rpartition(".")[2] for leaf in leaves()},
        "checks": {check.name for door in BUILT_IN for check in door.load()},
        "rules": {one.id for one in catalog()},
        "displays": {said for one in DISPLAYS for said in (one.syntax, one.record.__name__)},
        "commands": {
            said for one in known for said in (f"hotpair {' '.join(one.words)}", one.option, one.variable)
        },
        "exit-codes": {one.name for one in ExitCode},
        "schemas": set(SCHEMAS),
    }


def missing(site: Path, page: str, wanted: set[str]) -> list[str]:
    """Return what a page of the reference does not tell."""
    markup = (site / "reference" / f"{page}.html").read_text(encoding="utf-8")
    text = unescape(re.sub(r"<[^>]+>", "", markup))
    return [one for one in sorted(wanted) if one not in text]
