"""`hotpair verify` for many pairs: each judged on its own, and kept in the archive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hotpair.cli.choosing import Many
from hotpair.cli.fleet import intent_file
from hotpair.cli.output import Format, err, out, show_error, write_json
from hotpair.cli.reports import exit_code
from hotpair.exit_codes import ExitCode, exit_code_of
from inventory.errors import HotpairError, IntentError

if TYPE_CHECKING:
    from inventory.model import Pair
    from runbooks.fleet.over import Ended
    from runbooks.report.run import Run
    from runbooks.site import Openers
    from tasks.checks.policy import Policy
    from tasks.checks.waiting import Sample

_WORST = (ExitCode.FINDINGS, ExitCode.USAGE, ExitCode.UNKNOWN, ExitCode.REFUSED)


@dataclass(frozen=True, slots=True)
class Looks:
    """How each pair is looked at.

    Args:
        policy: of the network.
        names, tags: checks that run; without any those of the policy.
        member: the side that is asked alone; nothing for both.
        wait_s: seconds to wait until a pair holds; 0 looks once.
        progress: told each look.
    """

    policy: Policy
    names: list[str] | None
    tags: list[str] | None
    member: str | None
    wait_s: float
    progress: Callable[[Sample], None] = lambda _sample: None

    def __call__(self, pair: Pair, openers: Openers) -> Run:
        """Judge a pair; one member that is away keeps nobody from the other."""
        from hotpair.cli.output import side_of
        from hotpair.cli.verify import selection
        from inventory.model import SIDES
        from runbooks.site import within_reach
        from runbooks.verify import ONE_LOOK, verify_pair
        from tasks.checks.catalog import checks_for
        from tasks.checks.waiting import Patience

        sides = SIDES if self.member is None else (side_of(self.member),)
        checks = checks_for(selection(self.policy.selection, self.names, self.tags, self.member))
        patience = Patience(budget_s=self.wait_s) if self.wait_s else ONE_LOOK
        sessions, missing = within_reach(pair, openers, sides)
        for error in missing:
            show_error(error)
        return verify_pair(
            pair, sessions, checks, patience=patience, policy=self.policy, progress=self.progress
        )


def verify_many(
    many: Many,
    looks: Looks,
    inventory: Path,
    driver: str | None,
    place: Path | str,
    policy: Path | None,
    fmt: Format,
) -> int:
    """Verify pairs, show and keep each; end as the worst of them."""
    from runbooks.archive.keeping import keep_all
    from runbooks.fleet.choice import chosen
    from runbooks.fleet.over import over_pairs
    from runbooks.report.as_json import run_as_dict
    from runbooks.report.terminal import run_view
    from runbooks.site import open_inventory, pairs_in

    nornir = open_inventory(inventory, driver)
    asked = chosen(pairs_in(nornir), many.choice)
    pairs = tuple(asked.good.values())[: many.limit]

    def tell(ended: Ended[Run]) -> None:
        if ended.error is not None:
            show_error(ended.error)
        elif ended.value is not None:
            err.print(f"{ended.pair.name}: {ended.value.verdict}", markup=False)

    ends = over_pairs(nornir, pairs, looks, workers=many.workers, tell=tell)
    runs = [(one.value, intent_file(one.pair)) for one in ends if one.value is not None]
    trouble = keep_all(place, runs, policy) if runs else None
    errors: dict[str, HotpairError] = {**asked.broken}
    errors |= {one.pair.name: one.error for one in ends if one.error is not None}
    for error in (*asked.broken.values(), *([trouble] if trouble else [])):
        show_error(error)
    if fmt is Format.JSON:
        told = [{"pair": name, **error.as_dict()} for name, error in sorted(errors.items())]
        told += [trouble.as_dict()] if trouble else []
        write_json({"runs": [run_as_dict(run) for run, _ in runs], "errors": told})
    else:
        for run, _ in runs:
            out.print(run_view(run))
    codes = {exit_code(run) for run, _ in runs} | {exit_code_of(error) for error in errors.values()}
    codes |= {exit_code_of(trouble)} if trouble else set()
    if not pairs and not errors:
        raise IntentError("no pair in the inventory: nothing was verified")
    return next((code for code in _WORST if code in codes), ExitCode.DONE)
