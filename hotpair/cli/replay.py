"""`hotpair replay`: judge kept evidence again, offline."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hotpair.cli import completion
from hotpair.cli.fleet import HERE, InventoryOption, RunsOption, policy_of
from hotpair.cli.output import Format, FormatOption
from hotpair.cli.reports import ReportOption, run_folder, write_reports


def replay(
    run: Annotated[
        str, typer.Argument(help="Name of a kept run, or its folder.", autocompletion=completion.runs)
    ],
    inventory: InventoryOption = HERE,
    runs: RunsOption = None,
    pair: Annotated[
        Path | None, typer.Option(help="Pair file to judge it by, instead of the one that was kept.")
    ] = None,
    policy: Annotated[
        Path | None, typer.Option(help="Policy file to judge it by, instead of the one that was kept.")
    ] = None,
    report: ReportOption = None,
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Judge the raw evidence of a kept run again, without any device.

    Examples:
      hotpair replay before
      hotpair replay runs/before --pair pairs/metro-1.yaml
    """
    from inventory.load import load_pair
    from runbooks.replay import replay_run
    from runbooks.report.evidence import PAIR_FILE, POLICY_FILE, kept_run, require_unchanged

    home = run_folder(run, runs or inventory / "runs")
    kept_run(home)
    for file, instead in ((PAIR_FILE, pair), (POLICY_FILE, policy)):
        if instead is None and (home / file).exists():
            require_unchanged(home, file)
    intent = load_pair(pair or home / PAIR_FILE)
    return write_reports(replay_run(home, intent, policy_of(home, policy)), report, fmt)
