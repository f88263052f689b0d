#!/usr/bin/env bash
# TTP: to_cidr makes /8 of the wildcard 0.0.0.255, with which VRP writes ACL rules and OSPF networks.
# ttp==0.10.1
# Good engineers guess: to_cidr gives /24 for that wildcard, or refuses what is no subnet mask and leaves the text.
# What happens: it counts the bits that are set, wherever they stand: 255.255.255.0 is 24, but the wildcard of the same network is 8,
#   that of a host (0.0.0.0) is 0, which is everything, and 255.0.255.0 is 16. Nothing is logged. `ipaddress` reads the wildcard as /24.
#   So a rule for 256 addresses becomes one for sixteen million, and one for a single host one for all.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ttp==0.10.1 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from ipaddress import ip_network

from ttp import ttp


def read(template, text):
    parser = ttp(data=text, template=template)
    parser.parse()
    found = parser.result()[0][0]
    print(f"{text.strip()!r} -> {found}")
    return found


RULE = " rule {{ number }} permit ip source {{ net | IP }} {{ length | to_cidr }}"
assert read("ip address {{ net | IP }} {{ length | to_cidr }}", "ip address 10.1.2.1 255.255.255.0\n")["length"] == 24
assert read(RULE, " rule 5 permit ip source 10.1.2.0 0.0.0.255\n")["length"] == 8
assert read(RULE, " rule 10 permit ip source 10.1.2.7 0.0.0.0\n")["length"] == 0
assert read(RULE, " rule 15 permit ip source 10.1.2.0 255.0.255.0\n")["length"] == 16
assert str(ip_network("10.1.2.0/0.0.0.255")) == "10.1.2.0/24"
print("the same wildcard by ipaddress:", ip_network("10.1.2.0/0.0.0.255"))
PY
venv/bin/python look.py
