"""The displays that Hotpair reads: which command has which template and gives which record.

Source: manual pages of the commands named; a row per form of answer, the first match counts.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from inventory.errors import IntentError
from parsers.records.bfd import BfdRow, BfdSession
from parsers.records.e_trunk import ETrunk, ETrunkBfdSession, ETrunkPackets, ETrunkRow, ETrunkStateChange
from parsers.records.eth_trunk import (
    EthTrunk,
    EthTrunkRow,
    LacpCounters,
    LacpEvent,
    LacpSystem,
    TrunkMembership,
)
from parsers.records.interfaces import (
    EthernetRow,
    InterfaceRow,
    IpInterfaceRow,
    Ipv6InterfaceRow,
    MonitorGroup,
    MonitorGroupRow,
)
from parsers.records.membership import MembershipInstance, PimInstance
from parsers.records.multicast import MulticastForwarder, MulticastInstance, SnoopingScope
from parsers.records.network import ArpCounters, ArpEntry, OspfPeers, OspfProcess, Ping
from parsers.records.ports import Interface, InterfaceDescription, IpInterface
from parsers.records.remote_backup import (
    RemoteBackupProfile,
    RemoteBackupProfileName,
    RemoteBackupService,
    RemoteBackupServiceName,
)
from parsers.records.routes import Ipv6Neighbor, Ipv6NeighborRow, RoutingTable
from parsers.records.services import DhcpCounters, ServiceLocation, SslPolicy, UserCounts
from parsers.records.system import (
    Board,
    BoardRow,
    CardRow,
    Clock,
    Commit,
    CommitRow,
    ConfigurationLine,
    ConfigurationSession,
    Startup,
    TrialStatus,
    Version,
)
from parsers.records.vrrp import (
    VrrpBinding,
    VrrpGroup,
    VrrpProtocol,
    VrrpRow,
    VrrpStateChange,
    VrrpStatistics,
)


@dataclass(frozen=True, slots=True)
class Display:
    """One form of answer.

    Args:
        syntax: how the command is written, for help and errors.
        command: expression for the whole command, lower case, single blanks.
        template: name of the template, without its ending.
        record: type of each record.
        rewrites: expressions and what takes their place in a line, before anything else: where the device
            loses the end of a line, or writes the same thing in two orders.
        preface: a heading that the display lacks, where its first entry has none.
        opens_with_time: the answer itself begins with a moment.
        verbatim: blanks and rules of dashes are part of the answer.
        whole: labels and titles that every whole answer holds, labels of a record once in each; of a text
            that is verbatim, its last line.
    """

    syntax: str
    command: str
    template: str
    record: type[Any]
    rewrites: tuple[tuple[str, str], ...] = ()
    preface: str = ""
    opens_with_time: bool = False
    verbatim: bool = False
    whole: tuple[str, ...] = ()

    def lines(self, line: str) -> list[str]:
        """Rewrite a line; it may become several."""
        for pattern, replacement in self.rewrites:
            line = re.sub(pattern, replacement, line, flags=re.IGNORECASE)
        return line.split("\n")


E_TRUNK_MEMBERS: Final = "Type ID LocalPhyState Work-Mode State Causation Remote-ID"

DISPLAYS: Final = (
    Display(
        "display remote-backup-service",
        "display remote-backup-service",
        "remote_backup_service_list",
        RemoteBackupServiceName,
    ),
    Display(
        "display remote-backup-service NAME [ verbose ]",
        r"display remote-backup-service \S+( verbose)?",
        "remote_backup_service",
        RemoteBackupService,
        rewrites=(
            (r"^\s*Path (\d+)\s*:\s*$", r"Path : \1"),
            (r"^(\s*Track-interface)(\d+)\s*:\s*", r"\1 : \2 "),
        ),
        whole=("TCP-State",),
    ),
    Display(
        "display remote-backup-profile [ slave | slot NUMBER ]",
        r"display remote-backup-profile( slave| slot \d+)?",
        "remote_backup_profile_list",
        RemoteBackupProfileName,
    ),
    Display(
        "display remote-backup-profile [ slave | slot NUMBER ] NAME",
        r"display remote-backup-profile( slave| slot \d+)? \S+",
        "remote_backup_profile",
        RemoteBackupProfile,
        whole=("Backup mode",),
    ),
    Display(
        "display e-trunk ID",
        r"display e-trunk \d+",
        "e_trunk",
        ETrunk,
        whole=("Peer-Fail-Time (100ms)", "The Member information", E_TRUNK_MEMBERS),
    ),
    Display("display e-trunk brief", "display e-trunk brief", "e_trunk_brief", ETrunkRow),
    Display(
        "display e-trunk bfd session all", "display e-trunk bfd session all", "e_trunk_bfd", ETrunkBfdSession
    ),
    Display(
        "display e-trunk packet-statistics [ e-trunk-id ID ]",
        r"display e-trunk packet-statistics( e-trunk-id \d+)?",
        "e_trunk_packets",
        ETrunkPackets,
    ),
    Display(
        "display e-trunk ID state-change member-interface INTERFACE",
        r"display e-trunk \d+ state-change member-interface \S+( \S+)?",
        "e_trunk_state_change",
        ETrunkStateChange,
    ),
    Display(
        "display eth-trunk [ ID [ interface INTERFACE | verbose ] ]",
        r"display eth-trunk( \d+( verbose| interface \S+( \S+)?)?)?",
        "eth_trunk",
        EthTrunk,
        whole=("WorkingMode",),
    ),
    Display("display eth-trunk brief", "display eth-trunk brief", "eth_trunk_brief", EthTrunkRow),
    Display(
        "display trunkmembership eth-trunk [ ID ]",
        r"display (trunkmembership eth-trunk|eth-trunk membership)( \d+)?",
        "trunkmembership",
        TrunkMembership,
        rewrites=((r"(?<=\d)(?=Interface )", "\n"),),
    ),
    Display("display lacp brief", "display lacp brief", "lacp_brief", LacpSystem, preface="- :"),
    Display(
        "display lacp statistics eth-trunk [ ID ] [ interface INTERFACE ]",
        r"display lacp statistics eth-trunk( \d+)?( interface \S+( \S+)?)?",
        "lacp_statistics",
        LacpCounters,
    ),
    Display(
        "display lacp troubleshooting", "display lacp troubleshooting", "lacp_troubleshooting", LacpEvent
    ),
    Display(
        "display bfd session SELECTOR verbose",
        r"display bfd session \S.* verbose",
        "bfd_session_verbose",
        BfdSession,
        rewrites=(
            (r"^\s*Name\s*:\s*(\S+)\s+(\([^()]*\) ?)?\s*State\s*:\s*(\S+)\s*$", r"\2State : \3 Name : \1"),
            (r"^\s*(\([^()]*\))?\s*State\s*:\s*(\S+)\s+Name\s*:\s*(\S+)\s*$", r"\1 State : \2 Name : \3"),
        ),
        whole=("Last Local Diagnostic",),
    ),
    Display("display bfd session SELECTOR", r"display bfd session \S.*", "bfd_session", BfdRow),
    Display(
        "display { vrrp | vrrp6 } binding { admin-vrrp | admin-vrrp6 } [ SELECTOR ]",
        r"display vrrp6? binding admin-vrrp6?( .*)?",
        "vrrp_binding",
        VrrpBinding,
    ),
    Display(
        "display { vrrp | vrrp6 } { brief | admin-vrrp | admin-vrrp6 }",
        r"display vrrp6? ([\w/.-]+ )*(brief|admin-vrrp6?)",
        "vrrp_brief",
        VrrpRow,
    ),
    Display(
        "display { vrrp | vrrp6 } state-change interface INTERFACE vrid ID",
        r"display vrrp6? state-change interface \S+( \S+)? vrid \d+",
        "vrrp_state_change",
        VrrpStateChange,
    ),
    Display(
        "display { vrrp | vrrp6 } [ interface INTERFACE ] [ [ vrid ] ID ] statistics",
        r"display vrrp6?( interface \S+( [\d/.]+)?)?( (vrid )?\d+)? statistics",
        "vrrp_statistics",
        VrrpStatistics,
    ),
    Display(
        "display vrrp protocol-information",
        "display vrrp6? protocol-information",
        "vrrp_protocol",
        VrrpProtocol,
    ),
    Display(
        "display { vrrp | vrrp6 } [ interface INTERFACE ] [ [ vrid ] ID ] [ verbose ]",
        r"display vrrp6?( interface \S+( [\d/.]+)?)?( (vrid )?\d+)?( verbose)?",
        "vrrp",
        VrrpGroup,
        rewrites=(
            (r"(?<=\S)[ \t]+(?=Priority (?:Increased|Reduced)\s*:)", "\n"),
            (r"^(\s*Track .*\S)[ \t]+(?=Type\s*:)", r"\1\n"),
        ),
        whole=("Config Type",),
    ),
    Display("display monitor-group", "display monitor-group", "monitor_group_list", MonitorGroupRow),
    Display("display monitor-group NAME", r"display monitor-group \S+", "monitor_group", MonitorGroup),
    Display(
        "display interface ethernet brief",
        "display interface ethernet brief",
        "interface_ethernet_brief",
        EthernetRow,
    ),
    Display(
        "display interface brief [ main ]", "display interface brief( main)?", "interface_brief", InterfaceRow
    ),
    Display(
        "display ip interface brief [ SELECTOR ]",
        "display ip interface brief( .*)?",
        "ip_interface_brief",
        IpInterfaceRow,
    ),
    Display(
        "display ipv6 interface brief",
        "display ipv6 interface brief",
        "ipv6_interface_brief",
        Ipv6InterfaceRow,
    ),
    Display(
        "display { igmp | mld } [ SELECTOR ] group [ SELECTOR ] [ verbose ]",
        r"display (igmp|mld)( vpn-instance \S+| all-instance)? group( .*)?",
        "multicast_group",
        MulticastInstance,
    ),
    Display(
        "display { igmp-snooping | mld-snooping } port-info [ SELECTOR ]",
        r"display (igmp|mld)-snooping port-info( .*)?",
        "snooping_port_info",
        SnoopingScope,
    ),
    Display(
        "display multicast rui source S group G eth-trunk ID",
        r"display multicast rui( vpn(-instance)? \S+)? source \S+ group \S+ eth-trunk ?\d+",
        "multicast_rui",
        MulticastForwarder,
    ),
    Display(
        "display arp statistics SELECTOR",
        r"display arp statistics( .*)?",
        "arp_statistics",
        ArpCounters,
        preface="- :",
    ),
    Display(
        "display arp SELECTOR",
        r"display arp( .*)?",
        "arp",
        ArpEntry,
        whole=("Total",),
    ),
    Display(
        "display ospf [ PROCESS ] peer brief",
        r"display ospf( \d+)? peer brief",
        "ospf_peer_brief",
        OspfPeers,
    ),
    Display(
        "display ospf [ PROCESS ] peer [ SELECTOR ]",
        r"display ospf( \d+)? peer( .*)?",
        "ospf_peer",
        OspfProcess,
        rewrites=((r"\( ?(\S+?(?: \S+?)?) ?\)'s neighbors", r"(\1)'s neighbors"),),
    ),
    Display(
        "ping [ OPTIONS ] HOST",
        r"ping .+",
        "ping",
        Ping,
        rewrites=(
            (r"^\s*-{2,3} ?(\S+?) ping statistics ?-{2,3}\s*$", r"\1 ping statistics"),
            (r"[ \t]*=[ \t]*", "="),
            (r"[ \t]+,", ","),
            (r"(?<=\d)[ \t]*ms\s*$", " ms"),
            (r"\bSequence=", "sequence="),
        ),
    ),
    Display(
        "display ipv6 neighbors brief",
        "display ipv6 neighbors brief",
        "ipv6_neighbors_brief",
        Ipv6NeighborRow,
    ),
    Display(
        "display ipv6 neighbors [ SELECTOR ]",
        r"display ipv6 neighbors(?! statistics)( .*)?",
        "ipv6_neighbors",
        Ipv6Neighbor,
        rewrites=((r"(?<=SECURE)(?=Source IP)", "\n"),),
        whole=("Total",),
    ),
    Display(
        "display interface description [ INTERFACE ]",
        "display interface description( .*)?",
        "interface_description",
        InterfaceDescription,
    ),
    Display(
        "display interface [ INTERFACE ]",
        r"display interface( (?!brief|description|ethernet)\S.*)?",
        "interface",
        Interface,
        rewrites=((r"(?<=PKTFMT_ETHNT_2), ?", " "),),
    ),
    Display(
        "display ip interface [ INTERFACE ]",
        r"display ip interface( (?!brief)\S.*)?",
        "ip_interface",
        IpInterface,
    ),
    Display(
        "display ip routing-table [ vpn-instance NAME ] [ ADDRESS [ MASK ] [ longer-match ] ]",
        r"display ip routing-table( vpn-instance \S+)?( [\d.]+( [\d.]+)?( longer-match)?)?",
        "ip_routing_table",
        RoutingTable,
    ),
    Display(
        "display pim [ ipv6 ] [ SELECTOR ] interface [ INTERFACE ] verbose",
        r"display pim( ipv6)?( vpn-instance \S+| all-instance)? interface( .*)? verbose",
        "pim_interface_verbose",
        PimInstance,
    ),
    Display(
        "display pim [ ipv6 ] [ SELECTOR ] interface [ INTERFACE | up | down ]",
        r"display pim( ipv6)?( vpn-instance \S+| all-instance)? interface( .*)?",
        "pim_interface",
        PimInstance,
        rewrites=((r": +\(local\)", ":(local)"),),
    ),
    Display(
        "display { igmp | mld } [ SELECTOR ] interface [ INTERFACE | up | down ] [ verbose ]",
        r"display (igmp|mld)( vpn-instance \S+| all-instance)? interface( .*)?",
        "multicast_interface",
        MembershipInstance,
    ),
    Display("display ssl policy [ NAME ]", r"display ssl policy( \S+)?", "ssl_policy", SslPolicy),
    Display(
        "display service-location [ ID ]",
        r"display service-location( \d+)?",
        "service_location",
        ServiceLocation,
    ),
    Display(
        "display dhcp { server | relay } statistics",
        r"display dhcp (server|relay) statistics( .*)?",
        "dhcp_counters",
        DhcpCounters,
    ),
    Display("display access-user", "display access-user( .* summary)?", "access_user", UserCounts),
    Display("display version", "display version", "version", Version),
    Display("display device pic-status", r"display device( \S+)? pic-status", "device_pic_status", CardRow),
    Display("display device", "display device", "device", BoardRow),
    Display("display device SLOT", r"display device \d+", "device_slot", Board),
    Display(
        "display startup",
        "display startup",
        "startup",
        Startup,
        whole=("Next startup saved-configuration file",),
    ),
    Display("display clock", "display clock", "clock", Clock, opens_with_time=True),
    Display(
        "display configuration commit list verbose [ NUMBER ]",
        r"display configuration commit list verbose( .*)?",
        "commit_list_verbose",
        Commit,
    ),
    Display(
        "display configuration commit list [ NUMBER | label ]",
        r"display configuration commit list( \d+| label)?",
        "commit_list",
        CommitRow,
    ),
    Display(
        "display configuration commit changes [ SELECTOR ]",
        r"display configuration commit changes( .*)?",
        "configuration_changes",
        ConfigurationLine,
        verbatim=True,
    ),
    Display(
        "display configuration candidate [ merge | changes ]",
        r"display configuration candidate( merge| changes)?",
        "configuration_changes",
        ConfigurationLine,
        verbatim=True,
    ),
    Display(
        "display { current-configuration | saved-configuration }",
        r"display (current|saved)-configuration",
        "configuration",
        ConfigurationLine,
        verbatim=True,
        whole=("return",),
    ),
    Display(
        "display { current-configuration | saved-configuration } SELECTOR",
        r"display (current|saved)-configuration .*",
        "configuration",
        ConfigurationLine,
        verbatim=True,
    ),
    Display(
        "display configuration trial status",
        "display configuration trial status",
        "trial_status",
        TrialStatus,
    ),
    Display(
        "display configuration sessions",
        "display configuration sessions",
        "configuration_sessions",
        ConfigurationSession,
    ),
)

FILTERED = re.compile(r"\s*\|\s*no-more\s*$")


SHORT = re.compile(r"^dis(?:p(?:l(?:a(?:y)?)?)?)? ")
"""How operators and devices shorten the first word."""
NEAREST = 4
"""Displays that an error names."""


def supported() -> tuple[str, ...]:
    """Name the commands that can be read."""
    return tuple(display.syntax for display in DISPLAYS)


@lru_cache(maxsize=1024)
def display_for(command: str) -> Display:
    """Find the form of answer of a command.

    Raises:
        IntentError: no display matches; the message names the supported ones.
    """
    squeezed = SHORT.sub("display ", FILTERED.sub("", " ".join(command.lower().split())))
    for display in DISPLAYS:
        if re.fullmatch(display.command, squeezed):
            return display
    raise IntentError(
        f"no parser for this command; supported: {', '.join(supported())}",
        found=" ".join(command.split())[:200],
    )


def nearest(command: str) -> list[str]:
    """Name the displays that are spelt most like a command; what stands in for arguments does not count."""
    forms = {" ".join(word for word in syntax.split() if word.islower()): syntax for syntax in supported()}
    near = difflib.get_close_matches(command.lower(), forms, n=NEAREST, cutoff=0)
    return [forms[form] for form in near]
