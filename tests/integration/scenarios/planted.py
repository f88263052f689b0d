"""What a planted fault is, and the checks that fail together."""

from __future__ import annotations

from dataclasses import dataclass

from tests.integration.scenarios.plants import Plant

SNOOPING, VRRP, MLD = "igmp-snooping-etrunk", "igmp-vrrp", "mld-active-active"
SEED, ARP, BRAS, DHCP = "seed-igmp", "user-vrrp-arp", "user-vrrp-bras", "user-vrrp-dhcp"


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault with all that it leads to.

    Args:
        pair: sample pair.
        plants: what is done, in order.
        fails: names of the checks that fail, with the consequences; no other may.
        says: a phrase of a complaint that names the cause.
        settle_s: seconds from the fault to the look.
    """

    pair: str
    plants: tuple[Plant, ...]
    fails: str
    says: str
    settle_s: float = 120.0


LEGS = "e-trunk-members eth-trunk-state eth-trunk-ports"
DUAL = f"e-trunk-roles {LEGS}"
"""Two masters whose customer edge takes both legs, since their LACP system IDs are equal."""
DUAL_UNSEEN = "e-trunk-roles e-trunk-hears-peer e-trunk-members"
"""Two masters of which the customer edge takes one: their LACP system IDs differ."""
CHANNEL = "rbs-connected rbs-as-intended"
SPLIT_VRRP = "rbp-roles vrrp-roles"
