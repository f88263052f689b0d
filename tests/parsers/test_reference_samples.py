"""Every sample of the reference material parses whole, where that material lies beside the repository."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from parsers.api import parse

FOLDER = Path(__file__).parents[3] / "shared" / "reference" / "displays"
BLOCK = re.compile(r"```(?:text)?\n(.*?)```", re.DOTALL)
PROMPT = re.compile(r"[<\[][^>\]]*[>\]] ?(?P<command>(?:display|ping)[^\n]*)\n")


def samples() -> Iterator[tuple[str, str]]:
    """Give the command and the answer of each sample that shows its prompt."""
    for page in sorted(FOLDER.glob("*.md")):
        for block in BLOCK.findall(page.read_text(encoding="utf-8")):
            typed = PROMPT.search(block)
            if typed:
                yield typed["command"], block[typed.end() :]


@pytest.mark.shared
def test_every_sample_parses_whole() -> None:
    if not FOLDER.is_dir():
        pytest.skip("the reference material does not lie beside the repository")
    seen = list(samples())

    bad = {command: parsed for command, text in seen if (parsed := parse(command, text)).unparsed}
    empty = [command for command, text in seen if text.strip() and not parse(command, text).records]

    assert len(seen) > 60
    assert bad == {}
    assert empty == []
