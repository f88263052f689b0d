"""Make the README's picture: run the demo and export what the terminal showed.

python docs/picture.py
"""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

import hotpair.cli.demo as command

PICTURE = Path(__file__).resolve().with_name("demo.svg")


def main() -> None:
    """Run the demo on a recording console and write the SVG."""
    console = Console(record=True, width=100, force_terminal=False, highlight=False)
    command.out = console
    with TemporaryDirectory() as folder, chdir(folder):
        command.demo()
    console.save_svg(str(PICTURE), title="hotpair demo")


if __name__ == "__main__":
    main()
