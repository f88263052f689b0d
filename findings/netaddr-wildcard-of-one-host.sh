#!/usr/bin/env bash
# netaddr: the wildcard of one host is read as the mask of all hosts.
# netaddr==1.3.0
# Good engineers guess: since `10.0.0.0/0.0.0.255` is understood as a wildcard (/24), `10.0.0.1/0.0.0.0`, which OSPF and ACLs of
#   routers write for this one host, is a /32.
# What happens: a mask is tried first, a wildcard only where that fails. 0.0.0.0 is a mask: the network is /0, which holds every
#   address. At the other end 255.255.255.255, the wildcard of everything, is read as /32.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check netaddr==1.3.0 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from netaddr import IPNetwork

for text, length in (("10.0.0.0/0.0.0.255", 24), ("10.0.0.1/0.0.0.0", 0), ("10.0.0.0/255.255.255.255", 32)):
    network = IPNetwork(text)
    print(f"{text} -> /{network.prefixlen}, {network.size} addresses")
    assert network.prefixlen == length
assert "203.0.113.9" in IPNetwork("10.0.0.1/0.0.0.0")
PY
venv/bin/python look.py
