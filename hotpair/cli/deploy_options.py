"""Options of the commands that change many pairs, or ask before they change one."""

from __future__ import annotations

from typing import Annotated

import typer

from hotpair.cli import completion

YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Deploy without asking.")]
RehearsedOption = Annotated[
    str | None,
    typer.Option(
        help="Name or folder of a green rehearsal: these lines and no others.",
        autocompletion=completion.runs,
    ),
]
MaxFailOption = Annotated[
    str,
    typer.Option("--max-fail", help="Of many pairs, begin no further one once more than N or P% failed."),
]
WaveOption = Annotated[
    str, typer.Option("--wave", help="Deploy many pairs in waves with a look between, e.g. 1,10,rest.")
]
