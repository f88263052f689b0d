"""How a run of the fleet is told while it goes on, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hotpair.cli.output import Format, err, in_rows, out, show_next, show_rows, write_json
from hotpair.exit_codes import ExitCode, worst
from inventory.quantities import quantity

if TYPE_CHECKING:
    from runbooks.workers.values import Fault, Planned, Standing, Tally


def say(text: str) -> None:
    """Write an event with its moment."""
    err.print(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {text}", markup=False)


class ProgressLog:
    """Tells each pair that did not end well, once, and where the run stands when that changed."""

    def __init__(self) -> None:
        self._told = 0
        self._line = ""

    def tell(self, standing: Standing) -> None:
        """Write what is new."""
        for ended in standing.tally.told[self._told :]:
            say(str(ended))
        self._told = len(standing.tally.told)
        total = "? pairs" if standing.total is None else quantity(standing.total, "pair")
        line = f"{standing.tally.done} of {total} done, {self._told} not well"
        if line != self._line:
            say(line)
        self._line = line


def show_plans(plans: tuple[Planned, ...]) -> None:
    """Show a line a plan, or why a pair has none."""
    rows = [
        (one.pair, "-", "-", in_rows(one.problem.said, one.problem.details))
        if one.problem is not None
        else (one.pair, str(one.lines[0]), str(one.lines[1]), one.impact or "-")
        for one in plans
    ]
    show_rows(("pair", "lines a", "lines b", "impact"), rows)


def _codes() -> Mapping[Fault, ExitCode]:
    """Return what each fault of a pair ends the command with."""
    from runbooks.workers.values import Fault

    return {
        Fault.NONE: ExitCode.DONE,
        Fault.FINDINGS: ExitCode.FINDINGS,
        Fault.INTENT: ExitCode.USAGE,
        Fault.UNKNOWN: ExitCode.UNKNOWN,
        Fault.REFUSED: ExitCode.REFUSED,
        Fault.ROLLED_BACK: ExitCode.ROLLED_BACK,
        Fault.SPLIT: ExitCode.SPLIT,
    }


def show_tally(tally: Tally, fmt: Format, order: Sequence[ExitCode]) -> int:
    """Show how a run ended; give the exit code of the pair that needs a hand most."""
    from runbooks.workers.values import Fault

    if fmt is Format.JSON:
        told = [asdict(one) for one in tally.told]
        counts = {fault.value: tally.counts.get(fault, 0) for fault in Fault}
        write_json({"pairs": tally.done, "counts": counts, "told": told})
    elif tally.told:
        rows = [(one.pair, one.transaction, in_rows(one.said, one.details)) for one in tally.told]
        show_rows(("pair", "transaction", "end"), rows)
    well = tally.counts.get(Fault.NONE, 0)
    if fmt is Format.TABLE:
        out.print(f"{well} of {quantity(tally.done, 'pair')} ended well.")
        for command in dict.fromkeys(one.next_command for one in tally.told if one.next_command):
            show_next(command)
    codes = {_codes()[fault] for fault, count in tally.counts.items() if count}
    if not codes:
        return ExitCode.UNKNOWN  # nothing was looked at
    return worst(codes, order)
