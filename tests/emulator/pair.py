"""The configurations of a pair of our own: E-Trunk and VRRP, both with a backup profile."""

from __future__ import annotations

PE1 = """#
sysname PE1
#
multicast routing-enable
#
bfd
#
monitor-group up1
 binding interface GigabitEthernet0/3/1
 monitor enable
#
e-trunk 7
 priority 10
 peer-address 192.0.2.2 source-address 192.0.2.1
 security-key cipher Lab-key-77
 e-trunk track bfd-session session-name hb
#
bfd hb bind peer-ip 192.0.2.2 source-ip 192.0.2.1
 discriminator local 11
 discriminator remote 12
#
remote-backup-service sync
 peer 192.0.2.2 source 192.0.2.1 port 2048
#
remote-backup-profile iptv
 service-type igmp
 backup-id 33 remote-backup-service sync
 peer-backup hot
 e-trunk 7 eth-trunk 70
#
remote-backup-profile homes
 service-type arp
 backup-id 34 remote-backup-service sync
 peer-backup hot
 vrrp-id 5 interface GigabitEthernet0/2/1.10
#
interface Eth-Trunk70
 ip address 198.51.100.1 255.255.255.0
 pim sm
 igmp enable
 mode lacp-static
 e-trunk 7
 remote-backup-profile iptv
#
interface GigabitEthernet0/2/0
 undo shutdown
 eth-trunk 70
#
interface GigabitEthernet0/2/1
 undo shutdown
#
interface GigabitEthernet0/2/1.10
 vlan-type dot1q 10
 ip address 203.0.113.2 255.255.255.0
 ipv6 enable
 ipv6 address 2001:DB8:5::2/64
 ipv6 address FE80::2 link-local
 vrrp vrid 5 virtual-ip 203.0.113.1
 vrrp vrid 5 priority 120
 vrrp vrid 5 preempt-mode timer delay 600
 vrrp6 vrid 6 virtual-ip FE80::1 link-local
 remote-backup-profile homes
#
interface GigabitEthernet0/3/1
 undo shutdown
 ip address 192.0.2.129 255.255.255.252
#
interface LoopBack0
 ip address 192.0.2.1 255.255.255.255
#
interface NULL0
#
ospf 1
 area 0.0.0.0
  network 192.0.2.0 0.0.0.255
#
return
"""

_MIRRORED = (
    ("sysname PE1", "sysname PE2"),
    ("peer-address 192.0.2.2 source-address 192.0.2.1", "peer-address 192.0.2.1 source-address 192.0.2.2"),
    ("peer-ip 192.0.2.2 source-ip 192.0.2.1", "peer-ip 192.0.2.1 source-ip 192.0.2.2"),
    ("local 11\n discriminator remote 12", "local 12\n discriminator remote 11"),
    ("peer 192.0.2.2 source 192.0.2.1", "peer 192.0.2.1 source 192.0.2.2"),
    ("priority 10\n", "priority 20\n"),
    ("203.0.113.2 ", "203.0.113.3 "),
    ("5::2/64", "5::3/64"),
    ("FE80::2 ", "FE80::3 "),
    ("priority 120", "priority 110"),
    ("192.0.2.129", "192.0.2.130"),
    ("ip address 192.0.2.1 255.255.255.255", "ip address 192.0.2.2 255.255.255.255"),
    ("198.51.100.1 ", "198.51.100.2 "),
)


def _mirror(text: str) -> str:
    for here, there in _MIRRORED:
        text = text.replace(here, there)
    return text


PE2 = _mirror(PE1)
CONFIGURATIONS = {"PE1": PE1, "PE2": PE2}
