#!/usr/bin/env bash
# netports: all 100GE ports of a slot are the same port, and its name loses its last number.
# netports==1.2.1
# Good engineers guess: Intf takes a name apart at its numbers and puts it together again, so that the text comes back, and two names
#   are equal where all their parts are; a name that it cannot take apart raises.
# What happens: the name is whatever stands before the first number, and of 100GE0/1/0 that is nothing: str() gives 100GE0/1, for each port
#   of the slot, and a set of six ports holds one. Of the parts neither the kind of delimiter nor a missing number counts: a subinterface
#   GigabitEthernet0/1.2 equals the port GigabitEthernet0/1/2, and Eth-Trunk1 equals Eth-Trunk1.0.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check netports==1.2.1 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from netports import Intf

for kind in ("GigabitEthernet", "100GE"):
    names = [f"{kind}0/1/{number}" for number in range(6)]
    ports = {Intf(name) for name in names}
    print(f"{names} -> {sorted(str(port) for port in ports)}")
    assert sorted(map(str, ports)) == (names if kind == "GigabitEthernet" else ["100GE0/1"])

for one, other in (("GigabitEthernet0/1.2", "GigabitEthernet0/1/2"), ("Eth-Trunk1", "Eth-Trunk1.0")):
    print(f"{one} == {other}: {Intf(one) == Intf(other)}")
    assert Intf(one) == Intf(other)
PY
venv/bin/python look.py
