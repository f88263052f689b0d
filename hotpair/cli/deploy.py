"""`hotpair deploy`: both members or none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from hotpair.cli.asked import (
    AcceptOption,
    AllowOption,
    ForceOption,
    RetypeOption,
    TicketOption,
    UnqualifiedOption,
    WhyOption,
    approved_instead,
    asked,
    require_no_plan_among,
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
from hotpair.cli.deploy_options import MaxFailOption, RehearsedOption, WaveOption, YesOption
from hotpair.cli.deploy_shown import agreeing_to, announced, show_end
from hotpair.cli.fleet import (
    HERE,
    JOURNALS,
    BudgetOption,
    DriverOption,
    InventoryOption,
    PolicyOption,
    RunsOption,
    TrafficOption,
    intent_file,
    policy_file,
)
from hotpair.cli.live import Live, live
from hotpair.cli.memory import Memory, prepare_meanwhile, remember
from hotpair.cli.output import Format, FormatOption
from hotpair.cli.over_time import ArchiveOption, place_of
from hotpair.cli.reports import ReportOption, require_forms, run_folder, write_after
from hotpair.exit_codes import ExitCode
from inventory.errors import IntentError
from runbooks.fleet.waves import MaxFail, read_max_fail, read_waves

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from nornir.core import Nornir

    from hotpair.cli.asked import Asked
    from hotpair.cli.choosing import Many
    from inventory.model import Pair, Side
    from inventory.secrets import Secret
    from runbooks.rehearsal import Rehearsal
    from tasks.checks.waiting import Patience, Sample


def deploy(
    pairs: PairsOrFile = None,
    inventory: InventoryOption = HERE,
    driver: DriverOption = None,
    budget: BudgetOption = None,
    runs: RunsOption = None,
    archive: ArchiveOption = None,
    report: ReportOption = None,
    *,
    yes: YesOption = False,
    remove: Annotated[bool, typer.Option("--remove", help="Take the pair away.")] = False,
    retype_keys: RetypeOption = False,
    accept: AcceptOption = None,
    why: WhyOption = None,
    allow: AllowOption = None,
    unqualified: UnqualifiedOption = False,
    force: ForceOption = False,
    ticket: TicketOption = "",
    policy: PolicyOption = None,
    every: EveryOption = False,
    pair_tag: PairTagOption = None,
    site: SiteOption = None,
    match: MatchOption = "",
    workers: WorkersOption = None,
    limit: LimitOption = None,
    traffic: TrafficOption = None,
    rehearsed: RehearsedOption = None,
    max_fail: MaxFailOption = "0",
    wave: WaveOption = "",
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Bring both members of a pair to the intent, or neither.

    Shows the plan and asks. Both candidates are staged and compared with the plan, committed on trial,
    and confirmed only when the checks hold; otherwise both members are put back. The devices' own timers
    revert a trial if this host dies. Ctrl-C at any moment leaves both as they were, or both new.

    One more session a member looks on, read-only, from before to after: the report says whether the change
    was hitless for the control plane, and with --traffic what a witness says of the traffic.

    A plan file is deployed as it was approved, or refused when a device, the intent, a secret or a byte of
    the file is another one by now.

    Of many pairs all are planned and shown first, and the question is asked once; each is a transaction of
    its own, and a pair whose plan changed since it was shown is refused.

    Examples:
      hotpair deploy metro-1
      hotpair deploy metro-1 --yes --driver scrapli --format json
      hotpair deploy metro-1-plan.json
      hotpair deploy --site BER --wave 1,10,rest --max-fail 2
    """
    if fmt is Format.JSON and not yes:
        raise IntentError("a program cannot be asked", wanted="--yes with --format json")
    require_forms(report)
    meant = many(pairs, every=every, tags=pair_tag, sites=site, match=match, limit=limit, workers=workers)
    words = asked(
        "" if meant.chosen else next(iter(pairs or ()), ""),
        ticket=ticket,
        remove=remove,
        retype_keys=retype_keys,
        allow=allow,
        unqualified=unqualified,
        accept=accept,
        why=why,
        force=force,
    )
    library, reports = driver.value if driver else None, tuple(report or ())
    failing, waves = read_max_fail(max_fail), read_waves(wave)
    where = _Where(inventory, runs, archive, policy, traffic, rehearsed, reports)
    if meant.chosen:
        require_no_plan_among(pairs or ())
        return _deploy_many(meant, words, where, library, budget, fmt, (failing, waves), yes=yes)
    _deploy_one(approved_instead(words), where, library, budget, fmt, yes=yes)
    return ExitCode.DONE


@dataclass(frozen=True, slots=True)
class _Where:
    """Where a deployment reads and is kept.

    Args:
        inventory: folder of the inventory.
        runs: folder of runs that was asked for.
        archive: archive that was asked for.
        policy: policy file that was asked for.
        traffic: file of a witness of the traffic.
        rehearsed: name or folder of the run of a rehearsal.
        report: report files that were asked for.
    """

    inventory: Path
    runs: Path | None
    archive: str | None
    policy: Path | None
    traffic: Path | None = None
    rehearsed: str | None = None
    report: tuple[Path, ...] = ()


def _deploy_many(
    meant: Many,
    words: Asked,
    where: _Where,
    driver: str | None,
    budget: float | None,
    fmt: Format,
    bounds: tuple[MaxFail, tuple[int, ...]],
    *,
    yes: bool,
) -> int:
    """Deploy many pairs, in waves where some were asked for; give the exit code."""
    from hotpair.cli.deploy_many import Kept, deploy_many, fleet_of
    from runbooks.fleet.deploying import FleetOptions

    require_one({"--traffic": where.traffic, "--rehearsed": where.rehearsed})
    fleet = fleet_of(meant, words, where.inventory, driver, where.policy)
    kept = Kept(where.runs, where.archive, where.report)
    return deploy_many(fleet, FleetOptions(meant.workers, *bounds), kept, yes=yes, budget=budget, fmt=fmt)


def _deploy_one(
    words: Asked, where: _Where, driver: str | None, budget: float | None, fmt: Format, *, yes: bool
) -> None:
    """Deploy one pair, keep the run, and show how it ended.

    Raises:
        HotpairError: it did not end as wanted.
    """
    from runbooks.change import ChangeOptions, change_pair
    from runbooks.hitless.sampler import Sampling
    from runbooks.inventory_pairs import pair_named
    from runbooks.report.evidence import require_place
    from runbooks.site import beside, on_pair, open_inventory, secrets_for
    from tasks.checks.catalog import CONVERGING, checks_for

    inventory = where.inventory
    nornir = open_inventory(inventory, driver, pair=words.pair)
    intent = pair_named(nornir, words.pair)
    memory = _memory(where, intent, words.terms.ticket)
    require_place(memory.folder)
    secrets = secrets_for(nornir, intent, inventory)
    known = _approved_at_home(words, nornir, intent, inventory / JOURNALS, secrets)
    with live(f"reading what runs on {intent.members.a} and {intent.members.b}") as line:
        options = ChangeOptions(
            checks=checks_for(CONVERGING),
            patience=_patience(intent, budget),
            journals=inventory / JOURNALS,
            secrets=secrets,
            remove=words.terms.remove,
            retype_keys=words.terms.retype_keys,
            permission=words.permission(inventory, where.policy),
            ticket=words.terms.ticket,
            approved=words.approved,
            host_keys=known,
            announce=partial(announced, fmt),
            agree=agreeing_to(line, fmt, inventory, remove=words.terms.remove, yes=yes),
            notify=line.step,
            progress=partial(_looked, memory, line),
            sampling=Sampling(beside(nornir, intent)),
            traffic=where.traffic,
            rehearsal=_rehearsal(where, memory),
        )
        changed = on_pair(nornir, intent, lambda pair, openers: change_pair(pair, openers, options))
    if not changed.plan.empty:
        remember(changed.run, memory)
    write_after(changed.run, where.report)
    show_end(changed, fmt, removed=words.terms.remove)


def _rehearsal(where: _Where, memory: Memory) -> Rehearsal | None:
    """Read the rehearsal that was asked for."""
    from runbooks.rehearsal import read_rehearsal

    return None if where.rehearsed is None else read_rehearsal(run_folder(where.rehearsed, memory.folder))


def _looked(memory: Memory, line: Live, sample: Sample) -> None:
    """Show a look at the pair, and use the time until the next one."""
    prepare_meanwhile(memory, sample)
    line.sample(sample)


def _memory(where: _Where, intent: Pair, ticket: str) -> Memory:
    """Tell where the run will be kept; a wrong place is told before a device is asked anything."""
    return Memory(
        where.runs or where.inventory / "runs",
        place_of(where.archive, where.inventory),
        intent_file(intent),
        policy_file(where.inventory, where.policy),
        ticket,
        where.inventory / JOURNALS,
    )


def _approved_at_home(
    words: Asked, nornir: Nornir, intent: Pair, journals: Path, secrets: Mapping[str, Secret]
) -> Mapping[Side, tuple[str, ...]]:
    """Refuse a plan file of another inventory, intent or secrets; give the host keys that it is bound to."""
    from runbooks.approved import Home, require_home
    from runbooks.site import host_keys

    if words.approved is None:
        return {}
    known = host_keys(nornir, intent)
    require_home(words.approved, Home(intent, known, journals, secrets))
    return known


def _patience(intent: Pair, budget: float | None) -> Patience:
    """Return the time that the pair may take to converge."""
    from runbooks.verify import convergence_budget
    from tasks.checks.waiting import Patience

    return Patience(budget_s=convergence_budget(intent) if budget is None else budget)
