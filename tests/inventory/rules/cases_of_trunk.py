"""Planted mistakes of the pair with an E-Trunk, one a rule or more."""

from __future__ import annotations

from tests.inventory.rules.cases import Case

SECOND_EDGE = (
    "#\n"
    "bfd rim bind peer-ip default-ip interface Eth-Trunk7\n"
    " discriminator local 905\n discriminator remote 906\n process-interface-status\n#\nreturn"
)

CASES = (
    Case("R32", "trunk", " bind ssl-policy calm\n", "", "in clear", "ab"),
    Case("R17", "trunk", " bind ssl-policy calm\n", " bind ssl-policy calm\n track bfd-session 77\n", "77"),
    Case(
        "R31", "trunk", " igmp enable\n", " igmp enable\n igmp-snooping backup-report forward\n", "not there"
    ),
    Case("R32", "trunk", " pki-domain ring\n", "", "bind ssl-policy calm"),
    Case("R39", "trunk", " ipv6 enable\n", "", "`mld enable`"),
    Case("R69", "trunk", "port 4000", "port 4009", "the TCP port of remote-backup-service chan differs"),
    Case("R70", "trunk", "peer 192.0.2.22 source", "peer 192.0.2.33 source", "do not mirror"),
    Case("R71", "trunk", "backup-id 33", "backup-id 34", "the backup ID"),
    Case(
        "R72",
        "trunk",
        "remote-backup-profile groups\n service",
        "remote-backup-profile grps\n service",
        "has another name on Bergen",
    ),
    Case("R73", "trunk", "service-type igmp", "service-type arp", "the services"),
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
    # over every line
    Case("P1", "trunk", " igmp enable\n", "", "`igmp enable` of Eth-Trunk7 is on"),
    Case(
        "P3",
        "trunk",
        " remote-backup-profile groups\n#\ninterface Gig",
        "#\ninterface Gig",
        "remote-backup-profile groups is used by no line",
        "ab",
    ),
    Case("P5", "trunk", " priority 10\n", " priority 10\n priority 15\n", "a device keeps one"),
    # over one member
    Case(
        "R1",
        "trunk",
        "remote-backup-service chan\n peer-backup",
        "remote-backup-service x\n peer-backup",
        "no",
    ),
    Case("R3", "trunk", "ip address 192.0.2.11", "ip address 192.0.2.12", "is on no interface"),
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
    Case("R16", "trunk", "session-name core", "session-name cor", "no BFD session cor"),
    Case("R16", "trunk", "session-name core", "session-name edge", "cannot follow BFD session edge"),
    Case("R27", "trunk", "multicast routing-enable\n", "vlan batch 8\n", "needs `multicast routing-enable`"),
    Case(
        "R27", "trunk", "multicast ipv6 routing-enable\n", "vlan batch 8\n", "multicast ipv6 routing-enable"
    ),
    Case("R28", "trunk", " pim sm\n", "", "`igmp enable` in interface Eth-Trunk7 needs `pim sm`"),
    Case("R28", "trunk", " pim ipv6 sm\n", "", "`mld enable` in interface Eth-Trunk7 needs `pim ipv6 sm`"),
    Case("R29", "trunk", " pim sm\n", "", "`pim ignore dr-state` in interface Eth-Trunk7 needs `pim sm`"),
    Case("R29", "trunk", " pim ipv6 sm\n", "", "`pim ipv6 ignore dr-state` in interface Eth-Trunk7"),
    Case("R30", "trunk", "#\nigmp-snooping enable\n", "", "needs `igmp-snooping enable`"),
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
    Case(
        "R93",
        "trunk",
        "bfd core bind peer-ip 192.0.2.22 ",
        "bfd core bind peer-ip 192.0.2.11 ",
        "an own address",
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
        "R128",
        "trunk",
        " igmp-snooping proxy\n",
        " igmp-snooping proxy\n igmp-snooping querier enable\n",
        "querier",
    ),
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
