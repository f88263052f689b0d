"""`hotpair verify` for many pairs: each judged on its own, and kept in the archive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hotpair.cli.choosing import Many
from hotpair.cli.fleet import intent_file, show_broken
from hotpair.cli.live import counting
from hotpair.cli.output import Format, err, here, out, show_error, write_json
from hotpair.cli.reports import exit_code
from hotpair.exit_codes import OF_LOOKS, exit_code_of, worst
from inventory.errors import HotpairError, IntentError

if TYPE_CHECKING:
    from runbooks.fleet.each import Verified, Verifying
    from runbooks.fleet.over import Ended


def verify_many(
    many: Many,
    looks: Verifying,
    inventory: Path,
    driver: str | None,
    place: Path | str,
    policy: Path | None,
    fmt: Format,
) -> int:
    """Verify pairs, show and keep each; end as the worst of them."""
    from runbooks.archive.keeping import ToKeep, keep_all
    from runbooks.fleet.choice import chosen
    from runbooks.fleet.over import over_pairs
    from runbooks.fleet.worker_pool import worker_pool_for
    from runbooks.inventory_pairs import pairs_in
    from runbooks.report.as_json import run_as_dict
    from runbooks.report.terminal import run_view
    from runbooks.site import open_inventory

    nornir = open_inventory(inventory, driver)
    asked = chosen(pairs_in(nornir), many.choice)
    pairs = tuple(asked.good.values())[: many.limit]

    with (
        counting("verifying", len(pairs)) as counted,
        worker_pool_for(() if looks.wait_s else pairs, workers=many.workers) as pool,  # to wait takes no core
    ):

        def tell(ended: Ended[Verified]) -> None:
            for error in ended.value.missing if ended.value is not None else ():
                show_error(error)
            if ended.error is not None:
                show_error(ended.error)
            elif ended.value is not None:
                err.print(f"{ended.pair.name}: {ended.value.run.verdict}", markup=False)
            counted.done(wrong=ended.error is not None, begun=ended.begun)

        ends = over_pairs(
            nornir,
            pairs,
            lambda _pair: looks,
            workers=many.workers,
            pool=pool,
            tell=tell,
            begin=counted.begin,
        )
    runs = [ToKeep(one.value.run, intent_file(one.pair)) for one in ends if one.value is not None]
    trouble = keep_all(place, runs, policy) if runs else None
    errors: dict[str, HotpairError] = {**asked.broken}
    errors |= {one.pair.name: one.error for one in ends if one.error is not None}
    show_broken(asked)
    if trouble is not None:
        show_error(trouble)
    if fmt is Format.JSON:
        told = [{"pair": name, **error.as_dict()} for name, error in sorted(errors.items())]
        told += [trouble.as_dict()] if trouble else []
        write_json({"runs": [run_as_dict(one.run) for one in runs], "errors": told})
    else:
        for one in runs:
            out.print(run_view(one.run, here))
    codes = {exit_code(one.run) for one in runs} | {exit_code_of(error) for error in errors.values()}
    codes |= {exit_code_of(trouble)} if trouble else set()
    if not pairs and not errors:
        raise IntentError("no pair in the inventory: nothing was verified")
    return worst(codes, OF_LOOKS)
