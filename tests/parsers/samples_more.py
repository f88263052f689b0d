"""More answers in the documented format, with names and numbers of our own; see `samples`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Sample:
    """A command, its answer, the number of records, and what they must hold."""

    command: str
    text: str
    count: int
    facts: Mapping[str, Any]


OBJECTS = (
    Sample(
        "display vlan",
        """\
The total number of vlans is : 3
VID  Type     Status  Property  MAC-LRN STAT    BC  MC  UC  Description
--------------------------------------------------------------------------------
1    common   enable  default   enable  disable FWD FWD FWD VLAN 0001
77   common   enable  default   disable enable  FWD FWD FWD tv: east, gold
4000 super    disable default   enable  disable FWD DRP FWD VLAN 4000
""",
        3,
        {
            "0.description": "VLAN 0001",
            "1.mac_learning": "disable",
            "1.statistics": "enable",
            "2.vid": 4000,
            "2.type": "super",
            "2.multicast": "drp",
        },
    ),
    Sample(
        "display vlan 77",
        """\
--------------------------------------------------------------------------------
U: Up;         D: Down;         TG: Tagged;         UT: Untagged;
MP: Vlan-mapping;               ST: Vlan-stacking;
#: ProtocolTransparent-vlan;    *: Management-vlan;
--------------------------------------------------------------------------------

VID  Type    Ports
--------------------------------------------------------------------------------
77   common  UT:GE3/0/7(U)     GE3/0/8(D)     TG:Eth-Trunk7(U)

VID  Status  Property      MAC-LRN Statistics Description
--------------------------------------------------------------------------------
77   enable  default       enable  disable    tv-east
""",
        1,
        {
            "0.vid": 77,
            "0.ports.1.name": "GigabitEthernet3/0/8",
            "0.ports.1.kind": "ut",
            "0.ports.1.up": False,
            "0.ports.2.kind": "tg",
            "0.status": "enable",
            "0.description": "tv-east",
        },
    ),
    Sample(
        "display acl all",
        """\
Basic ACL 2077, 2 rules, match-order is auto
ACL's step is 5
 rule 5 permit source 192.0.2.1 0 (2 times matched)
 rule 10 deny source 192.0.2.0 0.0.0.255 (0 times matched)

Advanced ACL guests, 1 rule, match-order is config
ACL's step is 10
 rule 10 permit ip source 198.51.100.0 0.0.0.255 (1 times matched)
""",
        2,
        {
            "0.kind": "basic",
            "0.name": "2077",
            "0.rules.0.text": "permit source 192.0.2.1 0",
            "0.rules.1.matches": 0,
            "1.name": "guests",
            "1.step": 10,
            "1.rules.0.id": 10,
        },
    ),
    Sample(
        "display acl ipv6 2077",
        """\
Basic IPv6 ACL 2077, 1 rule, match-order is auto
IPv6 ACL's step is 5
 rule 5 permit source 2001:DB8:70::/64 (0 times matched)
""",
        1,
        {"0.kind": "basic", "0.rules.0.text": "permit source 2001:DB8:70::/64", "0.step": 5},
    ),
    Sample(
        "display ip vpn-instance",
        """\
 Total VPN-Instances configured : 3
 Total IPv4 VPN-Instances configured : 2
 Total IPv6 VPN-Instances configured : 1

  VPN-Instance Name               RD                             Address family
  blue                            65001:9                        IPv4
  blue                                                           IPv6
  green                           192.0.2.1:7                    IPv4
  mgmt
""",
        4,
        {
            "0.route_distinguisher": "65001:9",
            "1.name": "blue",
            "1.route_distinguisher": None,
            "1.family": "ipv6",
            "2.route_distinguisher": "192.0.2.1:7",
            "3.name": "mgmt",
            "3.family": None,
        },
    ),
    Sample(
        "display ipv6 interface GigabitEthernet3/0/1.5",
        """\
GigabitEthernet3/0/1.5 current state : UP
IPv6 protocol current state : DOWN
IPv6 is enabled, link-local address is FE80::A0B:CFF:FE0D:E05
  Global unicast address(es):
    2001:DB8:5::1, subnet is 2001:DB8:5::/64
    2001:DB8:6::1, subnet is 2001:DB8:6::/48
  Joined group address(es):
    FF02::1:FF00:1
    FF02::2
  MTU is 1480 bytes
  ND DAD is enabled, number of DAD attempts: 1
  ND NUD is disabled, number of NUD attempts: 3
  ND NUD interval is 1000 milliseconds
  ND reachable time is 1200000 milliseconds
  ND stale time is 1201 seconds
  ND retransmit interval is 1002 milliseconds
  ND RAs are halted
  ND Proxy is disabled.
""",
        1,
        {
            "0.protocol": "down",
            "0.link_local": "fe80::a0b:cff:fe0d:e05",
            "0.addresses.1.ip": "2001:db8:6::1",
            "0.addresses.1.subnet": "2001:db8:6::/48",
            "0.groups": ("ff02::1:ff00:1", "ff02::2"),
            "0.mtu_bytes": 1480,
            "0.dad_attempts": 1,
            "0.nud": "disabled",
            "0.stale_s": 1201,
            "0.router_advertisements": "halted",
            "0.proxy": "disabled",
        },
    ),
    Sample(
        "display ipv6 interface Vlanif9",
        """\
Vlanif9 current state : Administratively DOWN
IPv6 protocol current state : DOWN
IPv6 is enabled, link-local address is FE80::9
  No global unicast address configured
  Joined group address(es):
    FF02::1
  MTU is 1500 bytes
""",
        1,
        {"0.phy": "administratively down", "0.addresses": (), "0.groups": ("ff02::1",)},
    ),
)
LOGINS = (
    Sample(
        "display users",
        """\
User-Intf    Delay    Type   Network Address     AuthenStatus    AuthorcmdFlag
  0   CON 0   00:00:07                                   pass           no
  Username : console-user

+ 34  VTY 0   00:00:00  TEL    192.0.2.200            pass           yes
  Username : night-shift

  35  VTY 1   120:04:50  SSH    2001:DB8::9            not pass       no
  Username : Unspecified
""",
        3,
        {
            "0.line": "CON 0",
            "0.address": None,
            "0.type": None,
            "1.own": True,
            "1.address": "192.0.2.200",
            "1.user": "night-shift",
            "2.own": False,
            "2.authentication": "not pass",
            "2.delay": "120:04:50",
        },
    ),
    Sample(
        "display netconf session",
        """\
--------------------------------------------------------------------------------
NETCONF Session ID   : 18301
Transport            : netconf-ssh
User Name            : ctl-a
Host Identifier      : 192.0.2.201
Login Time           : 2026-03-05 09:00:02
Input Rpc            : 75
Input Bad Rpc        : 1
Output Rpc Error     : 2
Output Notification  : 0
--------------------------------------------------------------------------------
NETCONF Session ID   : 18302
Transport            : netconf-ssh
User Name            : ctl-b
Host Identifier      : 192.0.2.202
--------------------------------------------------------------------------------
""",
        2,
        {"0.session": 18301, "0.input_bad_rpc": 1, "0.output_rpc_errors": 2, "1.user": "ctl-b"},
    ),
    Sample(
        "display configuration sessions verbose",
        """\
Session      : 60
User-Intf    : VTY 0
User         : ops-a
Date         : 2026-03-05 09:55:00
Lock         :
Cfg-Mode     : UNKNOW
Client       : CLI
Elapsed-Time : 0 days, 0:05:00

Session      : 61 *
User-Intf    : VTY 1
User         : ops-b
Date         : 2026-03-05 09:58:30
Lock         : *
Cfg-Mode     : TWO_PHASE
Client       : CLI
Elapsed-Time : 0 days, 0:01:30
""",
        2,
        {
            "0.own": False,
            "0.lock": None,
            "0.mode": "unknow",
            "1.session": 61,
            "1.own": True,
            "1.lock": "*",
            "1.elapsed": "0 days, 0:01:30",
        },
    ),
    Sample(
        "display configuration-occupied user",
        """\
User Index: 35
User Session Name: VTY 1
User Name: ops-b
IP Address: 192.0.2.200
Locked Time: 2026-03-05 09:58:40
Last Configuration Time: 2026-03-05 09:59:41
The time out value of configuration right locked is: 30 second(s)
""",
        1,
        {
            "0.session_name": "VTY 1",
            "0.user": "ops-b",
            "0.locked_time": "2026-03-05 09:58:40",
            "0.last_configuration_time": "2026-03-05 09:59:41",
            "0.timeout_s": 30,
        },
    ),
    Sample(
        "display configuration exclusive by-user-name",
        """\
Unlock User Name: ctl-a
Unlock Time: 2026-03-05 09:58:40+00:00 DST
Identifier: 13
""",
        1,
        {"0.released_by": "ctl-a", "0.user": None, "0.identifier": 13},
    ),
    Sample(
        "display logbuffer size 2",
        """\
Logging buffer configuration and contents : enabled
Allowed max buffer size : 10240
Actual buffer size : 511
Channel number : 4, Channel name : logbuffer
Dropped messages : 7
Overwritten messages : 8
Current messages : 41

Mar  2 2026 06:09:02 North-1 %%01IFNET/4/IF_STATE(l):CID=0x80000001;Interface GE3/0/1 changed to down.
Mar 12 2026 06:09:03+01:00 DST North-1 %%01SHELL/5/CMDRECORD(s):CID=0x80ca2713;Recorded.
""",
        1,
        {
            "0.max_size": 10240,
            "0.channel": 4,
            "0.channel_name": "logbuffer",
            "0.current": 41,
            "0.messages.0.module": "IFNET",
            "0.messages.0.severity": 4,
            "0.messages.0.mnemonic": "IF_STATE(l)",
            "0.messages.1.time": "Mar 12 2026 06:09:03+01:00 DST",
            "0.messages.1.host": "North-1",
        },
    ),
    Sample(
        "dir",
        """\
Directory of cfcard:/

  Idx  Attr     Size(Byte)  Date        Time       FileName
    0  drwx              -  Mar 01 2026 08:00:10   $_checkpoint
    1  -rw-         16,632  Mar 02 2026 06:00:00   north one.cfg
    2  -rw-    151,200,300  Jan 08 2026 12:30:00   vrp.cc
""",
        3,
        {
            "0.attributes": "drwx",
            "0.size_bytes": None,
            "1.size_bytes": 16632,
            "1.name": "north one.cfg",
            "2.size_bytes": 151200300,
        },
    ),
    Sample(
        "display esn",
        "ESN of master:2102AAAA0001\nESN of slave:2102AAAA0002\n",
        1,
        {"0.master": "2102AAAA0001", "0.slave": "2102AAAA0002"},
    ),
)
MORE = (
    Sample(
        "display backup-user",
        """\
Remote-backup-service: chan-9
  Total Users Numer: 12
------------------------------------------------------------------------
 128     129     130     131     132     133     134     135     136     137

 138     139
------------------------------------------------------------------------
  Local Users Number	:10
  Remote Users Number	:2
Remote-backup-service: chan-8
  Total Users Numer: 0
------------------------------------------------------------------------
------------------------------------------------------------------------
  Local Users Number	:0
  Remote Users Number	:0
""",
        2,
        {
            "0.name": "chan-9",
            "0.user_count": 12,
            "0.id_rows.1": "138 139",
            "0.user_ids.11": 139,
            "0.local_users": 10,
            "1.remote_users": 0,
        },
    ),
    Sample(
        "display dhcp server database",
        """\
Status: enable
  Recover from files after reboot: disable
  File saving lease items: home:/dhcp/lease.txt
  File saving conflict items: home:/dhcp/conflict.txt
  Save interval: 301 (seconds)
""",
        1,
        {"0.status": "enable", "0.lease_file": "home:/dhcp/lease.txt", "0.save_interval_s": 301},
    ),
    Sample(
        "display dhcp relay address all",
        """\
**  GigabitEthernet3/0/4.7 DHCP Relay Address  **
Dhcp Option          Relay Agent IP       Server IP
*                    198.51.100.2         192.0.2.50
60(*)                198.51.100.2         -
                                          192.0.2.51
                                          192.0.2.52
**  Eth-Trunk7.1 DHCP Relay Address  **
Dhcp Option          Relay Agent IP       Server IP
61(gold)             198.51.101.2         192.0.2.53
""",
        2,
        {
            "0.interface": "GigabitEthernet3/0/4.7",
            "0.options.0.option": "*",
            "0.options.0.first_server": "192.0.2.50",
            "0.options.1.first_server": None,
            "0.options.1.servers": ("192.0.2.51", "192.0.2.52"),
            "1.options.0.option": "61(gold)",
        },
    ),
    Sample(
        "display bfd statistics session static",
        """\
(w): State in WTR
(*): State is invalid
--------------------------------------------------------------------------------
  (Multi Hop) State : Up         Name : north-rbs
--------------------------------------------------------------------------------
  Session Type                        : Static
  Bind Type                           : IP
  Local/Remote Discriminator          : 101/102
  Received Packets                    : 5000
  Send Packets                        : 5004
  Received Bad Packets                : 3
  Send Bad Packets                    : 0
  Down Count                          : 1
  ShortBreak Count                    : 2
  Send Lsp Ping Count                 : 7
  Create Time                         : 2026-03-01 08:00:00
  Last Down Time                      : 0000/00/00 00:00:00
  Total Time From Last DOWN           : ---D:--H:--M:--S
  Last Up Time                        : 2026-03-02 06:11:42
  Last Up Lasting Time                : 003D:03H:48M:18S
  Total Time From Create              : 004D:02H:00M:00S
--------------------------------------------------------------------------------

     Total Session Number :  1
""",
        1,
        {
            "0.name": "north-rbs",
            "0.state": "up",
            "0.discriminators": "101/102",
            "0.received_bad": 3,
            "0.down_count": 1,
            "0.last_up_lasting": "003D:03H:48M:18S",
            "0.extra": {"Send Lsp Ping Count": "7"},
        },
    ),
    Sample(
        "display bfd interface",
        """\
--------------------------------------------------------------------------------
Interface Name                                 Sess-Count      BFD-State
--------------------------------------------------------------------------------
GigabitEthernet3/0/5                             2               up
Eth-Trunk7                                       1               down
--------------------------------------------------------------------------------
     Total Interface Number : 2
""",
        2,
        {"0.session_count": 2, "1.interface": "Eth-Trunk7", "1.state": "down"},
    ),
    Sample(
        "display ipv6 neighbors statistics all",
        """\
-----------------------------------------------
State     Dynamic      Static       Remote
-----------------------------------------------
Incmp     0            0            0
Reach     1            0            7
Stale     3            -            -
-----------------------------------------------
Total     4            0            7
""",
        4,
        {"1.remote": 7, "2.dynamic": 3, "2.static": None, "3.state": "total"},
    ),
    Sample(
        "display ip route-monitor-group",
        """\
Route monitor group number : 2
Route monitor group      Total weight     Down weight    State
up-north                 20               10             Enabled
up-south                 30               0              Disabled
""",
        2,
        {"0.weight_sum": 20, "0.down_weight": 10, "1.name": "up-south", "1.state": "disabled"},
    ),
    Sample(
        "display ip route-monitor-group up-north",
        """\
route monitor group up-north
 Weight sum   : 30
 Down weight  : 10
 State        : Enabled
-------------------------------------------------------
 route monitor group tracking route number : 2
-------------------------------------------------------
 VPN name     : _public_
 Destination  : 192.0.2.0
 Mask         : 255.255.255.0
 Down weight  : 10
 State        : Inactive
-------------------------------------------------------
 VPN name     : _public_
 Destination  : 198.51.100.0
 Mask         : 255.255.255.128
 Down weight  : 20
 State        : Active
""",
        1,
        {
            "0.weight_sum": 30,
            "0.down_weight": 10,
            "0.state": "enabled",
            "0.routes.0.state": "inactive",
            "0.routes.1.destination": "198.51.100.0",
            "0.routes.1.down_weight": 20,
        },
    ),
    Sample(
        "display ipsec instance brief",
        """\
----------------------------------------------------------------------
ID  VRRP-STATE  PEER-DEV-IP  VRRP-ID  RBF-PROFILE
----------------------------------------------------------------------
1   MASTER      192.0.2.2    21       rbp-ipsec
2   SLAVE       192.0.2.4    22       rbp-other
""",
        2,
        {"0.vrrp_state": "master", "1.peer_ip": "192.0.2.4", "1.vrrp_id": 22, "1.profile": "rbp-other"},
    ),
    Sample(
        "display ipsec instance id 1",
        """\
---------------------------------------------
 IPSec Instance Id   : 1

  IPsec policy used  : pol-w, pol-e
  RBF Profile        : rbp-ipsec
  RBS Name           : chan-9 (src:192.0.2.1, dst-ip:192.0.2.2, port:7001)
  VRRP ID            : 21
  VRRP State         : MASTER
  HA Channel State   : UP
  HA FSM State       : REALUPDATE
---------------------------------------------
""",
        1,
        {
            "0.policies": "pol-w, pol-e",
            "0.service": "chan-9 (src:192.0.2.1, dst-ip:192.0.2.2, port:7001)",
            "0.vrrp_id": 21,
            "0.fsm_state": "realupdate",
        },
    ),
    Sample(
        "display ipv6 routing-table vpn-instance V1",
        """\
Routing Table : V1
         Destinations : 2        Routes : 2

Destination  : 2001:DB8:7::                           PrefixLength : 64
NextHop      : 2001:DB8:7::1                          Preference   : 0
Cost         : 3                                      Protocol     : Direct
RelayNextHop : ::                                     TunnelID     : 0x0
Interface    : GigabitEthernet3/0/4                   Flags        : D

Destination  : 2001:DB8:8::                           PrefixLength : 48
NextHop      : FE80::9                                Preference   : 60
Cost         : 0                                      Protocol     : Static
RelayNextHop : 2001:DB8:7::9                          TunnelID     : 0x0
Interface    : Eth-Trunk7                             Flags        : RD
""",
        1,
        {
            "0.table": "V1",
            "0.route_count": 2,
            "0.routes.0.length": 64,
            "0.routes.0.cost": 3,
            "0.routes.0.relay_next_hop": "::",
            "0.routes.1.next_hop": "fe80::9",
            "0.routes.1.protocol": "static",
            "0.routes.1.flags": "RD",
        },
    ),
)
