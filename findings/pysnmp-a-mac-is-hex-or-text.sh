#!/usr/bin/env bash
# pysnmp: of two MAC addresses one is printed as 0x00e0fc123456 and the next one as text, as their bytes happen to be.
# pysnmp==7.1.30 netaddr==1.3.0
# Good engineers guess: without a MIB loaded an OCTET STRING is always printed in one form, so that a cut of `0x` and a colon after every
#   two digits makes a MAC address of it, or a search for the address finds it.
# What happens: six bytes that are all printable are text: 28:31:52:41:42:43 is `(1RABC`. Huawei owns 28-31-52, so it is some ports of
#   some routers and no others. prettyPrint() is what snmpwalk-like scripts print; asOctets() and hexadecimal by oneself are always right.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pysnmp==7.1.30 netaddr==1.3.0 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from netaddr import EUI
from pysnmp.proto.rfc1902 import OctetString


def printed(mac):
    text = OctetString(hexValue=mac.replace("-", "")).prettyPrint()
    print(f"{mac} of {EUI(mac).oui.registration().org}: {text}")
    return text


assert printed("00-e0-fc-12-34-56") == "0x00e0fc123456"
assert printed("28-31-52-41-42-43") == "(1RABC"
assert printed("28-31-52-41-42-03") == "0x283152414203"
PY
venv/bin/python look.py
