"""The demo: an emulated pair, from bare routers to verified hot backup, deployed twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from inventory.errors import DeviceError
from inventory.quantities import quantity
from runbooks.change import Changed, ChangeOptions, change_pair
from runbooks.inventory_pairs import pair_named
from runbooks.lab import LAB_PAIR, ServedDevice, emulated, lab_devices, sample_file
from runbooks.lab_folder import write_inventory
from runbooks.report.run import Run
from runbooks.scratch import scratch
from runbooks.site import on_pair, open_inventory, secrets_for
from tasks.checks.catalog import CONVERGING, checks_for
from tasks.checks.waiting import Patience, Sample
from tasks.plan.model import PairPlan
from tasks.transaction.model import Progress

PATIENCE = Patience(budget_s=45, interval_s=0.5, stable=3)
"""Enough for the timers of the emulated protocols in real time."""


class DemoOutput(Protocol):
    """Who watches the demo."""

    def served(self, devices: dict[str, ServedDevice]) -> None:
        """Show the routers that were started."""
        ...

    def agree(self, plan: PairPlan) -> bool:
        """Show what will be typed; say whether to go on."""
        ...

    def step(self, step: Progress) -> None:
        """Show a step of the transaction."""
        ...

    def sample(self, sample: Sample) -> None:
        """Show how much of the pair holds."""
        ...

    def verified(self, run: Run) -> None:
        """Show what was verified."""
        ...


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demo did.

    Args:
        first: the deployment.
        second: the same again; its plan is empty.
    """

    first: Changed
    second: Changed


def run_demo(audience: DemoOutput, driver: str | None = None) -> Demo:
    """Start the emulated pair, deploy hot backup to it, verify it, and deploy again.

    Args:
        audience: who watches.
        driver: `netmiko` or `scrapli`; nothing: as the inventory says.

    Raises:
        HotpairError: any part of it went wrong.
    """
    with scratch() as folder, emulated(lab_devices()) as devices:
        write_inventory(folder, devices, sample_file(LAB_PAIR))
        audience.served(devices)
        nornir = open_inventory(folder, driver)
        pair = pair_named(nornir, LAB_PAIR)
        options = ChangeOptions(
            checks=checks_for(CONVERGING),
            patience=PATIENCE,
            journals=folder / "journals",
            secrets=secrets_for(nornir, pair, folder),
            agree=audience.agree,
            notify=audience.step,
            progress=audience.sample,
        )
        first = on_pair(nornir, pair, lambda pair, openers: change_pair(pair, openers, options))
        if first.problem is not None:
            raise first.problem
        audience.verified(first.run)
        second = on_pair(nornir, pair, lambda pair, openers: change_pair(pair, openers, options))
        if not second.plan.empty:
            raise DeviceError(
                "the second deployment is not empty",
                wanted="nothing to do",
                found=f"{quantity(len(second.plan.a.forward) + len(second.plan.b.forward), 'commit')}",
            )
    return Demo(first, second)
