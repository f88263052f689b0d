"""A signal that comes while a twin is changed or swept ends the rehearsal; it is no end of the change."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest

from hotpair.cli.certify import code_of
from inventory.errors import RolledBackError
from runbooks import interrupts
from runbooks.certify import subject
from runbooks.change import Changed
from runbooks.gates import Permission
from runbooks.rehearse import rehearsing
from runbooks.rehearse.model import Live, RehearsalOptions
from runbooks.rehearse.sweeping import Sweep, swept
from tasks.transaction import run
from tests.runbooks.rehearse.test_sweeping import INTENT, PAIR, TEXTS
from tests.runbooks.struck import signals_told

NOW = datetime(2026, 11, 28, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def told() -> Iterator[None]:
    with signals_told():
        yield


@pytest.mark.parametrize("number", interrupts.SIGNALS)
@pytest.mark.parametrize("deed", ["change_pair", "drill_pair"])
def test_the_twin_is_given_up(monkeypatch: pytest.MonkeyPatch, deed: str, number: signal.Signals) -> None:
    """The change takes the signal for its own, takes both members of the twin back, and says so."""

    def taken_back(*_given: object) -> Changed:
        try:
            signal.raise_signal(number)
        except KeyboardInterrupt:
            raise RolledBackError("both members are as before: interrupted") from None
        raise AssertionError("no signal came")

    monkeypatch.setattr(rehearsing, deed, taken_back)
    with pytest.raises(KeyboardInterrupt):
        rehearsing.rehearse(
            PAIR, Live({"a": TEXTS["a"], "b": TEXTS["b"]}), RehearsalOptions(Permission()), NOW
        )


@pytest.mark.parametrize("number", interrupts.SIGNALS)
def test_a_sweep_is_given_up(monkeypatch: pytest.MonkeyPatch, number: signal.Signals) -> None:
    """Where a schedule plays, Ctrl-C is a part of it: one that is none must not be taken for it."""
    begin = run.carry_out

    def struck(*given: Any, **named: Any) -> object:
        with suppress(KeyboardInterrupt):
            signal.raise_signal(number)
        return begin(*given, **named)

    monkeypatch.setattr(subject, "carry_out", struck)
    with pytest.raises(KeyboardInterrupt):
        swept(PAIR, TEXTS, "v8r12", Sweep(INTENT, 12, 3, code_of), lambda _said: None, remove=False)
