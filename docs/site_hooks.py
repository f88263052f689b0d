"""Hooks of mkdocs: pages from the code, links that are right on the site, nothing loaded from elsewhere."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files, InclusionLevel

HOUSE = Path(__file__).resolve().parents[1]
sys.path.append(
    str(HOUSE)
)  # behind what is installed: only the walked fields of the tests are taken from there

from sitebuild import code, intent, links, schemas  # noqa: E402
from sitebuild.diagram import without_diagrams  # noqa: E402
from sitebuild.tables import with_bars  # noqa: E402

_FOREIGN = re.compile(rb"https://(?:unpkg\.com|api\.github\.com|fonts\.[a-z]+\.com)[\w./@-]*")
"""What the theme's scripts would load for features that this site does not use."""


def on_files(files: Files, config: Any) -> Files:
    """Add the pages that are written from the code, the texts of the root, and files that pages name."""
    for place, text in _written().items():
        files.append(File.generated(config, place, content=text))
    named: dict[str, Path] = {}
    for page in [file for file in files if file.is_documentation_page()]:
        named |= links.linked_files(page.content_string, _source(page.src_uri), HOUSE)
    for place, path in named.items():
        hidden = InclusionLevel.INCLUDED
        files.append(File.generated(config, place, content=path.read_bytes(), inclusion=hidden))
    folders = sorted({parent.as_posix() for place in named for parent in Path(place).parents} - {"."})
    for folder in folders:
        listed = [place for place in named if Path(folder) in Path(place).parents]
        files.append(File.generated(config, f"{folder}/index.md", content=_listing(folder, listed)))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Make links right, and diagrams tables."""
    place = page.file.src_uri
    if place.startswith(f"{links.FILES}/"):
        return markdown
    return with_bars(without_diagrams(links.rewritten(markdown, _source(place), place, HOUSE)))


def on_post_build(config: Any) -> None:
    """Take out of the theme's scripts what they would load from elsewhere."""
    for script in Path(config["site_dir"]).rglob("*.js*"):
        text = script.read_bytes()
        script.write_bytes(_FOREIGN.sub(b"", text)) if _FOREIGN.search(text) else None


def _written() -> dict[str, str]:
    """Return the pages that no file of `docs/` holds."""
    pages = intent.rule_pages(HOUSE / "docs")
    texts = {place: (HOUSE / name).read_text(encoding="utf-8") for name, place in links.ROOT_PAGES.items()}
    return texts | {
        "reference/pair-file.md": intent.page(pages),
        "reference/checks.md": code.checks(),
        "reference/rules.md": code.rules(pages),
        "reference/exit-codes.md": code.codes_of_exit(),
        "reference/commands.md": code.page_of_commands(),
        "reference/displays.md": code.displays(),
        "reference/schemas.md": schemas.page(HOUSE),
    }


def _source(place: str) -> str:
    """Tell where the text of a page lies in the repository."""
    homes = {page: name for name, page in links.ROOT_PAGES.items()}
    return homes.get(place, f"docs/{place}")


def _listing(folder: str, places: list[str]) -> str:
    return "".join(_lines(folder.removeprefix(links.FILES).strip("/"), places))


def _lines(name: str, places: list[str]) -> Iterator[str]:
    yield f"# {name or 'Files'}\n\n"
    names = (Path(place).relative_to(Path(links.FILES) / name).as_posix() for place in sorted(places))
    yield from (f"- [{one}]({one})\n" for one in names)
