"""Planted mistakes of the pair with VRRP groups, one a rule or more."""

from __future__ import annotations

from tests.inventory.rules.cases import Case

TRACKS = " track monitor-group north switchover failure-ratio 50\n"
UPLINKS = "".join(f" track interface GigabitEthernet0/9/{n}\n" for n in range(17))
VIPS = "".join(f" vrrp vrid 11 virtual-ip 172.21.1.{n}\n" for n in range(100, 117))
BINDINGS = "".join(f" binding interface GigabitEthernet0/8/{n} down-weight 10\n" for n in range(33))
ROUTES = "".join(f" track ip route 10.{n}.0.0 255.255.0.0\n" for n in range(17))
GROUPS = "".join(f"#\nmonitor-group extra{n}\n" for n in range(33))
SEVENTEEN = "".join(f" vrrp vrid 11 track interface GigabitEthernet0/9/{n} reduced 5\n" for n in range(17))

CASES = (
    # over both members
    Case("R32", "vrrp", " bind ssl-policy strong\n", "", "only one end"),
    Case("R33", "vrrp", "ip pool homes server", "ip pool houses server", "`ip-pool homes`"),
    Case("R54", "vrrp", "arithmetic1", "arithmetic2", "the hash"),
    Case("R69", "vrrp", "port 4001", "port 4002", "the TCP port"),
    Case("R70", "vrrp", "peer-ipv6 2001:DB8::22", "peer-ipv6 2001:DB8::33", "do not mirror"),
    Case("R71", "vrrp", "backup-id 45", "backup-id 44", "is used by", "ab"),
    Case("R73", "vrrp", " vrrp6-id 13 interface GigabitEthernet0/2/0.3\n", "", "the track protocol"),
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
    Case("P2", "vrrp", "vlan-type dot1q 21\n", "vlan-type dot1q 20\n", "the VLANs of"),
    Case(
        "P4", "vrrp", "ip vpn-instance homes-vpn", "ip vpn-instance house-vpn", "names VPN instance homes-vpn"
    ),
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
    Case("R14", "vrrp", "#\nbfd\n", "", "BFD is not enabled"),
    Case("R15", "vrrp", " discriminator remote 62\n", "", "not the discriminators of its kind"),
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
    Case("R34", "vrrp", " service-type bras\n", "", "needs service-type bras"),
    Case(
        "R36",
        "vrrp",
        " remote-backup-profile users\n#\nremote-backup-service",
        " remote-backup-profile none\n#\nremote-backup-service",
        "which follows no VRRP group",
    ),
    Case("R93", "vrrp", "bind peer-ip 172.21.1.2 ", "bind peer-ip 172.21.1.254 ", "a VRRP virtual address"),
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
        "R119",
        "vrrp",
        "peer-backup virtual",
        "rui-slave inbound without-forwarding\n peer-backup virtual",
        "fit",
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
)
