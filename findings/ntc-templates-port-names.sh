#!/usr/bin/env bash
# ntc-templates and netutils together: names of Huawei ports do not meet between two displays of one router.
# ntc-templates==9.3.0 netutils==1.19.2
# Good engineers guess: ntc-templates gives the port's name, and netutils makes one name of short and long forms, so that rows of
#   two displays, or a row and a configuration line, can be joined by it.
# What happens: the speed stays in the name (`GigabitEthernet0/1/3(10G)`), and netutils leaves it there; the short `XGE0/0/1` of
#   VRP turns into Cisco's TenGigabitEthernet, a name that no Huawei device has; the blank of `Eth-Trunk 1` stays too.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ntc-templates==9.3.0 netutils==1.19.2 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from netutils.interface import canonical_interface_name
from ntc_templates.parse import parse_output

TEXT = """PHY: Physical
*down: administratively down
Interface                   PHY   Protocol InUti OutUti   inErrors  outErrors
Eth-Trunk1                  up    up          0%     0%          0          0
GigabitEthernet0/1/3(10G)   *down down        0%     0%          0          0
"""
names = [row["interface"] for row in parse_output("huawei_vrp", "display interface brief", TEXT)]
print(names, "->", [canonical_interface_name(name) for name in names])
for short in ("GE0/1/3", "XGE0/0/1", "Eth-Trunk 1"):
    print(short, "->", canonical_interface_name(short))
assert names[1] == canonical_interface_name(names[1]) == "GigabitEthernet0/1/3(10G)"
assert canonical_interface_name("GE0/1/3") == "GigabitEthernet0/1/3"
assert canonical_interface_name("XGE0/0/1") == "TenGigabitEthernet0/0/1"
assert canonical_interface_name("Eth-Trunk 1") == "Eth-Trunk 1"
PY
venv/bin/python look.py
