"""All that a session can do, seen through a wire that changes what a device shows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from emulator.device import Device
from tasks.plan.model import Command
from tasks.sessions.channel import Channel
from tasks.sessions.vrp import VrpSession
from tests.tasks.sessions.habits import (
    Terminal,
)
from tests.tasks.wire import Clock, log_in

SAVED = "#\nsysname Sedan-1\n#\ninterface LoopBack0\n ip address 192.0.2.7 255.255.255.255\n#\nreturn\n"
STAMPS = (
    "2026-11-28 12:40:38.430 +09:00",
    "2026-11-28 12:40:38.430+09:00",
    "2026-11-28 12:40:38.430",
    "2026-11-28 12:40:38",
    "2026-11-28 12:40:38+01:00 DST",
)
VIEW = "-LoopBack8"
LINES = [Command("interface LoopBack8", VIEW), Command("description one two", VIEW), Command("quit", "")]

Say = Callable[[str], str]


def seen_through(say: Say = str, *, hear: Say = str, piece: int = 1_000_000) -> tuple[Device, VrpSession]:
    """Return a device and a session with it, through a terminal."""
    device = Device("Sedan", SAVED)
    through: Callable[[Channel], Channel] = partial(Terminal, say=say, hear=hear, piece=piece)
    return device, log_in(device, Clock(), terminal=through)


def everything(spoken: VrpSession) -> list[object]:
    """Go through a change with every verb; give all that was read on the way."""
    read: list[object] = [spoken.host_name, spoken.commit_list(), spoken.commit_records(1)]
    spoken.stage(LINES)
    read.append(spoken.candidate_changes())
    spoken.commit_trial(120, "hp-1")
    read.append(spoken.trial_status())
    spoken.confirm("hp-1")
    base = spoken.commit_list()[0].commit_id
    spoken.stage([Command("undo interface LoopBack8", "")])
    spoken.commit("hp-2", "taken away")
    read.append([(one.label, one.description) for one in spoken.commit_records(2)])
    spoken.rollback(base)
    read.append(spoken.rollback_result())
    spoken.save()
    read.append(spoken.run_all(("display current-configuration", "display saved-configuration")))
    return read


QUIET = everything(seen_through()[1])
