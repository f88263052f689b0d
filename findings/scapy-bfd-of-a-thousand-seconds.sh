#!/usr/bin/env bash
# Scapy: a BFD packet that is left as it is asks for one packet in a thousand seconds.
# scapy==2.8.0
# Good engineers guess: BFD() announces intervals of the order of a second, as 1000000000 looks like one second in nanoseconds, and begins
#   a session (state Down) with no discriminator of the other end.
# What happens: the fields hold microseconds (RFC 5880), so 1000000000 is 1000 s: with the multiplier of 3 the other end notices a loss
#   after 50 minutes at the earliest. The state is Up, with the two discriminators 0x11111111 and 0x22222222.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check scapy==2.8.0 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from scapy.contrib.bfd import BFD

sent = bytes(BFD())
desired, required = (int.from_bytes(sent[at : at + 4], "big") for at in (12, 16))
seconds = required / 1_000_000
print(f"{sent.hex()}: desired {desired} us, required {required} us")
print(f"state {sent[1] >> 6} (3 is Up), detection time of the other end {sent[2]} * {seconds:g} s")
assert (desired, required, sent[1] >> 6, sent[2]) == (1_000_000_000, 1_000_000_000, 3, 3)
assert (sent[4:8].hex(), sent[8:12].hex()) == ("11111111", "22222222")
PY
venv/bin/python look.py
