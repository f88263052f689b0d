"""`hotpair plan`: what would be typed, and nothing more."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hotpair.cli.asked import (
    PLAN_SUFFIX,
    AcceptOption,
    AllowOption,
    Asked,
    RetypeOption,
    TicketOption,
    UnqualifiedOption,
    WhyOption,
    asked,
)
from hotpair.cli.choosing import (
    EveryOption,
    LimitOption,
    MatchOption,
    PairsOrFile,
    PairTagOption,
    SiteOption,
    WorkersOption,
    many,
    require_one,
)
from hotpair.cli.fleet import HERE, JOURNALS, Driver, DriverOption, InventoryOption, PolicyOption
from hotpair.cli.live import live
from hotpair.cli.output import Format, FormatOption, err, out, show_error, write_json
from hotpair.cli.removal import show_shared, show_strange
from hotpair.exit_codes import ExitCode
from inventory.errors import IntentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inventory.model import Pair
    from runbooks.gates import Objection
    from runbooks.site import Openers
    from tasks.plan.model import PairPlan

RunningOption = Annotated[
    tuple[Path, Path] | None,
    typer.Option(help="Configuration files of a and b to plan from, instead of the live devices."),
]

OutOption = Annotated[
    Path | None,
    typer.Option("--out", help="Write the plan into FILE.json, for `hotpair deploy FILE.json`."),
]


def plan(
    pairs: PairsOrFile = None,
    inventory: InventoryOption = HERE,
    driver: DriverOption = None,
    running: RunningOption = None,
    file: OutOption = None,
    *,
    remove: Annotated[bool, typer.Option("--remove", help="Plan to take the pair away.")] = False,
    back: Annotated[bool, typer.Option("--back", help="Show the way back too.")] = False,
    retype_keys: RetypeOption = False,
    accept: AcceptOption = None,
    why: WhyOption = None,
    allow: AllowOption = None,
    unqualified: UnqualifiedOption = False,
    ticket: TicketOption = "",
    policy: PolicyOption = None,
    every: EveryOption = False,
    pair_tag: PairTagOption = None,
    site: SiteOption = None,
    match: MatchOption = "",
    workers: WorkersOption = None,
    limit: LimitOption = None,
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Show what would be typed on both members to reach the intent; change nothing.

    Ends with 10 when there is something to do, 0 when both members hold the intent, 4 when the intent breaks
    a rule whose breach is an error. Says what would keep it from being deployed now. Of many pairs it shows
    a line each.

    Examples:
      hotpair plan metro-1
      hotpair plan pairs/metro-1.yaml --running a.cfg b.cfg --back
      hotpair plan metro-1 --remove
      hotpair plan metro-1 --ticket CHG-4711 --out metro-1-plan.json
      hotpair plan --all
    """
    from runbooks.gates import objections
    from runbooks.planning import plan_as_dict

    meant = many(pairs, every=every, tags=pair_tag, sites=site, match=match, limit=limit, workers=workers)
    pair = "" if meant.chosen else next(iter(pairs or ()), "")
    words = asked(
        pair,
        ticket=ticket,
        remove=remove,
        retype_keys=retype_keys,
        allow=allow,
        unqualified=unqualified,
        accept=accept,
        why=why,
    )
    if meant.chosen:
        from hotpair.cli.deploy_many import fleet_of, plan_many

        require_one({"--out": file, "--running": running, "--back": back})
        return plan_many(fleet_of(meant, words, inventory, driver.value if driver else None, policy), fmt)
    _require_place(file, running)
    permission = words.permission(inventory, policy)
    if running is None:
        made = _of_devices(words, inventory, driver, file)
    else:
        made = _of_files(words, inventory, running)
    against = objections(made, permission, datetime.now(UTC))
    if fmt is Format.JSON:
        write_json({**plan_as_dict(made), "objections": [asdict(one) for one in against]})
    else:
        _show(made, against, back=back, remove=remove)
    if not made.empty:
        show_shared(made, inventory)
    if remove and running is None:
        show_strange((made,), inventory / JOURNALS)
    if file is not None and not made.empty:
        where = "" if inventory == HERE else f" -i {inventory}"
        said = f"{file}: the plan; deploy it with `hotpair deploy {file}{where}`"
        err.print(said, markup=False, soft_wrap=True)
    return ExitCode.DONE if made.empty else ExitCode.CHANGES


def _require_place(file: Path | None, running: tuple[Path, Path] | None) -> None:
    """Refuse a plan file that could not be written or deployed, before anything is dialled."""
    if file is None:
        return
    if running is not None:
        raise IntentError("a plan file is made of devices", wanted="--out without --running")
    if file.suffix != PLAN_SUFFIX:
        raise IntentError("a plan file has another ending", wanted=f"NAME{PLAN_SUFFIX}", found=str(file))
    if file.exists():
        raise IntentError("the file is there already", where=str(file))
    if not file.parent.is_dir():
        raise IntentError("there is no such folder", where=str(file.parent))


def _show(made: PairPlan, against: Sequence[Objection], *, back: bool, remove: bool) -> None:
    """Show a plan, and what would keep it from being deployed."""
    from runbooks.report.plan_view import plan_view

    if remove and made.empty:
        out.print(f"{made.pair}: nothing to do, nothing of the pair is left on either member.", markup=False)
        return
    out.print(plan_view(made))
    if back and not made.empty:
        out.print("\n[bold]The way back[/]")
        out.print(plan_view(made, back=True))
    if against:
        err.print("[bold]`hotpair deploy` would refuse this now:[/]")
    for objection in against:
        show_error(objection.error())


def _of_files(words: Asked, inventory: Path, files: tuple[Path, Path]) -> PairPlan:
    """Plan from two configuration files; the values of secrets are not looked up."""
    from runbooks.configuration_file import read_both
    from runbooks.gates import pass_lint
    from runbooks.inventory_pairs import find_pair
    from tasks.plan.pair import plan_pair

    if words.terms.retype_keys:
        raise IntentError("keys are typed on devices", wanted="--retype-keys without --running")
    intent = find_pair(words.pair, inventory)
    if not words.terms.remove:
        pass_lint(intent, words.accepted)
    a, b = read_both(*files)
    return plan_pair(intent, {"a": a, "b": b}, remove=words.terms.remove)


def _of_devices(words: Asked, inventory: Path, driver: Driver | None, file: Path | None) -> PairPlan:
    """Plan from what runs on the devices, into a file where one is wanted."""
    from runbooks.approved import lineage_of, plan_file
    from runbooks.gates import pass_lint
    from runbooks.inventory_pairs import pair_named
    from runbooks.keys import Keys, keys_are_read
    from runbooks.plan_file import save_plan
    from runbooks.proposal import propose
    from runbooks.site import host_keys, logged_in, on_pair, open_inventory, secrets_for

    terms = words.terms
    nornir = open_inventory(inventory, driver.value if driver else None, pair=words.pair)
    intent = pair_named(nornir, words.pair)
    if not terms.remove:
        pass_lint(intent, words.accepted)
    marks = inventory / JOURNALS
    needed = file is not None or keys_are_read(intent, marks, retype=terms.retype_keys)
    secrets = secrets_for(nornir, intent, inventory) if needed else {}
    keys = Keys(secrets, marks, terms.retype_keys)

    def work(pair: Pair, openers: Openers) -> PairPlan:
        sessions = logged_in(pair, openers)
        proposal = propose(pair, sessions, keys, words.accepted, remove=terms.remove)
        if file is not None and not proposal.plan.empty:
            lineage = lineage_of(sessions, host_keys(nornir, pair))
            save_plan(file, plan_file(pair, proposal, lineage, terms, secrets), marks, secrets)
        return proposal.plan

    with live(f"reading what runs on {intent.members.a} and {intent.members.b}"):
        return on_pair(nornir, intent, work)
