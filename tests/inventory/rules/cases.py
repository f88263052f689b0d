"""One planted mistake a rule: which line of which base becomes what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """A mistake.

    Args:
        rule: the rule that must find it.
        base: name of the clean pair.
        old: text that stands there.
        new: text that takes its place.
        sides: members in which it does.
        says: part of the message.
    """

    rule: str
    base: str
    old: str
    new: str
    says: str
    sides: str = "a"


TRACKS = " track monitor-group north switchover failure-ratio 50\n"
UPLINKS = "".join(f" track interface GigabitEthernet0/9/{n}\n" for n in range(17))
VIPS = "".join(f" vrrp vrid 11 virtual-ip 172.21.1.{n}\n" for n in range(100, 117))
BINDINGS = "".join(f" binding interface GigabitEthernet0/8/{n} down-weight 10\n" for n in range(33))
ROUTES = "".join(f" track ip route 10.{n}.0.0 255.255.0.0\n" for n in range(17))
GROUPS = "".join(f"#\nmonitor-group extra{n}\n" for n in range(33))

SEVENTEEN = "".join(f" vrrp vrid 11 track interface GigabitEthernet0/9/{n} reduced 5\n" for n in range(17))
SECOND_EDGE = (
    "#\n"
    "bfd rim bind peer-ip default-ip interface Eth-Trunk7\n"
    " discriminator local 905\n discriminator remote 906\n process-interface-status\n#\nreturn"
)
CASES = (
    # over both members
    Case("R32", "vrrp", " bind ssl-policy strong\n", "", "only one end"),
    Case("R32", "trunk", " bind ssl-policy calm\n", "", "in clear", "ab"),
    Case("R17", "trunk", " bind ssl-policy calm\n", " bind ssl-policy calm\n track bfd-session 77\n", "77"),
    Case(
        "R31", "trunk", " igmp enable\n", " igmp enable\n igmp-snooping backup-report forward\n", "not there"
    ),
    Case("R32", "trunk", " pki-domain ring\n", "", "bind ssl-policy calm"),
    Case("R33", "vrrp", "ip pool homes server", "ip pool houses server", "`ip-pool homes`"),
    Case("R39", "trunk", " ipv6 enable\n", "", "`mld enable`"),
    Case("R54", "vrrp", "arithmetic1", "arithmetic2", "the hash"),
    Case("R69", "trunk", "port 4000", "port 4009", "the TCP port of remote-backup-service chan differs"),
    Case("R69", "vrrp", "port 4001", "port 4002", "the TCP port"),
    Case("R70", "trunk", "peer 192.0.2.22 source", "peer 192.0.2.33 source", "do not mirror"),
    Case("R70", "vrrp", "peer-ipv6 2001:DB8::22", "peer-ipv6 2001:DB8::33", "do not mirror"),
    Case("R71", "trunk", "backup-id 33", "backup-id 34", "the backup ID"),
    Case("R71", "vrrp", "backup-id 45", "backup-id 44", "is used by", "ab"),
    Case(
        "R72",
        "trunk",
        "remote-backup-profile groups\n service",
        "remote-backup-profile grps\n service",
        "has another name on Bergen",
    ),
    Case("R73", "trunk", "service-type igmp", "service-type arp", "the services"),
    Case("R73", "vrrp", " vrrp6-id 13 interface GigabitEthernet0/2/0.3\n", "", "the track protocol"),
    Case("R74", "trunk", "peer-address 192.0.2.22", "peer-address 192.0.2.44", "do not mirror"),
    Case("R74", "trunk", "\ne-trunk 9\n", "\ne-trunk 8\n", "e-trunk 8 is on Oslo only"),
    Case("R75", "trunk", " security-key cipher %^%#Oslo-shows-another-text%^%#\n", "", "not set on both"),
    Case("R76", "trunk", "hmac-sha256", "hmac-sha1", "the authentication mode"),
    Case("R77", "trunk", " sequence enable\n", "", "sequence enable"),
    Case("R78", "trunk", "e-trunk port 2000", "e-trunk port 2001", "the E-Trunk UDP port"),
    Case(
        "R78", "trunk", "e-trunk port 2000", "e-trunk port 2000\ne-trunk ipv6 port 2000", "E-Trunk IPv6 port"
    ),
    Case("R79", "trunk", " priority 10\n", " priority 20\n", "are equal"),
    Case("R79", "trunk", " priority 20\n", " priority 10\n", "are equal", "b"),
    Case("R80", "trunk", "interface Eth-Trunk7", "interface Eth-Trunk8", "looks for Eth-Trunk7 on"),
    Case("R81", "trunk", "00e0-fc99-0001", "00e0-fc99-0002", "the LACP system IDs"),
    Case("R83", "trunk", "lacp e-trunk priority 5", "lacp e-trunk priority 6", "the LACP priority"),
    Case("R83", "trunk", "lacp e-trunk priority 5", "lacp priority 5", "has no effect", "ab"),
    Case("R85", "trunk", "ip address 172.20.0.1", "ip address 172.20.0.2", "same IP and MAC"),
    Case("R85", "trunk", "mac-address 00e0-fc99-aaaa", "mac-address 00e0-fc99-bbbb", "same IP and MAC"),
    Case("R86", "trunk", "timer revert delay 300", "timer revert delay 200", "the revert delay"),
    Case(
        "R87",
        "trunk",
        " e-trunk 9\n remote",
        " e-trunk 9\n e-trunk mode force-backup\n remote",
        "nobody is master",
        "ab",
    ),
    Case(
        "R87", "trunk", " e-trunk 9\n remote", " e-trunk 9\n e-trunk mode force-master\n remote", "one member"
    ),
    Case("R89", "trunk", "mode lacp-static", "mode manual backup", "the mode of Eth-Trunk7"),
    Case("R90", "trunk", "discriminator remote 502", "discriminator remote 503", "do not mirror"),
    Case("R90", "trunk", "discriminator local 901", "discriminator local 501", "used twice"),
    Case("R91", "trunk", "bfd core bind peer-ip 192.0.2.22 ", "bfd core bind peer-ip 192.0.2.99 ", "only"),
    Case("R91", "trunk", "peer-ip default-ip", "peer-ip 192.0.2.77", "to the multicast address on one end"),
    Case("R92", "trunk", " wtr 5\n", " wtr 6\n", "the wtr"),
    Case("R94", "trunk", "224.0.0.200", "224.0.0.201", "the multicast address"),
    Case("R94", "trunk", "discriminator remote 903", "discriminator remote 901", "both discriminators"),
    Case("R95", "vrrp", "virtual-ip 172.21.2.254", "virtual-ip 172.21.2.253", "the virtual addresses differ"),
    Case(
        "R95", "vrrp", "vrrp vrid 12 virtual-ip 172.21.2.254", "vrrp vrid 15 virtual-ip 172.21.2.254", "only"
    ),
    Case("R95", "vrrp", "vrid 12 priority 120", "vrid 12 priority 150", "the priorities are equal"),
    Case("R98", "vrrp", "timer advertise 3", "timer advertise millisecond 500", "the advertisement interval"),
    Case(
        "R99", "vrrp", "vrid 11 preempt-mode timer delay 1200", "vrid 11 preempt-mode timer delay 60", "short"
    ),
    Case("R100", "vrrp", "vrrp6 recover-delay 9", "vrrp6 vrid 13 preempt-mode timer delay 8", "backup", "b"),
    Case("R103", "vrrp", "even-mac", "odd-mac", "serves different users"),
    Case("R103", "vrrp", " even-mac", "", "shares users wrongly", "ab"),
    Case("R105", "vrrp", " batch-backup service-type bras daily 01:00:00\n", "", "on Visby only"),
    Case("R107", "vrrp", "rui-trigger-speed 90", "rui-trigger-speed 91", "the trigger speed"),
    Case("R108", "vrrp", "tag 77 metric 5", "tag 77 metric 15", "do not tell the roles apart"),
    Case("R109", "vrrp", "ip pool homes", "ip pool cottages", "is bound to a profile on"),
    Case(
        "R109",
        "vrrp",
        " vpn-instance homes-vpn\n remote-backup",
        " vpn-instance homes-vpn\n gateway 10.8.0.254 255.255.255.0\n remote-backup",
        "ip pool homes differs",
    ),
    Case("R112", "vrrp", "nas logic-sysname twins", "nas logic-sysname triplets", "nas logic-sysname"),
    Case("R123", "vrrp", "session-name twin peer", "session-name twin", "follows no peer BFD session", "b"),
    # over every line
    Case("P1", "trunk", " igmp enable\n", "", "`igmp enable` of Eth-Trunk7 is on"),
    Case("P2", "vrrp", "vlan-type dot1q 21\n", "vlan-type dot1q 20\n", "the VLANs of"),
    Case(
        "P3",
        "trunk",
        " remote-backup-profile groups\n#\ninterface Gig",
        "#\ninterface Gig",
        "remote-backup-profile groups is used by no line",
        "ab",
    ),
    Case("P5", "trunk", " priority 10\n", " priority 10\n priority 15\n", "a device keeps one"),
    Case(
        "P4", "vrrp", "ip vpn-instance homes-vpn", "ip vpn-instance house-vpn", "names VPN instance homes-vpn"
    ),
    # over one member
    Case(
        "R1",
        "trunk",
        "remote-backup-service chan\n peer-backup",
        "remote-backup-service x\n peer-backup",
        "no",
    ),
    Case("R3", "trunk", "ip address 192.0.2.11", "ip address 192.0.2.12", "is on no interface"),
    Case(
        "R4",
        "vrrp",
        " remote-backup-profile neighbours\n",
        " remote-backup-profile nobody\n",
        "no backup profile",
    ),
    Case(
        "R5", "vrrp", "vrrp-id 12 interface GigabitEthernet0/2/0.2", "vrrp-id 12 interface Vlanif9", "no VRRP"
    ),
    Case("R6", "vrrp", "vrrp6-id 13", "vrrp6-id 14", "no VRRP6 group 14"),
    Case("R7", "trunk", " e-trunk 9 eth-trunk 7\n", "", "follows no E-Trunk"),
    Case("R9", "trunk", " eth-trunk 7\n#\ninterface Loop", "#\ninterface Loop", "Eth-Trunk7 has no port"),
    Case("R9", "trunk", "e-trunk 9 eth-trunk 7", "e-trunk 9 eth-trunk 6", "Eth-Trunk6 is not in E-Trunk 9"),
    Case("R10", "trunk", " e-trunk 9\n remote", " e-trunk 4\n remote", "no E-Trunk 4"),
    Case(
        "R11",
        "trunk",
        " eth-trunk 7\n#\ninterface Loop",
        " ip address 10.0.0.1 24\n eth-trunk 7\n#\ninterface Loop",
        "has an address",
    ),
    Case("R10", "trunk", " mode lacp-static\n", " portswitch\n mode lacp-static\n", "relies on what is not"),
    Case("R14", "vrrp", "#\nbfd\n", "", "BFD is not enabled"),
    Case("R15", "vrrp", " discriminator remote 62\n", "", "not the discriminators of its kind"),
    Case("R16", "trunk", "session-name core", "session-name cor", "no BFD session cor"),
    Case("R16", "trunk", "session-name core", "session-name edge", "cannot follow BFD session edge"),
    Case(
        "R21",
        "vrrp",
        "vrid 14 virtual-ip 172.21.4.254\n",
        "vrid 14 virtual-ip 172.21.4.254\n admin-vrrp vrid 14\n",
        "management group 14 on GigabitEthernet0/2/0.4 follows another",
        "ab",
    ),
    Case("R21", "vrrp", " admin-vrrp vrid 11\n", "", "no management group 11"),
    Case("R22", "vrrp", " vrrp6 vrid 13 virtual-ip FE80::13 link-local\n", "", "no link-local"),
    Case(
        "R24",
        "vrrp",
        " remote-backup-profile neighbours\n#",
        " multicast ipv6 track admin-vrrp6 interface GigabitEthernet0/2/0.3 vrid 1\n#",
        "follows a management group on itself",
    ),
    Case(
        "R25",
        "vrrp",
        "track monitor-group north failure",
        "track monitor-group south failure",
        "no monitor group",
    ),
    Case(
        "R25",
        "vrrp",
        "ip route-monitor-group far",
        "ip route-monitor-group near",
        "no route monitor group far",
    ),
    Case("R27", "trunk", "multicast routing-enable\n", "vlan batch 8\n", "needs `multicast routing-enable`"),
    Case(
        "R27", "trunk", "multicast ipv6 routing-enable\n", "vlan batch 8\n", "multicast ipv6 routing-enable"
    ),
    Case("R28", "trunk", " pim sm\n", "", "`igmp enable` in interface Eth-Trunk7 needs `pim sm`"),
    Case("R28", "trunk", " pim ipv6 sm\n", "", "`mld enable` in interface Eth-Trunk7 needs `pim ipv6 sm`"),
    Case("R29", "trunk", " pim sm\n", "", "`pim ignore dr-state` in interface Eth-Trunk7 needs `pim sm`"),
    Case("R29", "trunk", " pim ipv6 sm\n", "", "`pim ipv6 ignore dr-state` in interface Eth-Trunk7"),
    Case("R30", "trunk", "#\nigmp-snooping enable\n", "", "needs `igmp-snooping enable`"),
    Case("R34", "vrrp", " service-type bras\n", "", "needs service-type bras"),
    Case(
        "R36",
        "vrrp",
        " remote-backup-profile users\n#\nremote-backup-service",
        " remote-backup-profile none\n#\nremote-backup-service",
        "which follows no VRRP group",
    ),
    Case("R37", "trunk", " lacp preempt enable\n", "", "needs `lacp preempt enable`"),
    Case("R37", "trunk", " mode lacp-static\n", " mode manual load-balance\n", "needs static LACP mode"),
    Case("R37", "trunk", " mode lacp-static\n", "", "needs static LACP mode"),
    Case("R40", "trunk", "mode lacp-static", "mode manual backup", "cannot be in manual backup mode"),
    Case(
        "R88",
        "trunk",
        " mode lacp-static\n",
        " mode lacp-static\n max active-linknumber 2\n",
        "limits its links",
    ),
    Case("R93", "vrrp", "bind peer-ip 172.21.1.2 ", "bind peer-ip 172.21.1.254 ", "a VRRP virtual address"),
    Case(
        "R93",
        "trunk",
        "bfd core bind peer-ip 192.0.2.22 ",
        "bfd core bind peer-ip 192.0.2.11 ",
        "an own address",
    ),
    Case("R96", "vrrp", "172.21.2.254", "172.21.9.254", "is in no subnet"),
    Case(
        "R96", "vrrp", " admin-vrrp vrid 11\n", f"{VIPS} admin-vrrp vrid 11\n", "too many virtual addresses"
    ),
    Case("R96", "vrrp", " ip address 172.21.4.1 255.255.255.0\n", "", "is in no subnet"),
    Case("R97", "vrrp", "virtual-ip 172.21.2.254", "virtual-ip 172.21.2.1", "owns its virtual address"),
    Case(
        "R114",
        "vrrp",
        "interface GigabitEthernet0/2/0.3",
        "interface GigabitEthernet0/2/0.3\n#\n"
        "interface GigabitEthernet0/6/0\n remote-backup-profile users\n#\ninterface GigabitEthernet0/2/0.3",
        "do not go together",
    ),
    Case(
        "R116",
        "trunk",
        " remote-backup-profile groups\n#\ninterface Gig",
        "#\ninterface Eth-Trunk7.5\n remote-backup-profile groups\n#\ninterface Gig",
        "alone causes no switchover",
    ),
    Case("R117", "trunk", "service-type igmp", "service-type dhcp-server", "by an E-Trunk"),
    Case("R126", "trunk", "#\nreturn", SECOND_EDGE, "two BFD sessions take Eth-Trunk7 down"),
    Case("R119", "trunk", "peer-backup hot", "peer-backup warm", "does not fit"),
    Case(
        "R119",
        "vrrp",
        "peer-backup virtual",
        "rui-slave inbound without-forwarding\n peer-backup virtual",
        "fit",
    ),
    Case(
        "R120",
        "trunk",
        " igmp enable\n",
        " igmp enable\n multicast track vrrp vrid 3\n multicast track admin-vrrp interface Vlanif5 vrid 4\n",
        "multicast follows two groups",
    ),
    Case(
        "R120",
        "trunk",
        " mld enable\n",
        " mld enable\n multicast ipv6 track vrrp6 vrid 3\n"
        " multicast ipv6 track admin-vrrp6 interface Vlanif5 vrid 4\n",
        "IPv6 multicast follows two groups",
    ),
    Case(
        "R121",
        "vrrp",
        " vrrp vrid 14 track admin-vrrp interface GigabitEthernet0/2/0.1 vrid 11\n",
        " vrrp vrid 14 track admin-vrrp interface GigabitEthernet0/2/0.1 vrid 11\n"
        " vrrp6 vrid 14 virtual-ip FE80::14 link-local\n"
        " vrrp6 vrid 14 track admin-vrrp6 interface Vlanif77 vrid 2 unflowdown\n",
        "service groups of both families",
    ),
    Case(
        "R125",
        "vrrp",
        " track monitor-group north switch",
        " ip-pool homes\n track monitor-group north switch",
        "homes",
    ),
    Case(
        "R127",
        "vrrp",
        TRACKS,
        f"{TRACKS} track interface GigabitEthernet0/3/3\n",
        "interfaces and monitor groups",
    ),
    Case(
        "R128",
        "trunk",
        " igmp-snooping proxy\n",
        " igmp-snooping proxy\n igmp-snooping querier enable\n",
        "querier",
    ),
    Case("R131", "vrrp", TRACKS, UPLINKS, "too many tracked interfaces"),
    Case(
        "R131", "vrrp", TRACKS, TRACKS + TRACKS.replace("north", "n2") + TRACKS.replace("north", "n3"), "many"
    ),
    Case(
        "R131",
        "vrrp",
        TRACKS,
        "".join(TRACKS.replace("monitor-group north", f"route-monitor-group {n}") for n in "xyz"),
        "too many route groups",
    ),
    Case(
        "R133", "vrrp", "#\nmonitor-group north", f"{GROUPS}#\nmonitor-group north", "too many monitor groups"
    ),
    Case(
        "R133",
        "vrrp",
        " binding interface GigabitEthernet0/1/0 down-weight 10\n",
        BINDINGS,
        "many interfaces",
    ),
    Case(
        "R133",
        "vrrp",
        " admin-vrrp vrid 11\n",
        f"{SEVENTEEN} admin-vrrp vrid 11\n",
        "follows too many interfaces",
    ),
    Case("R133", "vrrp", " track ip route 10.0.0.0 255.0.0.0\n", ROUTES, "too many routes"),
    Case("R135", "trunk", "port 4000", "port 1023", "the backup service port", "ab"),
    Case("R135", "trunk", "e-trunk port 2000", "e-trunk port 1024", "the E-Trunk port", "ab"),
    Case(
        "R144",
        "trunk",
        "security-key cipher %^%#Oslo-shows-another-text%^%#",
        "security-key simple s",
        "clear text",
    ),
    Case(
        "R154",
        "trunk",
        "#\ninterface LoopBack0",
        "#\ninterface Eth-Trunk8\n e-trunk 9\n#\ninterface LoopBack0",
        "several Eth-Trunks",
    ),
)
