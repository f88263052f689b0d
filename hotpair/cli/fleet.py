"""Options that the commands on live pairs share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hotpair.cli.output import show_error, show_next, typed_again

if TYPE_CHECKING:
    from inventory.load import Pairs
    from inventory.model import Pair
    from tasks.checks.policy import Policy


class Driver(StrEnum):
    """Library that connects to the devices."""

    NETMIKO = "netmiko"
    SCRAPLI = "scrapli"


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
PolicyOption = Annotated[
    Path | None,
    typer.Option(help="Which checks run, thresholds and waivers; `policy.yaml` in the inventory without it."),
]
TrafficOption = Annotated[
    Path | None,
    typer.Option(help="Witness of the traffic: a report of BNG Blaster, or the output of `ping -D`."),
]
BudgetOption = Annotated[
    float | None,
    typer.Option(
        min=0,
        help="Seconds that the pair may take to converge; without it 60 and the longest preemption delay.",
    ),
]


def policy_of(inventory: Path, file: Path | None) -> Policy:
    """Read the policy that was asked for, or the one that lies in the inventory.

    Raises:
        IntentError: it cannot be read, or is wrong.
    """
    from tasks.checks.policy import NO_POLICY
    from tasks.checks.policy_file import load_policy

    found = policy_file(inventory, file)
    return NO_POLICY if found is None else load_policy(found)


def policy_file(folder: Path, file: Path | None) -> Path | None:
    """Return the policy file that was asked for, or the one that lies in a folder, where there is one."""
    from tasks.checks.policy_file import policy_beside

    return file or policy_beside(folder)


def show_broken(pairs: Pairs) -> None:
    """Tell what is wrong with pair files, and what to type once they are mended."""
    for error in pairs.broken.values():
        show_error(error)
    if pairs.broken:
        show_next(typed_again())


def intent_file(pair: Pair) -> Path:
    """Return the file that a pair was read from."""
    return Path(pair.place("pair").source)
