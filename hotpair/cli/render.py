"""`hotpair render`: intent to configuration, without a device."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, cast

import typer

from hotpair.cli.output import Format, FormatOption, out, write_json
from inventory.model import Side


def render(
    pair: Annotated[Path, typer.Argument(help="Pair file (YAML).")],
    member: Annotated[str, typer.Option("--member", "-m", help="Member to render: a or b.")] = "a",
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Print the configuration that Hotpair owns on a member, as the device prints it.

    Examples:
      hotpair render pairs/metro-1.yaml --member a
    """
    from inventory.load import load_pair
    from tasks.render import text

    if member not in ("a", "b"):
        raise typer.BadParameter("wanted a or b", param_hint="--member")
    intent = load_pair(pair)
    shown = text(intent, cast("Literal['a', 'b']", member))
    if fmt is Format.JSON:
        side: Side = "a" if member == "a" else "b"
        write_json({"pair": intent.name, "member": intent.members.of(side), "configuration": shown})
    else:
        out.print(shown, end="", markup=False)
