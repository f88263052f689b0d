"""Links that are right in the repository, made right on the site.

A page of `docs/` may name any file of the repository. On the site such a file lies below `files/`, and the
texts at the root (changelog, contributing, security) are pages of their own.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT_PAGES = {
    "CHANGELOG.md": "project/changelog.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "SECURITY.md": "project/security.md",
    "README.md": "project/readme.md",
}
"""Texts at the root of the repository, and the pages that they are."""
FILES = "files"
_FENCE = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(\]\()([^)#\s]+)((?:#[^)\s]*)?\))")
_ELSEWHERE = re.compile(r"^(?:[a-z]+:|/)")


def linked_files(markdown: str, source: str, house: Path) -> dict[str, Path]:
    """Return the files outside `docs/` that a page names, by where they lie on the site.

    Args:
        markdown: text of the page.
        source: where it lies in the repository, e.g. `docs/watch.md`.
        house: root of the repository.

    Raises:
        FileNotFoundError: the page names a file that is not there.
    """
    found: dict[str, Path] = {}

    def note(target: str) -> str:
        place = house / target
        if _is_file(target, house):
            if not place.exists():
                raise FileNotFoundError(f"{source} names {target}")
            files = sorted(_files(place)) if place.is_dir() else [place]
            found.update({f"{FILES}/{one.relative_to(house).as_posix()}": one for one in files})
        return target

    _each(markdown, source, note)
    return found


def rewritten(markdown: str, source: str, page: str, house: Path) -> str:
    """Return a page with links that are right on the site.

    Args:
        markdown: text of the page.
        source: where it lies in the repository.
        page: where it lies on the site, e.g. `project/changelog.md`.
        house: root of the repository.
    """
    home = posixpath.dirname(page)

    def on_site(target: str) -> str:
        if _is_file(target, house):
            there = f"{FILES}/{target}"
            if (house / target).is_dir():
                there = posixpath.join(there, "index.md")
        else:
            there = ROOT_PAGES.get(target, target.removeprefix("docs/"))
        return posixpath.relpath(there, home or ".")

    return _each(markdown, source, on_site)


def _is_file(target: str, house: Path) -> bool:
    """Tell whether a path of the repository is no page of the site."""
    in_docs = target.startswith("docs/") and not (house / target).is_dir()
    return not in_docs and target not in ROOT_PAGES


def _files(folder: Path) -> Iterator[Path]:
    return (one for one in folder.rglob("*") if one.is_file() and "__pycache__" not in one.parts)


def _each(markdown: str, source: str, change: Callable[[str], str]) -> str:
    """Change each link to a file, outside of blocks of code; given by its path in the repository."""

    def changed(match: re.Match[str]) -> str:
        if _ELSEWHERE.match(match[2]):
            return match[0]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(source), match[2]))
        return f"{match[1]}{change(target)}{match[3]}"

    parts = _FENCE.split(markdown)
    return "".join(part if part.startswith("```") else _LINK.sub(changed, part) for part in parts)
