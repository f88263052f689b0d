#!/usr/bin/env bash
# Scapy: an IGMPv3 report that is built as all examples do reports no group.
# scapy==2.8.0
# Good engineers guess: the names IGMPv3mr and IGMPv3gr of contrib.igmpv3 are kept for old scripts, so IGMPv3(type=0x22)/IGMPv3mr(records=[...])
#   makes the packet that it made in earlier releases, beside a deprecation warning.
# What happens: IGMPv3mr is the whole message now, IGMPv3 a header of eight bytes by itself. Together they are a report with 0 records, its
#   checksum right, and the real report behind it as bytes that nobody reads: a router sees a host that joined nothing.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check scapy==2.8.0 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
import warnings

warnings.simplefilter("ignore", DeprecationWarning)
from scapy.contrib.igmpv3 import IGMPv3, IGMPv3gr, IGMPv3mr
from scapy.layers.inet import IP


def groups(message):
    """Read the bytes by RFC 3376: the number of records, and the first group's address."""
    assert message[0] == 0x22
    number = int.from_bytes(message[6:8], "big")
    return number, ".".join(map(str, message[12:16])) if number else None


records = [IGMPv3gr(rtype=4, maddr="239.1.1.1")]
old = bytes(IGMPv3(type=0x22) / IGMPv3mr(records=records))
alone = bytes(IGMPv3mr(records=records))
print("as the examples:", old.hex(), groups(old))
print("alone:          ", alone.hex(), groups(alone))
assert groups(old) == (0, None)
assert groups(alone) == (1, "239.1.1.1")
assert old.endswith(alone[8:])
read = IP(bytes(IP(src="192.0.2.1", dst="224.0.0.22", proto=2) / old))
print(read.summary())
PY
venv/bin/python look.py
