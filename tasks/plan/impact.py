"""What typing a line, or its undo, does to traffic. A line that is not in the table affects service.

Source: state machines and notes of the command pages; where the manual says nothing, the worse class stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tasks.plan.model import Impact

_QUIET, _RESETS = Impact.HITLESS, Impact.RESETS_SESSION
_TYPED: Mapping[Impact, str] = MappingProxyType(
    {
        _QUIET: (
            "bfd.global bfd.bind-ip bfd.bind-ip6 bfd.bind-default bfd.bind-track-if bfd.bind-ip6-track "
            "bfd.one-arm bfd.desc et.create et.description et.peer-address et.peer-ipv6 igs.enable "
            "mc.enable mc6.enable mg.create mg.bind mg.up-delay rmg.create rmg.track rmg.up-delay "
            "rbs.create rbs.batch-daily rbs.track-bfd rbs.track-if rbs.track-monitor-group "
            "rbs.track-route-monitor-group rbp.create rbp.service-type rbp.backup-id rbp.peer-backup "
            "rbp.e-trunk rbp.vrrp-id rbp.vrrp6-id pb.batch-access pb.trigger-speed pool.rbp vrrp.hold "
            "vrrp.preempt-delay vrrp6.preempt-delay vrrp.recover-delay et.revert-delay if.enter dhcp.pool "
            "vsi.enter vlan.enter if.pim-sm if.igmp if.pim6-sm if.mld"
        ),
        _RESETS: (
            "bfd.discr-local bfd.discr-remote bfd.min-tx bfd.min-rx bfd.multiplier rbs.peer rbs.peer-ipv6 "
            "rbs.bind-ssl et.security-key et.auth-mode et.track-bfd if.igmp-version if.mld-version"
        ),
    }
)
_UNDONE: Mapping[Impact, str] = MappingProxyType(
    {
        _QUIET: (
            "bfd.desc et.description mg.bind mg.up-delay rbs.batch-daily rbs.track-bfd rbs.track-if "
            "rbs.track-monitor-group rbs.track-route-monitor-group pb.batch-access pb.trigger-speed "
            "vrrp.preempt-delay vrrp6.preempt-delay vrrp.recover-delay et.revert-delay et.track-bfd"
        ),
        _RESETS: "rbs.peer rbs.peer-ipv6 rbs.create rbs.bind-ssl bfd.min-tx bfd.min-rx bfd.multiplier",
    }
)


def _of(table: Mapping[Impact, str], row: str) -> Impact:
    return next((impact for impact, rows in table.items() if row in rows.split()), Impact.AFFECTS_SERVICE)


def impact_of_line(row: str) -> Impact:
    """Give the impact of entering a line of a row."""
    return _of(_TYPED, row)


def impact_of_undo(row: str) -> Impact:
    """Give the impact of taking a line of a row away."""
    return _of(_UNDONE, row)
