#!/usr/bin/env bash
# netutils: what interface_range_compress writes, interface_range_expansion cannot read.
# netutils==1.19.2
# Good engineers guess: the two are inverse, so that expanding a compressed list gives the list back.
# What happens: compress writes `GE0/1/0-2`; expansion understands `GE0/1/[0-2]` alone and hands `GE0/1/0-2` back as one name,
#   without an error: three ports have become one that does not exist.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check netutils==1.19.2 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from netutils.interface import interface_range_compress, interface_range_expansion

ports = ["GE0/1/0", "GE0/1/1", "GE0/1/2"]
short = interface_range_compress(ports)
back = [name for text in short for name in interface_range_expansion(text)]
print(f"{ports} -> {short} -> {back}")
print(f"GE0/1/[0-2] -> {interface_range_expansion('GE0/1/[0-2]')}")
assert short == ["GE0/1/0-2"]
assert back == ["GE0/1/0-2"]
assert interface_range_expansion("GE0/1/[0-2]") == ports
PY
venv/bin/python look.py
