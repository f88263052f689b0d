"""`display ipsec instance` and `display ike sa` (command reference, same titles).

No peer negotiates with an emulated router, so that it has no security association. An instance is what its
backup profile and the channel of that are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from emulator.displays.text import row, shown
from emulator.protocols.states import RbsState, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from emulator.displays.view import DeviceView

_RULE, _WIDE = "-" * 45, "-" * 70
_COLUMNS = (4, 12, 13, 9)
_ROLES = {Role.MASTER: "MASTER", Role.SLAVE: "SLAVE"}


class _Instance(NamedTuple):
    """An instance: its profile, the group and role of that, and its channel."""

    id: str
    profile: str
    vrid: str
    role: str
    channel: str
    peer: str
    up: bool


def associations(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Count the IKE security associations: there are none."""
    del params, view
    return [
        " current sa Num :0",
        "   Single-homing :0     Multi-homing master :0    Multi-homing slave :0",
        "   None-backup sa :0    Backup sa :0",
    ]


def instances(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show the IPsec instances: all in a table, all in blocks, or one."""
    found = [one for one in _instances(view) if params.get("id", one.id) == one.id]
    if "brief" in params:
        head = ("ID", "VRRP-STATE", "PEER-DEV-IP", "VRRP-ID", "RBF-PROFILE")
        rows = [(one.id, one.role, one.peer, one.vrid, shown(one.profile)) for one in found]
        return [_WIDE, row(_COLUMNS, head), _WIDE, *(row(_COLUMNS, cells) for cells in rows)]
    if "id" in params and not found:
        return ["Error: The IPsec instance does not exist."]
    return [line for one in found for line in _block(one)]


def _block(one: _Instance) -> list[str]:
    facts = (
        ("IPsec policy used", "--"),
        ("RBF Profile", shown(one.profile)),
        ("RBS Name", shown(one.channel)),
        ("VRRP ID", one.vrid),
        ("VRRP State", one.role),
        ("HA Channel State", "UP" if one.up else "DOWN"),
        ("HA FSM State", "REALUPDATE" if one.up else "INIT"),
    )
    return [
        _RULE,
        f" IPSec Instance Id   : {one.id}",
        "",
        *(f"  {label:<19}: {value}" for label, value in facts),
        _RULE,
    ]


def _instances(view: DeviceView) -> Iterator[_Instance]:
    """Yield the instances that are configured, each with what its profile is."""
    profiles = {profile.name.lower(): profile for profile in view.state.profiles}
    services = {service.name.lower(): service for service in view.state.services}
    for line in view.running.statements:
        if line.command != "ipsec.enter":
            continue
        name = next((one.params["rbp-name"] for one in line.children if one.command == "ipsec.rbp"), "")
        profile = profiles.get(name.lower())
        service = services.get(profile.rbs.lower()) if profile else None
        vrid = str(profile.tracks[0].vrid) if profile and profile.tracks else "--"
        text = ""
        if service is not None:
            text = f"{service.name} (src:{service.source}, dst-ip:{service.peer}, port:{service.port})"
        yield _Instance(
            line.params["id"],
            name,
            vrid,
            _ROLES.get(profile.role, "--") if profile else "--",
            text,
            service.peer if service else "--",
            bool(service and service.state is RbsState.CONNECTED),
        )
