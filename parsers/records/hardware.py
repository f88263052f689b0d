"""Alarms, optical modules and labels, as a device shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from parsers.records.kinds import Lower, Port


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm with its times, as shown."""

    sequence: int
    alarm_id: Lower | None = None
    name: str | None = None
    type: Lower | None = None
    severity: Lower | None = None
    state: Lower | None = None
    root_kind: Lower | None = None
    start_time: str | None = None
    end_time: str | None = None
    description: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OpticalModule:
    """A row of `display optical-module brief`; powers as shown, -40.00dBm is no light."""

    name: Port
    status: Lower
    duplex: Lower
    type: str
    wavelength: str
    receive_power: str
    send_power: str
    mode: str
    vendor_part: str


@dataclass(frozen=True, slots=True)
class ElectronicLabel:
    """A row of `display elabel brief`."""

    slot: str
    board_type: str
    bar_code: str
    description: str
