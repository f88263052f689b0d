"""A pair for the tests of runbooks with names and numbers of its own, and what may run on it."""

from __future__ import annotations

from inventory.facts import ConfigTree
from inventory.load import parse_pair
from inventory.model import Pair, Side
from parsers.tree import read_tree

INTENT = """\
pair: west
members: {a: west-1, b: west-2}
e_trunks:
  - id: 7
    address: {a: 198.51.100.1, b: 198.51.100.2}
    priority: {a: 10, b: 20}
    security_key: {secret: west-key}
    members:
      - eth_trunk: 30
        mode: lacp-static
        ports: {a: [GigabitEthernet0/2/4], b: [GigabitEthernet0/2/5]}
backup_services:
  - {name: chan, port: 4100, address: {a: 198.51.100.1, b: 198.51.100.2}}
backup_profiles:
  - name: subscribers
    backup_id: 44
    service: chan
    services: [igmp-snooping]
    track: {e_trunk: {e_trunk: 7, eth_trunk: 30}}
    interfaces: [Eth-Trunk30]
"""


def west() -> Pair:
    return parse_pair(INTENT, "west.yaml")


def bare(name: str, own: str, port: str) -> str:
    return f"""\
#
sysname {name}
#
interface Eth-Trunk30
#
interface {port}
 undo shutdown
#
interface LoopBack3
 ip address {own} 255.255.255.255
#
ospf 9
 area 0.0.0.0
  network {own} 0.0.0.0
#
return
"""


BARE: dict[Side, ConfigTree] = {
    "a": read_tree(bare("west-1", "198.51.100.1", "GigabitEthernet0/2/4"), "west-1"),
    "b": read_tree(bare("west-2", "198.51.100.2", "GigabitEthernet0/2/5"), "west-2"),
}
