"""`display version`, `display device`, `display clock`: what the chassis is (command reference)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from emulator.displays.text import row, short, zoned_time

if TYPE_CHECKING:
    from collections.abc import Mapping

    from emulator.displays.view import DeviceView

_CHASSIS, _FIXED = "NE40E-X16", "NE40E-M2K"
_MAIN_SLOT = 17
_RULE = " ".join("-" * 33)


def _slots(view: DeviceView) -> list[tuple[int, int, int]]:
    """Return slot, card and number of ports of every board that holds a physical port."""
    ports: dict[tuple[int, int], int] = {}
    for interface in view.state.interfaces:
        _, found, position = short(interface.name).partition("GE")
        numbers = position.split("/")
        if found and "." not in position and len(numbers) == len(("slot", "card", "port")):
            place = int(numbers[0]), int(numbers[1])
            ports[place] = ports.get(place, 0) + 1
    return [(slot, card, count) for (slot, card), count in sorted(ports.items())]


def _model(view: DeviceView) -> str:
    """Fixed models number their ports from slot 0; only a chassis has others."""
    return _CHASSIS if any(slot for slot, _, _ in _slots(view)) else _FIXED


def _uptime(seconds: float) -> str:
    minutes = int(seconds) // 60
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = ((days, "day"), (hours, "hour"), (rest, "minute"))
    return ", ".join(f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in parts)


def version(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show release, model and how long the device has been up."""
    del params
    model = _model(view)
    uptime = _uptime(view.state.now - view.state.booted)
    booted = view.moment(view.state.booted)
    return [
        "Huawei Versatile Routing Platform Software",
        f"VRP (R) software, Version 8.200 (NE40E {view.software})",
        f"Copyright (C) 2012-{view.wall:%Y} Huawei Technologies Co., Ltd.",
        f"HUAWEI {model} uptime is {uptime}",
        "",
        f"{model} version information:",
        _RULE,
        "MPU version information:",
        "",
        f"MPU (Master) {_MAIN_SLOT} : uptime is {uptime}",
        f"  StartupTime {booted:%Y/%m/%d   %H:%M:%S}",
        "  SDRAM Memory Size   : 32768 M bytes",
        "  FLASH Memory Size   : 128 M bytes",
        "  CFCARD Memory Size  : 28376 M bytes",
    ]


def device(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the boards, or the sub-cards with `pic-status`; every one is in service."""
    if "pic-status" in params:
        return _cards(view)
    boards = [(slot, "LPU", "LC", "NA") for slot in sorted({slot for slot, _, _ in _slots(view)})]
    boards.append((_MAIN_SLOT, "MPU", "MMB", "Master"))
    wanted = params.get("slot")
    return [
        f"{_model(view)}'s Device status:",
        "-" * 77,
        "Slot #   Type Online     Register     Status     Role   LsId   Primary",
        "-" * 77,
        *(
            row(
                (9, 5, 11, 13, 11, 7, 7),
                (f"  {slot}", kind, "Present", "Registered", "Normal", role, 0, primary),
            )
            for slot, kind, role, primary in boards
            if wanted in (None, str(slot))
        ),
    ]


def _cards(view: DeviceView) -> list[str]:
    rule = "-" * 80
    cards = [
        (f"{slot}/{card}", "Registered", f"ETH_{count}xGF_CARD", count, "SUCCESS", "SUCCESS")
        for slot, card, count in _slots(view)
    ]
    return [
        "Pic-status information :",
        rule,
        "Pic#   Status       Type                      Port_count Init_result  Logic_down",
        rule,
        *(row((7, 13, 26, 11, 13), cells) for cells in cards),
        rule,
    ]


def clock(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show date, weekday and zone."""
    del params
    now = view.wall
    stamp = zoned_time(now)
    return [stamp, f"{now:%A}", f"Time Zone({now:%Z}) : UTC{stamp[-6:]}"]
