"""`hotpair render`: intent to configuration, without a device."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hotpair.cli import completion
from hotpair.cli.output import Format, FormatOption, out, side_of, write_json
from hotpair.cli.pair_file import require_one_file


def render(
    pair: Annotated[Path, typer.Argument(help="Pair file (YAML).")],
    member: Annotated[
        str,
        typer.Option("--member", "-m", help="Member to render: a or b.", autocompletion=completion.members),
    ] = "a",
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Print the configuration that Hotpair owns on a member, as the device prints it.

    Examples:
      hotpair render pairs/metro-1.yaml --member a
    """
    from inventory.load import load_pair
    from tasks.render import text

    require_one_file(pair)
    intent = load_pair(pair)
    side = side_of(member)
    shown = text(intent, side)
    if fmt is Format.JSON:
        write_json({"pair": intent.name, "member": intent.members.of(side), "configuration": shown})
    else:
        out.print(shown, end="", markup=False)
