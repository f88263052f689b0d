"""An answer that is read later says the same as one that is read at once."""

from __future__ import annotations

import pickle

import pytest

from inventory.errors import IntentError
from parsers.api import parse, parse_later
from parsers.later import Later
from tests.runbooks.archive.made import CHANNEL, COMMAND

TEXT = CHANNEL.format(state="Connected") + "strange\n"


def test_it_says_what_parse_says() -> None:
    now, later = parse(COMMAND, TEXT), parse_later(f" {COMMAND.replace(' ', '  ')}", TEXT)
    assert later.command == now.command
    assert later == now
    assert now == later
    assert later == parse_later(COMMAND, TEXT)
    assert later != parse_later(COMMAND, TEXT.replace("4100", "4101"))
    assert (later.records, later.unparsed, later.lacks) == (now.records, now.unparsed, now.lacks)
    assert later.unparsed
    assert later.as_dict() == now.as_dict()
    assert repr(later) == repr(now)


@pytest.mark.parametrize("asked", [True, False])
def test_what_was_read_goes_to_another_process_and_what_was_not_is_not_read_for_it(*, asked: bool) -> None:
    later = parse_later(COMMAND, TEXT)
    if asked:
        assert later.records
    again = pickle.loads(pickle.dumps(later))  # noqa: S301 - what we wrote a line above
    assert isinstance(again, Later)
    assert (again._read is not None) is asked
    assert (later._read is not None) is asked  # type: ignore[attr-defined]
    assert again == later
    assert hash(again) == hash(later)


def test_a_display_that_nobody_can_read_is_told_at_once() -> None:
    with pytest.raises(IntentError):
        parse_later("display nothing of the kind", "")
