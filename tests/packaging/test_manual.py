"""The manual page is what the program says of itself today."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]


def test_the_manual_page_is_written_from_the_commands() -> None:
    done = subprocess.run(
        [sys.executable, HOUSE / "docs" / "man.py"], capture_output=True, text=True, check=True, cwd=HOUSE
    )
    kept = (HOUSE / "docs" / "man" / "hotpair.1").read_text(encoding="utf-8")
    assert done.stdout == kept, "python docs/man.py > docs/man/hotpair.1"
