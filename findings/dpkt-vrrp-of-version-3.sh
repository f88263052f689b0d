#!/usr/bin/env bash
# dpkt: a VRRP packet of version 3 is read as one of version 2: a second becomes 100 seconds, an IPv6 address one of IPv4.
# dpkt==1.9.8
# Good engineers guess: dpkt reads the version (its field `v` is 3), so that the rest is laid out by it, or stays unread bytes.
# What happens: VRRP has one layout. The interval of version 3, 12 bits of centiseconds, falls into the authentication type and the
#   interval in seconds: 1 s is read as 100 s, 3 s as 44 s with authentication type 1. Addresses are 4 bytes each; fe80::1 gives
#   254.128.0.0 and 12 bytes of "authentication". IP picks this class for every packet of protocol 112 without a word.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check dpkt==1.9.8 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from ipaddress import ip_address
from struct import pack

from dpkt.ip import IP
from dpkt.ip6 import IP6


def advert(centiseconds, *addresses):
    header = pack("!BBBBHH", 0x31, 7, 120, len(addresses), centiseconds, 0)
    return header + b"".join(ip_address(one).packed for one in addresses)


def read(centiseconds, address):
    body = advert(centiseconds, address)
    if ip_address(address).version == 4:
        ends = ip_address("192.0.2.1").packed + ip_address("224.0.0.18").packed
        packet = IP(pack("!BBHHHBBH", 0x45, 0, 20 + len(body), 0, 0, 255, 112, 0) + ends + body)
    else:
        ends = ip_address("fe80::2").packed + ip_address("ff02::12").packed
        packet = IP6(pack("!IHBB", 6 << 28, len(body), 112, 255) + ends + body)
    vrrp = packet.data
    found = vrrp.v, vrrp.atype, vrrp.advtime, [str(ip_address(one)) for one in vrrp.addrs], vrrp.auth
    print(f"{centiseconds} centiseconds, {address}: version, authentication type, interval, addresses, authentication {found}")
    return found


assert read(100, "192.0.2.254") == (3, 0, 100, ["192.0.2.254"], b"")
assert read(300, "192.0.2.254") == (3, 1, 44, ["192.0.2.254"], b"")
assert read(100, "fe80::1") == (3, 0, 100, ["254.128.0.0"], bytes(11) + b"\x01")
PY
venv/bin/python look.py
