"""Batch backup after a deployment: once, on both members, in the order that the manual wants."""

from __future__ import annotations

from inventory.load import parse_pair
from runbooks.batch_backup import batch_commands
from tests.runbooks.pairs import INTENT, west

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
