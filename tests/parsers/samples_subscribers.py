"""Answers about subscribers, snooping and hardware in the documented format, with values of our own."""

from __future__ import annotations

from tests.parsers.samples_more import Sample

TUNNELS = (
    Sample(
        "display l2tp tunnel",
        """\
-------------------------------------------------------------
 -----------tunnel information in LAC-----------------------
 LocalTID RemoteTID RemoteAddress    Port   Sessions RemoteName
 ------------------------------------------------------------------------------
 21       34        203.0.113.80      1701   5        lns-north
 22       35        203.0.113.81      1701   1        lns-south
 ------------------------------------------------------------------------------
  Total 2,printed 2
  ----------------------------------------------------------
  -----------tunnel information in LNS----------------------
 The tunnel information of k board 3
 LocalTID RemoteTID RemoteAddress    Port   Sessions RemoteName
  Total 0, 0 printed from slot 3
""",
        2,
        {
            "0.side": "lac",
            "0.board": None,
            "0.tunnels.1.remote_name": "lns-south",
            "0.tunnels.0.session_count": 5,
            "1.side": "lns",
            "1.board": 3,
            "1.tunnels": (),
        },
    ),
    Sample(
        "display l2tp session lac",
        """\
 LocalSID  RemoteSID  LocalTID  RemoteTID  PPPID    UserID  UserName
 ----------------------------------------------------------------------------
  8         4          21        34         2          771      anna@homes
  9         6          21        34         3          772      bert@homes
 ----------------------------------------------------------------------------
 Total 2, printed 2
""",
        2,
        {"0.ppp_id": 2, "1.user": "bert@homes", "1.user_id": 772, "1.remote_session": 6},
    ),
    Sample(
        "display l2tp session lns slot 3 backup",
        """\
 LocalSID  RemoteSID  LocalTID  RemoteTID  UserID  UserName
 ----------------------------------------------------------------------------
  8         4          21        34         771      anna@homes
 ----------------------------------------------------------------------------
 Total 1,printed 1
""",
        1,
        {"0.ppp_id": None, "0.user_id": 771, "0.local_tunnel": 21},
    ),
    Sample(
        "display l2tp session-number lac",
        """\
  -------------------------------------------------------------
  Source IP address Vpn-instance Session number
  -------------------------------------------------------------
  203.0.113.1          -           5
  203.0.113.2          blue        1
""",
        2,
        {"0.vpn_instance": None, "1.vpn_instance": "blue", "0.session_count": 5},
    ),
    Sample(
        "display l2tp session rui remote-backup-service north",
        """\
 LTID: local assigned tunnel ID , RTID: Remote assigned tunnel ID
 LSID: local assigned session ID , RSID: Remote assigned session ID
 RG: Register(L:local,R:remote), FWS: Forwarding state(L:local interface, P:protect path).
 Basic Info                                        Redundant info
 ------------------------------------------------------------------------------
 LSID  RSID  LTID  RTID  UserID  UserName          RG state    Life        FWS
 ------------------------------------------------------------------------------
 8     4     21    34    771     anna@homes        L  active   90s         L
 9     6     21    34    772     bert@homes        R  inactive 4000s       P
 ----------------------------------------------------------------------------
  Total 2, printed 2
""",
        2,
        {
            "0.registered": "L",
            "1.registered": "R",
            "1.state": "inactive",
            "1.forwarding": "P",
            "0.life": "90s",
        },
    ),
    Sample(
        "display l2tp tunnel rui",
        """\
 LTID: local assigned tunnel ID , RTID: Remote assigned tunnel ID
 RG: Register(L:local,R:remote)
 LTID  RTID  RA              RN                Sessions RG state    Life(s)
 ------------------------------------------------------------------------------
 21    34    203.0.113.80    lns-north         5        L  active   90s
 ------------------------------------------------------------------------------
  Total 1, printed 1
""",
        1,
        {"0.remote_name": "lns-north", "0.session_count": 5, "0.state": "active"},
    ),
    Sample(
        "display ike sa",
        """\
 current sa Num :6
   Single-homing :1     Multi-homing master :5    Multi-homing slave :0
   None-backup sa :1    Backup sa :5
Spu board slot 4, IKE SA Information:
 Current IKE SA number: 2
-----------------------------------------------------------------------
conn-id    peer                    flag        phase   ext    vpn
-----------------------------------------------------------------------
71         203.0.113.9             RD|ST       V2:2    -      red
70         203.0.113.9             RD          V2:1    -      -
""",
        1,
        {
            "0.slot": 4,
            "0.associations.0.vpn_instance": "red",
            "0.associations.1.flags": "RD",
            "0.associations.1.phase": "V2:1",
        },
    ),
    Sample(
        "display ipsec sa brief",
        """\
Total Manual IP security association number: 0

current IPsec sa number: 1
-------------------------------------------------------------------------------------------
Src Address     Dst Address     SPI        Protocol Algorithm                       VPN
-------------------------------------------------------------------------------------------
203.0.113.1     203.0.113.9     990100    ESP      E:AES      A:SHA2-512-256        red
""",
        1,
        {
            "0.spi": 990100,
            "0.protocol": "esp",
            "0.algorithm": "E:AES A:SHA2-512-256",
            "0.vpn_instance": "red",
        },
    ),
)

BINDINGS = (
    Sample(
        "display dhcpv6 relay userinfo table interface GigabitEthernet3/0/4.9",
        """\
- ---------------------------------------------------------------------------------
   Index      IAID IA type   DUID
        Interface                     PEVLAN/CEVLAN   MAC
        IPv6 address                  IPv6 PD prefix
- ---------------------------------------------------------------------------------
      3        811  IA_PD     00030001aabbccddee77
        gigabitethernet3/0/4.9        9/0             00e0-fc44-2201
- -                            2001:db8:44::/56
      4        812  IA_NA     00030001aabbccddee78
        gigabitethernet3/0/4.9        9/12            00e0-fc44-2202
        2001:db8:45::7                -
- ---------------------------------------------------------------------------------
The table count             :  2
""",
        2,
        {
            "0.ia_type": "ia_pd",
            "0.ip": None,
            "0.prefix": "2001:db8:44::/56",
            "1.interface": "GigabitEthernet3/0/4.9",
            "1.vlans": "9/12",
            "1.ip": "2001:db8:45::7",
            "1.prefix": None,
        },
    ),
    Sample(
        "display dhcpv6 relay configuration",
        "DHCPv6 DUID: 0003000100e0fc7a7703\nDHCPv6 export pd-route: disable\n",
        1,
        {"0.duid": "0003000100e0fc7a7703", "0.export_pd_route": "disable"},
    ),
    Sample(
        "display dhcpv6-access user-table all",
        """\
  DHCPV6-ACCESS-USER-INFO-BRIEF:
  Index            User-ID          MAC               State
  IPV6-Address                                        Remain-Lease(Sec)
  PD-Address                                          Remain-Lease(Sec)
--------------------------------------------------------------------------------
    000012          000077      00e0-fc44-2202       ADDR_UP
    2001:DB8:C1::20                                           4000
    2001:DB8:C2::/64                                          4001
--------------------------------------------------------------------------------

Total users : 1
""",
        1,
        {"0.user_id": 77, "0.addresses.0.lease_s": 4000, "0.prefixes.0.prefix": "2001:db8:c2::/64"},
    ),
)

SNOOPING = (
    Sample(
        "display mld-snooping vlan 77",
        """\
  MLD Snooping Information for VLAN 77
     MLD Snooping is Enabled
     MLD Version is Set to 2
     MLD Query Interval is Set to default 125
     MLD Router Port Aging Interval is Set to 180s or holdtime in hello
     MLD Filter Group-Policy is Set to default : Permit All
     MLD Prompt Leave Enable
     MLD Router Alert is Required
     MLD ASM-SSM
     MLD SSM-Mapping Disable
""",
        1,
        {
            "0.vlan": 77,
            "0.snooping": "enabled",
            "0.version": 2,
            "0.default_version": False,
            "0.timers.0.value": "default 125",
            "0.switches.0.name": "Prompt Leave",
            "0.switches.0.state": "enable",
            "0.switches.1.state": "required",
            "0.service_model": "asm-ssm",
        },
    ),
    Sample(
        "display igmp-snooping configuration",
        """\
  IGMP Snooping Configuration for VLAN 77
     igmp-snooping enable
  IGMP Snooping Configuration for VSI tv-west
     igmp-snooping enable
     igmp-snooping version 3
""",
        2,
        {"0.scope": "VLAN 77", "1.scope": "VSI tv-west", "1.lines.1": "igmp-snooping version 3"},
    ),
    Sample(
        "display igmp-snooping group-info",
        """\
Group 232.44.7.7 information:
 Create time: 00:17:40
 Expire time: --
 Group timer: Not exist
 Retran count: 2
 Last member query: No
 Router filter mode: Include
 Compat mode: V3
 V1 host timer: Not exist
 Source last member query: Yes
  Source 198.51.100.70 info:
   Create time: 00:17:41
   Expire time: 00:02:12
   Source timer: Exist
   Retran count: 1   Source last member query: No
""",
        1,
        {
            "0.group": "232.44.7.7",
            "0.retransmissions": 2,
            "0.source_last_member_query": "yes",
            "0.sources.0.source": "198.51.100.70",
            "0.sources.0.retransmissions": 1,
            "0.sources.0.last_member_query": "no",
        },
    ),
    Sample(
        "display igmp-snooping querier vsi",
        """\
VSI                             Querier-state     Querier
------------------------------------------------------------
tv-west                          Enable           198.51.100.1
tv-east                          Disable          --
-----------------------------------------------------------
total entry 2
""",
        2,
        {"0.name": "tv-west", "0.querier_ip": "198.51.100.1", "1.state": "disable", "1.querier_ip": None},
    ),
    Sample(
        "display igmp-snooping router-port",
        """\
  Port Name                       UpTime        Expires       Flags
  ---------------------------------------------------------------------
  VSI tv-west, 1 router-port(s)
  PW(198.51.100.9/77)              11:40:22      --            STATIC
  VLAN 77, 1 router-port(s)
  Eth-Trunk7                       00:10:22      00:02:10      DYNAMIC
""",
        2,
        {
            "0.vsi": "tv-west",
            "0.ports.0.tags": "(198.51.100.9/77)",
            "1.vlan": 77,
            "1.ports.0.name": "Eth-Trunk7",
            "1.ports.0.expires": "00:02:10",
        },
    ),
)

HARDWARE = (
    Sample(
        "display alarm active verbose",
        """\
Sequence    : 7
AlarmId     : 0x8520077             AlarmName : hwRbsDown
AlarmType   : processing_error      Severity  : Critical         State : active
RootKindFlag: Independent
StartTime   : 2025-03-02 06:09:02+00:00 DST
Description : The channel changed. (name=north, state=Down)
""",
        1,
        {
            "0.sequence": 7,
            "0.alarm_id": "0x8520077",
            "0.severity": "critical",
            "0.description": "The channel changed. (name=north, state=Down)",
        },
    ),
    Sample(
        "display optical-module brief",
        """\
--------------------------------------------------------------------------------
Port        Status Duplex Type          Wavelength RxPower     TxPower     Mode       VendorPN
--------------------------------------------------------------------------------
GE3/0/3     up     full   10G-10km-sfp  1310nm     -4.11dBm    -2.70dBm    SingleMode OEM-LR-7
GE3/0/4     down   full   1G-10km-sfp   1310nm     -40.00dBm   -4.70dBm    SingleMode OEM-LX-7
""",
        2,
        {"0.name": "GigabitEthernet3/0/3", "1.receive_power": "-40.00dBm", "1.status": "down"},
    ),
    Sample(
        "display elabel brief",
        """\
Elabel brief information:
--------------------------------------------------------------------------------
Slot #          BoardType                     BarCode                 Description
--------------------------------------------------------------------------------
MPU 17           CR57MMMM                      2102MMMM0007            Main board
3                CR57LLLL                      2102LLLL0008            Line card
""",
        2,
        {"0.slot": "MPU 17", "1.slot": "3", "1.description": "Line card", "0.bar_code": "2102MMMM0007"},
    ),
)

POOLS = (
    Sample(
        "display ip pool",
        """\
-----------------------------------------------------------------------
  Pool-Name      : homes north
  Pool-No        : 7
  Pool-constant-index: -
  Position       : Local          Status           : Unlocked
  RUI-Flag       : -
  Gateway        : 203.0.113.1      Mask             : 255.255.255.0
  Vpn instance   : --              Unnumbered gateway: -
  IP address Statistic
    Total       :200
    Used        :50         Free      :150
    Conflicted  :1          Disable   :2
    Designated  :3          Gateway   :4
    Ratio       :25%
    Isolated    :5

  -----------------------------------------------------------------------
  Pool-Name      : homes south
  Pool-No        : 8
  Position       : Remote         Status           : Locked
  Gateway        : 203.0.113.129    Mask             : 255.255.255.128
  IP address Statistic
    Total       :10
    Used        :1          Free      :9

  -----------------------------------------------------------------------
  IP address pool Statistic
    Local       :1          Remote    :1          Server    :0

  IP address Statistic
    Total       :210
    Used        :51         Free      :159
""",
        3,
        {
            "0.name": "homes north",
            "0.gateway": "203.0.113.1",
            "0.addresses.0.gateways": 4,
            "0.addresses.0.ratio": 25.0,
            "1.position": "remote",
            "1.addresses.0.free": 9,
            "2.name": "IP address pool Statistic",
            "2.remote_pools": 1,
            "2.addresses.0.total": 210,
        },
    ),
    Sample(
        "display dhcpv6 relay statistics",
        """\
- ------------------------------------------------------------------
  Bad Packets received                                :   7
  DHCPv6 packets received from clients                :   70
         DHCPv6 SOLICIT packets received              :   60
  DHCPv6 packets received from relay agents or servers:   77
         Table Full                                   :   0
- ------------------------------------------------------------------
""",
        1,
        {"0.bad": 7},
    ),
    Sample(
        "display ip routing-table statistics",
        """\
Summary Prefixes : 9
Proto     total      active     added      deleted    freed
          routes     routes     routes     routes     routes
DIRECT    6          5          7          1          1
IS-IS     4          4          40         36         36
Total     10         9          47         37         37
""",
        1,
        {
            "0.prefix_count": 9,
            "0.active_count": 9,
            "0.protocols.0.protocol": "direct",
            "0.protocols.0.active": 5,
            "0.protocols.1.protocol": "is-is",
            "0.protocols.1.deleted": 36,
        },
    ),
    Sample(
        "display ip routing-table 203.0.113.7 verbose",
        """\
Route Flags: R - relay, D - download to fib, T - to vpn-instance, B - black hole route
------------------------------------------------------------------------------
Routing Table : _public_
Summary Count : 1

Destination: 203.0.113.7/32
     Protocol: Unr             Process ID: 0
   Preference: 61                    Cost: 3
      NextHop: 127.0.0.1        Neighbour: 0.0.0.0
        State: Active Adv             Age: 3d02h10m05s
          Tag: 77                Priority: high
        Label: NULL               QoSInfo: 0x0
   IndirectID: 0x0
 RelayNextHop: 0.0.0.0          Interface: InLoopBack0
     TunnelID: 0x0                  Flags:  D
""",
        1,
        {
            "0.protocol": "unr",
            "0.preference": 61,
            "0.state": "active adv",
            "0.age": "3d02h10m05s",
            "0.tag": 77,
            "0.interface": "InLoopBack0",
            "0.flags": "D",
        },
    ),
    Sample(
        "display bfd statistics",
        """\
Current Display Board Number : Main
Total Up/Down Session Number : 2 / 1
Total Up/Down Main Session Number : 0/0
Total Up/Down Sub Session Number  : 0/0
Total Used/Supported Resource Number  : 3/4096
Current Session Number :
      Static session     : 3                Dynamic session        : 0
      P2MP session       : 0
--------------------------------------------------------------------------------
PAF/LCS Name                       Maxnum         Minnum         Create
--------------------------------------------------------------------------------
BFD_SESSION_NUM                    4096          1              3
--------------------------------------------------------------------------------
IO Board Current Create Session Statistics Information :(slot/number)
--------------------------------------------------------------------------------
3 /2     4 /1
--------------------------------------------------------------------------------
Current Total Used Discriminator Num               : 3
""",
        1,
        {
            "0.up_down": (2, 1),
            "0.resources": (3, 4096),
            "0.discriminators": 3,
            "0.static": 3,
            "0.limits.0.created": 3,
            "0.boards.0": "3 /2 4 /1",
        },
    ),
)
