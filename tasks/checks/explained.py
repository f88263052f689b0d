"""Why each check is asked, what it reads, by which page, and what to do when it fails: for people.

`hotpair checks` and `hotpair explain` read it. A check from outside needs no entry here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from tasks.checks.fields import E_TRUNK, ETH_TRUNK, IGMP, MLD, PIM, PIM6, RBP, RBS
from tasks.checks.judged import CONFIGURATION


@dataclass(frozen=True, slots=True)
class Explained:
    """What a person wants to know of a check.

    Args:
        reads: displays, with capitals for what the intent gives.
        why: what goes wrong for users when it does not hold.
        page: manual page or rules.
        remedy: what to look at and to type, in order.
    """

    reads: tuple[str, ...]
    why: str
    page: str
    remedy: str


_BFD = "display bfd session discriminator N verbose"
_VRRP = "display { vrrp | vrrp6 } interface INTERFACE verbose"
_PLAN = "`hotpair plan PAIR` shows the lines that bring it back; `hotpair deploy PAIR` types them."

EXPLAINED: Final[Mapping[str, Explained]] = MappingProxyType(
    {
        "rbs-connected": Explained(
            (RBS,),
            (
                "Over this channel the master gives its entries to the backup; without it a switchover "
                "starts from nothing."
            ),
            "display remote-backup-service; R69, R70",
            (
                "Look at `underlay-reaches` and `addresses-up` first; then compare port and addresses of "
                "both ends."
            ),
        ),
        "rbs-as-intended": Explained(
            (RBS,),
            (
                "Ends that do not mirror never connect; a missing batch time leaves the backup with what "
                "it got by chance."
            ),
            "peer source port; batch-backup service-type; R69, R70, R105",
            _PLAN,
        ),
        "rbp-as-intended": Explained(
            (RBP,),
            (
                "The profile says what is backed up, by which key and for which interface; a wrong one "
                "backs up nothing."
            ),
            "remote-backup-profile; R71, R103, R114",
            _PLAN,
        ),
        "rbp-roles": Explained(
            (RBP,),
            "Two masters answer the same users twice, and no master answers none.",
            "display remote-backup-profile",
            "Look at `vrrp-roles`: the profile takes its role from the group.",
        ),
        "e-trunk-roles": Explained(
            (E_TRUNK,),
            "Two masters loop or split the users of the trunk; none leaves them without a way.",
            "display e-trunk; R72 to R79",
            "Look at `e-trunk-hears-peer`: it names the reason that counters tell; then at priorities.",
        ),
        "e-trunk-as-intended": Explained(
            (E_TRUNK,),
            "Priorities and timers decide who takes over, and after how long.",
            "display e-trunk; R76 to R79",
            _PLAN,
        ),
        "e-trunk-hears-peer": Explained(
            (E_TRUNK, "display e-trunk packet-statistics e-trunk-id ID"),
            "A member that hears nothing takes the other for dead and becomes master too.",
            "display e-trunk packet-statistics; R75 to R78",
            "The counter that grows names the cause: key, addresses, sequence check, system ID.",
        ),
        "e-trunk-members": Explained(
            (E_TRUNK,),
            "The trunk that carries the users follows the E-Trunk; one that does not breaks the switchover.",
            "display e-trunk; R80, R87",
            "Look at the ports first (`ports-up`), then at the work mode.",
        ),
        "eth-trunk-state": Explained(
            (ETH_TRUNK,),
            "The trunk is up on the master alone, so that users have one way.",
            "display eth-trunk; R80 to R89",
            "Up on both means that the access device took both: compare LACP system ID and priority.",
        ),
        "eth-trunk-as-intended": Explained(
            (ETH_TRUNK,),
            "The access device sees one partner only if system ID and priority are equal on both members.",
            "display eth-trunk; R81, R83, R88",
            _PLAN,
        ),
        "eth-trunk-ports": Explained(
            (ETH_TRUNK,),
            "Ports that LACP did not select carry nothing.",
            "display eth-trunk",
            "Look at the partner's side of the port, and at `least active-linknumber`.",
        ),
        "bfd-up": Explained(
            (_BFD,),
            "BFD makes a failure known in milliseconds; without it the slow timers decide.",
            "display bfd session; R90 to R92",
            "The diagnostic in the complaint names the side; discriminators must mirror.",
        ),
        "bfd-as-intended": Explained(
            (_BFD,),
            "Discriminators that do not mirror never come up; timers decide how fast a failure is seen.",
            "display bfd session; R90 to R92",
            _PLAN,
        ),
        "vrrp-roles": Explained(
            (_VRRP,),
            "One member answers for the gateway address; two or none lose the users.",
            "display vrrp; R93 to R103",
            (
                "Two masters do not hear each other: look at the path between the interfaces. `preemption "
                "in` says to wait."
            ),
        ),
        "vrrp-as-intended": Explained(
            (_VRRP,),
            "Priorities, delays and intervals decide who is master, and when.",
            "display vrrp; R93 to R103",
            _PLAN,
        ),
        "ports-up": Explained(
            ("display interface brief",),
            "A port that is missing or down takes its member out, whatever is configured above it.",
            "display interface brief",
            "`*down` wants `undo shutdown`; `down` wants a look at cable and far end.",
        ),
        "addresses-up": Explained(
            ("display ip interface brief", "display ipv6 interface brief"),
            "Channel and E-Trunk start from these addresses; one that is down starts nothing.",
            "display ip interface brief",
            "Put the address on the loopback that the intent means, or mend the intent.",
        ),
        "underlay-reaches": Explained(
            ("ping -a OWN -c 5 PEER", "ping ipv6 -a OWN -c 5 PEER"),
            "Members that do not reach each other cannot back up anything.",
            "ping",
            "Look at routes and filters between the two addresses, in both directions.",
        ),
        "monitor-groups-ready": Explained(
            ("display monitor-group NAME",),
            "The group moves the users away when uplinks fail; one that is not active moves nobody.",
            "display monitor-group",
            "`inactive` wants `monitor enable`; a down interface wants a look at the uplink.",
        ),
        "igmp-enabled": Explained(
            (IGMP,),
            "A backup that does not run IGMP on the interface serves no receiver after a switchover.",
            "display igmp interface; igmp enable; R27, R28",
            f"{_PLAN} Where the line is there, look for `multicast routing-enable` and the address.",
        ),
        "mld-enabled": Explained(
            (MLD,),
            "A backup that does not run MLD on the interface serves no receiver after a switchover.",
            "display mld interface; mld enable; R27, R28",
            f"{_PLAN} Where the line is there, look for `multicast ipv6 routing-enable` and the address.",
        ),
        "pim-enabled": Explained(
            (PIM,),
            (
                "Without PIM on the interface no stream gets out of it; with other `pim ignore` lines the "
                "wrong member forwards."
            ),
            "display pim interface; pim sm; pim ignore dr-state; R27, R28",
            f"{_PLAN} Where the line is there, look for `multicast routing-enable` and the address.",
        ),
        "pim-ipv6-enabled": Explained(
            (PIM6,),
            "Without IPv6 PIM on the interface no stream of IPv6 gets out of it.",
            "display pim ipv6 interface; pim ipv6 sm; R27, R28",
            f"{_PLAN} Where the line is there, look for `multicast ipv6 routing-enable` and the address.",
        ),
        "igmp-entries": Explained(
            ("display igmp group interface INTERFACE",),
            "A group that the backup lacks is black until its host reports again, after a switchover.",
            "display igmp group",
            "Look at `rbs-connected` and `rbp-as-intended`; `hotpair backup now PAIR` sends all again.",
        ),
        "mld-entries": Explained(
            ("display mld group interface INTERFACE",),
            "A group that the backup lacks is black until its host reports again, after a switchover.",
            "display mld group",
            "Look at `rbs-connected` and `rbp-as-intended`; `hotpair backup now PAIR` sends all again.",
        ),
        "igmp-snooping-entries": Explained(
            ("display igmp-snooping port-info",),
            "A port that the backup does not know gets no stream after a switchover.",
            "display igmp-snooping port-info",
            (
                "Look at `rbs-connected`; `hotpair backup now PAIR` sends all again. A dark backup "
                "lists nothing."
            ),
        ),
        "arp-entries": Explained(
            ("display arp interface INTERFACE",),
            "Traffic to a host that the backup does not know waits for ARP after a switchover.",
            "display arp",
            "Look at `rbs-connected`; `hotpair backup now PAIR` sends all again.",
        ),
        "nd-entries": Explained(
            ("display ipv6 neighbors", "display ipv6 interface brief"),
            "Traffic to a host that the backup does not know waits for ND after a switchover.",
            "display ipv6 neighbors",
            "Look at `rbs-connected`; `hotpair backup now PAIR` sends all again.",
        ),
        "user-entries": Explained(
            ("display access-user interface INTERFACE summary",),
            "A subscriber that the backup does not know has to dial in again after a switchover.",
            "display access-user",
            "Look at `rbs-connected`; `hotpair backup now PAIR bras` sends all again.",
        ),
        "l2tp-entries": Explained(
            ("display l2tp session rui remote-backup-profile PROFILE",),
            "A session that the backup does not know has to be set up again after a switchover.",
            "display l2tp session",
            "Look at `rbs-connected`; `hotpair backup now PAIR l2tp` sends all again.",
        ),
        "ipsec-entries": Explained(
            ("display ike sa", "display ipsec instance"),
            "A tunnel whose association the backup does not know is down until it is negotiated again.",
            "display ike sa",
            "Look at `ipsec-instances` and `rbs-connected`; `hotpair backup now PAIR ipsec` sends all again.",
        ),
        "ipsec-instances": Explained(
            ("display ipsec instance",),
            "An instance whose backup is not at work hands no association over to the other member.",
            "display ipsec instance",
            "Bind an IPsec instance to the profile on both members; look at `rbs-connected`.",
        ),
        "lease-entries": Explained(
            ("display ip pool",),
            "A lease that the backup does not know is refused when it is renewed, or given out twice.",
            "display ip pool",
            "Look at `rbs-connected`; `hotpair backup now PAIR dhcp-server` sends all again.",
        ),
        "dhcpv6-entries": Explained(
            ("display dhcpv6 relay userinfo table interface INTERFACE",),
            "The backup has no route to a prefix of a binding that it does not know.",
            "display dhcpv6 relay userinfo table",
            "Look at `rbs-connected`; `hotpair backup now PAIR dhcpv6-relay` sends all again.",
        ),
        "entries-seen": Explained(
            (RBP,),
            "What no display lists cannot be compared: that it is backed up is not shown by this look.",
            "display remote-backup-profile",
            "Nothing is wrong; look at these services on the routers yourself.",
        ),
        "no-trial": Explained(
            ("display configuration trial status",),
            "A commit on trial goes back by itself.",
            "commit trial",
            "`hotpair txn list` tells whose it is; wait, confirm or abort it there.",
        ),
        "no-lock": Explained(
            ("display configuration sessions",),
            "While somebody else holds the configuration, nothing can be changed.",
            "configuration exclusive",
            "Ask the user that the complaint names.",
        ),
        "saved": Explained(
            ("display startup", CONFIGURATION, "display saved-configuration"),
            "What is not saved is gone after a restart.",
            "save",
            "`save` on the member, after a look at what differs.",
        ),
        "boots-into-pair": Explained(
            ("display startup", CONFIGURATION, "display saved-configuration"),
            "After a power cut both members are what they saved: half a pair saved is half a pair again.",
            "display startup; display saved-configuration; save; the rules of `hotpair lint`",
            "`save` on the member that is named; where a rule is broken, `hotpair plan PAIR` first.",
        ),
        "clocks-agree": Explained(
            ("display clock",),
            "Logs of two members with different clocks cannot be compared.",
            "display clock",
            "Look at NTP on both.",
        ),
        "service-lines": Explained(
            (CONFIGURATION,),
            "A backup without multicast or snooping, or with other tracks, serves nobody after a switchover.",
            "multicast routing-enable; igmp-snooping enable; multicast track vrrp; track monitor-group",
            _PLAN,
        ),
        "owned-lines": Explained(
            (CONFIGURATION,),
            "What no display shows still decides what happens at a switchover.",
            "the page that `hotpair plan` names for the line",
            _PLAN,
        ),
    }
)
