"""What an interface runs towards multicast receivers and routers: IGMP, MLD, PIM."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from emulator.protocols.settings.reading import has, number

if TYPE_CHECKING:
    from emulator.config.statement import Statement

_VERSION = 2


@dataclass(frozen=True, slots=True)
class PimSettings:
    """PIM sparse mode on an interface, of one address family.

    Args:
        priority: in the election of the designated router.
        ignore_dr: forwards without being the designated router; `ignore_assert` without winning the assert.
    """

    priority: int = 1
    ignore_dr: bool = False
    ignore_assert: bool = False


@dataclass(frozen=True, slots=True)
class MembershipSettings:
    """Multicast protocols of an interface.

    Args:
        igmp: version; None where the protocol is off. `mld` likewise.
        pim: of IPv4, `pim6` of IPv6; None where it is off.
        followed: VRRP group of which the querier is the master: interface and id; `followed6` for MLD.
    """

    igmp: int | None = None
    mld: int | None = None
    pim: PimSettings | None = None
    pim6: PimSettings | None = None
    followed: tuple[str, int] | None = None
    followed6: tuple[str, int] | None = None


def read(line: Statement, interface: str) -> MembershipSettings | None:
    """Return the multicast protocols of an interface; nothing where none runs.

    Args:
        line: that opens the interface.
        interface: its canonical name.
    """
    found = MembershipSettings(
        igmp=number(line, "if.igmp-version", "version", _VERSION) if has(line, "if.igmp") else None,
        mld=number(line, "if.mld-version", "version", _VERSION) if has(line, "if.mld") else None,
        pim=_pim(line),
        pim6=_pim6(line),
        followed=_followed(line, interface, "if.mc-track-vrrp", "if.mc-track-admin"),
        followed6=_followed(line, interface, "if.mc6-track-vrrp", "if.mc6-track-admin"),
    )
    return found if found != MembershipSettings() else None


def _pim(line: Statement) -> PimSettings | None:
    if not has(line, "if.pim-sm"):
        return None
    return PimSettings(
        number(line, "if.pim-dr", "n", 1), has(line, "if.pim-ignore-dr"), has(line, "if.pim-ignore-assert")
    )


def _pim6(line: Statement) -> PimSettings | None:
    if not has(line, "if.pim6-sm"):
        return None
    ignored = {entry.text.rpartition(" ")[2] for entry in line.all("if.pim6-ignore")}
    return PimSettings(1, "dr-state" in ignored, "assert-state" in ignored)


def _followed(line: Statement, interface: str, own: str, admin: str) -> tuple[str, int] | None:
    group, leader = line.first(own), line.first(admin)
    if group is not None:
        return interface, int(group.params["vrid"])
    return (leader.params["interface"], int(leader.params["vrid"])) if leader is not None else None
