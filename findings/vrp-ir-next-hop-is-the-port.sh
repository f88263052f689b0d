#!/usr/bin/env bash
# vrp-ir: of a static route that names port and next hop, the next hop is the port, and a line about BFD is a route too.
# vrp-ir==0.9.0
# Good engineers guess: the next hop of `ip route-static 10.3.0.0 255.255.0.0 GigabitEthernet0/1/0 192.0.2.2` is 192.0.2.2, and what the parser
#   does not know is in unparsed_lines.
# What happens: the third word is the next hop, whatever it is: a port, or the word `vpn-instance`. So two routers whose routes differ in
#   the next hop are equal. `ip route-static bfd 192.0.2.2 local-address 192.0.2.1`, which only sets the BFD session up, is a route to
#   `bfd` by way of `local-address`. unparsed_lines stays empty.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check vrp-ir==0.9.0 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from vrp_ir import parse_text

LINES = """\
ip route-static 10.1.0.0 255.255.0.0 192.0.2.2
ip route-static 10.3.0.0 255.255.0.0 GigabitEthernet0/1/0 192.0.2.2
ip route-static vpn-instance A 10.4.0.0 255.255.0.0 vpn-instance B 198.51.100.2
ip route-static bfd 192.0.2.2 local-address 192.0.2.1
"""


def routes(text):
    config = parse_text(text)
    assert config.unparsed_lines == []
    return [(one.destination.value, one.mask.value, one.next_hop.value) for one in config.static_routes]


for line, route in zip(LINES.splitlines(), routes(LINES), strict=True):
    print(f"{line}\n  {route}")
assert routes(LINES) == [
    ("10.1.0.0", "255.255.0.0", "192.0.2.2"),
    ("10.3.0.0", "255.255.0.0", "GigabitEthernet0/1/0"),
    ("10.4.0.0", "255.255.0.0", "vpn-instance"),
    ("bfd", "192.0.2.2", "local-address"),
]
line = LINES.splitlines()[1]
assert routes(line) == routes(line.replace("192.0.2.2", "192.0.2.66"))
PY
venv/bin/python look.py
