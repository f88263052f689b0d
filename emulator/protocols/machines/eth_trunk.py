"""Eth-Trunks and their ports under LACP."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple


class Lacp(Enum):
    """State of a member port."""

    SILENT = auto()
    STANDBY = auto()
    CHOSEN = auto()
    SELECTED = auto()


class LacpEvent(Enum):
    """What a member port meets."""

    HEARD = auto()
    LOST = auto()
    CHOOSE = auto()
    RELEASE = auto()
    IN_SYNC = auto()
    OUT_OF_SYNC = auto()


TABLE = {
    Lacp.SILENT: {LacpEvent.HEARD: Lacp.STANDBY},
    Lacp.STANDBY: {LacpEvent.LOST: Lacp.SILENT, LacpEvent.CHOOSE: Lacp.CHOSEN},
    Lacp.CHOSEN: {
        LacpEvent.LOST: Lacp.SILENT,
        LacpEvent.RELEASE: Lacp.STANDBY,
        LacpEvent.IN_SYNC: Lacp.SELECTED,
    },
    Lacp.SELECTED: {
        LacpEvent.LOST: Lacp.SILENT,
        LacpEvent.RELEASE: Lacp.STANDBY,
        LacpEvent.OUT_OF_SYNC: Lacp.CHOSEN,
    },
}


class System(NamedTuple):
    """An LACP system: the smaller decides."""

    priority: int
    id: str


@dataclass(slots=True)
class Port:
    """A member port of a trunk.

    Args:
        up: the link is up.
        heard_at: since when the partner is heard; None while it is not.
        lost_at: when silence counts as loss.
        sync_at: when a port chosen at both ends begins to forward.
    """

    state: Lacp = Lacp.SILENT
    up: bool = False
    heard_at: float | None = None
    lost_at: float | None = None
    sync_at: float | None = None


@dataclass(slots=True)
class EthTrunk:
    """A trunk and its ports, in port order."""

    up: bool = False
    ports: dict[str, Port] = field(default_factory=dict)
