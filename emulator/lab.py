"""A lab: emulated devices, the network between them and one virtual clock, without any I/O.

Tests type into it and let hours pass in milliseconds; the edge serves the same lab over SSH in real time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, get_args

from emulator import displays
from emulator.clock import EPOCH
from emulator.conditions import impose
from emulator.device import Device
from emulator.displays.layouts import LAYOUTS, NEWER
from emulator.displays.view import DeviceView
from emulator.fault_reading import FaultError
from emulator.faults import Condition, Fault, PowerOff, PowerOn, Reboot, TerminalFault
from emulator.network_faults import (
    CutLink,
    DelayLink,
    Flap,
    OneWayLink,
    RestoreBackup,
    RestoreLink,
    RestorePort,
    ShutPort,
    SlowBackup,
)
from emulator.personalities import DEFAULT, Personality
from emulator.protocols.errors import ProtocolError
from emulator.protocols.timing import Timing
from emulator.protocols.world import World
from emulator.queries import QUERIES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from emulator.config.statement import Configuration


@dataclass(frozen=True, slots=True)
class Cable:
    """A declared wire between two ports, e.g. `PE1:GigabitEthernet0/1/1=PE2:GigabitEthernet0/1/1`."""

    device: str
    port: str
    peer: str
    peer_port: str


class Lab:
    """Emulated devices on one network.

    Args:
        configurations: saved configuration text by device name; empty text for factory defaults.
        personality: release of every device; `personalities` names those that differ.
        cables: declared wires; ports in one subnet are joined without being declared.
        timing: durations of the protocols.
        epoch: wall-clock time of virtual second zero.
        seed: of everything random.
        password: of the user of every device, for the password question.
        initial_password: every login asks whether that password shall be changed.

    Raises:
        ValueError: a text is no configuration.
    """

    def __init__(
        self,
        configurations: Mapping[str, str],
        *,
        personality: Personality = DEFAULT,
        personalities: Mapping[str, Personality] | None = None,
        cables: Iterable[Cable] = (),
        timing: Timing | None = None,
        epoch: datetime = EPOCH,
        seed: int = 0,
        password: str = "",
        initial_password: bool = False,
    ) -> None:
        self.now = 0.0
        self.epoch = epoch
        self._off: set[str] = set()
        midnight = epoch.replace(hour=0, minute=0, second=0, microsecond=0)
        self.world = World(timing or Timing(), (epoch - midnight).total_seconds())
        self._outbox: defaultdict[tuple[str, int], bytes] = defaultdict(bytes)
        releases = personalities or {}
        configured, restarted = self._configured, self._restarted  # one each, not one a device
        self.devices = {
            name: Device(
                name,
                text,
                personality=releases.get(name, personality),
                answer=partial(self._answer, name),
                on_commit=configured,
                on_reboot=restarted,
                epoch=epoch,
                seed=seed,
                password=password,
                initial_password=initial_password,
            )
            for name, text in configurations.items()
        }
        for cable in cables:
            self.world.link(cable.device, cable.port, cable.peer, cable.peer_port)

    def device(self, name: str) -> Device:
        """Return a device.

        Raises:
            FaultError: the lab has no such device.
        """
        if name not in self.devices:
            raise FaultError(f"no device {name!r}; the lab has {', '.join(self.devices)}")
        return self.devices[name]

    def view(self, name: str) -> DeviceView:
        """Return what displays are written from, as of now."""
        device = self.device(name)
        return DeviceView(
            name=device.sysname,
            state=self.world.glance(name),
            clock=device.clock,
            running=device.running,
            software=device.personality.software,
            layout=LAYOUTS.get(device.personality.name, NEWER),
        )

    def reach(self, now: float) -> None:
        """Bring the network to a time; one in the past changes nothing."""
        self.now = max(self.now, now)
        self.world.advance(self.now)

    def advance(self, seconds: float) -> None:
        """Let virtual time pass: trials expire, sessions idle out, protocols converge."""
        end = self.now + seconds
        while (moment := self.next_event()) is not None and moment <= end:
            self.reach(moment)
            for name in self.devices:
                self._collect(name)
        self.reach(end)

    def next_event(self) -> float | None:
        """Return the time at which a device next acts by itself."""
        moments = (device.next_event() for device in self.devices.values())
        return min((moment for moment in moments if moment is not None), default=None)

    def collected(self, name: str, session: int) -> bytes:
        """Give, once, what time has shown on a session."""
        return self._outbox.pop((name, session), b"")

    def inject(self, fault: Fault, device: str = "") -> None:
        """Let a fault happen, or wait on `device` for its moment.

        Raises:
            FaultError: the fault names a device, a port or a wire that the lab does not have.
        """
        try:
            _STRIKE[type(fault)](self, fault, device)
        except ProtocolError as error:
            raise FaultError(str(error)) from error

    def impose(self, name: str, condition: Condition) -> None:
        """Let a condition hold on a device; what a mended line brings back waits to be collected."""
        impose(self.devices[name], condition, self.now)
        self._collect(name)

    def _collect(self, name: str) -> None:
        for session, shown in self.devices[name].tick(self.now).items():
            self._outbox[name, session] += shown

    def powered(self, name: str) -> bool:
        """Whether a device has power."""
        return name not in self._off

    def reachable(self, name: str) -> bool:
        """Whether a client gets any answer from a device."""
        return self.powered(name) and not self.devices[name].muted

    def switch_off(self, name: str) -> None:
        """Take the power from a device: its sessions end, its ports go dark."""
        self._off.add(name)
        self.devices[name].lose_all(self.now)
        self.world.stop(name)

    def switch_on(self, name: str) -> None:
        """Give a device its power: it boots from its saved configuration."""
        self._off.discard(name)
        self.devices[name].reboot(self.now)

    def _configured(self, name: str, configuration: Configuration, now: float) -> None:
        self.reach(now)
        self.world.configure(name, configuration, self.now)

    def _restarted(self, name: str, now: float) -> None:
        """Let every machine of a device begin anew."""
        self.reach(now)
        self.world.stop(name)
        self.world.start(name)

    def _answer(self, name: str, command: str, params: Mapping[str, str], now: float) -> list[str] | None:
        self.reach(now)
        if command in QUERIES:
            return QUERIES[command](self.world, name, params, self.view(name))
        if not displays.handles(command):
            return None
        return displays.show(command, params, self.view(name))


_STRIKE: Mapping[type[Fault], Callable[[Lab, Any, str], None]] = {
    **dict.fromkeys(
        get_args(TerminalFault),
        lambda lab, fault, device: lab.device(device).inject(fault),
    ),
    **dict.fromkeys(
        get_args(Condition),
        lambda lab, condition, device: lab.impose(lab.device(device).name, condition),
    ),
    Reboot: lambda lab, _, device: lab.device(device).reboot(lab.now),
    PowerOff: lambda lab, _, device: lab.switch_off(lab.device(device).name),
    PowerOn: lambda lab, _, device: lab.switch_on(lab.device(device).name),
    ShutPort: lambda lab, fault, device: lab.world.shut(device, fault.port),
    RestorePort: lambda lab, fault, device: lab.world.unshut(device, fault.port),
    Flap: lambda lab, fault, device: lab.world.flap(
        lab.device(device).name, fault.what, fault.name, fault.seconds
    ),
    SlowBackup: lambda lab, fault, device: lab.world.take_in(lab.device(device).name, fault.rate),
    RestoreBackup: lambda lab, _, device: lab.world.take_in(lab.device(device).name, None),
    CutLink: lambda lab, fault, _: lab.world.cut(fault.device, fault.peer, fault.port),
    OneWayLink: lambda lab, fault, _: lab.world.one_way(fault.device, fault.peer, fault.port),
    DelayLink: lambda lab, fault, _: lab.world.delay(fault.device, fault.peer, fault.seconds, fault.port),
    RestoreLink: lambda lab, fault, _: lab.world.restore(fault.device, fault.peer, fault.port),
}
"""What each fault does to a lab; the third argument is the device that it was injected into."""


class TerminalUser:
    """Somebody at a terminal of a lab's device: types, reads, waits.

    Args:
        lab: the lab.
        name: which device.
        user: login name.
    """

    def __init__(self, lab: Lab, name: str, user: str = "admin") -> None:
        self.lab = lab
        self.device = lab.device(name)
        self.session = self.device.connect(user, lab.now, width=0)
        self.greeting = self.device.output(self.session, lab.now).decode()

    def types(self, *lines: str) -> str:
        """Type lines, each ended by Enter; give what the terminal shows."""
        typed = "".join(f"{line}\r" for line in lines).encode()
        return self.device.receive(self.session, typed, self.lab.now).decode()

    def waits(self, seconds: float) -> str:
        """Let time pass; give what appeared meanwhile."""
        self.lab.advance(seconds)
        return self.lab.collected(self.device.name, self.session).decode()

    def shows(self, command: str) -> list[str]:
        """Return the lines that a command prints, without its echo and the prompt."""
        lines = self.types(command).replace("\r\n", "\n").split("\n")
        return lines[1:-1]
