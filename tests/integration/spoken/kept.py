"""What commands said, as it is kept in files: compared with what they say today."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from difflib import unified_diff
from pathlib import Path

import pytest

from tests.integration.lab import Ended
from tests.integration.spoken.plain import Names
from tests.integration.spoken.stage import Heard

SAID = Path(__file__).with_name("said")
ELSEWHERE = SAID / "elsewhere"
"""What is heard outside the story, where the routers, twin or server of a command are there anyhow."""
_WRITE = os.environ.get("HOTPAIR_SPOKEN") == "write"
_ENDED = re.compile(r"^--- exit code (\d+)$", re.MULTILINE)


def file_of(name: str) -> str:
    """Name the file of a command."""
    return f"{name.replace(' ', '-')}.txt"


def require_as_kept(name: str, heard: Iterable[Heard], folder: Path = ELSEWHERE) -> None:
    """Compare what a command said with what is kept, or keep it where that is asked for."""
    said, file = "\n".join(one.text for one in heard), folder / file_of(name)
    if _WRITE:
        folder.mkdir(exist_ok=True)
        file.write_text(said, encoding="utf-8")
    kept = file.read_text(encoding="utf-8") if file.is_file() else ""
    differences = unified_diff(
        kept.splitlines(), said.splitlines(), f"{file.name} as kept", "as said now", lineterm=""
    )
    if said != kept:
        pytest.fail("\n".join(differences))


def heard(line: str, ended: Ended, names: Names) -> Heard:
    """Return a command line with what it said, without what differs from run to run."""
    return Heard(line, Ended(ended.code, names.plain(ended.out), names.plain(ended.err)))


def kept_codes(name: str) -> set[int]:
    """Return every exit code with which a command's kept texts end."""
    files = [folder / file_of(name) for folder in (SAID, ELSEWHERE)]
    texts = [file.read_text(encoding="utf-8") for file in files if file.is_file()]
    return {int(code) for text in texts for code in _ENDED.findall(text)}
