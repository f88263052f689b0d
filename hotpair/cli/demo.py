"""`hotpair demo`: the whole path on an emulated pair, in seconds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hotpair.cli.fleet import Driver, DriverOption
from hotpair.cli.live import Live, live
from hotpair.cli.output import out
from hotpair.cli.reports import put_report, require_folder

if TYPE_CHECKING:
    from runbooks.lab import ServedDevice
    from runbooks.report.run import Run
    from tasks.checks.waiting import Sample
    from tasks.plan.model import PairPlan
    from tasks.transaction.model import Progress

REPORT = Path("hotpair-report.html")


def demo(
    driver: DriverOption = None,
    report: Annotated[Path, typer.Option(help="Where to write the HTML report.")] = REPORT,
) -> None:
    """Deploy and verify hot backup on an emulated pair of NE40E, over real SSH.

    Starts two emulated routers, shows the plan, deploys it to both or to none, waits until the pair has
    converged, verifies it, deploys again (nothing is left to do), and writes an HTML report.

    Examples:
      hotpair demo
      hotpair demo --driver scrapli --report demo.html
    """
    from runbooks.demo import run_demo
    from runbooks.report.html import to_html

    require_folder(report)
    with live("starting two emulated routers", out) as line:
        done = run_demo(_Watcher(line), driver.value if driver else None)
    put_report(report, to_html(done.first.run))
    out.print("\n[bold]The same deployment again[/]")
    out.print("  Both members hold the intent: no line, no commit.")
    _what_next(driver, report)


@dataclass(frozen=True, slots=True)
class _Watcher:
    """Shows the demo on the terminal."""

    line: Live

    def served(self, devices: dict[str, ServedDevice]) -> None:
        """Show the routers that were started."""
        out.print("[bold]The emulated routers[/] (on this machine only; no real device is touched)")
        for device in devices.values():
            out.print(f"  {device.device} answers SSH on {device.host}:{device.port}")
        self.line.say("reading what runs on both members")

    def agree(self, plan: PairPlan) -> bool:
        """Show what will be typed."""
        from runbooks.report.plan_view import plan_view

        if not plan.empty:
            out.print("\n[bold]The plan[/]: what will be typed, coloured by what it does to traffic")
            out.print(plan_view(plan))
            out.print("\n[bold]The deployment[/]: both members or none; a trial reverts by itself")
        return True

    def step(self, step: Progress) -> None:
        """Show a step of the transaction."""
        self.line.step(step)

    def sample(self, sample: Sample) -> None:
        """Show how much of the pair holds."""
        self.line.sample(sample)

    def verified(self, run: Run) -> None:
        """Show what was verified."""
        from runbooks.report.terminal import run_view

        out.print("\n[bold]Verified[/] by what the routers show")
        out.print(run_view(run))
        self.line.say("deploying the same intent again")


def _what_next(driver: Driver | None, report: Path) -> None:
    """Say what to try next."""
    other = Driver.NETMIKO if driver is Driver.SCRAPLI else Driver.SCRAPLI
    rows = (
        (f"open {report}", "what was typed, seen and judged, on one page"),
        (f"hotpair demo --driver {other.value}", "the same through the other library"),
        ("hotpair lab", "keep the pair up, and try every command on it"),
        ("hotpair --help", "all commands"),
    )
    width = max(len(command) for command, _ in rows)
    out.print("\n[bold]Try next[/]")
    for command, what in rows:
        out.print(f"  {command:{width}}  {what}", markup=False)
