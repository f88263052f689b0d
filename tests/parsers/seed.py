"""The displays that the worked example of the product prints, as they stand there."""

from __future__ import annotations

SERVICE_A = """\
----------------------------------------------------------
 Service-Index    : 1
 Service-Name     : service1
 TCP-State        : connected
 Peer-ip          : 3.3.3.3
 Source-ip        : 1.1.1.1
 TCP-Port         : 1025
 Track-BFD        : --
 SSL-Policy-Name  : --
 SSL-State        : --
 Last up time     : 2018-05-29 03:21:36
----------------------------------------------------------
"""

PROFILE_A = """\
 -----------------------------------------------
 Profile-Index        : 0x1000
 Profile-Name         : profile1
 Service              : igmp
 Remote-backup-service: service1
 Backup-ID            : 10
 track protocol       : E-TRUNK
     E-Trunk  ID      : 1
     Eth-trunk ID     : 1
 Interface            :
                        Eth-Trunk1
 Forwarding Configured: Slave Forwarding
 Backup mode          : hot
 Slot-Number          : --
 Card-Number          : --
 Port-Number          : --
"""

TRUNK_A = """\
Eth-Trunk1's state information is:
(h): high priority
(r): reference port
Local:
LAG ID: 1                       WorkingMode: STATIC
Preempt Delay: Disabled         Hash arithmetic: According to flow
System Priority: 32768          System ID: 00e0-fc12-3455(Local)
Least Active-linknumber: 1      Max Active-linknumber: 16
Operate status: up              Number Of Up Ports In Trunk: 1
Timeout Period: Slow
PortKeyMode: Auto
--------------------------------------------------------------------------------
ActorPortName             Status   PortType PortPri    PortNo   PortKey    PortState   Weight
GigabitEthernet0/1/2 (hr) Selected 1GE      32768       1       305        10111100     1
Partner:
--------------------------------------------------------------------------------
ActorPortName         SysPri   SystemID        PortPri  PortNo   PortKey  PortState
GigabitEthernet0/1/2  32768    00e0-fc12-3455  32768    1        305       10111100
"""

TRUNK_B = """\
Eth-Trunk1's state information is:
(h): high priority
(r): reference port
Local:
LAG ID: 1 WorkingMode: STATIC
Preempt Delay: Disabled Hash arithmetic: According to flow
System Priority: 32768 System ID: 00e0-fc12-3456(Local)
Least Active-linknumber: 1 Max Active-linknumber: 16
Operate status: down Number Of Up Ports In Trunk: 0
Timeout Period: Slow
PortKeyMode: Auto
--------------------------------------------------------------------------------
ActorPortName Status PortType PortPri PortNo PortKey PortState Weight
GigabitEthernet0/1/3(hr) Unselect 1GE 32768 32769 305 10110000 1
Partner:
--------------------------------------------------------------------------------
ActorPortName          SysPri  SystemID        PortPri  PortNo PortKey  PortState
GigabitEthernet0/1/3   32768   00e0-fc12-3456  32768    2      305      10100000
"""
