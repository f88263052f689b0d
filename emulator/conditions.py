"""What each condition does to a device (`emulator.faults`)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from emulator.faults import (
    ClearCommits,
    ClockApart,
    Condition,
    ExpirePassword,
    FillLines,
    FreeLines,
    LogLines,
    MuteLine,
    NetconfLogin,
    NetconfLogout,
    QuietLog,
    RestoreLine,
    SecondBoard,
    SwapBoard,
)
from emulator.logins import NEVER
from emulator.management.history import History

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from emulator.device import Device


def impose(device: Device, condition: Condition, now: float) -> None:
    """Let a condition hold on a device from now on."""
    _EFFECTS[type(condition)](device, condition, now)


def _clear_commits(device: Device, _condition: ClearCommits, _now: float) -> None:
    device.store = replace(device.store, history=History(next_id=device.store.history.next_id))


def _second_board(device: Device, condition: SecondBoard, _now: float) -> None:
    device.second_board = condition.outcome


def _swap_board(device: Device, condition: SwapBoard, _now: float) -> None:
    device.serial = condition.serial


def _expire_password(device: Device, condition: ExpirePassword, _now: float) -> None:
    device.login_questions.expired = condition.times


def _netconf_logout(device: Device, _condition: NetconfLogout, _now: float) -> None:
    device.controllers = ()


def _clock_apart(device: Device, condition: ClockApart, now: float) -> None:
    """A trial ends by the device's own seconds, whatever they are worth."""
    trial, clock = device.store.trial, device.clock.apart(now, condition.seconds, condition.rate)
    if trial is not None:
        deadline = clock.after(now, device.clock.until(now, trial.deadline))
        device.store = replace(device.store, trial=replace(trial, deadline=deadline))
    device.clock = clock


def _free_lines(device: Device, _condition: FreeLines, now: float) -> None:
    for session in device.logins:
        if session.active_at == NEVER:
            device.disconnect(session.id, now)


_EFFECTS: Mapping[type[Condition], Callable[[Device, Any, float], None]] = {
    ClearCommits: _clear_commits,
    SwapBoard: _swap_board,
    SecondBoard: _second_board,
    ClockApart: _clock_apart,
    MuteLine: lambda device, _, __: device.mute(),
    RestoreLine: lambda device, _, now: device.unmute(now),
    ExpirePassword: _expire_password,
    NetconfLogin: lambda device, login, now: device.begin_controller(login.user, login.address, now),
    NetconfLogout: _netconf_logout,
    LogLines: lambda device, _, __: setattr(device, "logs", True),
    QuietLog: lambda device, _, __: setattr(device, "logs", False),
    FillLines: lambda device, lines, now: device.squat(lines.user, now),
    FreeLines: _free_lines,
}
