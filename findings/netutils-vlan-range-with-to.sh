#!/usr/bin/env bash
# netutils: of a VLAN range in Huawei's form only the two ends are found.
# netutils==1.19.2
# Good engineers guess: vlanconfig_to_list, which takes the numbers out of any line, understands `2 to 6` as it does `2-6`, or raises.
# What happens: a dash and commas alone make ranges. `port trunk allow-pass vlan 2 to 4094` gives two VLANs of 4093, without an error;
#   two such lines that differ only between the ends are equal.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check netutils==1.19.2 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from netutils.vlan import vlanconfig_to_list

for line, wanted in (
    ("switchport trunk allowed vlan 2-6,9", [2, 3, 4, 5, 6, 9]),
    ("port trunk allow-pass vlan 2 to 6 9", [2, 6, 9]),
    ("port trunk allow-pass vlan 2 to 4094", [2, 4094]),
):
    found = vlanconfig_to_list(line)
    print(f"{line} -> {found}")
    assert found == wanted
PY
venv/bin/python look.py
