"""What a strike does to the world: to our process, to a member, to the disk, or by somebody else's hand."""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping

from runbooks.certify.schedule import Kind, Strike
from runbooks.certify.world import STRANGER, KilledError, World

SILENCE_S = {Kind.SILENT: 20.0, Kind.GONE: 100_000.0}
"""How long a link is silent."""
HELD_S = {Kind.HELD: 20.0, Kind.HELD_LONG: 75.0}
"""How long a line holds back what is sent."""
APART: Mapping[Kind, Mapping[str, float]] = {
    Kind.FAST: {"seconds": 3_600.0, "rate": 1.2},
    Kind.SLOW: {"seconds": -3_600.0, "rate": 0.8},
}
"""How a device's clock jumps and runs."""
STANDSTILL_S = {Kind.PAUSED: 450.0, Kind.FROZEN: 20_000.0}
"""How long our process gets no time."""


def strike(world: World, happening: Strike) -> bool:
    """Do what a strike says; tell whether it changed anything."""
    return _DEEDS[happening.kind](world, happening.side)


def _die(world: World, _side: str) -> bool:
    """End the process; its sessions end too."""
    world.dead = True
    world.hang_up()
    return True


def _vanish(world: World, _side: str) -> bool:
    """End the process; the devices do not notice."""
    world.dead = True
    world.opened.clear()
    return True


def _lose_power(world: World, side: str) -> bool:
    """End the process and lose what was not synced; the devices do not notice."""
    world.disk.lose_power()
    return _vanish(world, side)


def _nothing(_world: World, _side: str) -> bool:
    """Leave it to the exception that is raised."""
    return True


def _interrupt(_world: World, _side: str) -> bool:
    """Do what Ctrl-C does to us, without a signal: it is raised here, or held back where we hold it back."""
    handler = signal.getsignal(signal.SIGINT)
    if callable(handler):
        handler(signal.SIGINT, None)
    return True


def _reboot(world: World, side: str) -> bool:
    member = world.members[side]
    world.order(fault="reboot", device=member)
    for key in [key for key in world.opened if key[0] == member]:
        del world.opened[key]
    return True


def _reboot_both(world: World, _side: str) -> bool:
    return _reboot(world, "a") and _reboot(world, "b")


def _silence(kind: Kind) -> Callable[[World, str], bool]:
    def silence(world: World, side: str) -> bool:
        world.silent[side] = world.now + SILENCE_S[kind]
        return True

    return silence


def _hold(kind: Kind) -> Callable[[World, str], bool]:
    def hold(world: World, side: str) -> bool:
        member = world.members[side]
        if any(held == member for _, held in world.due):
            return False
        world.order(fault="mute-line", device=member)
        world.due = sorted([*world.due, (world.now + HELD_S[kind], member)])
        return True

    return hold


def _set_apart(kind: Kind) -> Callable[[World, str], bool]:
    def set_apart(world: World, side: str) -> bool:
        world.order(fault="clock-apart", device=world.members[side], **APART[kind])
        return True

    return set_apart


def _stand_still(kind: Kind) -> Callable[[World, str], bool]:
    def stand_still(world: World, _side: str) -> bool:
        world.order(advance=STANDSTILL_S[kind])
        return True

    return stand_still


def _stranger(world: World, side: str) -> bool:
    """Let somebody commit what is no business of ours."""
    number = sum(map(len, world.committed.values())) + 1
    *views, line = world.elsewhere
    return _committed(world, side, (*views, line.format(number)))


def _rival(world: World, side: str) -> bool:
    """Let somebody commit among our lines."""
    return _committed(world, side, world.rival[side])


def _committed(world: World, side: str, lines: tuple[str, ...]) -> bool:
    """Let somebody commit and save; tell whether the device took it."""
    before = _running(world, side)
    whom = {"device": world.members[side], "user": STRANGER}
    world.obey({"do": ["system-view", *lines, "commit"], **whom})  # refused where no line of theirs is free
    if _running(world, side) == before:
        return False
    world.order(do=["save", "y"], **whom)
    world.committed[side].append(lines[-1])
    return True


def _running(world: World, side: str) -> list[str]:
    lines: list[str] = world.order(ask=world.members[side])["running"]
    return lines


def _trial(world: World, side: str) -> bool:
    """Let somebody begin a trial and stay."""
    *views, line = world.elsewhere
    return _stays(world, side, ("system-view", *views, line.format(99), "commit trial 120"))


def _lock(world: World, side: str) -> bool:
    """Let somebody lock the configuration and stay."""
    return _stays(world, side, ("configuration exclusive",))


def _stays(world: World, side: str, lines: tuple[str, ...]) -> bool:
    opened = world.obey({"open": world.members[side], "user": STRANGER})
    if not opened["ok"]:
        return False
    session = int(opened["session"])
    world.crowd.append((world.members[side], session))
    typed = "".join(f"{line}\n" for line in lines)
    answer = world.order(type=typed, device=world.members[side], session=session)
    return "Error" not in answer["out"]


def _crowd(world: World, side: str) -> bool:
    """Let others take every line that is free."""
    member = world.members[side]
    before = len(world.crowd)
    while (answer := world.obey({"open": member, "user": STRANGER}))["ok"]:
        world.crowd.append((member, int(answer["session"])))
    return len(world.crowd) > before


def _fill(world: World, _side: str) -> bool:
    """Let the disk be full from now on."""
    world.disk.full = True
    return True


def _shorten(world: World, _side: str) -> bool:
    """Let this write be short."""
    world.disk.short = True
    return True


def _tear(world: World, side: str) -> bool:
    """Let the process die in the midst of this write."""

    def torn() -> BaseException:
        _die(world, side)
        return KilledError()

    world.disk.torn = torn
    return True


_DEEDS: Mapping[Kind, Callable[[World, str], bool]] = {
    Kind.KILL: _die,
    Kind.DIE: _vanish,
    Kind.POWER: _lose_power,
    Kind.INTERRUPT: _interrupt,
    Kind.FOREIGN: _nothing,
    Kind.PAUSED: _stand_still(Kind.PAUSED),
    Kind.FROZEN: _stand_still(Kind.FROZEN),
    Kind.REBOOT: _reboot,
    Kind.REBOOT_BOTH: _reboot_both,
    Kind.SILENT: _silence(Kind.SILENT),
    Kind.GONE: _silence(Kind.GONE),
    Kind.HELD: _hold(Kind.HELD),
    Kind.HELD_LONG: _hold(Kind.HELD_LONG),
    Kind.FAST: _set_apart(Kind.FAST),
    Kind.SLOW: _set_apart(Kind.SLOW),
    Kind.STRANGER: _stranger,
    Kind.RIVAL: _rival,
    Kind.TRIAL: _trial,
    Kind.LOCK: _lock,
    Kind.VTY_FULL: _crowd,
    Kind.DISK_FULL: _fill,
    Kind.SHORT_WRITE: _shorten,
    Kind.TORN: _tear,
}
