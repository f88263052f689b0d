"""Every sample of the reference material parses whole, where that material lies beside the repository."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from inventory.errors import IntentError
from parsers.api import parse
from parsers.displays import display_for

FOLDER = Path(__file__).parents[3] / "shared" / "reference"
PAGES = ("displays", "displays-more")
BLOCK = re.compile(r"```(?:text)?\n(.*?)```", re.DOTALL)
ELISION = re.compile(r"^\s*\.\.\..*\n", re.MULTILINE)
"""Where a page leaves lines out."""
PROMPT = re.compile(r"[<\[][^>\]]*[>\]] ?(?P<command>(?:display|ping)[^\n]*)\n")


def samples() -> Iterator[tuple[str, str]]:
    """Yield the command and the answer of each sample that shows its prompt."""
    for page in sorted(page for folder in PAGES for page in (FOLDER / folder).glob("*.md")):
        for block in BLOCK.findall(page.read_text(encoding="utf-8")):
            typed = PROMPT.search(block)
            if typed:
                yield typed["command"], ELISION.sub("", block[typed.end() :])


def is_supported(command: str) -> bool:
    """Tell whether a display is one that is read."""
    try:
        display_for(command)
    except IntentError:
        return False
    return True


@pytest.mark.shared
def test_every_sample_parses_whole() -> None:
    if not FOLDER.is_dir():
        pytest.skip("the reference material does not lie beside the repository")
    seen = [(command, text) for command, text in samples() if is_supported(command)]

    bad = {command: parsed for command, text in seen if (parsed := parse(command, text)).unparsed}
    empty = [command for command, text in seen if text.strip() and not parse(command, text).records]

    assert len(seen) > 75
    assert bad == {}
    assert empty == []
