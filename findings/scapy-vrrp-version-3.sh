#!/usr/bin/env bash
# Scapy: VRRP(version=3) is a version 2 packet with a 3 in front.
# scapy==2.8.0
# Good engineers guess: the version field chooses the layout, as it does when a packet is read (IP payload 112, first nibble 3,
#   gives a VRRPv3 layer).
# What happens: building goes by the class alone. VRRP(version=3) keeps the authentication type and its 8 bytes and the interval
#   of 1, which version 3 reads as 1 centisecond; what was one second is now ten milliseconds, and 8 bytes of Raw are left over.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check scapy==2.8.0 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from scapy.layers.inet import IP
from scapy.layers.vrrp import VRRP, VRRPv3
from scapy.packet import Raw

ADDRESSES = ["192.0.2.254"]
built = IP(src="192.0.2.1", dst="224.0.0.18") / VRRP(version=3, vrid=7, addrlist=ADDRESSES)
read = IP(bytes(built))
meant = IP(bytes(IP(src="192.0.2.1", dst="224.0.0.18") / VRRPv3(vrid=7, addrlist=ADDRESSES)))
print("VRRP(version=3):", read.summary(), "adv", read[VRRPv3].adv, "centiseconds, length", len(read))
print("VRRPv3():       ", meant.summary(), "adv", meant[VRRPv3].adv, "centiseconds, length", len(meant))
assert read[VRRPv3].adv == 1
assert bytes(read[Raw]) == bytes(8)
assert meant[VRRPv3].adv == 100
assert len(read) - len(meant) == 8
PY
venv/bin/python look.py
