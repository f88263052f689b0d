"""Options that the commands on live pairs share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Driver(StrEnum):
    """Library that connects to the devices."""

    NETMIKO = "netmiko"
    SCRAPLI = "scrapli"


PairArgument = Annotated[str, typer.Argument(help="Name of a pair in the inventory.")]
PairOrFile = Annotated[str, typer.Argument(help="Pair file, or name of a pair in the inventory.")]
InventoryOption = Annotated[
    Path,
    typer.Option("--inventory", "-i", help="Folder with hosts.yaml and pairs/.", envvar="HOTPAIR_INVENTORY"),
]
DriverOption = Annotated[
    Driver | None,
    typer.Option(help="Library that connects; without it, what the inventory says.", envvar="HOTPAIR_DRIVER"),
]
HERE = Path()
"""Default folder of the inventory."""
JOURNALS = "journals"
"""Folder in the inventory that holds the journals of transactions and the marks of secrets."""
RunsOption = Annotated[
    Path | None, typer.Option(help="Folder where runs are kept; `runs` in the inventory without it.")
]
BudgetOption = Annotated[float, typer.Option(min=0, help="Seconds that the pair may take to converge.")]
