"""Play a schedule: the transaction runs through it, is taken up, and everything is judged."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import mkdtemp

from runbooks.certify import deeds, endings, kept, oracle
from runbooks.certify.emulator import Obey
from runbooks.certify.guard import Guard
from runbooks.certify.oracle import REFUSED, Complaint
from runbooks.certify.pairs import FLOWS, SIDES, Flow
from runbooks.certify.remembering import Remembering
from runbooks.certify.schedule import Next, Schedule
from runbooks.certify.second_pairs import SECOND_FLOWS
from runbooks.certify.subject import FIRST_ID, CodeOf, Prepared, Said, Subject, prepared
from runbooks.certify.truth import Truth, truth
from runbooks.certify.world import Effect, Event, World

ID = "hp-00000000c0"
SETTLED = frozenset({0, 5})
"""Exit codes after which nobody types anything any more; a split is taken up again."""
PATIENCE_S = (0.0, 1_000.0, 100_000.0)
"""How long is waited before it is taken up once more, when nothing is wrong any more."""


@dataclass(frozen=True, slots=True)
class Played:
    """A schedule that was played.

    Args:
        schedule: what was to happen.
        events: what the processes did.
        effects: strikes that met their event.
        said: last words of each process.
        truth: what the members are at the end, by side.
        complaints: what must not be; none is wanted.
        ended_s: virtual seconds from the last strike to the end.
        virtual_s: virtual seconds in all.
        steps: state and event of each line of the journals.
        fields: fields of the journals' values that held something.
    """

    schedule: Schedule
    events: tuple[Event, ...]
    effects: tuple[Effect, ...]
    said: tuple[Said, ...]
    truth: tuple[str, str]
    complaints: tuple[Complaint, ...]
    ended_s: float
    virtual_s: float
    steps: tuple[tuple[str, str], ...]
    fields: frozenset[str]

    def trace(self) -> str:
        """Return everything that must be the same each time."""
        events = [f"{event.place} {event.text} {event.at:.3f}" for event in self.events]
        return "\n".join([*events, *(said.text for said in self.said), *self.truth])


@dataclass(slots=True)
class ScheduleRunner:
    """Plays schedules on one emulator.

    Args:
        obey: the emulator.
        code_of: exit codes.
        flows: what it can play, by name.
        folder: for journals; emptied after each schedule.
    """

    obey: Obey
    code_of: CodeOf
    flows: Mapping[str, Flow] = field(default_factory=lambda: {**FLOWS, **SECOND_FLOWS})
    folder: Path = field(default_factory=lambda: Path(mkdtemp(dir=_fast())))
    _prepared: dict[tuple[str, str], Prepared] = field(default_factory=dict)
    _emulator: Remembering = field(init=False)

    def __post_init__(self) -> None:
        """Let nothing be asked twice."""
        self._emulator = Remembering(self.obey)

    def close(self) -> None:
        """Take the folder away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def play(self, schedule: Schedule, watch: Callable[[Event], None] = lambda _event: None) -> Played:
        """Play a schedule and judge it."""
        flow = self.flows[schedule.flow]
        made = self.prepare(flow, schedule.release)
        world = self._world(flow, schedule)
        pending = {strike.place for strike in schedule.strikes}

        def learn(event: Event) -> None:
            """Remember what other runs have in common with this one: all before the last strike."""
            watch(event)
            if pending:
                pending.discard(event.place)
                self._emulator.learning = bool(pending)

        world.watch = learn
        self._emulator.learning = True
        hosts = [self.folder / "host1", self.folder / "host2"]
        try:
            return _Play(schedule, flow, made, world, hosts, self.code_of).played()
        finally:
            self._emulator.learning = False
            world.disk.end()
            for host in filter(Path.exists, hosts):
                shutil.rmtree(host, ignore_errors=True)

    def prepare(self, flow: Flow, release: str) -> Prepared:
        """Bring both members to where the flow begins, and remember them; once for each flow and release."""
        key = (flow.name, release)
        if key not in self._prepared:
            self._emulator(
                {"boot": {flow.members[side]: flow.boot[side] for side in SIDES}, "release": release}
            )
            world = self._bare(flow, Schedule(flow.name, release))
            for side in SIDES:
                _type(world, flow, side)
            self._prepared[key] = made = prepared(flow, world)
            if flow.after:
                self._made_before(self.flows[flow.after], made, world)
            world.order(keep=f"{flow.name} {release}")
        return self._prepared[key]

    def _made_before(self, before: Flow, made: Prepared, world: World) -> None:
        """Carry out the flow that another one takes back."""
        host = self.folder / "before"
        said = Subject(replace(made, flow=before), world, host, FIRST_ID, self.code_of).begin()
        world.disk.end()
        shutil.rmtree(host)
        if said.code != 0:
            raise ValueError(f"{before.name} did not end well before {made.flow.name}: {said}")

    def _world(self, flow: Flow, schedule: Schedule) -> World:
        world = self._bare(flow, schedule)
        world.now = self._emulator({"renew": f"{flow.name} {schedule.release}"})["now"]
        return world

    def _bare(self, flow: Flow, schedule: Schedule) -> World:
        return World(
            self._emulator,
            flow.members,
            flow.secrets,
            schedule.release,
            schedule.strikes,
            flow.rival,
            flow.elsewhere,
            deeds.strike,
        )


def _type(world: World, flow: Flow, side: str) -> None:
    """Let somebody make what a member holds before the flow."""
    lines = []
    for line in flow.typed[side]:
        text = line
        for name, value in flow.secrets.items():
            text = text.replace(f"<secret:{name}>", value)
        lines.append(text)
    if lines:
        said = world.order(do=["system-view", *lines, "commit"], device=flow.members[side], user="dora")[
            "out"
        ]
        if "Error" in said:
            raise ValueError(f"{flow.name}: the devices refuse what is typed before: {said}")
    world.order(do=["save", "y"], device=flow.members[side], user="dora")


def _fast() -> str | None:
    """Return a folder in memory, where there is one."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - emptied at the end


@dataclass(slots=True)
class _Play:
    schedule: Schedule
    flow: Flow
    made: Prepared
    world: World
    hosts: list[Path]
    code_of: CodeOf
    said: list[Said] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)

    def played(self) -> Played:
        """Run every process, judge each, judge the end."""
        guard = Guard(self.world, self.flow)
        told = self.world.watch

        def watch(event: Event) -> None:
            told(event)
            guard(event)

        self.world.watch = watch
        self._process(self._subject(self.hosts[0]).begin)
        if not self.world.effects and not self._done():
            self.complaints.append(Complaint("no end", f"nothing was wrong: {self.said[0]}"))
        alone = self.schedule.then is Next.NOBODY
        if alone:
            self.world.heal()
            self.world.hang_up()
            self.world.order(advance=PATIENCE_S[-1])
        else:
            self._take_up()
        self.complaints += endings.end(self.world, self.flow, self.said[-1], alone=alone)
        self.complaints += guard.complaints
        texts = [said.text for said in self.said]
        self.complaints += kept.secrets_in(self.flow, texts, self.hosts)
        journals, damaged = kept.rows_in(self.hosts)
        self.complaints += damaged
        at_end = tuple(str(truth(self.world, self.flow, side)) for side in SIDES)
        return Played(
            self.schedule,
            tuple(self.world.events),
            tuple(self.world.effects),
            tuple(self.said),
            (at_end[0], at_end[1]),
            tuple(self.complaints),
            self.world.now - self.world.last_fault,
            self.world.now,
            tuple(step for rows in journals for step in kept.steps_of(rows)),
            frozenset(name for rows in journals for name in kept.fields_of(rows)),
        )

    def _take_up(self) -> None:
        """Let somebody take up what is left, again and again, at last with nothing wrong any more."""
        last = max((strike.place.process for strike in self.schedule.strikes), default=0)
        for process in range(1, last + 1):
            if self._done():
                return
            self.world.order(advance=self.schedule.after_s if process == 1 else 0.0)
            self._again()
        for patience in PATIENCE_S:
            if self._done():
                break
            self.world.heal()
            self.world.order(advance=patience if last or patience else self.schedule.after_s)
            self._again()
        self.world.heal()

    def _done(self) -> bool:
        """Tell whether it came to an end; an adoption that was refused is tried again later."""
        last = self.said[-1]
        return last.code in SETTLED or (last.code == REFUSED and last.end is not None)

    def _again(self) -> None:
        """Take it up once, on this host or on another."""
        self.world.next_process()
        subject = self._subject(self.hosts[self.schedule.then is Next.ADOPT])
        if not subject.has_journal():
            self._process(subject.adopt)
        elif self.schedule.then is Next.ABORT and self.world.process == 1:
            self._process(subject.abort, aborting=True)
        else:
            self._process(subject.resume)

    def _process(self, act: Callable[[], Said], *, aborting: bool = False) -> None:
        before = self._truth()
        said = act()
        self.said.append(said)
        self.complaints += oracle.claims(self.world, self.flow, said, before, aborting=aborting)

    def _truth(self) -> dict[str, Truth]:
        return {side: truth(self.world, self.flow, side) for side in SIDES}

    def _subject(self, folder: Path) -> Subject:
        return Subject(self.made, self.world, folder, ID, self.code_of)
