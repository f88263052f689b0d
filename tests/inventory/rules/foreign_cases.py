"""Planted mistakes in addresses, VLANs, VPN instances, limits and advice."""

from __future__ import annotations

from tests.inventory.rules.cases import Case

LOOP = "interface LoopBack3\n"
TRUNK_LOOP = "#\ninterface LoopBack0\n"
SERVICE = "#\nremote-backup-service chan6\n"


def on_port(address: str, name: str = "GigabitEthernet0/4/0") -> str:
    """Return an interface with an address, before the loopback."""
    return f"interface {name}\n ip address {address}\n#\n{LOOP}"


SUBS = "".join(f" ip address 10.7.{n}.1 255.255.255.0 sub\n" for n in range(256))
POOLS = "".join(f" ip-pool p{n}\n" for n in range(4097))
POOLS6 = POOLS.replace("ip-pool", "ipv6-pool")
PARTNERS = "".join(
    f"#\nremote-backup-service more{n}\n peer 198.51.100.{n} source 172.21.1.1 port 4001\n" for n in range(4)
)
PORTS = "".join(f"#\ninterface GigabitEthernet0/11/{n}\n eth-trunk 7\n" for n in range(64))
ROUTE_GROUPS = "".join(f"#\nip route-monitor-group extra{n}\n" for n in range(32))
FOLLOWERS = "".join(
    f"interface GigabitEthernet0/12/0.{n}\n vrrp vrid 9 virtual-ip 10.8.{n}.1\n"
    f" vrrp vrid 9 track {{word}} failure-ratio 60 reduced 10\n#\n"
    for n in range(1, 257)
)
POLICIES = "".join(f"ssl policy other{n}\n#\n" for n in range(4))
MLD = " mld enable\n multicast ipv6 track admin-vrrp6 interface {port} vrid 2\n"

CASES = (
    Case(
        "R96",
        "vrrp",
        "interface LoopBack3",
        "arp static 172.21.1.254 00e0-fc00-0001\n#\ninterface LoopBack3",
        "static ARP entry",
    ),
    Case(
        "R104",
        "vrrp",
        "interface LoopBack3",
        "static-user 172.21.1.9 interface GigabitEthernet0/2/1.9 vlan 100\n#\ninterface LoopBack3",
        "has no MAC address",
    ),
    Case(
        "R110",
        "vrrp",
        " service-type nd\n service-type mld\n",
        " service-type nd\n service-type mld\n service-type dhcpv6-relay\n#\n"
        "interface GigabitEthernet0/6/0.3\n remote-backup-profile neighbours\n#\n"
        "remote-backup-profile neighbours\n",
        "another main interface",
        "ab",
    ),
    Case(
        "R110",
        "vrrp",
        " service-type nd\n service-type mld\n",
        " service-type nd\n service-type mld\n service-type dhcpv6-relay\n#\n"
        "interface Eth-Trunk6.3\n remote-backup-profile neighbours\n#\n"
        "remote-backup-profile neighbours\n",
        "of different types",
    ),
    Case(
        "R113",
        "vrrp",
        " service-type bras\n",
        " service-type bras\n service-type l2tp\n",
        "begin at the same number",
        "ab",
    ),
    Case(
        "R113",
        "vrrp",
        " service-type bras\n",
        " service-type bras\n service-type l2tp\n#\nl2tp-group one\n tunnel timer hello 30\n#\n"
        "remote-backup-profile users\n",
        "hello interval",
    ),
    Case(
        "R144",
        "vrrp",
        " vrrp vrid 11 timer advertise 3\n",
        " vrrp vrid 11 timer advertise 3\n vrrp vrid 11 authentication-mode simple plain pw\n",
        "authenticated weakly",
        "ab",
    ),
    Case(
        "R147",
        "vrrp",
        " bind ssl-policy strong\n",
        " bind ssl-policy strong\n backup block send bras\n",
        "blocks the backup",
    ),
    Case(
        "R152",
        "vrrp",
        " protect ip-vpn-instance homes-vpn peer-ip 192.0.2.88\n",
        " protect ip-vpn-instance homes-vpn peer-ip 192.0.2.88 interface GigabitEthernet0/9/0\n#\n"
        "interface GigabitEthernet0/9/0\n ip urpf strict\n#\nremote-backup-service chan6\n",
        "checks source addresses",
    ),
    Case("R98", "vrrp", "timer advertise 3", "timer advertise millisecond 500", "too often", "ab"),
    Case(
        "R98",
        "vrrp",
        "vrrp6 vrid 13 priority",
        "vrrp6 vrid 13 timer advertise 50\n vrrp6 vrid 13 priority",
        "VRRP6 group 13",
        "ab",
    ),
    Case(
        "R111", "vrrp", "ip binding vpn-instance homes-vpn", "ip binding vpn-instance home", "VRRP group 12"
    ),
    Case("R111", "vrrp", " vpn-instance homes-vpn\n remote-backup", " remote-backup", "of ip pool homes"),
    Case(
        "R111", "vrrp", "protect ip-vpn-instance homes-vpn", "protect ip-vpn-instance home", "`protect ip-vpn"
    ),
    Case("R111", "vrrp", " user-vlan 100 199\n", " ip binding vpn-instance x\n", "the interfaces of profile"),
    Case("R115", "vrrp", "user-vlan 101 199", "user-vlan 90 101", "share a VLAN"),
    Case("R115", "vrrp", "user-vlan 101 199", "dot1q termination vid 99 to 101", "share a VLAN"),
    Case("R118", "trunk", "service-type igmp", "service-type nd", "which no page shows", "ab"),
    Case("R122", "trunk", " mld enable\n", MLD.replace("{port}", "Vlanif5"), "follows a management group"),
    Case(
        "R122",
        "trunk",
        " mld enable\n",
        MLD.replace("{port}", "GigabitEthernet3/0/0"),
        "follows a group on a port",
    ),
    Case("R124", "trunk", ".11 255.255.255.255", ".11 255.255.255.0", "goes over LoopBack0 alone"),
    Case("R129", "vrrp", LOOP, on_port("10.9.9.9 255.255.255.255"), "a mask of 32 bits"),
    Case("R129", "vrrp", LOOP, on_port("10.9.9.0 24"), "is the network ID"),
    Case("R129", "vrrp", LOOP, on_port("10.9.9.127 255.255.255.128"), "is the broadcast of"),
    Case("R129", "vrrp", LOOP, on_port("172.21.1.1 255.255.0.0"), "have the same address"),
    Case("R129", "vrrp", LOOP, on_port("172.21.1.77 255.255.255.0"), "have the same broadcast address"),
    Case("R129", "vrrp", LOOP, on_port("172.21.1.255 32", "LoopBack4"), "as the address of the other"),
    Case("R129", "vrrp", LOOP, f"interface Vlanif8\n{SUBS}#\n{LOOP}", "too many secondary addresses"),
    Case("R130", "vrrp", "vlan-type dot1q 22", "vlan-type dot1q 21", "have dot1q VLAN 21"),
    Case("R131", "vrrp", SERVICE, f"{PARTNERS}{SERVICE}", "too many backup partners"),
    Case(
        "R131",
        "vrrp",
        " bind ssl-policy strong\n",
        f" bind ssl-policy strong\n{POOLS}",
        "chan6 has too many pools",
    ),
    Case(
        "R131",
        "vrrp",
        " bind ssl-policy strong\n",
        f" bind ssl-policy strong\n{POOLS6}",
        "chan6 has too many pools",
    ),
    Case("R131", "vrrp", " ip-pool homes\n", POOLS, "users has too many pools"),
    Case("R131", "vrrp", " ip-pool homes\n", POOLS6, "users has too many pools"),
    Case("R132", "trunk", TRUNK_LOOP, f"{PORTS}{TRUNK_LOOP}", "Eth-Trunk7 has too many ports"),
    Case(
        "R133",
        "vrrp",
        "#\nip route-monitor-group far",
        f"{ROUTE_GROUPS}#\nip route-monitor-group far",
        "route groups",
    ),
    Case(
        "R133",
        "vrrp",
        LOOP,
        FOLLOWERS.replace("{word}", "monitor-group north") + LOOP,
        "north has too many followers",
    ),
    Case(
        "R133",
        "vrrp",
        LOOP,
        FOLLOWERS.replace("{word}", "route-monitor-group far") + LOOP,
        "far has too many followers",
    ),
    Case(
        "R133",
        "vrrp",
        " admin-vrrp vrid 11\n",
        "".join(f" vrrp vrid 11 track monitor-group {n} failure-ratio 60 link\n" for n in "xy")
        + " admin-vrrp vrid 11\n",
        "follows too many monitor groups of links",
    ),
    Case("R134", "vrrp", "ssl policy strong\n", f"{POLICIES}ssl policy strong\n", "too many SSL policies"),
    Case("R142", "vrrp", "#\nbfd\n", "#\nvrrp first-packet-delay 0\n#\nbfd\n", "left at 0"),
    Case(
        "R151",
        "vrrp",
        "#\nbfd\n",
        "#\npeer-backup download-vrrp-table delay-time 30\n#\nbfd\n",
        "of some models only",
        "ab",
    ),
)
