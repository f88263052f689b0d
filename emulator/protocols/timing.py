"""Every duration of the emulated protocols, in one place.

The manual fixes some; the rest are this emulator's choices, which a test or a lab may replace.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True, slots=True)
class Timing:
    """Durations in seconds, unless a name says otherwise.

    Args:
        tcp_connect: from both ends ready to `Connected`.
        tcp_retry: pause of the connecting side after a loss.
        tcp_detect: how long TCP alone takes to notice a silent path.
        hellos: E-Trunk hellos heard before an election.
        member_role: from an E-Trunk role to its members' roles.
        peer_member_up: how long the causation PEER_MEMBER_UP is shown.
        lacp: from both ends choosing a port to `Selected`.
        bfd_step: one step of the three-way handshake while a session is down.
        bfd_negotiation: how long a new BFD session may try before it counts as down.
        role: from the tracked protocol to the role of a backup profile.
        peer_state: from `Connected`, or a change at the peer, to `Peer State`.
        ospf_full: from an interface up at both ends to `Full`.
        ospf_dead: silence after which an OSPF neighbour is lost.
        vrrp_interface_preempt: least preemption delay after the own interface came up.
        query_interval: general queries of IGMP and MLD.
        membership: a group that is not heard again ends after this time.
        arp_aging: life of a dynamic ARP or ND entry.
        host_answer: from an interface up to the first ARP or ND exchange with its hosts.
        sync_extra: entries a second on top of `peer-backup rui-trigger-speed` when a channel connects.
        scale: configured delays (revert, preempt, recover, wait-to-restore) are multiplied by it.
        bfd_down_before_up: a BFD session that has never been up counts as down for its trackers.
    """

    tcp_connect: float = 2.0
    tcp_retry: float = 5.0
    tcp_detect: float = 30.0
    hellos: int = 2
    member_role: float = 0.5
    peer_member_up: float = 1.0
    lacp: float = 2.0
    bfd_step: float = 1.0
    bfd_negotiation: float = 10.0
    role: float = 0.2
    peer_state: float = 1.0
    ospf_full: float = 1.0
    ospf_dead: float = 40.0
    vrrp_interface_preempt: float = 5.0
    query_interval: float = 125.0
    membership: float = 260.0
    arp_aging: float = 1200.0
    host_answer: float = 1.0
    sync_extra: int = 10
    scale: float = 1.0
    bfd_down_before_up: bool = True

    def faster(self, factor: float) -> Timing:
        """Return the same durations divided by a factor.

        Raises:
            ValueError: the factor is not positive.
        """
        if factor <= 0:
            raise ValueError(f"a clock cannot run {factor} times as fast")
        shorter = {
            entry.name: getattr(self, entry.name) / factor for entry in fields(self) if entry.type == "float"
        }
        return replace(self, **shorter)
