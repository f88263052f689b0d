"""Make the README's picture: run the demo and export what the terminal showed.

python docs/picture.py
"""

from __future__ import annotations

import re
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console

import hotpair.cli.demo as command

MONOSPACE = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
PICTURE = Path(__file__).resolve().with_name("demo.svg")


def main() -> None:
    """Run the demo on a recording console and write the SVG."""
    console = Console(record=True, width=100, force_terminal=False, highlight=False)
    command.out = console
    with TemporaryDirectory() as folder, chdir(folder):
        command.demo()
    picture = console.export_svg(title="hotpair demo", code_format=_own_fonts(CONSOLE_SVG_FORMAT))
    PICTURE.write_text(picture, encoding="utf-8")


def _own_fonts(form: str) -> str:
    """Take the fonts out that would be fetched from elsewhere; the window has a background of its own."""
    without = re.sub(r"@font-face \{\{.*?\}\}\s*", "", form, flags=re.DOTALL)
    return without.replace("Fira Code, monospace", MONOSPACE)


if __name__ == "__main__":
    main()
