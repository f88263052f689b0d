"""`hotpair fleet`: a fleet over several machines, by the users' own Temporal server."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from hotpair.cli.asked import (
    AcceptOption,
    AllowOption,
    Asked,
    ForceOption,
    RetypeOption,
    TicketOption,
    UnqualifiedOption,
    WhyOption,
    asked,
)
from hotpair.cli.asking import ask
from hotpair.cli.choosing import EveryOption, MatchOption, PairTagOption, SiteOption, many
from hotpair.cli.deploy import MaxFailOption, WaveOption, YesOption
from hotpair.cli.fleet import HERE, InventoryOption
from hotpair.cli.output import Format, FormatOption, err, in_rows, out, show_next, show_rows, write_json
from hotpair.exit_codes import OF_CHANGES, OF_LOOKS, ExitCode, worst
from inventory.errors import DeviceError, IntentError
from inventory.quantities import quantity

if TYPE_CHECKING:
    from runbooks.workers.connecting import Server
    from runbooks.workers.values import Fault, Planned, Standing, Tally, Words

T = TypeVar("T")
fleet = typer.Typer(
    name="fleet", help="Have a fleet worked on by workers near its routers.", rich_markup_mode=None
)
ServerOption = Annotated[
    str,
    typer.Option(
        help="Temporal server, HOST:PORT; without it what TEMPORAL_ADDRESS says, or localhost:7233."
    ),
]
NamespaceOption = Annotated[
    str, typer.Option(help="Its namespace; without it what TEMPORAL_NAMESPACE says, or default.")
]
ConfigOption = Annotated[
    Path | None,
    typer.Option(help="File of the watcher; `watch.yaml` in the inventory without it."),
]
NamesArgument = Annotated[list[str] | None, typer.Argument(help="Names of pairs.")]


def say(text: str) -> None:
    """Write an event with its moment."""
    err.print(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {text}", markup=False)


def _on_server(work: Coroutine[Any, Any, T]) -> T:
    """Do something with the server; what it refuses is told as any other error.

    Raises:
        DeviceError: it refuses, or went away; a run that was begun goes on without us.
    """
    import asyncio

    from temporalio.service import RPCError

    try:
        return asyncio.run(work)
    except RPCError as error:
        raise DeviceError(
            "the Temporal server refuses, or went away",
            wanted="an answer; a run that was begun goes on",
            found=error.message[:200],
            next_command="hotpair fleet follow RUN",
        ) from None


def server_of(address: str, namespace: str) -> Server:
    """Return the server that was asked for."""
    from runbooks.workers.connecting import Server

    return Server(address, namespace)


def check(
    pairs: NamesArgument = None,
    pair_tag: PairTagOption = None,
    site: SiteOption = None,
    match: MatchOption = "",
    server: ServerOption = "",
    namespace: NamespaceOption = "",
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Have pairs checked by the workers of their sites; all pairs where none is named.

    Ends as `hotpair check` does: 0 all well, 1 findings, 2 a wrong pair file, 3 could not tell.

    Examples:
      hotpair fleet check
      hotpair fleet check --site BER
    """
    from runbooks.workers.connecting import connected
    from runbooks.workers.following import Follower
    from runbooks.workers.station import this_worker
    from runbooks.workers.values import Wanted

    wanted = Wanted(tuple(pairs or ()), tuple(pair_tag or ()), tuple(site or ()), match)

    async def run() -> Tally:
        client = await connected(server_of(server, namespace), this_worker())
        return await Follower(client, _Told().tell, say).check(wanted)

    return _shown(_on_server(run()), fmt, OF_LOOKS)


def deploy(
    pairs: NamesArgument = None,
    pair_tag: PairTagOption = None,
    site: SiteOption = None,
    match: MatchOption = "",
    server: ServerOption = "",
    namespace: NamespaceOption = "",
    *,
    every: EveryOption = False,
    yes: YesOption = False,
    remove: Annotated[bool, typer.Option("--remove", help="Take the pairs away.")] = False,
    retype_keys: RetypeOption = False,
    accept: AcceptOption = None,
    why: WhyOption = None,
    allow: AllowOption = None,
    unqualified: UnqualifiedOption = False,
    force: ForceOption = False,
    ticket: TicketOption = "",
    workers: Annotated[int, typer.Option("--workers", min=1, max=500, help="Pairs at a time.")] = 20,
    max_fail: MaxFailOption = "0",
    wave: WaveOption = "",
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Have pairs deployed by the workers of their sites, each both members or none.

    All are planned and shown first, and the question is asked once. A pair is deployed once: where its worker
    dies, another one takes the transaction up by its id and brings both members to one end. Ctrl-C begins no
    further pair.

    Examples:
      hotpair fleet deploy --site BER --ticket CHG-4711
      hotpair fleet deploy --site BER --wave 1,10,rest --max-fail 2
    """
    from runbooks.fleet.waves import read_max_fail, read_waves
    from runbooks.workers.connecting import connected
    from runbooks.workers.following import Follower
    from runbooks.workers.station import this_worker
    from runbooks.workers.values import Deployment, Wanted

    if fmt is Format.JSON and not yes:
        raise IntentError("a program cannot be asked", wanted="--yes with --format json")
    meant = many(pairs, every=every, tags=pair_tag, sites=site, match=match, limit=None, workers=workers)
    words = asked(
        "",
        ticket=ticket,
        remove=remove,
        retype_keys=retype_keys,
        allow=allow,
        accept=accept,
        why=why,
        unqualified=unqualified,
        force=force,
    )
    told = told_words(words, why)
    choice = meant.choice
    wanted = Wanted(choice.names, choice.tags, choice.sites, choice.match)
    bound, waves = read_max_fail(max_fail), read_waves(wave)

    def agree(plans: tuple[Planned, ...]) -> int | None:
        if fmt is Format.TABLE:
            _show_plans(plans)
        todo = sum(any(one.lines) for one in plans)
        return bound.allowed(len(plans)) if yes or ask(f"Deploy {quantity(todo, 'pair')}?") else None

    async def run() -> Tally:
        client = await connected(server_of(server, namespace), this_worker())
        deployment = Deployment(wanted, told, workers, waves)
        return await Follower(client, _Told().tell, say).deploy(deployment, agree)

    return _shown(_on_server(run()), fmt, OF_CHANGES)


def told_words(words: Asked, why: str | None) -> Words:
    """Return the words of a deployment as its workers are told them.

    Args:
        words: as the operator gave them.
        why: the reason of what is accepted or forced.
    """
    from runbooks.workers.values import Words

    rules = tuple(one.rule for one in words.accepted)
    return Words(words.terms, rules, (why or "") if rules else "", words.forced)


def follow(
    run: Annotated[str, typer.Argument(help="Name of the run, as it was said at its start.")],
    server: ServerOption = "",
    namespace: NamespaceOption = "",
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Follow a run of the fleet that was begun before, until it ends; Ctrl-C leaves it to go on.

    Examples:
      hotpair fleet follow hotpair-deploy-31b8e04b98aa
    """
    from runbooks.workers.connecting import connected
    from runbooks.workers.following import Follower
    from runbooks.workers.station import this_worker

    async def watch() -> Tally:
        client = await connected(server_of(server, namespace), this_worker())
        return await Follower(client, _Told().tell, say).follow(run)

    return _shown(_on_server(watch()), fmt, OF_CHANGES)


def schedule(
    inventory: InventoryOption = HERE,
    config: ConfigOption = None,
    server: ServerOption = "",
    namespace: NamespaceOption = "",
    fmt: FormatOption = Format.TABLE,
) -> None:
    """Give the server a schedule for each group of `watch.yaml`, and take those of other groups away.

    The moments are those of `hotpair watch --next`; a schedule that somebody paused stays so.

    Examples:
      hotpair fleet schedule
    """
    from runbooks.watch.settings import FILE, load_watching
    from runbooks.workers.connecting import connected
    from runbooks.workers.schedules import schedule as make
    from runbooks.workers.schedules import schedule_id
    from runbooks.workers.station import this_worker

    groups = load_watching(config or inventory / FILE).groups
    now = datetime.now(UTC)

    async def run() -> tuple[str, ...]:
        client = await connected(server_of(server, namespace), this_worker())
        return await make(client, groups, now)

    gone = _on_server(run())
    if fmt is Format.JSON:
        made = [{"group": one.name, "schedule": schedule_id(one.name)} for one in groups]
        write_json({"schedules": made, "removed": list(gone)})
        return
    rows = [
        (one.name, schedule_id(one.name), str(one), f"{next(one.after(now)):%Y-%m-%d %H:%M:%S}")
        for one in groups
    ]
    show_rows(("group", "schedule", "when", "next, UTC"), rows)
    for name in gone:
        out.print(f"{name} is taken away: no group of that name is left", markup=False)


# ---- what is shown -----------------------------------------------------------------------------------------


class _Told:
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


def _show_plans(plans: tuple[Planned, ...]) -> None:
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


def _shown(tally: Tally, fmt: Format, order: Sequence[ExitCode]) -> int:
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
