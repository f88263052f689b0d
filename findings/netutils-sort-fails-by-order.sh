#!/usr/bin/env bash
# netutils: whether a list of Huawei ports can be sorted depends on the order in which they stand.
# netutils==1.19.2
# Good engineers guess: sort_interface_list sorts any names that the library splits, and the same set gives the same list always.
# What happens: names that begin with a speed (100GE) are compared as numbers with names that begin with letters, by whichever stands
#   first: the same two ports are sorted in one order and raise ValueError ("invalid literal for int(): 'GE'") in the other.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check netutils==1.19.2 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from itertools import permutations

from netutils.interface import sort_interface_list

PORTS = ["100GE0/1/0", "GE0/1/2", "Eth-Trunk7"]


def outcome(ports):
    try:
        return sort_interface_list(list(ports))
    except ValueError as error:
        return f"ValueError: {error}"


seen = {ports: outcome(ports) for ports in permutations(PORTS)}
for ports, found in seen.items():
    print(ports, "->", found)
good = [found for found in seen.values() if isinstance(found, list)]
assert 0 < len(good) < len(seen)
assert all(found == ["Eth-Trunk7", "GE0/1/2", "100GE0/1/0"] for found in good)
assert outcome(["GE0/1/10", "GE0/1/9"]) == ["GE0/1/9", "GE0/1/10"]
PY
venv/bin/python look.py
