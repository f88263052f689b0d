#!/usr/bin/env bash
# ttp-templates: an address of a port without a description gets the description of the port before.
# ttp==0.10.1 ttp-templates==0.6.18
# Good engineers guess: the template for addresses of Huawei's `display current-configuration interface` gives each address the
#   description of its own port, and none (as ports of Huawei have no description unless told) where there is no such line.
# What happens: it carries the description from line to line, over the end of the port too, until another port has one of its own; before
#   the first one it is the word "description". The VPN instance beside it has a default and is right. So an uplink or a loopback is
#   listed as what stood above it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ttp==0.10.1 ttp-templates==0.6.18 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from ttp_templates import parse_output

TEXT = """\
<PE1>display current-configuration interface
#
interface GigabitEthernet0/1/0
 ip address 192.0.2.1 255.255.255.252
#
interface Eth-Trunk1.100
 description customer A
 ip binding vpn-instance A
 ip address 198.51.100.2 255.255.255.0
 vrrp vrid 1 virtual-ip 198.51.100.1
#
interface GigabitEthernet0/1/1
 ip address 192.0.2.5 255.255.255.252
#
interface LoopBack0
 ip address 203.0.113.1 255.255.255.255
#
return
<PE1>
"""

rows = parse_output(data=TEXT, path="misc/Netmiko/huawei.vrp.cfg.ip.txt", structure="flat_list")
found = [(row["interface"], row["ipv4"], row.get("vrf"), row.get("description")) for row in rows]
print(*found, sep="\n")
assert found == [
    ("GigabitEthernet0/1/0", "192.0.2.1", "default", "description"),
    ("Eth-Trunk1.100", "198.51.100.2", "A", "customer A"),
    ("Eth-Trunk1.100", "198.51.100.1", "A", "customer A"),
    ("GigabitEthernet0/1/1", "192.0.2.5", "default", "customer A"),
    ("LoopBack0", "203.0.113.1", "default", "customer A"),
]
PY
venv/bin/python look.py
