"""When a sampler logs in, and when it looks: after whoever it watches, before a change and after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue
from threading import Event, Timer
from typing import cast

import pytest

from inventory.errors import ConnectError
from inventory.load import load_pair
from inventory.once import Once
from parsers.api import Parsed, parse
from runbooks.hitless import sampler
from runbooks.hitless.sampler import Around, Sampling, sampled, standing_by
from runbooks.site import Besides
from tasks.clock import REAL
from tasks.sessions.protocol import Session
from tasks.transaction.machine import State
from tasks.transaction.model import Progress

PAIR = load_pair(Path(__file__).parents[3] / "inventory" / "lab" / "pairs" / "seed-igmp.yaml")
NAMES = ("DeviceA", "DeviceB")
NEVER_S = 3_600.0
"""An interval in which no look comes by itself."""
SOON_S = 300.0


@dataclass
class Quiet:
    """A session that answers nothing to everything."""

    member: str
    looks: Queue[str]
    answers: Event
    opened: bool = True

    def limit_replies(self, _seconds: float | None) -> None:
        """Take any limit."""

    def still_open(self) -> bool:
        return self.opened

    def run_each(self, commands: Sequence[str]) -> tuple[str, ...]:
        assert self.answers.wait(SOON_S)
        self.looks.put(self.member)
        return ("",) * len(commands)

    def close(self) -> None:
        self.opened = False


@dataclass
class Members:
    """Two members: who logged in on them, and the looks at them, in order."""

    told: Queue[str] = field(default_factory=Queue)
    looks: Queue[str] = field(default_factory=Queue)
    answers: Event = field(default_factory=Event)
    stale: set[str] = field(default_factory=set)

    def session(self, name: str, who: str) -> Session:
        self.told.put(f"{who} on {name}")
        opened = name not in self.stale
        self.stale.discard(name)
        return cast("Session", Quiet(name, self.looks, self.answers, opened))

    @property
    def sampling(self) -> Sampling:
        return Sampling(self._besides(), NEVER_S, REAL)

    def _besides(self) -> Besides:
        def way(name: str) -> Callable[[Callable[[], None]], Session]:
            def dial(before_login: Callable[[], None]) -> Session:
                before_login()
                return self.session(name, "sampler")

            return dial

        return {name: way(name) for name in NAMES}

    @contextmanager
    def sampled(self, notify: Callable[[Progress], None] = lambda _progress: None) -> Iterator[Around]:
        bare = Around({}, notify, REAL)
        with standing_by(PAIR, self.sampling) as sampler, sampled(sampler, bare) as around:
            yield around

    def looked(self) -> list[str]:
        """Wait for a look at each."""
        return sorted(self.looks.get(timeout=SOON_S) for _ in NAMES)


def step(around: Around, state: State) -> None:
    assert around.notify is not None
    around.notify(Progress("hp-0123456789", PAIR.name, state, str(state)))


def test_the_sampler_logs_in_after_the_change_and_not_where_the_change_could_not() -> None:
    members = Members()

    def refused() -> Session:
        members.told.put("change on DeviceB")
        raise ConnectError("refused the login", member="DeviceB")

    with standing_by(PAIR, members.sampling) as sampler:
        assert sampler is not None
        ways = sampler.openers({"DeviceA": lambda: members.session("DeviceA", "change"), "DeviceB": refused})
        assert members.told.empty()
        ways["DeviceA"]()
        told = [members.told.get(timeout=SOON_S) for _ in NAMES]
        with pytest.raises(ConnectError, match="refused the login"):
            ways["DeviceB"]()
    assert told == ["change on DeviceA", "sampler on DeviceA"]
    assert list(members.told.queue) == ["change on DeviceB"]


def test_nothing_is_changed_before_the_first_answers() -> None:
    members = Members()
    order: list[str] = []

    def notify(progress: Progress) -> None:
        order.append(f"{progress.state} after {members.looks.qsize()} looks")

    with members.sampled(notify) as around:
        step(around, State.START)
        Timer(0.05, members.answers.set).start()
        step(around, State.GATED)
    assert order == ["start after 0 looks", "gated after 2 looks"]


def test_the_last_look_is_taken_while_both_are_saved_and_not_again() -> None:
    members = Members()
    members.answers.set()
    with members.sampled() as around:
        assert members.looked() == [*NAMES]
        step(around, State.NEW_BOTH)
        assert members.looked() == [*NAMES]
        step(around, State.NEW_BOTH)
        step(around, State.DONE)
    assert members.looks.empty()


@pytest.mark.parametrize("states", [(State.NEW_A,), (State.NEW_BOTH, State.BACKING_OUT, State.ROLLED_BACK)])
def test_a_change_that_ends_otherwise_is_looked_at_after_its_end(states: tuple[State, ...]) -> None:
    members = Members()
    members.answers.set()
    with members.sampled() as around:
        members.looked()
        for state in states:
            step(around, state)
            if state is State.NEW_BOTH:
                members.looked()
        assert members.looks.empty()
    assert members.looked() == [*NAMES]


def test_a_session_that_ended_before_the_first_look_is_opened_anew_and_no_trouble() -> None:
    members = Members(stale={"DeviceB"})
    members.answers.set()
    with members.sampled() as around:
        members.looked()
    assert around.sampler is not None
    assert around.sampler.watched().troubles == ()
    assert sorted(members.told.queue) == ["sampler on DeviceA", "sampler on DeviceB", "sampler on DeviceB"]


def test_what_reads_the_displays_is_had_at_hand_once_for_all_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def reading(command: str, text: str) -> Parsed:
        if not text:
            read.append(command)
        return parse(command, text)

    monkeypatch.setattr(sampler, "parse", reading)
    monkeypatch.setattr(sampler, "_have_at_hand", Once(sampler._have_at_hand.work))
    for _ in range(3):
        with standing_by(PAIR, Members().sampling):
            pass
    assert read
    assert len(read) == len(set(read))
