#!/usr/bin/env bash
# netconan: after anonymising, two routers of one OSPF area are in different areas, and ACL wildcards with gaps are others.
# netconan==0.15.0
# Good engineers guess: with one salt the files of a network still fit each other, as netconan says of prefixes, and masks and wildcards
#   stay as they are, so that a model of the network may be built from the anonymised files.
# What happens: whatever has four numbers and is no run of ones is an address. VRP writes area 10 as 0.0.0.10, which turns into another
#   area, while the neighbour's `area 10` stays; 0.0.0.1 and 0.0.0.3, which look like wildcards, stay too. The wildcard 0.0.0.254 of a
#   rule (every second address) becomes one that matches others, with --preserve-private-addresses as well. Nothing is said.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check netconan==0.15.0 2> pip.log || { cat pip.log; exit 2; }
mkdir before
cat > before/pe1.cfg <<'VRP'
acl number 3000
 rule 5 permit ip source 10.1.4.0 0.0.0.255
 rule 10 permit ip source 10.1.4.0 0.0.0.254
ospf 1
 area 0.0.0.3
  network 10.1.2.0 0.0.1.255
 area 0.0.0.10
  network 10.1.4.0 0.0.1.255
VRP
cat > before/p1.cfg <<'OTHER'
router ospf 1
 network 10.1.2.0 0.0.1.255 area 3
 network 10.1.4.0 0.0.1.255 area 10
OTHER
venv/bin/netconan --input before --output after --anonymize-ips --salt example
venv/bin/netconan --input before --output kept --anonymize-ips --salt example --preserve-private-addresses
cat > look.py <<'PY'
from pathlib import Path

for folder in ("after", "kept"):
    pe1, p1 = (Path(folder, name).read_text() for name in ("pe1.cfg", "p1.cfg"))
    print(f"{folder}:\n{pe1}{p1}")
    areas = [line.split()[1] for line in pe1.splitlines() if line.startswith(" area ")]
    networks = [line.split()[1:3] for line in pe1.splitlines() if line.startswith("  network ")]
    assert networks == [line.split()[1:3] for line in p1.splitlines()[1:]]
    assert [line.split()[-1] for line in p1.splitlines()[1:]] == ["3", "10"]
    assert areas[0] == "0.0.0.3" and areas[1] != "0.0.0.10"
    wildcards = [line.split()[-1] for line in pe1.splitlines() if line.startswith(" rule ")]
    assert wildcards[0] == "0.0.0.255" and wildcards[1] != "0.0.0.254"
PY
venv/bin/python look.py
