r"""Serve a lab over a pipe: one JSON object a line in, one out, in virtual time.

Nothing is asynchronous and no clock runs: time passes when an order says so, so that a run is the same
each time. Text of terminals stands in the objects one character a byte (Latin-1).

- `{"open": "PE1", "user": "ops"}`: log in; gives the `session` and what it shows;
- `{"type": "save\n", "device": "PE1", "session": 3}`: type; `"after": 0.05` lets time pass before;
- `{"wait": 30, "device": "PE1", "session": 3}`: let time pass until the session shows something or ends,
  at most so many seconds;
- `{"close": 3, "device": "PE1"}`: hang up;
- `{"do": ["system-view", "..."], "device": "PE1", "user": "carol"}`: somebody logs in, types and leaves;
- `{"advance": 600}`: let time pass;
- `{"fault": "reboot", "device": "PE1"}`: any fault of `emulator.faults`, by its name;
- `{"readable": "reboot", "device": "PE1"}`: whether that is a fault, which does not happen;
- `{"join": "232.1.2.3", ...}`, `leave`, `host`: as of `emulator.edge.control`;
- `{"ask": "PE1"}`: what the device truly is; `"as": "heard"` asks what it was when its configuration was
  last displayed in a session, `"as": "history"` also what each commit made;
- `{"unmodelled": "PE1"}`: which lines it keeps without playing what they do, see `emulator.edge.control`;
- `{"boot": {"PE1": "sysname PE1"}, "release": "v8r12"}`: another lab, from configuration text; `release` also
  one for each device, `{"PE1": "v8r12"}`; `"links": ["PE1:PORT=CE:PORT"]` declares wires;
- `{"keep": "before"}`: remember the whole lab as it is now, sessions and all, but for one that is asked
  something; `{"renew": "before"}`: go back to it.

An answer holds `ok`, the time `now`, and what was asked; a wrong order is answered by `error` and changes
nothing.
"""

from __future__ import annotations

import json
import pickle
from dataclasses import dataclass, field
from io import BytesIO
from math import inf
from typing import TYPE_CHECKING, Any

from emulator.edge.boot import booted
from emulator.edge.control import not_played, people, strike
from emulator.entry import printing
from emulator.fault_reading import FaultError, fault_of
from emulator.logins import VtyFullError
from emulator.personalities import DEFAULT
from emulator.protocols.errors import ProtocolError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import IO

    from emulator.device import Device
    from emulator.lab import Lab
    from emulator.management.store import Store

Answer = dict[str, Any]
_DISPLAYED = "display current-configuration"
_ORDERS = (
    "boot",
    "open",
    "type",
    "wait",
    "close",
    "do",
    "advance",
    "fault",
    "readable",
    "ask",
    "unmodelled",
    "join",
    "leave",
    "host",
    "keep",
    "renew",
)


@dataclass(slots=True)
class _Kept:
    """A lab that was remembered, with what was heard of its devices.

    It lies there packed: unpacking is half the work of a deep copy. What is frozen is shared by all copies.
    """

    packed: bytes
    shared: Sequence[object]
    heard: Mapping[str, Store]

    @classmethod
    def of(cls, lab: Lab, heard: Mapping[str, Store]) -> _Kept:
        """Pack a lab."""
        shared = [one for device in lab.devices.values() for one in _frozen(device)]
        packed = BytesIO()
        _Packer(packed, shared).dump(lab)
        return cls(packed.getvalue(), shared, dict(heard))

    def lab(self) -> Lab:
        """Return the lab as it was."""
        lab: Lab = _Unpacker(BytesIO(self.packed), self.shared).load()
        return lab


def _frozen(device: Device) -> tuple[object, ...]:
    """Return what no copy of a device needs to copy."""
    return device.store, device.store.running, device.personality


def _is_value(one: object) -> bool:
    """Whether nothing can change it: it is frozen, and so is all that is in it."""
    params = getattr(type(one), "__dataclass_params__", None)
    if params is None or not params.frozen:
        return False
    try:
        hash(one)
    except TypeError:
        return False
    return True


class _Packer(pickle.Pickler):
    def __init__(self, file: BytesIO, shared: list[object]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._shared = shared
        self._numbers = {id(one): number for number, one in enumerate(shared)}

    def persistent_id(self, obj: object) -> int | None:
        """Return the number of what is shared; what is a value is shared from now on."""
        number = self._numbers.get(id(obj))
        if number is None and _is_value(obj):
            number = self._numbers[id(obj)] = len(self._shared)
            self._shared.append(obj)
        return number


class _Unpacker(pickle.Unpickler):
    def __init__(self, file: BytesIO, shared: Sequence[object]) -> None:
        super().__init__(file)
        self._shared = shared

    def persistent_load(self, pid: int) -> object:
        """Return what is shared by its number."""
        return self._shared[pid]


@dataclass(slots=True)
class Pipe:
    """Reads orders for a lab whose time stands still between them.

    Args:
        lab: the lab that is served.
    """

    lab: Lab
    _heard: dict[str, Store] = field(default_factory=dict)
    _kept: dict[str, _Kept] = field(default_factory=dict)

    def obey(self, order: Mapping[str, Any]) -> Answer:
        """Carry out one order; give the answer. A wrong order changes nothing."""
        try:
            answer = self._obey(order)
        except VtyFullError as error:
            return {"ok": False, "error": f"no VTY line is free on {error}", "now": self.lab.now}
        except (FaultError, ProtocolError, ValueError) as error:
            return {"ok": False, "error": str(error), "now": self.lab.now}
        return {"ok": True, "now": self.lab.now, **answer}

    def _obey(self, order: Mapping[str, Any]) -> Answer:
        match order:
            case {"open": str(name), **more}:
                return self._open(name, str(more.get("user", "admin")))
            case {"type": str(text), "device": str(name), "session": int(session), **more}:
                self.lab.advance(_seconds(more.get("after", 0)))
                return self._type(name, session, text)
            case {"wait": seconds, "device": str(name), "session": int(session)}:
                return self._wait(name, session, _seconds(seconds))
            case {"close": int(session), "device": str(name)}:
                return self._close(name, session)
            case {"do": list(lines), "device": str(name), **more}:
                return self._do(name, [str(line) for line in lines], str(more.get("user", "admin")))
            case _:
                return self._control(order)

    def _control(self, order: Mapping[str, Any]) -> Answer:
        match order:
            case {"advance": seconds}:
                self.lab.advance(_seconds(seconds))
            case {"fault": str(name), **values}:
                strike(self.lab, name, values)
            case {"readable": str(name), **values}:
                fault_of(values, name)
            case {"ask": str(name), **more}:
                return self._ask(name, str(more.get("as", "")))
            case {"unmodelled": str(name)}:
                return not_played(self.lab, name)
            case {"boot": dict(texts), **more}:
                self.lab = booted(texts, more.get("release", DEFAULT.name), more.get("links", ()))
                self._heard = {}
            case {"keep": str(name)}:
                self._keep(name)
            case {"renew": str(name)}:
                self._renew(name)
            case _ if not people(self.lab, order):
                raise FaultError(f"no such order; known: {', '.join(_ORDERS)}")
        return {}

    # ---- terminals -----------------------------------------------------------------------------------------

    def _open(self, name: str, user: str) -> Answer:
        device = self.lab.device(name)
        if not self.lab.reachable(name):
            raise FaultError(f"{name} is out of reach")
        session = device.connect(user, self.lab.now, width=0)
        return {"session": session, **self._shown(device, session, device.output(session, self.lab.now))}

    def _type(self, name: str, session: int, text: str) -> Answer:
        device = self.lab.device(name)
        out = self.lab.collected(name, session)
        out += device.receive(session, text.encode("latin-1"), self.lab.now)
        if _DISPLAYED in text:
            self._heard[name] = device.store
        return self._shown(device, session, out)

    def _wait(self, name: str, session: int, seconds: float) -> Answer:
        device, end = self.lab.device(name), self.lab.now + seconds
        out = self.lab.collected(name, session)
        while not out and not device.closed(session) and self.lab.now < end:
            moment = self.lab.next_event()
            self.lab.advance(min(end, inf if moment is None else moment) - self.lab.now)
            out = self.lab.collected(name, session)
        return self._shown(device, session, out)

    def _close(self, name: str, session: int) -> Answer:
        self.lab.device(name).disconnect(session, self.lab.now)
        return {}

    def _do(self, name: str, lines: list[str], user: str) -> Answer:
        opened = self._open(name, user)
        typed = "".join(f"{line}\r" for line in lines).encode("latin-1")
        out = self.lab.device(name).receive(opened["session"], typed, self.lab.now)
        self._close(name, opened["session"])
        return {"out": out.decode("latin-1")}

    @staticmethod
    def _shown(device: Device, session: int, out: bytes) -> Answer:
        return {"out": out.decode("latin-1"), "closed": device.closed(session)}

    # ---- what is true --------------------------------------------------------------------------------------

    def _ask(self, name: str, how: str) -> Answer:
        device = self.lab.device(name)
        store = self._heard.get(name, device.store) if how == "heard" else device.store
        return {
            "running": printing.lines(store.running),
            "saved": saved_lines(store),
            "powered": self.lab.powered(name),
            "trial": None if store.trial is None else _trial(store, self.lab.now),
            "commits": [
                {
                    "id": point.id,
                    "label": point.label,
                    "description": point.description,
                    "user": point.user,
                    "type": point.type,
                    **({"after": printing.lines(point.after)} if how == "history" else {}),
                }
                for point in store.history.points
            ],
            "lock": None if store.lock is None else store.lock.owner.session,
            "sessions": [
                {"id": login.id, "user": login.user, "dirty": login.candidate.dirty}
                for login in device.logins
            ],
        }

    # ---- beginning, going back -----------------------------------------------------------------------------

    def _keep(self, name: str) -> None:
        if any(device.asks for device in self.lab.devices.values()):
            raise FaultError("a lab is remembered while nobody is asked anything")
        self._kept[name] = _Kept.of(self.lab, self._heard)

    def _renew(self, name: str) -> None:
        if name not in self._kept:
            raise FaultError(f"nothing is remembered as {name!r}")
        kept = self._kept[name]
        self.lab, self._heard = kept.lab(), dict(kept.heard)


def _seconds(value: object) -> float:
    """Read a time to wait: finite and not negative."""
    if isinstance(value, int | float) and 0 <= value < inf:
        return float(value)
    raise FaultError(f"no duration: {value!r}")


def saved_lines(store: Store) -> list[str] | None:
    """Return the file of the next start as lines; nothing when nothing is saved."""
    text = store.files.get(store.next_file)
    return None if text is None else text.rstrip("\n").split("\n")


def _trial(store: Store, now: float) -> Answer:
    running = store.trial
    assert running is not None  # noqa: S101 - the caller has looked
    return {"persist": running.persist, "left": running.seconds_left(now), "user": running.author.user}


def serve(pipe: Pipe, orders: Iterable[str], answers: IO[str]) -> None:
    """Answer orders, a line each, until there are no more."""
    for line in orders:
        answers.write(json.dumps(_obeyed(pipe.obey, line)) + "\n")
        answers.flush()


def _obeyed(obey: Callable[[Mapping[str, Any]], Answer], line: str) -> Answer:
    try:
        order = json.loads(line)
    except ValueError as error:
        return {"ok": False, "error": f"no JSON: {error}"}
    if not isinstance(order, dict):
        return {"ok": False, "error": "an order is a JSON object"}
    return obey(order)
