"""Faults as frozen values: what can go wrong on a router and on the wires between routers.

A test gives them to `Lab.inject`; a served emulator reads the same values from its control socket, one
JSON object a line: `{"fault": "refuse-line", "device": "PE1", "nth": 3}`. A fault of a device waits for
its moment (the n-th line, the matching command) and strikes `times` times; a condition of a device and a
fault of the network hold from now until they are restored.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from emulator.network_faults import BackupFault, LinkFault, PortFault


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
DeviceFault = TerminalFault | Condition | PowerFault | PortFault | BackupFault
Fault = DeviceFault | LinkFault
