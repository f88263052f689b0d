"""Batch backup after a deployment: once, on both members, in the order that the manual wants."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from inventory.errors import ConnectError
from inventory.load import parse_pair
from runbooks.batches import start_batches
from runbooks.planning import plan_as_dict
from runbooks.report.plan_view import plan_view
from tasks.plan import plan_pair
from tasks.plan.batch import batch_commands
from tasks.sessions.protocol import Session
from tests.runbooks.pairs import BARE, INTENT, west

NOW = INTENT.replace(
    "{name: chan, port: 4100,", "{name: chan, batch_backup_now: [arp, bras, l2tp], port: 4100,"
)


def test_l2tp_comes_before_bras_and_both_before_the_rest() -> None:
    pair = parse_pair(NOW, "west.yaml")
    for side in ("a", "b"):
        typed = [(command.text, command.suffix) for command in batch_commands(pair, side)]
        view = "-rm-backup-srv-chan"
        assert typed == [
            ("remote-backup-service chan", view),
            ("batch-backup service-type l2tp now", view),
            ("batch-backup service-type bras now", view),
            ("batch-backup service-type arp now", view),
            ("quit", ""),
        ]


def test_nothing_is_typed_where_nothing_is_asked() -> None:
    assert batch_commands(west(), "a") == ()


def test_the_plan_tells_what_is_typed_afterwards_and_a_removal_types_nothing() -> None:
    pair = parse_pair(NOW, "west.yaml")
    built = plan_pair(pair, BARE)
    assert built.b.afterwards == batch_commands(pair, "b") != ()
    out = Console(record=True, width=100, file=StringIO())
    out.print(plan_view(built))
    shown = out.export_text()
    assert "once both members are new and saved" in shown
    assert "batch-backup service-type arp now" in shown
    listed = plan_as_dict(built)["members"]["b"]["afterwards"]
    assert [one["text"] for one in listed] == [one.text for one in built.b.afterwards]
    gone = plan_pair(pair, {"a": built.a.predicted, "b": built.b.predicted}, remove=True)
    assert (gone.a.afterwards, gone.b.afterwards) == ((), ())


def test_a_backup_that_does_not_start_says_that_both_members_are_new() -> None:
    def unreachable() -> Session:
        raise ConnectError("no session", found="connection refused", member="west-1")

    pair = parse_pair(NOW, "west.yaml")
    problem = start_batches(plan_pair(pair, BARE), pair, {"west-1": unreachable, "west-2": unreachable})
    assert problem is not None
    assert "both members are new and saved" in problem.message
    assert (problem.found, problem.member) == ("connection refused", "west-1")
