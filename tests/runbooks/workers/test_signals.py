"""Whoever follows a run hears every signal: a check is cancelled, a deployment begins no further pair."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from typing import Any

import pytest
from temporalio.client import WorkflowFailureError
from temporalio.exceptions import CancelledError

from inventory.errors import DeviceError
from runbooks import interrupts
from runbooks.plan_file import Terms
from runbooks.workers.deploying import DeployFleet
from runbooks.workers.following import Follower
from runbooks.workers.signals import heard
from runbooks.workers.values import Deployment, Stage, Standing, Tally, Wanted, Words
from tests.runbooks.struck import signals_told

WANTED = Wanted(("metro-1",), (), (), "")
DEPLOYMENT = Deployment(WANTED, Words(Terms()), 1, ())


class Server:
    """A server that has one run, which ends when it is told to stop.

    Args:
        stage: of the run.
        struck: signal that comes when it is begun.
    """

    def __init__(self, stage: Stage, struck: signal.Signals | None = None) -> None:
        self.told: list[object] = []
        self._stage, self._struck = stage, struck

    async def start_workflow(self, *_given: Any, **_named: Any) -> Server:
        self._ended = asyncio.Event()
        if self._struck is not None:
            signal.raise_signal(self._struck)
        return self

    def get_workflow_handle(self, *_given: Any, **_named: Any) -> Server:
        self._ended = asyncio.Event()
        return self

    async def describe(self) -> None: ...

    async def result(self) -> Tally:
        await self._ended.wait()
        if "cancel" in self.told:
            raise WorkflowFailureError(cause=CancelledError())
        return Tally()

    async def cancel(self) -> None:
        self.told.append("cancel")
        self._ended.set()

    async def signal(self, which: object, *given: object) -> None:
        self.told.append((which, *given))
        if which is DeployFleet.stop:
            self._ended.set()

    async def query(self, *_given: object, **_named: object) -> Standing:
        return Standing(1, Tally(), self._stage)


@pytest.fixture(autouse=True)
def told() -> Iterator[None]:
    with signals_told():
        before = [signal.getsignal(number) for number in interrupts.SIGNALS]
        yield
        assert [signal.getsignal(number) for number in interrupts.SIGNALS] == before


def follower(server: Any, *, struck: signal.Signals | None = None) -> Follower:
    """Return who follows a run; a signal comes when it is told where the run stands."""

    def tell(_standing: Standing) -> None:
        if struck is not None:
            signal.raise_signal(struck)

    return Follower(server, tell, lambda _said: None)


@pytest.mark.parametrize("number", interrupts.SIGNALS)
def test_a_check_is_cancelled(number: signal.Signals) -> None:
    server = Server(Stage.DEPLOYING)
    with pytest.raises(KeyboardInterrupt):
        asyncio.run(follower(server, struck=number).check(WANTED))
    assert server.told == ["cancel"]


@pytest.mark.parametrize("number", interrupts.SIGNALS)
def test_a_deployment_begins_no_further_pair(number: signal.Signals) -> None:
    server = Server(Stage.DEPLOYING)
    asyncio.run(follower(server, struck=number).deploy(DEPLOYMENT, lambda _plans: 0))
    assert server.told == [(DeployFleet.stop, "the run was interrupted")]


@pytest.mark.parametrize("number", interrupts.SIGNALS)
def test_a_run_that_is_just_begun_is_not_left_to_itself(number: signal.Signals) -> None:
    server = Server(Stage.DEPLOYING, number)
    with pytest.raises(KeyboardInterrupt):
        asyncio.run(follower(server).check(WANTED))
    assert server.told == ["cancel"]


def test_a_check_that_somebody_else_cancels_is_no_interrupt_of_ours() -> None:
    server: Any = Server(Stage.DEPLOYING)

    def tell(_standing: Standing) -> None:
        server.told.append("cancel")
        server._ended.set()

    with pytest.raises(DeviceError, match="the run was cancelled"):
        asyncio.run(Follower(server, tell, lambda _said: None).check(WANTED))


@pytest.mark.parametrize("number", interrupts.SIGNALS)
def test_a_signal_at_the_question_is_a_no_and_stops_the_run(number: signal.Signals) -> None:
    def asked(_plans: object) -> int:
        signal.raise_signal(number)
        return 0

    server = Server(Stage.ASKING)
    with pytest.raises(KeyboardInterrupt):
        asyncio.run(follower(server).deploy(DEPLOYMENT, asked))
    assert server.told == [(DeployFleet.stop, "the run was interrupted")]


@pytest.mark.parametrize("number", interrupts.SIGNALS)
def test_nobody_is_asked_once_a_signal_has_come(number: signal.Signals) -> None:
    server = Server(Stage.ASKING, number)
    asked: list[object] = []
    asyncio.run(follower(server).deploy(DEPLOYMENT, asked.append))
    assert server.told == [(DeployFleet.stop, "the run was interrupted")]
    assert not asked


@pytest.mark.parametrize("number", interrupts.SIGNALS)
def test_a_signal_just_before_the_question_is_a_no(number: signal.Signals) -> None:
    server = Server(Stage.ASKING)
    asked: list[object] = []
    with pytest.raises(KeyboardInterrupt):
        asyncio.run(follower(server, struck=number).deploy(DEPLOYMENT, asked.append))
    assert server.told == [(DeployFleet.stop, "the run was interrupted")]
    assert not asked


def test_a_no_is_told_as_one() -> None:
    server = Server(Stage.ASKING)
    asyncio.run(follower(server).deploy(DEPLOYMENT, lambda _plans: None))
    assert server.told == [(DeployFleet.stop, "the plan was not agreed to")]


@pytest.mark.parametrize("number", interrupts.SIGNALS)
def test_who_only_follows_leaves_the_run_to_go_on(number: signal.Signals) -> None:
    server = Server(Stage.DEPLOYING)
    with pytest.raises(KeyboardInterrupt):
        asyncio.run(follower(server, struck=number).follow("run"))
    assert server.told == []


def test_a_signal_that_is_ignored_stays_so() -> None:
    async def work() -> bool:
        with heard() as came:
            signal.raise_signal(signal.SIGHUP)
            await asyncio.sleep(0)
            return came.take()

    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        assert not asyncio.run(work())
    finally:
        signal.signal(signal.SIGHUP, before)
