"""`hotpair fleet`: a fleet over several machines, by the users' own Temporal server."""

from __future__ import annotations

from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from hotpair.cli import completion
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
from hotpair.cli.deploy_options import MaxFailOption, WaveOption, YesOption
from hotpair.cli.fleet import HERE, InventoryOption
from hotpair.cli.output import Format, FormatOption, out, show_rows, write_json
from hotpair.cli.removal import question_of
from hotpair.cli.temporal_view import ProgressLog, say, show_plans, show_tally
from hotpair.exit_codes import OF_CHANGES, OF_LOOKS
from inventory.errors import DeviceError, IntentError
from inventory.quantities import quantity

if TYPE_CHECKING:
    from runbooks.workers.connecting import Server
    from runbooks.workers.values import Planned, Tally, Words

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
NamesArgument = Annotated[
    list[str] | None, typer.Argument(help="Names of pairs.", autocompletion=completion.pairs)
]


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
        return await Follower(client, ProgressLog().tell, say).check(wanted)

    return show_tally(_on_server(run()), fmt, OF_LOOKS)


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
            show_plans(plans)
        todo = sum(any(one.lines) for one in plans)
        question = question_of(quantity(todo, "pair"), remove=remove)
        return bound.allowed(len(plans)) if yes or ask(question) else None

    async def run() -> Tally:
        client = await connected(server_of(server, namespace), this_worker())
        deployment = Deployment(wanted, told, workers, waves)
        return await Follower(client, ProgressLog().tell, say).deploy(deployment, agree)

    return show_tally(_on_server(run()), fmt, OF_CHANGES)


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
        return await Follower(client, ProgressLog().tell, say).follow(run)

    return show_tally(_on_server(watch()), fmt, OF_CHANGES)


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
