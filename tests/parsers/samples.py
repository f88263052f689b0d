"""One answer of each display in the documented format, with names and numbers of our own.

`facts` says what must be read from it: a path of places and fields, and the value there.
"""

from __future__ import annotations

from tests.parsers.samples_more import LOGINS, MORE, OBJECTS, Sample
from tests.parsers.samples_subscribers import BINDINGS, HARDWARE, POOLS, SNOOPING, TUNNELS

SAMPLES = (
    Sample(
        "display remote-backup-service",
        """\
---------REMOTE-BACKUP-SERVICE----------
        SERVER ID  SERVER NAME
 ----------------------------------------
                3  north.1
                7  chan_B
                8  x
 ----------------------------------------
  Total 3,3 printed
""",
        3,
        {"0.server_id": 3, "1.name": "chan_B", "2.name": "x"},
    ),
    Sample(
        "display remote-backup-service chan-9 verbose",
        """\
----------------------------------------------------------
 Service-Index    : 4
 Service-Name     : chan-9
 TCP-State        : Listening
 Peer-ip          : 2001:DB8::2
 Source-ip        : 2001:DB8::1
 TCP-Port         : 55535
 Track-BFD        : 17
 SSL-Policy-Name  : tls-1
 SSL-State        : --
 Batch-backup     : 04:30:00(Daily) for service igmp-snooping
 Batch-backup     : 05:30:00(Daily) for service bras
 Blocked on TX    : bras l2tp
 Uplink weight    : 40
----------------------------------------------------------
""",
        1,
        {
            "0.tcp_state": "listening",
            "0.peer_ip": "2001:db8::2",
            "0.tcp_port": 55535,
            "0.track_bfd": "17",
            "0.ssl_state": None,
            "0.batch_backups.0.at": "04:30:00(Daily)",
            "0.batch_backups.1.service": "bras",
            "0.blocked_on_tx": ("bras", "l2tp"),
            "0.extra": {"Uplink weight": "40"},
        },
    ),
    Sample(
        "display remote-backup-profile slot 4",
        """\
----------REMOTE-BACKUP-PROFILE----------
         PROFILE-ID  PROFILE-NAME
 -----------------------------------------
         0x10a0      gold
         0x1001      silver.2
 -----------------------------------------
  Total 2  printed.
""",
        2,
        {"0.profile_id": "0x10a0", "1.name": "silver.2"},
    ),
    Sample(
        "display remote-backup-profile slave gold",
        """\
-----------------------------------------------
 Profile-Index        : 0x10a0
 Profile-Name         : gold
 Service              : bras dhcp-server
 Remote-backup-service: --
 Backup-ID            : --
 track protocol       : VRRP
 VRRP-ID              : 11
 VRRP-Interface       : GigabitEthernet2/0/1.5
 Access-Control       : Odd-Mac
 State                : Master
 Peer State           : Slave
 VRRP-ID              : 12
 VRRP-Interface       : GigabitEthernet2/0/1.6
 Access-Control       : Even-Mac
 State                : Slave
 Peer State           : --
 Interface            :
                        Eth-Trunk7.100
                        GigabitEthernet2/0/3
Forwarding Configured: Slave Without-forwarding
Forwarding RunState  : Slave Forwarding
 Backup mode          : warm
 Slot-Number          : 2
 Card-Number          : 0
 Port-Number          : --
 Traffic threshold    : 75(MB)
 Traffic interval     : 20(minutes)
 ipv6 pool include info :
 ipv6 pool p1 include  : pool pd (20)
 Last time start update user AIB : 2026-03-04 05:06:07
 DHCP user IGMP copy  : disable
""",
        1,
        {
            "0.services": ("bras", "dhcp-server"),
            "0.remote_backup_service": None,
            "0.backup_id": None,
            "0.vrrps.0.state": "master",
            "0.vrrps.1.vrrp_id": 12,
            "0.vrrps.1.access_control": "Even-Mac",
            "0.vrrps.1.peer_state": None,
            "0.interfaces": ("Eth-Trunk7.100", "GigabitEthernet2/0/3"),
            "0.forwarding_configured": "Slave Without-forwarding",
            "0.backup_mode": "warm",
            "0.slot_number": 2,
            "0.traffic_interval": "20(minutes)",
            "0.extra": {"ipv6 pool include info": "", "ipv6 pool p1 include": "pool pd (20)"},
        },
    ),
    Sample(
        "display e-trunk 77",
        """\
                          The E-Trunk information

E-Trunk-ID : 77                         Revert-Delay-Time (s) : 600
Priority : 3                            System-ID : 0a0b-0c0d-0e0f
VPN-Instance : mgmt
Peer-IP : 2001:DB8:1::2                 Source-IP : 2001:DB8:1::1
State : Initialize                      Causation : INIT
Send-Period (100ms) : 5                 Fail-Time (100ms) : 15
Receive : 0                             Send : 9
RecDrop : 2                             SndDrop : 0
Peer-Priority : -                       Peer-System-ID : -
Peer-Fail-Time (100ms) : -              BFD-Session :
Description : towards peer: rack 4, State : ok
Sequence : Enable
Dynamic-BFD : Enabled                   BFD-State : Up
TX (ms) : 100                           RX (ms) : 50
Multiplier : 4
--------------------------------------------------------------------------------
                            The Member information
Type      ID   LocalPhyState   Work-Mode      State    Causation      Remote-ID
Eth-Trunk 12   Up              auto           Master   PEER_MEMBER_DOWN  21
Global-VE 3    Down            force-backup   Backup   FORCE_BACKUP      --
""",
        1,
        {
            "0.revert_delay_s": 600,
            "0.vpn_instance": "mgmt",
            "0.peer_ip": "2001:db8:1::2",
            "0.state": "initialize",
            "0.receive_dropped": 2,
            "0.peer_priority": None,
            "0.bfd_session": None,
            "0.description": "towards peer: rack 4, State : ok",
            "0.sequence": "enable",
            "0.rx_ms": 50,
            "0.members.0.causation": "PEER_MEMBER_DOWN",
            "0.members.1.type": "Global-VE",
            "0.members.1.phy_state": "down",
            "0.members.1.remote_id": None,
        },
    ),
    Sample(
        "display e-trunk brief",
        """\
E-TRUNK-ID  State    VPN-Instance                   Peer-IP                        Source-IP
---------------------------------------------------------------------------------------------------------------
5           Backup                                  192.0.2.1                      192.0.2.2
6           Init     red                            2001:DB8::1                    2001:DB8::2
---------------------------------------------------------------------------------------------------------------
Total:2       Master:0     Backup:1         Init:1
""",
        2,
        {"0.vpn_instance": None, "0.peer_ip": "192.0.2.1", "1.state": "initialize", "1.vpn_instance": "red"},
    ),
    Sample(
        "display e-trunk bfd session all",
        """\
BFD session information for E-Trunk, Total BFD session(s): 2
---------------------------------------------------------------------
E-TRUNK-ID : 5
TX(ms)  : 30               RX(ms) : 60                Multiplier : 3
LocalIP : 192.0.2.2        PeerIP : 192.0.2.1         BFD State  : Down
E-TRUNK-ID : 6
TX(ms)  : 10               RX(ms) : 10                Multiplier : 5
LocalIP : 192.0.2.4        PeerIP : 192.0.2.3         BFD State  : Up
""",
        2,
        {"0.rx_ms": 60, "0.bfd_state": "down", "1.id": 6, "1.peer_ip": "192.0.2.3"},
    ),
    Sample(
        "display e-trunk packet-statistics",
        """\
E-Trunk-ID errors : 4
Length errors     : 1

E-TRUNK-ID : 5
  Sent packets                                : 100
  Failed to send packets                      : 0
  Received packets                            : 90
  Received packets with authentication errors : 7
  Received packets with peer-ip errors        : 3
  Dropped packets with BFD protection         : 2
""",
        2,
        {"0.length_errors": 1, "0.id": None, "1.id": 5, "1.received": 90, "1.authentication_errors": 7},
    ),
    Sample(
        "display e-trunk 5 state-change member-interface Eth-Trunk 12",
        """\
Time                           SourceState     DestState   Reason
---------------------------------------------------------------------------
2026-03-04 10:41:30-08:00      Backup          Master      PEER_MEMBER_DOWN
2026-03-04 10:40:00-08:00      Init            Backup      ETRUNK_BACKUP
""",
        2,
        {"0.time": "2026-03-04 10:41:30-08:00", "0.dest_state": "master", "1.source_state": "initialize"},
    ),
    Sample(
        "display eth-trunk",
        """\
Eth-Trunk31's state information is:
Local:
LAG ID: 31                  WorkingMode: STATIC
Preempt Delay Time: 12      Hash arithmetic: According to flow
System Priority: 12         System ID: 0a0b-0c0d-0e0f(Remote)
Least Active-linknumber:2   Max Active-linknumber:32
Operate Status: up          Number Of Up Ports In Trunk: 2
Timeout Period: Fast
--------------------------------------------------------------------------------
ActorPortName          Status   PortType PortPri PortNo PortKey PortState Weight
GigabitEthernet3/0/2   Selected 10GE     1       3      7985    11111100  4
GigabitEthernet3/0/3(h) Unselect 1GE     2       4      7985    10100000  1

Partner:
--------------------------------------------------------------------------------
ActorPortName          SysPri    SystemID  PortPri PortNo  PortKey   PortState
GigabitEthernet3/0/2   9  0101-0202-0303  8  7   6      11111100
GigabitEthernet3/0/3   0  0000-0000-0000  0  0   0      10100011

Eth-Trunk32's state information is:
WorkingMode: NORMAL         Hash arithmetic: According to flow
Least Active-linknumber: 1  Max Bandwidth-affected-linknumber: 64
Operate status: down        Number Of Up Ports In Trunk: 0
--------------------------------------------------------------------------------
PortName                      Status      Weight
GigabitEthernet3/0/5          Offline     2
GigabitEthernet3/0/6          Down        1

Eth-Trunk33's state information is:
WorkingMode: BACKUP
WorkingState: Slave
--------------------------------------------------------------------------------
PortName                      Slave/Master
GigabitEthernet3/0/7          M
GigabitEthernet3/0/8          S
""",
        3,
        {
            "0.preempt_delay": "12",
            "0.system_id_from": "remote",
            "0.max_active_links": 32,
            "0.ports.0.port_type": "10GE",
            "0.ports.1.flags": "h",
            "0.ports.1.status": "unselect",
            "0.partners.1.system_priority": 0,
            "1.working_mode": "normal",
            "1.max_bandwidth_affected_links": 64,
            "1.ports.0.status": "offline",
            "1.ports.0.weight": 2,
            "2.working_state": "slave",
            "2.ports.1.status": "s",
        },
    ),
    Sample(
        "display eth-trunk 34 verbose",
        """\
Eth-Trunk34's state information is:
WorkingMode: NORMAL         Hash arithmetic: According to flow
Operate status: up          Number Of Up Ports In Trunk: 1
--------------------------------------------------------------------------------
PortName                      Status      Weight
GigabitEthernet3/0/9          Up          1

Flow statistic
  Interface GigabitEthernet3/0/9
    Last 300 seconds input rate 4096 bits/sec, 3 packets/sec
    Last 300 seconds output rate 8192 bits/sec, 5 packets/sec
  Interface Eth-Trunk34
    Last 300 seconds input rate 4097 bits/sec, 4 packets/sec
    Last 300 seconds output rate 8193 bits/sec, 6 packets/sec
""",
        1,
        {
            "0.flows.0.input_bits_per_s": 4096,
            "0.flows.1.name": "Eth-Trunk34",
            "0.flows.1.output_packets_per_s": 6,
        },
    ),
    Sample(
        "display eth-trunk brief",
        """\
Status: Operate status
Role: E-Trunk status
Act: Active link number
Inact: Inactive link number
Cfgd: Configured link number
BW: Bandwidth
Interface              Mode      Status    Role      Act/Inact/Cfgd   BW(Mbps)
Eth-Trunk31            STATIC    Up        M         2/1/3            20000
Eth-Trunk32            NORMAL    Down      -         0/2/2            0
""",
        2,
        {"0.role": "m", "0.inactive": 1, "0.bandwidth_mbps": 20000, "1.role": None, "1.status": "down"},
    ),
    Sample(
        "display trunkmembership eth-trunk 31",
        """\
Trunk ID: 31
used status: VALID
TYPE: ethernet
Working Mode : StaticNumber Of Ports in Trunk = 3
Number Of UP Ports in Trunk = 1
operate status: up

Interface GigabitEthernet3/0/2, valid, operate up,   weight=4
Interface GigabitEthernet3/0/3, valid, operate down,   weight=1Interface GigabitEthernet3/0/4, valid, operate offline, weight=1
""",  # noqa: E501 - the device loses the end of a line here
        1,
        {
            "0.working_mode": "static",
            "0.port_count": 3,
            "0.up_port_count": 1,
            "0.ports.1.operate": "down",
            "0.ports.2.name": "GigabitEthernet3/0/4",
        },
    ),
    Sample(
        "display lacp brief",
        """\
System Priority:100
System ID      :0a0b-0c0d-0e0f
--------------------------------------------------------------------------------
Eth-Trunk31:
System Priority: 12
System ID      : 0a0b-0c0d-0e10(Remote)
""",
        2,
        {"0.trunk": None, "0.system_priority": 100, "1.trunk": "Eth-Trunk31", "1.system_id_from": "remote"},
    ),
    Sample(
        "display lacp statistics eth-trunk 31",
        """\
Eth-trunk31's PDU statistic is:
------------------------------------------------------------------------------
   Port                   LacpRevPdu LacpSentPdu MarkerRevPdu MarkerSentPdu
GigabitEthernet3/0/2           99         101            1             2
""",
        1,
        {"0.trunk": "Eth-Trunk31", "0.ports.0.lacp_sent": 101, "0.ports.0.marker_sent": 2},
    ),
    Sample(
        "display lacp troubleshooting",
        """\
Total counts: 2
--------------------------------------------------------------------------------
Sequence   Time                       Event Description
--------------------------------------------------------------------------------
1          2026-03-04 22:56:47        The partner did not answer in ti
                                      me. (Port=GE3/0/2)
2          2026-03-04 22:58:00        The port was shut down.
--------------------------------------------------------------------------------
""",
        2,
        {"0.continued": ("me. (Port=GE3/0/2)",), "1.sequence": 2, "1.description": "The port was shut down."},
    ),
    Sample(
        "display bfd session static",
        """\
(w): State in WTR
(*): State is invalid
--------------------------------------------------------------------------------
Local      Remote     PeerIpAddr      State     Type        InterfaceName
--------------------------------------------------------------------------------
17         71         192.0.2.9       Up(w)     S_IP_PEER   -
18         -          224.0.0.184     Down      S_IP_IF     Eth-Trunk31
19         91         2001:DB8:9::9
                                      AdminDown S_IP_IF     GigabitEthernet3/0/1
--------------------------------------------------------------------------------
    Total UP/DOWN Session Number : 1/2
""",
        3,
        {
            "0.state": "up",
            "0.state_mark": "w",
            "0.interface": None,
            "1.remote_discriminator": None,
            "2.peer_ip": "2001:db8:9::9",
            "2.state": "admindown",
        },
    ),
    Sample(
        "display bfd session discriminator 17 verbose",
        """\
(w): State in WTR
(*): State is invalid
--------------------------------------------------------------------------------
  (Multiple Hops) State : Init              Name : core
------------------------------------------------------------------------------
  Local Discriminator    : 17               Remote Discriminator   : 71
  Session Detect Mode    : Asynchronous Mode With Echo Function
  BFD Bind Type          : Peer IP Address
  Bind Session Type      : Static
  Bind Peer IP Address   : 192.0.2.9
  Bind Interface         : -
  Min Tx Interval (ms)   : 50               Min Rx Interval (ms)   : 60
  Actual Tx Interval (ms): 1350             Actual Rx Interval (ms): 1351
  Local Detect Multi     : 4                Detect Interval (ms)   : -
  Destination Port       : 4784             TTL : 1
  Last Local Diagnostic  : Neighbor Signaled Session Down (Receive AdminDown)
  Bind Application       : VRRP ETRUNK
  Session Not Up Reason  : In negotiation
  Session Description    : core: north State : x
------------------------------------------------------------------------------

     Total UP/DOWN Session Number : 0/1
""",
        1,
        {
            "0.hop": "Multiple Hops",
            "0.state": "init",
            "0.min_rx_ms": 60,
            "0.actual_rx_ms": 1351,
            "0.detect_ms": None,
            "0.ttl": 1,
            "0.last_diagnostic": "Neighbor Signaled Session Down (Receive AdminDown)",
            "0.bind_application": "VRRP ETRUNK",
            "0.description": "core: north State : x",
        },
    ),
    Sample(
        "display vrrp interface GigabitEthernet3/0/1 verbose",
        """\
GE3/0/1 | Virtual Router 44
State          : Backup
Virtual IP     : 192.0.2.1
                 192.0.2.2
Master IP      : 192.0.2.11
Local IP       : 192.0.2.12
PriorityRun    : 80
PriorityConfig : 90
MasterPriority : 130
Preempt        : YES   Delay Time : 600s   Remain : 35
Hold Multiplier: 5
TimerRun       : 1s
TimerConfig    : 1s
Auth Type      : SIMPLE TEXT
Virtual MAC    : 0000-5e00-012c
Check TTL      : NO
Config Type    : admin-vrrp
Backup-forward : disabled
Track IF          : GigabitEthernet3/0/4       Priority Reduced : 20
IF State          : DOWN
Track BFD         : 17       Priority Increased : 40
BFD State         : UP
Create Time       : 2026-03-04 07:56:49
Last Change Time  : 0000-00-00 00:00:00
""",
        1,
        {
            "0.interface": "GigabitEthernet3/0/1",
            "0.virtual_ips": ("192.0.2.1", "192.0.2.2"),
            "0.preempt_delay_s": 600,
            "0.preempt_remain": "35",
            "0.auth_type": "simple text",
            "0.tracks.0.reduced": 20,
            "0.tracks.0.state": "down",
            "0.tracks.1.kind": "BFD",
            "0.tracks.1.increased": 40,
            "0.last_change_time": "0000-00-00 00:00:00",
        },
    ),
    Sample(
        "display vrrp6 interface Eth-Trunk31 verbose",
        """\
Eth-Trunk31 | Virtual Router 6
State           : Master
Virtual IP      : FE80::6
                  2001:DB8:6::6
Master IP       : FE80::1
Local IP        : FE80::1
PriorityRun     : 255
PriorityConfig  : 255
MasterPriority  : 255
Preempt         : NO   Delay Time : 0s
Hold Multiplier : 3
TimerRun        : 200cs
TimerConfig     : 200cs
Virtual MAC     : 0000-5e00-0206
Check hop limit : YES
Config Type     : normal-vrrp
Na Copy         : enabled
""",
        1,
        {
            "0.virtual_ips": ("fe80::6", "2001:db8:6::6"),
            "0.preempt": "no",
            "0.preempt_remain": None,
            "0.timer_run": "200cs",
            "0.check_hop_limit": "yes",
            "0.na_copy": "enabled",
        },
    ),
    Sample(
        "display vrrp brief",
        """\
Total:2     Master:1    Backup:0    Non-active:1
VRID State       Interface               Type    Virtual IP        Master IP         Local IP
-------------------------------------------------------------------------------------------------
44   Master      GE3/0/1                 Admin   192.0.2.1         192.0.2.11        192.0.2.11
45   Initialize  GE3/0/2.7               Member  192.0.2.65        0.0.0.0           192.0.2.66
""",
        2,
        {"0.type": "admin", "1.interface": "GigabitEthernet3/0/2.7", "1.state": "initialize"},
    ),
    Sample(
        "display vrrp6 admin-vrrp6",
        """\
Total:1     Master:0    Backup:1    Non-active:0
VRID State       Interface               Type    Virtual IP
----------------------------------------------------------------
6    Backup      Vlanif77                Admin   FE80::6:7
""",
        1,
        {"0.interface": "Vlanif77", "0.virtual_ip": "fe80::6:7", "0.local_ip": None},
    ),
    Sample(
        "display vrrp binding admin-vrrp",
        """\
Interface: GigabitEthernet3/0/1, admin-vrrp vrid: 44, state: Backup
  Member-vrrp number: 2
    Interface: GigabitEthernet3/0/2.7, vrid: 45, state: Initialize
    Interface: GigabitEthernet3/0/2.8, vrid: 46, state: Backup
  VC number: 1
    Interface name: GigabitEthernet3/0/3.1, type: VLAN, state: Down
Interface: GigabitEthernet3/0/9, admin-vrrp vrid: 49, state: Master
  Member-vrrp number: 0
""",
        2,
        {
            "0.vrid": 44,
            "0.members.1.vrid": 46,
            "0.members.0.state": "initialize",
            "0.circuits.0.state": "down",
            "1.member_count": 0,
            "1.members": (),
        },
    ),
    Sample(
        "display vrrp state-change interface GigabitEthernet 3/0/1 vrid 44",
        """\
Time                      SourceState   DestinationState     Reason
  ---------------------------------------------------------------
  2026-03-04 15:29:45       Backup        Master               Peer BFD session down
""",
        1,
        {"0.destination_state": "master", "0.reason": "Peer BFD session down"},
    ),
    Sample(
        "display monitor-group",
        """\
Monitor-group number : 1
monitor-group                     down-weight           status     index
uplinks                           30                    Inactive   4
""",
        1,
        {"0.name": "uplinks", "0.down_weight": 30, "0.status": "inactive", "0.index": 4},
    ),
    Sample(
        "display monitor-group uplinks",
        """\
monitor-group uplinks
    Index            : 4
    Down weight      : 30
    Weight sum       : 50
    Max track weight : 40
    Trigger-up delay : 15 (s)
    Status           : Active
-------------------------------------------------------
  monitor-group binding interface number : 2
-------------------------------------------------------
    Interface name  :  GigabitEthernet3/0/1
    Interface index :  17
    Down-weight     :  30
    Phystatus       :  DOWN
    Bfdstatus       :  -
    LastPhydowntime :  2026-03-04 01:20:49+01:00 DST
    ValidFlag       :  valid
    Interface name  :  GigabitEthernet3/0/2
    Interface index :  18
    Down-weight     :  20
    Phystatus       :  UP
    ValidFlag       :  invalid
-------------------------------------------------------
monitor-group track interface number : 1
-------------------------------------------------------
    Interface name      :  Eth-Trunk31
    Interface index     :  12
    Trigger-down-weight :  40
    TriggerStatus       :  TRIGGER DOWN
    ValidFlag           :  valid
""",
        1,
        {
            "0.down_weight": 30,
            "0.trigger_up_delay_s": 15,
            "0.binding_count": 2,
            "0.interfaces.0.down_weight": 30,
            "0.interfaces.0.last_phy_down_time": "2026-03-04 01:20:49+01:00 DST",
            "0.interfaces.1.valid_flag": "invalid",
            "0.interfaces.2.trigger_status": "trigger down",
        },
    ),
    Sample(
        "display interface brief main",
        """\
PHY: Physical
*down: administratively down
^down: standby
(E): E-Trunk down
(b): BFD down
InUti/OutUti: input utility/output utility
Interface                   PHY   Protocol  InUti OutUti   inErrors  outErrors
Eth-Trunk31                 down(E) down      0%  0.01%          0          0
  GigabitEthernet3/0/2      ^down down        --     --          0          0
GigabitEthernet3/0/4(10G)   *down  down      50%     30%       123        456
LoopBack0                   up    up(s)       0%      0%         0          0
""",
        4,
        {
            "0.phy_reason": "E",
            "0.out_utility": "0.01%",
            "1.phy_mark": "^",
            "1.in_utility": None,
            "2.name": "GigabitEthernet3/0/4",
            "2.phy_mark": "*",
            "2.out_errors": 456,
            "3.protocol_reason": "s",
        },
    ),
    Sample(
        "display interface ethernet brief",
        """\
PHY: Physical
InUti/OutUti: input utility/output utility
Interface                   PHY   Auto-Neg Duplex Bandwidth InUti OutUti Trunk
GigabitEthernet3/0/2        up    enable   full   1G           0%     0% 31
GigabitEthernet3/0/3        *down -        full   10G          0%     0% --
""",
        2,
        {"0.trunk": "31", "1.phy_mark": "*", "1.auto_negotiation": None, "1.trunk": None},
    ),
    Sample(
        "display ip interface brief",
        """\
*down: administratively down
!down: FIB overload down
(td): transceiver unmatch down
The number of interface that is UP in Physical is 2
The number of interface that is DOWN in Physical is 1
The number of interface that is UP in Protocol is 2
The number of interface that is DOWN in Protocol is 1

GigabitEthernet3/0/1              192.0.2.11/26        up         up       red...
GigabitEthernet3/0/4(10G)         unassigned          !down       down     --
LoopBack0                         198.51.100.1/32      up         up(s)    --
""",
        3,
        {"0.vpn": "red...", "1.address": "unassigned", "1.phy_mark": "!", "1.vpn": None, "2.protocol": "up"},
    ),
    Sample(
        "display ipv6 interface brief",
        """\
Interface                    Physical              Protocol    VPN
GigabitEthernet 3/0/1        up                    up          --
[IPv6 Address] 2001:DB8::11/64
[IPv6 Address] FE80::11
LoopBack0                    *down                 down        red
[IPv6 Address] Unassigned
""",
        2,
        {
            "0.name": "GigabitEthernet3/0/1",
            "0.addresses": ("2001:db8::11/64", "fe80::11"),
            "1.vpn": "red",
            "1.addresses": ("unassigned",),
        },
    ),
    Sample(
        "display igmp all-instance group",
        """\
Interface group report information of VPN-Instance: public net
 GigabitEthernet3/0/1(192.0.2.11):
  Total 2 IGMP Groups reported
   Group Address   Last Reporter   Uptime      Expires
   239.1.2.3       192.0.2.20      00:02:04    00:01:17
   239.1.2.4       192.0.2.21      3d01h       off
 Eth-Trunk31(192.0.2.65)
  Total 1 IGMP Group reported
   Group Address   Last Reporter   Uptime      Expires
   239.9.9.9       192.0.2.70      00:00:04    00:02:17
Interface group report information of VPN-Instance: red
 GigabitEthernet3/0/2(192.0.2.129):
  Total 1 IGMP Group reported
   Group Address   Last Reporter   Uptime      Expires
   239.1.2.3       192.0.2.130     00:02:04    00:01:17
""",
        2,
        {
            "0.interfaces.0.groups.1.uptime": "3d01h",
            "0.interfaces.1.name": "Eth-Trunk31",
            "0.interfaces.1.groups.0.group": "239.9.9.9",
            "1.vpn_instance": "red",
            "1.interfaces.0.groups.0.last_reporter": "192.0.2.130",
        },
    ),
    Sample(
        "display mld group verbose",
        """\
Interface group report information of VPN-Instance: public net
 Limited entry of this VPN-Instance: -
 GigabitEthernet3/0/1(FE80::11):
  Total entries on this interface: 2
  Limited entry on this interface: -
  Total 2 MLD Groups reported
   Group: FF38::1:2
     Uptime: 00:00:21
     Expires: off
     Last reporter: FE80::20
     Last-listener-query-counter: 2
     Last-listener-query-timer-expiry: off
     Source list:
       Source: 2001:DB8:1::1
       Uptime: 00:00:20
       Source: 2001:DB8:1::2
       Uptime: 00:00:19
   Group: FF38::1:3
     Uptime: 00:00:07
     Version1-host-present-timer-expiry: off
""",
        1,
        {
            "0.interfaces.0.entry_count": 2,
            "0.interfaces.0.groups.0.sources.1.source": "2001:db8:1::2",
            "0.interfaces.0.groups.0.sources.1.uptime": "00:00:19",
            "0.interfaces.0.groups.0.uptime": "00:00:21",
            "0.interfaces.0.groups.1.group": "ff38::1:3",
            "0.interfaces.0.groups.1.extra": {"Version1-host-present-timer-expiry": "off"},
        },
    ),
    Sample(
        "display igmp-snooping port-info vsi tv",
        """\
 -----------------------------------------------------------------------------------
  Flag: S:Static     D:Dynamic     M:Ssm-mapping
        A:Active     P:Protocol    F:Fast-channel
                     (Source, Group)  Port                                      Flag
 -----------------------------------------------------------------------------------
 VSI tv, VLAN 6, 2 Entry(s)
                      (*, 239.1.2.3)                                            P--
                                      GE3/0/2.1(PE:6)                           S--
                                      Eth-Trunk31.1(PE:7)                       -D-
                                                        2 port(s) include
                      (192.0.2.5, 239.1.2.4)                                    PA-
                                      PW(192.0.2.9/44)                          -D-
                                                        1 port(s) include
 -----------------------------------------------------------------------------------
""",
        1,
        {
            "0.vsi": "tv",
            "0.vlan": 6,
            "0.entries.0.ports.1.name": "Eth-Trunk31.1",
            "0.entries.0.ports.0.tags": "PE:6",
            "0.entries.1.source": "192.0.2.5",
            "0.entries.1.ports.0.tags": "192.0.2.9/44",
            "0.entries.1.port_count": 1,
        },
    ),
    Sample(
        "display multicast rui source 192.0.2.5 group 239.1.2.3 eth-trunk 31",
        "The multicast traffic is forwarded through the Eth-Trunk interface on the remote device.\n",
        1,
        {"0.forwarder": "remote"},
    ),
    Sample(
        "display arp interface Eth-Trunk31",
        """\
ARP timeout:600s
IP ADDRESS      MAC ADDRESS     EXPIRE(M) TYPE        INTERFACE   VPN-INSTANCE
                                          VLAN/CEVLAN PVC
------------------------------------------------------------------------------
192.0.2.65      0a0b-0c0d-0e0f            I -         Eth-Trunk31     red
192.0.2.66      0a0b-0c0d-0e66  9         D-3         Eth-Trunk31.4   red
                                          100/-       -
192.0.2.67      0a0b-0c0d-0e67            S--         Eth-Trunk31
------------------------------------------------------------------------------
Total: 3         Dynamic:1       Static:1    Interface:1    Remote:0
Redirect:0
""",
        3,
        {
            "0.expires_min": None,
            "0.type": "I -",
            "1.expires_min": 9,
            "1.type": "D-3",
            "1.vlan": "100/-",
            "2.vpn_instance": None,
        },
    ),
    Sample(
        "display arp statistics all",
        "Dynamic:11       Static:2       Remote: 3       Redirect:4\n",
        1,
        {"0.dynamic": 11, "0.remote": 3, "0.redirect": 4},
    ),
    Sample(
        "display ospf 7 peer brief",
        """\
(M) Indicates MADJ interface
          OSPF Process 7 with Router ID 198.51.100.1
                   Peer Statistic Informations

  Total number of peer(s): 2
  Peer(s) in full state: 1

-------------------------------------------------------------------------
 Area Id         Interface      Neighbor id      State
 0.0.0.0         GE3/0/1        198.51.100.2     Full
 0.0.0.9         Eth-Trunk31    198.51.100.3     2-Way
-------------------------------------------------------------------------
""",
        1,
        {"0.process": 7, "0.full_count": 1, "0.peers.1.interface": "Eth-Trunk31", "0.peers.1.state": "2-way"},
    ),
    Sample(
        "display ospf peer",
        """\
          OSPF Process 7 with Router ID 198.51.100.1
                Neighbors

 Area 0.0.0.9 interface 192.0.2.11 ( GE3/0/1 )'s neighbors
 Router ID: 198.51.100.2    Address: 192.0.2.12
   State: Full  Mode:Nbr is  Master   Priority: 4
   DR: 192.0.2.11   BDR: None    MTU: 1500
   Dead timer due in  33  sec
   Retrans timer interval: 5
   Neighbor is up for 10:11:12
   Neighbor Up Time : 2026-03-04 01:41:57
   Authentication Sequence: [ 12 ]
 Router ID: 198.51.100.3    Address: 192.0.2.13
   State: 2-Way  Mode:Nbr is  Slave   Priority: 0
""",
        1,
        {
            "0.links.0.interface": "GigabitEthernet3/0/1",
            "0.links.0.neighbors.0.mode": "Nbr is Master",
            "0.links.0.neighbors.0.priority": 4,
            "0.links.0.neighbors.0.dead_timer_s": 33,
            "0.links.0.neighbors.0.authentication_sequence": 12,
            "0.links.0.neighbors.1.state": "2-way",
        },
    ),
    Sample(
        "ping -a 198.51.100.1 -c 3 198.51.100.2",
        """\
  PING 198.51.100.2: 56  data bytes, press CTRL_C to break
    Request time out
    Reply from 198.51.100.2 : bytes=56 Sequence=2 ttl=254 time = 12ms
    Error: Trip time = 320 ms is longer than wait time = 300 ms!

  --- 198.51.100.2 ping statistics ---
    3 packet(s) transmitted
    1 packet(s) received
    66.67% packet loss
    round-trip min/avg/max = 12/12/12 ms
""",
        1,
        {
            "0.loss_percent": 66.67,
            "0.received": 1,
            "0.replies.0.time_ms": 12,
            "0.max_ms": 12,
            "0.complaints": ("Trip time=320 ms is longer than wait time=300 ms!",),
        },
    ),
    Sample(
        "display ipv6 neighbors GigabitEthernet3/0/1.5",
        """\
-----------------------------------------------------------------------------
IPv6 Address : 2001:DB8:5::66
Link-layer   : 0a0b-0c0d-0e66                     State     : REACH
Interface    : GE3/0/1.5                          Age       : 7
VLAN         : 5                                  CEVLAN    : -
VPN name     : red                                Is Router : TRUE
Secure FLAG  : SECURESource IP    : -
IPv6 Address : 2001:DB8:5::67
Link-layer   : 0a0b-0c0d-0e67                     State     : STALE
Interface    : GE3/0/1.5                          Age       : -
VLAN         : 5                                  CEVLAN    : 12
VPN name     : -                                  Is Router : FALSE
Secure FLAG  : UN-SECURE
-----------------------------------------------------------------------------
Total: 2        Dynamic: 1      Static: 1      Remote:0
""",
        2,
        {
            "0.ip": "2001:db8:5::66",
            "0.state": "reach",
            "0.interface": "GigabitEthernet3/0/1.5",
            "0.vpn_instance": "red",
            "0.secure": "secure",
            "0.source_ip": None,
            "1.age_min": None,
            "1.ce_vlan": 12,
        },
    ),
    Sample(
        "display ipv6 neighbors brief",
        """\
D-Dynamic,S-Static,R-Remote
I-INCMP,R-REACH,S-STALE,D-DELAY,P-PROBE
-----------------------------------------------------------------
IPv6 Address         Link-layer       State Type Interface
-----------------------------------------------------------------
2001:DB8:5::66
                     0a0b-0c0d-0e66   R     D    GE3/0/1.5
2001:DB8:5::68
                     0a0b-0c0d-0e68   S     R    Eth-Trunk31.4
-----------------------------------------------------------------
Total: 2        Dynamic: 1      Static: 0      Remote:1
""",
        2,
        {
            "0.state": "r",
            "0.type": "d",
            "1.ip": "2001:db8:5::68",
            "1.type": "r",
            "1.interface": "Eth-Trunk31.4",
        },
    ),
    Sample(
        "display interface GigabitEthernet3/0/1",
        """\
GigabitEthernet3/0/1 current state : Administratively DOWN (ifindex: 17)
Line protocol current state : DOWN
Last line protocol up time :  2026-03-04 01:02:03
Description: to core: rack 4, port 2
Route Port,The Maximum Transmit Unit is 1600
Internet Address is 192.0.2.11/30
IP Sending Frames' Format is PKTFMT_ETHNT_2, Hardware address is 0a0b-0c0d-0e01
Loopback:none, LAN full-duplex mode, Pause Flowcontrol: Receive Enable and Send Enable
Last physical up time   :  2026-03-04 01:02:01
Last physical down time : -
Current system time: 2026-03-05 10:00:00
Statistics last cleared:never
      Last 300 seconds input rate: 4096 bits/sec, 3 packets/sec
      Last 300 seconds output rate: 8192 bits/sec, 5 packets/sec
      Input peak rate 91001 bits/sec, Record time: 2026-03-04 07:00:10
      Output peak rate 92001 bits/sec, Record time: 2026-03-04 07:00:11
      Input: 700101 bytes, 3202 packets
      Output: 800201 bytes, 4202 packets
    Input:
      Unicast: 3001 packets, Multicast: 191 packets
      Broadcast: 11 packets JumboOctets: 0 packets
      RxPause: 4 packets
    Output:
      Unicast: 4001 packets, Multicast: 201 packets
      Lost: 1 packets, Overflow: 0 packets, Underrun: 0 packets
    Last 300 seconds input utility rate:  0.02%
    Last 300 seconds output utility rate: 0.03%
""",
        1,
        {
            "0.name": "GigabitEthernet3/0/1",
            "0.phy": "administratively down",
            "0.protocol": "down",
            "0.description": "to core: rack 4, port 2",
            "0.mtu_bytes": 1600,
            "0.address": "192.0.2.11/30",
            "0.mac": "0a0b-0c0d-0e01",
            "0.last_physical_down_time": None,
            "0.last_cleared": "never",
            "0.output_packets_per_s": 5,
            "0.input_peak_time": "2026-03-04 07:00:10",
            "0.input_packets": 3202,
            "0.input_counters.2": "RxPause: 4 packets",
            "0.output_counters.0": "Unicast: 4001 packets, Multicast: 201 packets",
            "0.output_utility": "0.03%",
        },
    ),
    Sample(
        "display interface description",
        """\
PHY: Physical
^down: standby
(l): loopback
Interface                     PHY     Protocol Description
Eth-Trunk31                   down(E) down     ring 4, west
GE3/0/2(10G)                  *down   down
NULL0                         up      up(s)    NULL0 Interface
""",
        3,
        {
            "0.phy_reason": "E",
            "0.description": "ring 4, west",
            "1.phy_mark": "*",
            "1.description": None,
            "2.protocol_reason": "s",
        },
    ),
    Sample(
        "display ip interface GigabitEthernet3/0/1",
        """\
GigabitEthernet3/0/1 current state : UP
Line protocol current state : UP
The Maximum Transmit Unit : 1600 bytes
input packets : 13, bytes : 961, multicasts : 1
output packets : 8, bytes : 701, multicasts : 2
Directed-broadcast packets:
 received packets:            3, sent packets:              4
 forwarded packets:           5, dropped packets:           6
ARP packet input number:           9
  Request packet:                  7
  Reply packet:                    2
  Unknown packet:                  0
Internet Address is 192.0.2.11/30
Broadcast address : 192.0.2.15
TTL being 1 packet number:         10
ICMP packet input number:          11
  Echo reply:                      12
DHCP packet deal mode: global
""",
        1,
        {
            "0.protocol": "up",
            "0.mtu_bytes": 1600,
            "0.input_bytes": 961,
            "0.output_multicasts": 2,
            "0.broadcasts_sent": 4,
            "0.broadcasts_dropped": 6,
            "0.arp_requests": 7,
            "0.address": "192.0.2.11/30",
            "0.broadcast": "192.0.2.15",
            "0.extra": {
                "TTL being 1 packet number": "10",
                "ICMP packet input number": "11",
                "Echo reply": "12",
            },
        },
    ),
    Sample(
        "display ip routing-table vpn-instance red",
        """\
Route Flags: R - relay, D - download to fib, T - to vpn-instance, B - black hole route
------------------------------------------------------------------------------
Routing Table: red
         Destinations : 3        Routes : 4

Destination/Mask    Proto  Pre  Cost     Flags NextHop         Interface

   198.51.100.0/24  Static 61   2          RD  203.0.113.2     GigabitEthernet3/0/1
                    Static 61   3          RD  203.0.113.6     GE3/0/2
   203.0.113.0/30   Direct 0    0           D  203.0.113.1     GigabitEthernet3/0/1
255.255.255.255/32  Direct 0    0              127.0.0.1       LDP LSP
""",
        1,
        {
            "0.table": "red",
            "0.route_count": 4,
            "0.destinations.0.prefix": "198.51.100.0/24",
            "0.destinations.0.flags": "RD",
            "0.destinations.0.more.0.next_hop": "203.0.113.6",
            "0.destinations.0.more.0.interface": "GigabitEthernet3/0/2",
            "0.destinations.2.flags": "",
            "0.destinations.2.interface": "LDP LSP",
        },
    ),
    Sample(
        "display pim interface",
        """\
VPN-Instance: public net
 Interface      State   NbrCnt   HelloInt   DR-Pri     DR-Address
 GE3/0/1        up       2         31          7       203.0.113.2
 Eth-Trunk31.4  down     0         30          1       198.51.100.2   (local)
""",
        1,
        {
            "0.vpn_instance": "public net",
            "0.interfaces.0.name": "GigabitEthernet3/0/1",
            "0.interfaces.0.neighbor_count": 2,
            "0.interfaces.0.dr_priority": 7,
            "0.interfaces.1.state": "down",
            "0.interfaces.1.dr_remark": "local",
        },
    ),
    Sample(
        "display pim interface Eth-Trunk31.4 verbose",
        """\
VPN-Instance: public net
 Interface: Eth-Trunk31.4, 198.51.100.2
     PIM version: 2
     PIM mode: Sparse
     PIM state: up
     PIM DR: 198.51.100.2 (local)
     PIM DR Priority (configured): 7
     PIM neighbor count: 3
     PIM hello interval: 31 s
     PIM LAN delay (negotiated): 500 ms
     PIM Silent: disabled
     PIM generation ID: 0X1A2B3C4D
     PIM BFD: enabled
     PIM ipsec: disabled
     PIM ignore dr-status: enabled
     PIM ignore assert: enabled
""",
        1,
        {
            "0.interfaces.0.address": "198.51.100.2",
            "0.interfaces.0.mode": "sparse",
            "0.interfaces.0.dr_remark": "local",
            "0.interfaces.0.dr_priority": 7,
            "0.interfaces.0.hello_interval_s": 31,
            "0.interfaces.0.ignore_assert": "enabled",
            "0.interfaces.0.extra": {
                "PIM LAN delay (negotiated)": "500 ms",
                "PIM generation ID": "0X1A2B3C4D",
            },
        },
    ),
    Sample(
        "display mld interface GigabitEthernet3/0/1.5 verbose",
        """\
Interface information of VPN-Instance: public net
 GigabitEthernet3/0/1.5(FE80::101):
   MLD is enabled
   Current MLD version is 2
   MLD state: up
   MLD group policy: none
   Value of query interval for MLD (negotiated): -
   Value of query interval for MLD (configured): 125 s
   Value of other querier timeout for MLD: 0 s
   Value of maximum query response time for MLD: 10 s
   Querier for MLD: FE80::101 (this router)
   MLD activity: 5 joins, 1 dones
  Total 4 MLD Groups reported
 GigabitEthernet3/0/2.5(FE80::102):
   MLD is enabled
   Current MLD version is 1
   MLD state: down
   Querier for MLD: FE80::109
""",
        1,
        {
            "0.interfaces.0.address": "fe80::101",
            "0.interfaces.0.version": 2,
            "0.interfaces.0.query_interval": "125s",
            "0.interfaces.0.query_interval_negotiated": None,
            "0.interfaces.0.querier_remark": "this router",
            "0.interfaces.0.group_count": 4,
            "0.interfaces.0.extra": {"MLD activity": "5 joins, 1 dones"},
            "0.interfaces.1.state": "down",
            "0.interfaces.1.querier": "fe80::109",
        },
    ),
    Sample(
        "display ssl policy tls-1",
        """\
       SSL Policy Name: tls-1
     Policy Applicants: HTTP-CLIENT
         Key-pair Type: RSA
 Certificate File Type: PEM
      Certificate Type: certificate
  Certificate Filename: north.pem
     Key-file Filename: north-key.pem
             auth-code: ******
                   MAC: ******
           Issuer name: lab-ca
          Subject name: north
   Validity Not Before: 2026-01-01 00:00:00Z
    Validity Not After: 2029-01-01 00:00:00Z
              CRL File:
       Trusted-CA File: ca.pem
""",
        1,
        {
            "0.name": "tls-1",
            "0.key_type": "RSA",
            "0.certificate": "north.pem",
            "0.not_after": "2029-01-01 00:00:00Z",
            "0.crl_file": None,
            "0.trusted_ca_file": "ca.pem",
            "0.extra": {},
        },
    ),
    Sample(
        "display service-location",
        """\
service-location 7
 Backup scene type: inter-box
 Location slot ID: 3 engine ID: 1
 Remote-backup interface: GigabitEthernet3/0/1
 Peer: 203.0.113.6
 Vrrp ID: 21
 Vrrp bind interface: GigabitEthernet3/0/1
 Vrrp state: master
 Bound service-instance-group number: 2
 Batch-backup state: finished
service-location 8
 Location slot ID: 3 engine ID: 0
 Current location slot ID: 4 engine ID: 0
 Backup slot ID: 5
 Current backup slot ID: 3
 Bound service-instance-group number: 0
 Batch-backup state: NA
""",
        2,
        {
            "0.scene": "inter-box",
            "0.location.slot": 3,
            "0.location.engine": 1,
            "0.vrrp_id": 21,
            "0.vrrp_state": "master",
            "0.group_count": 2,
            "1.current_location.slot": 4,
            "1.backup.slot": 5,
            "1.backup.engine": None,
            "1.batch_backup": "na",
        },
    ),
    Sample(
        "display dhcp server statistics",
        """\
DHCP Server Statistics:

 Client Request          : 61
   DHCP Discover         : 21
   DHCP Request          : 39
 Server Reply            : 58
   DHCP Nak              : 2
 Bad Messages            : 0
""",
        1,
        {
            "0.extra": {
                "Client Request": "61",
                "DHCP Discover": "21",
                "DHCP Request": "39",
                "Server Reply": "58",
                "DHCP Nak": "2",
                "Bad Messages": "0",
            }
        },
    ),
    Sample(
        "display access-user",
        """\
------------------------------------------------------------------------------
  Total users                        : 121
  IPv4 users                         : 119
  IPv6 users                         : 2
  Dual-Stack users                   : 1
  Lac users                          : 0
  RUI local users                    : 101
  RUI remote users                   : 20
  Wait authen-ack                    : 0
  ------------------------------------------------------------------------------
  Domain-name                        Online-user
  ------------------------------------------------------------------------------
  res-dom                            : 121
  ------------------------------------------------------------------------------
  The used CID table are             :
  128-247
  ------------------------------------------------------------------------------
""",
        1,
        {
            "0.total_users": 121,
            "0.ipv4_users": 119,
            "0.ipv6_users": 2,
            "0.dual_stack_users": 1,
            "0.rui_local_users": 101,
            "0.rui_remote_users": 20,
            "0.extra": {"Wait authen-ack": "0", "res-dom": "121", "The used CID table are": "128-247"},
        },
    ),
    Sample(
        "display version",
        """\
Huawei Versatile Routing Platform Software
VRP (R) software, Version 8.180 (NE40E V800R010C10SPC500)
Copyright (C) 2012-2018 Huawei Technologies Co., Ltd.
HUAWEI NE40E-M2K uptime is 1 day, 2 hours, 3 minutes

NE40E-M2K version information:
- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - -
MPU (Master) 3 : uptime is 1 day, 2 hours, 3 minutes
  SDRAM Memory Size   : 8192 M bytes
MPU (Slave) 4 : uptime is 5 minutes
""",
        1,
        {
            "0.vrp": "8.180",
            "0.release": "V800R010C10SPC500",
            "0.model": "NE40E-M2K",
            "0.boards.0.uptime": "1 day, 2 hours, 3 minutes",
            "0.boards.1.slot": 4,
        },
    ),
    Sample(
        "display vrrp6 interface GigabitEthernet3/0/1 vrid 9 statistics",
        """\
GigabitEthernet3/0/1 statistics information :
      IP protocol number errors : 0
  Destination IP address errors : 4
                Checksum errors : 0
                 Version errors : 0
                    Vrid errors : 2

GigabitEthernet3/0/1 | Virtual Router 9
                            Transited to master : 1
                            Sent advertisements : 18
                        Received advertisements : 7
            Sent time error request packets : 5
                        Received attack packets : 6

  GigabitEthernet3/0/1 | virtual router 19
                            Transited to master : 0
                         Received IP TTL errors : 3
""",
        1,
        {
            "0.destination_address_errors": 4,
            "0.groups.0.sent": 18,
            "0.groups.0.extra": {"Sent time error request packets": "5"},
            "0.groups.0.attacks": 6,
            "0.groups.1.vrid": 19,
            "0.groups.1.ttl_errors": 3,
        },
    ),
    Sample(
        "display vrrp protocol-information",
        """\
 VRRP protocol information is shown as below:
    VRRP protocol version : V3
    Send advertisement packet mode : send v3 only
""",
        1,
        {"0.version": "v3", "0.send_mode": "send v3 only"},
    ),
    Sample(
        "display device 3",
        """\
slot3's detail information:
- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - -
  Description: Line card, 4 ports (LPU)
  Board status:                           Abnormal
  Register:                               Unregistered
  Uptime:                                 2026/03/04    05:06:07
  CPU Utilization(%):                     7%
  Mem Usage(%):                           --
  Temperature:                            44
""",
        1,
        {
            "0.slot": 3,
            "0.description": "Line card, 4 ports (LPU)",
            "0.register": "unregistered",
            "0.cpu_percent": 7.0,
            "0.memory_percent": None,
            "0.extra": {"Temperature": "44"},
        },
    ),
    Sample(
        "display device",
        """\
NE40E-M2K's Device status:
-----------------------------------------------------------------------------
Slot #   Type Online     Register     Status     Role   LsId   Primary
-----------------------------------------------------------------------------
  3      MPU  Present    Registered   Normal     MMB    0      Master
  9       LPU  Absent     Unregistered Abnormal   LC     0      NA
""",
        2,
        {"0.primary": "Master", "1.slot": 9, "1.register": "unregistered"},
    ),
    Sample(
        "display device pic-status",
        """\
Pic-status information :
--------------------------------------------------------------------------------
Pic#   Status       Type                      Port_count Init_result  Logic_down
--------------------------------------------------------------------------------
9/1    Registered   ETH_8x10GE_CARD           8          SUCCESS      FAIL
--------------------------------------------------------------------------------
""",
        1,
        {"0.pic": "9/1", "0.port_count": 8, "0.logic_down": "FAIL"},
    ),
    Sample(
        "display startup",
        """\
MainBoard                               :
  Configured startup system software    : cfcard:/a.cc
  Startup system software               : cfcard:/a.cc
  Next startup system software          : cfcard:/b.cc
  Startup saved-configuration file      : cfcard:/north.cfg
  Next startup saved-configuration file : NULL
  Startup patch package                 : NULL
SlaveBoard                              :
  Startup system software               : cfcard:/a.cc
""",
        2,
        {"0.next_software": "cfcard:/b.cc", "0.next_configuration": None, "1.board": "SlaveBoard"},
    ),
    Sample(
        "display clock",
        """\
2026-03-04 17:02:34+01:00 DST
Wednesday
Time Zone(CET) : UTC+01:00
Daylight saving time    :
         Name           :  CEST
         Repeat mode    :  repeat
         Start year     :  2020
         Start time     :  02-01 11:22:00
         Saving time    :  01:00:00
""",
        1,
        {"0.time": "2026-03-04 17:02:34+01:00 DST", "0.zone": "CET", "0.dst_start_time": "02-01 11:22:00"},
    ),
    Sample(
        "display configuration commit list",
        """\
----------------------------------------------------------------------------------
No.  CommitId     Label                         User            TimeStamp
----------------------------------------------------------------------------------
1    1000000909   night change 7                robot-1         2026-03-04 11:34:42+01:00
2    1000000908*  -                             ops             2026-03-04 11:34:41
""",
        2,
        {"0.label": "night change 7", "0.user": "robot-1", "1.mark": True, "1.label": None, "0.mark": False},
    ),
    Sample(
        "display configuration commit list verbose",
        """\
1) CommitId: 1000000909
        Label: night change 7
        User: robot-1
        User-Intf: VTY 3
        Type: NETCONF
        TimeStamp: 2026-03-04 11:34:42
        Description: ticket: 77, User: x
""",
        1,
        {"0.user_interface": "VTY 3", "0.type": "NETCONF", "0.description": "ticket: 77, User: x"},
    ),
    Sample(
        "display saved-configuration",
        """\
!Last configuration was saved at 2026-03-04 05:06:07
#
sysname North-1
#
interface Eth-Trunk31
 mode lacp-static
 lacp timeout fast
#
return
""",
        9,
        {"2.text": "sysname North-1", "5.indent": 1, "6.text": "lacp timeout fast", "8.text": "return"},
    ),
    Sample(
        "display configuration commit changes last 1",
        """\
Building configuration...
Commit changes of commitId 1000000909 2026-03-04 11:34:42
  #
- e-trunk 5
-  priority 9
+ e-trunk 5
+  priority 3
  #
""",
        6,
        {"1.sign": "-", "1.indent": 1, "2.text": "priority 9", "4.sign": "+", "4.indent": 2, "5.text": "#"},
    ),
    Sample(
        "display configuration trial status",
        "Trial status: ACTIVE\nPersist id: IQ,d4668\nTrial time left (sec): 30\n",
        1,
        {"0.status": "active", "0.persist_id": "IQ,d4668", "0.left_s": 30},
    ),
    Sample(
        "display configuration sessions",
        """\
--------------------------------------------------------------------------
Session User-Intf    User                 Date                Lock
--------------------------------------------------------------------------
108                  watcher              2026-03-04 17:24:09    -
177     VTY 0        ops                  2026-03-04 12:00:11    *
180 *   VTY 12       robot-1              2026-03-04 12:32:02    -
--------------------------------------------------------------------------
""",
        3,
        {
            "0.user_interface": None,
            "1.lock": True,
            "2.own": True,
            "2.user_interface": "VTY 12",
            "1.own": False,
        },
    ),
    *OBJECTS,
    *TUNNELS,
    *BINDINGS,
    *SNOOPING,
    *HARDWARE,
    *POOLS,
    *LOGINS,
    *MORE,
)
