"""`hotpair learn`: the intent of an existing pair, as YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hotpair.cli import completion
from hotpair.cli.fleet import HERE, DriverOption, InventoryOption
from hotpair.cli.live import live
from hotpair.cli.output import Format, FormatOption, out, write_json
from inventory.errors import IntentError

FILES = 2


def learn(
    source: Annotated[
        list[str],
        typer.Argument(
            help="Two configuration files, or the name of a pair in the inventory.",
            autocompletion=completion.pairs,
        ),
    ],
    name: Annotated[str, typer.Option(help="Name of the pair in the intent.")] = "learned",
    inventory: InventoryOption = HERE,
    driver: DriverOption = None,
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Print the intent of an existing pair; what Hotpair does not own is named and left alone.

    Examples:
      hotpair learn DeviceA.cfg DeviceB.cfg --name metro-1 > pairs/metro-1.yaml
      hotpair learn metro-1
    """
    from runbooks.configuration_file import read_configuration
    from tasks.learn import learn as learn_trees

    if len(source) == FILES:
        a, b = (read_configuration(Path(file)) for file in source)
    elif len(source) == 1:
        from runbooks.change import running_of
        from runbooks.site import logged_in, on_pair, open_inventory, pair_named

        nornir = open_inventory(inventory, driver.value if driver else None)
        pair = pair_named(nornir, source[0])
        with live(f"reading what runs on {pair.members.a} and {pair.members.b}"):
            running = on_pair(nornir, pair, lambda pair, openers: running_of(pair, logged_in(pair, openers)))
        name, a, b = pair.name, running["a"], running["b"]
    else:
        raise IntentError("learn takes two files or one pair", found=f"{len(source)} arguments")
    learned = learn_trees(a, b, name)
    if fmt is Format.JSON:
        write_json({"pair": name, "intent": learned})
    else:
        out.print(learned, end="", markup=False)
