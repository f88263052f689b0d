"""The commands of `hotpair`, in the order in which an engineer meets them."""

from __future__ import annotations

from collections.abc import Callable
from inspect import getdoc
from typing import Annotated

import typer

from hotpair.cli.archive import archive, export, forget_pair, info, prune, take_in
from hotpair.cli.backup import backup, now
from hotpair.cli.certify import certify
from hotpair.cli.check import check
from hotpair.cli.checks import checks, explain
from hotpair.cli.compare import compare
from hotpair.cli.demo import demo
from hotpair.cli.deploy import deploy
from hotpair.cli.drill import drill
from hotpair.cli.emulate import emulate
from hotpair.cli.lab import lab
from hotpair.cli.learn import learn
from hotpair.cli.lint import lint
from hotpair.cli.list_pairs import list_pairs
from hotpair.cli.next_step import Command
from hotpair.cli.output import out
from hotpair.cli.over_time import diff, history, runs, status
from hotpair.cli.parse import parse
from hotpair.cli.plan import plan
from hotpair.cli.ready import ready
from hotpair.cli.rehearse import rehearse
from hotpair.cli.rejudge import rejudge
from hotpair.cli.render import render
from hotpair.cli.replay import replay
from hotpair.cli.rollback import rollback
from hotpair.cli.rules import rules
from hotpair.cli.serve import serve
from hotpair.cli.support import support
from hotpair.cli.temporal import check as fleet_check
from hotpair.cli.temporal import deploy as fleet_deploy
from hotpair.cli.temporal import fleet, follow, schedule
from hotpair.cli.trust import trust
from hotpair.cli.txn import list_, show, txn
from hotpair.cli.txn_ends import abort, adopt, forget, resume, resume_shortly
from hotpair.cli.verify import verify
from hotpair.cli.watch import watch
from hotpair.cli.worker import worker

app = typer.Typer(
    name="hotpair",
    help="Deploy, verify and keep checking dual-device hot backup on pairs of Huawei NE40E routers.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


_NAMES = {
    "take_in": "import",
    "list_": "list",
    "list_pairs": "list",
    "resume_shortly": "resume",
    "forget_pair": "forget",
}
"""Commands whose names are words of Python."""


@app.callback(invoke_without_command=True)
def hotpair(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Show the version and end.")] = False,
) -> None:
    """Deploy, verify and keep checking dual-device hot backup on pairs of Huawei NE40E routers."""
    if version:
        from hotpair import __version__

        out.print(f"hotpair {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        out.print(context.get_help(), markup=False)


def _add(group: typer.Typer, command: Callable[..., object]) -> None:
    """Add a command: its first line in the list of commands, the examples of its help line by line."""
    text = getdoc(command) or ""
    group.command(
        name=_NAMES.get(command.__name__, command.__name__),
        cls=Command,
        short_help=text.partition("\n")[0].rstrip("."),
        help=text.replace("Examples:", "\b\nExamples:"),
    )(command)


for each in (
    demo,
    lab,
    list_pairs,
    lint,
    compare,
    rules,
    render,
    learn,
    plan,
    deploy,
    resume_shortly,
    rollback,
    verify,
    check,
    watch,
    checks,
    explain,
    ready,
    drill,
    rehearse,
    replay,
    parse,
    trust,
    certify,
):
    _add(app, each)
for told in (status, history, runs, diff, rejudge, support, serve):
    _add(app, told)
for done in (list_, show, resume, adopt, abort, forget):
    _add(txn, done)
app.add_typer(txn)
_add(backup, now)
app.add_typer(backup)
for kept in (info, prune, forget_pair, take_in, export):
    _add(archive, kept)
app.add_typer(archive)
for handed in (schedule, fleet_check, fleet_deploy, follow):
    _add(fleet, handed)
app.add_typer(fleet)
_add(app, worker)
_add(app, emulate)
