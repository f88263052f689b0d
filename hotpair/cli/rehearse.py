"""`hotpair rehearse`: carry a change out on an emulated twin before it is on the pair."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hotpair.cli import completion
from hotpair.cli.asked import AcceptOption, AllowOption, WhyOption, asked
from hotpair.cli.fleet import (
    HERE,
    JOURNALS,
    DriverOption,
    InventoryOption,
    PolicyOption,
    RunsOption,
    intent_file,
    policy_file,
)
from hotpair.cli.live import live
from hotpair.cli.memory import Memory, remember
from hotpair.cli.output import Format, FormatOption, out, write_json
from hotpair.cli.over_time import ArchiveOption, place_of
from hotpair.cli.reports import ReportOption, exit_code, require_forms, write_files
from inventory.errors import IntentError, reason
from inventory.quantities import quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nornir.core import Nornir

    from inventory.model import Pair
    from runbooks.rehearse.model import Live, RehearsalOptions, Rehearsed
    from runbooks.rehearse.sweeping import Sweep
    from runbooks.site import Openers

SHOWN = 40
"""Lines that are not played, of which a terminal is told one by one; a program is told of all."""
RunningOption = Annotated[
    tuple[Path, Path] | None,
    typer.Option(metavar="A B", help="Configurations of both members from files; no router is asked."),
]
NeighbourOption = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME=FILE", help="Configuration of a neighbour; may be repeated."),
]
LinkOption = Annotated[
    list[str] | None,
    typer.Option(metavar="A:PORT=B:PORT", help="Wire to a neighbour; ports in one subnet need none."),
]
FaultOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME,KEY=VALUE", help="Rehearse once more with a fault on trial, e.g. reboot,device=PE2."
    ),
]

CertifyOption = Annotated[
    int,
    typer.Option(
        "--certify",
        metavar="N",
        min=0,
        max=10_000,
        help="Sweep this plan too: strike it at N places and times, and judge every claim.",
    ),
]


def rehearse(
    pair: Annotated[
        str, typer.Argument(help="Name of a pair in the inventory.", autocompletion=completion.pairs)
    ],
    inventory: InventoryOption = HERE,
    driver: DriverOption = None,
    running: RunningOption = None,
    neighbour: NeighbourOption = None,
    link: LinkOption = None,
    fault: FaultOption = None,
    certify: CertifyOption = 0,
    accept: AcceptOption = None,
    why: WhyOption = None,
    allow: AllowOption = None,
    report: ReportOption = None,
    policy: PolicyOption = None,
    runs: RunsOption = None,
    archive: ArchiveOption = None,
    *,
    remove: Annotated[bool, typer.Option("--remove", help="Rehearse taking the pair away.")] = False,
    fmt: FormatOption = Format.TABLE,
) -> int:
    """Carry the planned change out on an emulated twin of the pair, in virtual time, and drill it there.

    The twin is booted from what runs on both members. Every parsed field of their displays is compared with
    the twin's before anything is changed; lines that it cannot play are told one by one. No router changes.
    Ends with 0 green, 1 the change or a check fails, 3 nothing can be concluded. `hotpair deploy --rehearsed
    RUN` then deploys these lines and no others.

    Examples:
      hotpair rehearse metro-1
      hotpair rehearse metro-1 --fault reboot,device=PE2
      hotpair rehearse metro-1 --certify 200
      hotpair rehearse metro-1 --running pe1.cfg pe2.cfg
    """
    from runbooks.inventory_pairs import pair_named
    from runbooks.rehearse.faults import read_fault, require_known
    from runbooks.rehearse.model import RehearsalOptions
    from runbooks.rehearse.neighbours import names_around
    from runbooks.rehearse.rehearsing import rehearse as on_twin
    from runbooks.report.evidence import require_place
    from runbooks.site import open_inventory, secrets_for
    from tasks.clock import REAL

    require_forms(report)
    words = asked(pair, remove=remove, allow=allow, accept=accept, why=why)
    faults = tuple(map(read_fault, fault or ()))
    neighbours = dict(map(_neighbour, neighbour or ()))
    nornir = open_inventory(inventory, driver.value if driver else None, pair=pair)
    intent = pair_named(nornir, pair)
    require_known(faults, (intent.members.a, intent.members.b, *(neighbours or names_around(intent))))
    kept_in, place = runs or inventory / "runs", place_of(archive, inventory)
    memory = Memory(kept_in, place, intent_file(intent), policy_file(inventory, policy))
    require_place(memory.folder)
    started_at = REAL.now()
    with live(f"reading what runs on {intent.members.a} and {intent.members.b}") as line:
        options = RehearsalOptions(
            words.permission(inventory, policy),
            {} if running else secrets_for(nornir, intent, inventory),
            remove,
            neighbours,
            tuple(link or ()),
            faults,
            _sweep(certify, intent_file(intent)),
            line.say,
        )
        seen = (
            _from_files(running) if running else _from_routers(nornir, intent, options, inventory / JOURNALS)
        )
        done = on_twin(intent, seen, options, started_at)
    remember(done.run, memory)
    _show(done, fmt, memory.folder / done.run.id)
    write_files(done.run, report)
    return exit_code(done.run)


def _sweep(count: int, file: Path) -> Sweep | None:
    """Tell how the plan is swept; always by the same seed, so that a sweep can be repeated."""
    from hotpair.cli.certify import code_of
    from runbooks.rehearse.sweeping import Sweep

    return Sweep(_text(file), count, 1, code_of) if count else None


def _neighbour(text: str) -> tuple[str, str]:
    name, sign, file = text.partition("=")
    if not name or not sign:
        raise IntentError("no neighbour", wanted="NAME=FILE", found=text[:60])
    return name, _text(Path(file))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise IntentError("the configuration cannot be read", found=reason(error), where=str(file)) from error


def _from_files(running: tuple[Path, Path]) -> Live:
    """Take both configurations from files; nothing is known of what the members show."""
    from runbooks.rehearse.model import Live

    return Live({"a": _text(running[0]), "b": _text(running[1])})


def _from_routers(nornir: Nornir, intent: Pair, options: RehearsalOptions, journals: Path) -> Live:
    """Read configurations and displays of both members, and plan."""
    from runbooks.keys import Keys
    from runbooks.observe import observe
    from runbooks.proposal import propose
    from runbooks.rehearse.model import Live
    from runbooks.site import logged_in, on_pair
    from tasks.checks.catalog import checks_for
    from tasks.transaction.seeing import CURRENT

    def read(pair: Pair, openers: Openers) -> Live:
        sessions = logged_in(pair, openers)
        keys = Keys(options.secrets, journals)
        proposal = propose(pair, sessions, keys, options.permission.accepted, remove=options.remove)
        texts = {side: session.run(CURRENT) for side, session in sessions.items()}
        points = tuple(side for side, one in proposal.running.items() if one.commit is not None)
        return Live(texts, observe(checks_for(), pair, sessions), proposal.plan, points)

    return on_pair(nornir, intent, read)


def _show(done: Rehearsed, fmt: Format, kept: Path) -> None:
    from runbooks.report.terminal import run_view

    if fmt is Format.JSON:
        write_json(_as_dict(done))
        return
    for text in _lines(done):
        out.print(text, markup=False, soft_wrap=True)
    out.print(run_view(done.run))
    out.print(f"kept in {kept}", markup=False)


def _lines(done: Rehearsed) -> Iterator[str]:
    """Say what the twin is, line by line."""
    yield f"the twin {done.agreement}"
    yield from done.told
    for one in done.unplayed[:SHOWN]:
        yield f"{one.kind}: {one.member}: {one.line} ({one.why})"
    if len(done.unplayed) > SHOWN:
        yield f"and {quantity(len(done.unplayed) - SHOWN, 'more line')}, all of them with --format json"
    yield f"{done.virtual_s:.0f} s passed on the twin"


def _as_dict(done: Rehearsed) -> dict[str, Any]:
    from runbooks.report.as_json import run_as_dict

    return {
        "run": run_as_dict(done.run),
        "agreement": {
            "fields": done.agreement.fields,
            "share": round(done.agreement.share, 4),
            "differing": [one.as_dict() for one in done.agreement.differing],
            "doubt": done.agreement.doubt,
        },
        "unplayed": [asdict(one) for one in done.unplayed],
        "told": list(done.told),
        "virtual_s": round(done.virtual_s, 1),
    }
