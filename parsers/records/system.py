"""Version, boards, startup files, clock and configuration management as a device shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from parsers.records.kinds import Lower, Percent, Reason, Starred, Upper, Width


@dataclass(frozen=True, slots=True)
class MainBoard:
    """A main board of `display version`."""

    role: Lower
    slot: int
    uptime: str


@dataclass(frozen=True, slots=True)
class Version:
    """Software and hardware of a device.

    Args:
        vrp: version of the operating system, e.g. `8.200`.
        product, release: e.g. `NE40E`, `V800R012C10`.
        hardware: the remaining lines, as shown.
    """

    vrp: str
    product: str
    release: str
    model: str | None = None
    uptime: str | None = None
    boards: tuple[MainBoard, ...] = ()
    hardware: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A row of `display device`."""

    slot: int
    type: Upper
    online: Lower
    register: Lower
    status: Lower
    role: str
    ls_id: str
    primary: str


@dataclass(frozen=True, slots=True)
class Board:
    """One board in detail.

    Args:
        up_since: moment of its start.
    """

    slot: int
    description: str | None = None
    status: Lower | None = None
    register: Lower | None = None
    up_since: str | None = None
    cpu_percent: Percent | None = None
    memory_percent: Percent | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CardRow:
    """A row of `display device pic-status`."""

    pic: str
    status: Lower
    type: str
    port_count: int
    init_result: str
    logic_down: str


@dataclass(frozen=True, slots=True)
class Startup:
    """What one main board starts from; nothing where the device prints NULL or nothing."""

    board: str
    configured_software: str | None = None
    software: str | None = None
    next_software: str | None = None
    configuration: str | None = None
    next_configuration: str | None = None
    paf: str | None = None
    next_paf: str | None = None
    patch: str | None = None
    next_patch: str | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """Time of the device, as shown, with zone and daylight saving time."""

    time: str
    weekday: str | None = None
    zone: str | None = None
    offset: str | None = None
    dst_name: str | None = None
    dst_repeat_mode: str | None = None
    dst_start_year: int | None = None
    dst_end_year: int | None = None
    dst_start_time: str | None = None
    dst_end_time: str | None = None
    dst_saving_time: str | None = None


@dataclass(frozen=True, slots=True)
class CommitRow:
    """A row of the commit list, newest first.

    Args:
        label: nothing when there is none.
        mark: the point is kept only because of its label.
    """

    number: int
    commit_id: int
    user: str
    time: str
    label: str | None = None
    mark: Starred = False


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit in detail."""

    number: int
    commit_id: int
    mark: Starred = False
    label: str | None = None
    user: str | None = None
    user_interface: str | None = None
    type: Upper | None = None
    time: str | None = None
    description: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ConfigurationLine:
    """A line of a configuration, or of a difference of two.

    Args:
        text: without sign and indentation.
        sign: `+`, `-`, or empty.
        indent: number of blanks after the sign.
    """

    text: str
    sign: str = ""
    indent: Width = 0


@dataclass(frozen=True, slots=True)
class TrialStatus:
    """Whether a trial commit runs, and how long still."""

    status: Lower
    persist_id: str | None = None
    left_s: int | None = None


@dataclass(frozen=True, slots=True)
class ConfigurationSession:
    """A session that may change the configuration.

    Args:
        own: it is ours.
        lock: it holds the configuration lock.
    """

    session: int
    user: str
    time: str
    own: Starred = False
    user_interface: Reason | None = None
    lock: Starred = False
