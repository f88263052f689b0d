"""A secret goes to the device and nowhere else: journal, outcome, progress, errors and logs are searched."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from emulator.faults import FailCommit, Garble, RefuseLine, SwallowReply, TerminalFault
from inventory.facts import ConfigTree
from inventory.secrets import Secret
from parsers.tree import read_tree
from tasks.plan.model import Command, Stage
from tasks.transaction.model import MemberChange
from tasks.transaction.run import carry_out
from tests.tasks.transaction.bench import NAMES, Bench
from tests.tasks.wire import log_in

CANARY = "Kanari_7yellow"
LINE = "security-key cipher <secret:lyon-key>"
FAULTS = [
    None,
    SwallowReply(command="security-key"),  # typed anew in smaller windows
    Garble(command="security-key"),
    RefuseLine(nth=2, message=f"Error: {CANARY} is too simple."),
    FailCommit(message=f"Error: the key {CANARY} was not taken."),
    SwallowReply(command="security-key", times=9),
    Garble(command="security-key", times=9),
]


def _keyed(bench: Bench, member: MemberChange) -> MemberChange:
    """Return a change that types the secret, on a session that knows it."""
    view = "-e-trunk-4"
    commands = (Command("e-trunk 4", view), Command(LINE, view), Command("quit", ""))
    opened = read_tree(f"e-trunk 4\n {LINE}\n", member.plan.member)
    predicted = ConfigTree((*member.plan.base.lines, *opened.lines))
    device = bench.devices[member.plan.member]
    return replace(
        member,
        plan=replace(member.plan, forward=(Stage(commands, predicted),)),
        open_session=partial(log_in, device, bench.clock, lambda _name: Secret(CANARY)),
    )


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
def test_the_canary_is_seen_by_the_device_alone(
    tmp_path: Path, fault: TerminalFault | None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    bench = Bench(tmp_path)
    if fault is not None:
        bench.devices[NAMES[0]].inject(fault)
    change = bench.change()
    secret = replace(change, a=_keyed(bench, change.a), b=_keyed(bench, change.b))
    outcome = carry_out(secret, tmp_path, tools=bench.tools)
    passing = fault is None or (isinstance(fault, SwallowReply | Garble) and fault.times == 1)
    assert bench.both_new if passing else bench.both_old
    problem = outcome.problem()
    told = [repr(outcome), repr(bench.told), caplog.text, *(path.read_text() for path in tmp_path.iterdir())]
    told += [repr(problem), str(problem), str(problem.as_dict()) if problem else ""]
    assert all(CANARY not in text for text in told)
