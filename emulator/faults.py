"""Faults as frozen values: what can go wrong on a router and on the wires between routers.

A test gives them to `Lab.inject`; a served emulator reads the same values from its control socket, one
JSON object a line: `{"fault": "refuse-line", "device": "PE1", "nth": 3}`. A fault of a device waits for
its moment (the n-th line, the matching command) and strikes `times` times; a condition of a device and a
fault of the network hold from now until they are restored.
"""

from __future__ import annotations

import re
from dataclasses import MISSING, dataclass, fields
from enum import Enum
from typing import TYPE_CHECKING, get_args

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


LONGEST = 366 * 86400.0
"""Seconds that one fault or one step of time may ask for: a year."""
SLOWEST = 0.01


class FaultError(ValueError):
    """A fault was described that the emulator does not know; the message says what it would accept."""


class Moment(Enum):
    """When a session is dropped, relative to the reply of the command."""

    BEFORE = "before"  # nothing was done
    DURING = "during"  # it was done, half of the reply was sent
    AFTER = "after"  # it was done, the whole reply was sent


class Board(Enum):
    """What a second main board does when the configuration is saved."""

    ABSENT = "absent"
    SUCCEEDS = "succeeds"  # it is written as well, without a word from the operator
    ASKS = "asks"  # a second question, after the first board is written
    FAILS = "fails"  # the first board is written, the second is not


Shift = float
"""Seconds forwards or, below zero, backwards."""
Rate = float
"""Seconds of one clock in a second of another."""


@dataclass(frozen=True, slots=True)
class RefuseLine:
    """Refuse the n-th configuration line typed from now on."""

    nth: int = 1
    message: str = "Error: The operation failed."


@dataclass(frozen=True, slots=True)
class FailCommit:
    """Refuse to commit; the candidate stays."""

    message: str = "Error: Failed to commit the configuration."
    times: int = 1


@dataclass(frozen=True, slots=True)
class StuckRollback:
    """Let a rollback report success although lines of the system view stay as they were.

    Args:
        command: regular expression searched in those lines; empty for all that the rollback would change.
        times: how many rollbacks it strikes.
    """

    command: str = ""
    times: int = 1


@dataclass(frozen=True, slots=True)
class SwallowReply:
    """Do what is asked and say nothing, not even the prompt.

    Args:
        command: regular expression searched in the typed line; empty for any.
        times: how often it strikes.
    """

    command: str = ""
    times: int = 1


@dataclass(frozen=True, slots=True)
class SlowOutput:
    """Answer that many seconds late; what is typed meanwhile waits."""

    seconds: float
    command: str = ""
    times: int = 1


@dataclass(frozen=True, slots=True)
class DropSession:
    """Close the session before, during or after the reply."""

    when: Moment = Moment.DURING
    command: str = ""
    times: int = 1


@dataclass(frozen=True, slots=True)
class Garble:
    """Damage the bytes of a reply."""

    command: str = ""
    times: int = 1


@dataclass(frozen=True, slots=True)
class Reboot:
    """Restart the device: sessions, candidates and trials are lost, the saved configuration runs."""


@dataclass(frozen=True, slots=True)
class RebootAt:
    """Restart the device before, during or after the reply of a command."""

    when: Moment = Moment.DURING
    command: str = ""
    times: int = 1


@dataclass(frozen=True, slots=True)
class ClearCommits:
    """Forget every commit point and label, as if somebody had cleared them."""


@dataclass(frozen=True, slots=True)
class SecondBoard:
    """Put a second main board in, or pull it out (`absent`)."""

    outcome: Board


@dataclass(frozen=True, slots=True)
class SwapBoard:
    """Put another main board in, with the configuration of the old one: `display esn` shows its number."""

    serial: str


@dataclass(frozen=True, slots=True)
class ClockApart:
    """Let the device's clock jump, and run apart from now on: its dates and the time of its trial.

    Args:
        seconds: of the jump.
        rate: seconds of the device in a true one.
    """

    seconds: Shift = 0.0
    rate: Rate = 1.0


@dataclass(frozen=True, slots=True)
class MuteLine:
    """Swallow all that passes between the device and its clients, without a word: no data, no reset."""


@dataclass(frozen=True, slots=True)
class RestoreLine:
    """Let the line carry again: what was sent meanwhile arrives now, as TCP sends it again."""


@dataclass(frozen=True, slots=True)
class ExpirePassword:
    """Let the next logins be told that the password must be changed; a no, or a wrong answer, ends them."""

    times: int = 1


@dataclass(frozen=True, slots=True)
class NetconfLogin:
    """Let a controller log in over NETCONF: one more row among the configuration sessions.

    No page shows such a row: it is derived from those of SNMP (an empty line).
    """

    user: str = "controller"
    address: str = "192.0.2.201"


@dataclass(frozen=True, slots=True)
class NetconfLogout:
    """End every NETCONF session."""


@dataclass(frozen=True, slots=True)
class LogLines:
    """Let log lines come up inside answers and after prompts, until `undo terminal monitor` is typed."""


@dataclass(frozen=True, slots=True)
class QuietLog:
    """Let the log stay off the terminals."""


@dataclass(frozen=True, slots=True)
class FillLines:
    """Let somebody sit on every VTY line that is free."""

    user: str = "operator"


@dataclass(frozen=True, slots=True)
class FreeLines:
    """Let them go again."""


@dataclass(frozen=True, slots=True)
class PowerOff:
    """Take the device off the network until `PowerOn`."""


@dataclass(frozen=True, slots=True)
class PowerOn:
    """Give a powered-off device its power back."""


@dataclass(frozen=True, slots=True)
class ShutPort:
    """Take the signal off a port, as if its fibre were pulled at this end."""

    port: str


@dataclass(frozen=True, slots=True)
class RestorePort:
    """Plug the port in again."""

    port: str


@dataclass(frozen=True, slots=True)
class CutLink:
    """Cut every wire between two devices, or the one on `port` of the first."""

    device: str
    peer: str
    port: str = ""


@dataclass(frozen=True, slots=True)
class OneWayLink:
    """Lose what the first device sends to the second; the other direction works."""

    device: str
    peer: str
    port: str = ""


@dataclass(frozen=True, slots=True)
class DelayLink:
    """Deliver that many seconds late between two devices."""

    device: str
    peer: str
    seconds: float
    port: str = ""


@dataclass(frozen=True, slots=True)
class RestoreLink:
    """Mend what was cut, made one-way or delayed between two devices."""

    device: str
    peer: str
    port: str = ""


TerminalFault = (
    RefuseLine | FailCommit | StuckRollback | SwallowReply | SlowOutput | DropSession | Garble | RebootAt
)
"""Strikes at a moment of a dialogue; the device keeps it until then."""
Condition = (
    ClearCommits
    | SecondBoard
    | SwapBoard
    | ClockApart
    | MuteLine
    | RestoreLine
    | ExpirePassword
    | NetconfLogin
    | NetconfLogout
    | LogLines
    | QuietLog
    | FillLines
    | FreeLines
)
"""Changes something about a device at once, until another one changes it back."""
PowerFault = Reboot | PowerOff | PowerOn
PortFault = ShutPort | RestorePort
DeviceFault = TerminalFault | Condition | PowerFault | PortFault
LinkFault = CutLink | OneWayLink | DelayLink | RestoreLink
Fault = DeviceFault | LinkFault

FAULTS: Mapping[str, type[Fault]] = {
    re.sub(r"(?<!^)(?=[A-Z])", "-", kind.__name__).lower(): kind
    for kind in (*get_args(DeviceFault), *get_args(LinkFault))
}
"""Name in the control channel of every fault, e.g. `refuse-line`."""


def _count(text: str) -> int:
    """Read how often, or which one: at least 1."""
    if (number := int(text)) < 1:
        raise ValueError("less than 1")
    return number


def _duration(text: str) -> float:
    """Read seconds: none or more, at most a year."""
    if not 0 <= (seconds := float(text)) <= LONGEST:
        raise ValueError(f"not from 0 to {LONGEST:.0f}")
    return seconds


def _shift(text: str) -> float:
    """Read seconds in either direction, at most a year."""
    return -_duration(text[1:]) if text.startswith("-") else _duration(text)


def _rate(text: str) -> float:
    """Read how fast a clock runs."""
    if not SLOWEST <= (rate := float(text)) <= 1 / SLOWEST:
        raise ValueError(f"not from {SLOWEST} to {1 / SLOWEST:.0f}")
    return rate


_CONVERSIONS: Mapping[str, Callable[[str], object]] = {
    "str": str,
    "int": _count,
    "float": _duration,
    "Moment": Moment,
    "Board": Board,
    "Shift": _shift,
    "Rate": _rate,
}


def fault_from(name: str, values: Mapping[str, object]) -> Fault:
    """Read a fault from its name and its fields, as the control channel writes them.

    Args:
        name: `refuse-line`, `cut-link`, ...: a key of `FAULTS`.
        values: the fields by name; numbers may be written as text.

    Raises:
        FaultError: an unknown name, field or value, or a missing field.
    """
    if name not in FAULTS:
        raise FaultError(f"unknown fault {name!r}; known: {', '.join(FAULTS)}")
    kind = FAULTS[name]
    build: Callable[..., Fault] = kind
    known = {entry.name: entry for entry in fields(kind)}
    unknown = sorted(set(values) - set(known))
    missing = [key for key, entry in known.items() if entry.default is MISSING and key not in values]
    if unknown or missing:
        raise FaultError(f"fault {name!r}: unknown fields {unknown}, missing fields {missing}")
    return build(**{key: _converted(str(known[key].type), key, value) for key, value in values.items()})


def _converted(type_name: str, key: str, value: object) -> object:
    """Give a field its type; a pattern must compile."""
    try:
        converted = _CONVERSIONS[type_name](str(value))
        if key == "command":
            re.compile(str(converted))
    except (ValueError, re.error) as error:
        raise FaultError(f"field {key!r}: {value!r} is not {type_name}: {error}") from error
    return converted
