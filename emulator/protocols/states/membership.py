"""Interfaces towards multicast receivers and routers: IGMP, MLD, PIM."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MembershipView:
    """IGMP or MLD on an interface.

    Args:
        address: that it speaks with; link-local for MLD.
        up: the protocol runs now.
        querier: address of the querier, empty while nobody is known; `own` where it is this router.
        groups: reported by hosts, copies of the peer's among them.
        joins: hosts that joined since the interface was configured; `leaves` likewise.
    """

    interface: str
    address: str
    version: int
    up: bool
    querier: str = ""
    own: bool = False
    groups: int = 0
    joins: int = 0
    leaves: int = 0


@dataclass(frozen=True, slots=True)
class PimView:
    """PIM sparse mode on an interface.

    Args:
        neighbours: routers heard on it.
        designated: address of the designated router; `own` where it is this router.
        priority: of this router in the election.
        ignore_dr: forwards without being the designated router; `ignore_assert` without winning the assert.
    """

    interface: str
    address: str
    ipv6: bool
    up: bool
    neighbours: int = 0
    designated: str = ""
    own: bool = False
    priority: int = 1
    ignore_dr: bool = False
    ignore_assert: bool = False
