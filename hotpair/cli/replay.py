"""`hotpair replay`: judge kept evidence again, offline."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hotpair.cli.fleet import policy_of
from hotpair.cli.output import Format, FormatOption
from hotpair.cli.reports import ReportOption, write_reports


def replay(
    run: Annotated[Path, typer.Argument(help="Folder of a kept run.")],
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
      hotpair replay runs/before
      hotpair replay runs/before --pair pairs/metro-1.yaml
    """
    from inventory.load import load_pair
    from runbooks.replay import replay_run
    from runbooks.report.evidence import PAIR_FILE

    intent = load_pair(pair or run / PAIR_FILE)
    return write_reports(replay_run(run, intent, policy_of(run, policy)), report, fmt)
