"""Snooping and multicast routing as configured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from emulator.protocols.settings.interfaces import vlan_list
from emulator.protocols.settings.reading import has

if TYPE_CHECKING:
    from emulator.config.statement import Configuration


@dataclass(frozen=True, slots=True)
class MulticastSettings:
    """Multicast of a device.

    Args:
        routing: `multicast routing-enable`; `routing6` the IPv6 one.
        snooping_vlans: VLANs with IGMP snooping; `snooping_vsis` VSIs by name.
    """

    routing: bool = False
    routing6: bool = False
    snooping_vlans: frozenset[int] = frozenset()
    snooping_vsis: frozenset[str] = frozenset()


def read(configuration: Configuration) -> MulticastSettings:
    """Return the multicast settings of a configuration."""
    snooping = has(configuration, "igs.enable")
    vlans = {
        vlan
        for line in configuration.all("igs.enable-vlan")
        for vlan in vlan_list(line.params.get("vlans", ""))
    }
    vlans |= {int(line.params["vid"]) for line in configuration.all("vlan.enter") if has(line, "igs.inst")}
    vsis = {line.params["vsi"] for line in configuration.all("vsi.enter") if has(line, "igs.inst")}
    return MulticastSettings(
        has(configuration, "mc.enable"),
        has(configuration, "mc6.enable"),
        frozenset(vlans if snooping else ()),
        frozenset(vsis if snooping else ()),
    )
