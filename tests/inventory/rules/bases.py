"""Clean pairs of configurations, into which the tests plant mistakes."""

from __future__ import annotations

TRUNK = """\
#
sysname {name}
#
multicast routing-enable
#
multicast ipv6 routing-enable
#
lacp e-trunk system-id 00e0-fc99-0001
lacp e-trunk priority 5
#
igmp-snooping enable
#
vlan 300
 igmp-snooping enable
 igmp-snooping proxy
#
bfd
 default-ip-address 224.0.0.200
#
e-trunk 9
 priority {priority}
 {peers}
 timer revert delay 300
 e-trunk track bfd-session session-name core
 security-key cipher %^%#{name}-shows-another-text%^%#
 authentication-mode hmac-sha256
 sequence enable
#
e-trunk port 2000
#
ssl policy calm
 pki-domain ring
#
remote-backup-service chan
 bind ssl-policy calm
 peer {peer} source {own} port 4000
#
remote-backup-profile groups
 service-type igmp
 service-type mld
 backup-id 33 remote-backup-service chan
 peer-backup hot
 e-trunk 9 eth-trunk 7
#
interface Eth-Trunk7
 ipv6 enable
 ip address 172.20.0.1 255.255.255.0
 mac-address 00e0-fc99-aaaa
 pim sm
 pim ipv6 sm
 pim ignore dr-state
 pim ipv6 ignore dr-state
 igmp enable
 mld enable
 mode lacp-static
 lacp preempt enable
 lacp preempt delay 20
 e-trunk 9
 remote-backup-profile groups
#
interface GigabitEthernet0/7/0
 undo shutdown
 eth-trunk 7
#
interface LoopBack0
 ip address {own} 255.255.255.255
#
bfd core bind peer-ip {peer} source-ip {own}
 discriminator local {local}
 discriminator remote {remote}
 wtr 5
#
bfd edge bind peer-ip default-ip interface Eth-Trunk7
 discriminator local {edge}
 discriminator remote 903
 process-interface-status
#
return
"""

VRRP = """\
#
sysname {name}
#
ip vpn-instance homes-vpn
#
bfd
#
monitor-group north
 monitor enable
 binding interface GigabitEthernet0/1/0 down-weight 10
#
ip route-monitor-group far
 monitor enable
 track ip route 10.0.0.0 255.0.0.0
#
peer-backup rui-trigger-speed 90
#
ssl policy strong
 pki-domain ring
#
ip pool homes server
 vpn-instance homes-vpn
 remote-backup-profile users
#
remote-backup-service chan6
 peer-ipv6 {peer6} source-ipv6 {own6} port 4001
 bind ssl-policy strong
 protect ip-vpn-instance homes-vpn peer-ip 192.0.2.88
 track monitor-group north switchover failure-ratio 50
 static-route if-match null 0 tag 77 metric {metric}
 batch-backup service-type bras daily 01:00:00
#
remote-backup-profile users
 service-type bras
 backup-id 44 remote-backup-service chan6
 peer-backup virtual
 vrrp-id 11 interface GigabitEthernet0/2/0.1 odd-mac
 vrrp-id 12 interface GigabitEthernet0/2/0.2 even-mac
 nas logic-sysname twins
 ip-pool homes
 load-balance hash-arithmetic arithmetic1
#
remote-backup-profile neighbours
 service-type nd
 service-type mld
 backup-id 45 remote-backup-service chan6
 peer-backup hot
 vrrp6-id 13 interface GigabitEthernet0/2/0.3
#
remote-backup-profile houses
 service-type arp
 backup-id 46 remote-backup-service chan6
 peer-backup hot
 vrrp-id 11 interface GigabitEthernet0/2/0.1
#
interface GigabitEthernet0/2/0.1
 vlan-type dot1q 21
 ip address 172.21.1.{host} 255.255.255.0
 vrrp vrid 11 virtual-ip 172.21.1.254
 admin-vrrp vrid 11
 vrrp vrid 11 priority {odd}
 vrrp vrid 11 preempt-mode timer delay 1200
 vrrp vrid 11 timer advertise 3
 vrrp vrid 11 track monitor-group north failure-ratio 60 reduced 30
#
interface GigabitEthernet0/2/0.2
 vlan-type dot1q 22
 ip binding vpn-instance homes-vpn
 ip address 172.21.2.{host} 255.255.255.0
 vrrp vrid 12 virtual-ip 172.21.2.254
 vrrp vrid 12 priority {even}
 vrrp vrid 12 preempt-mode timer delay 1200
 vrrp vrid 12 track route-monitor-group far failure-ratio 60 reduced 30
#
interface GigabitEthernet0/2/0.3
 ipv6 enable
 ipv6 address 2001:DB8:3::{host}/64
 vrrp6 vrid 13 virtual-ip FE80::13 link-local
 vrrp6 vrid 13 virtual-ip 2001:DB8:3::FE
 vrrp6 vrid 13 priority {odd}
 {delay6}
 vrrp6 vrid 13 track bfd-session session-name twin peer
 remote-backup-profile neighbours
#
interface GigabitEthernet0/2/0.4
 ip address 172.21.4.{host} 255.255.255.0
 vrrp vrid 14 virtual-ip 172.21.4.254
 vrrp vrid 14 track admin-vrrp interface GigabitEthernet0/2/0.1 vrid 11
#
interface GigabitEthernet0/2/2.5
 user-vlan 100
 remote-backup-profile houses
#
interface GigabitEthernet0/2/2.6
 user-vlan 101 199
 remote-backup-profile houses
#
interface GigabitEthernet0/2/1.9
 user-vlan 100 199
 remote-backup-profile users
#
interface LoopBack3
 ipv6 enable
 ipv6 address {own6}/128
#
bfd twin bind peer-ip 172.21.1.{far} source-ip 172.21.1.{host}
 discriminator local {local}
 discriminator remote {remote}
#
return
"""

TRUNK_A = {
    "name": "Oslo",
    "own": "192.0.2.11",
    "peer": "192.0.2.22",
    "peers": "peer-address 192.0.2.22 source-address 192.0.2.11",
    "priority": "10",
    "local": "501",
    "remote": "502",
    "edge": "901",
}
TRUNK_B = {
    "name": "Bergen",
    "own": "192.0.2.22",
    "peer": "192.0.2.11",
    "peers": "peer-address 192.0.2.11 source-address 192.0.2.22",
    "priority": "20",
    "local": "502",
    "remote": "501",
    "edge": "902",
}
VRRP_A = {
    "name": "Lund",
    "own6": "2001:DB8::11",
    "peer6": "2001:DB8::22",
    "host": "1",
    "far": "2",
    "odd": "150",
    "even": "120",
    "metric": "5",
    "local": "61",
    "remote": "62",
    "delay6": "vrrp6 vrid 13 preempt-mode timer delay 700",
}
VRRP_B = {
    "name": "Visby",
    "own6": "2001:DB8::22",
    "peer6": "2001:DB8::11",
    "host": "2",
    "far": "1",
    "odd": "120",
    "even": "150",
    "metric": "15",
    "local": "62",
    "remote": "61",
    "delay6": "vrrp6 recover-delay 9",
}
BASES = {
    "trunk": (TRUNK.format(**TRUNK_A), TRUNK.format(**TRUNK_B)),
    "vrrp": (VRRP.format(**VRRP_A), VRRP.format(**VRRP_B)),
}
