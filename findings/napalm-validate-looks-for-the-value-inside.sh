#!/usr/bin/env bash
# NAPALM: a value complies with a validation if it holds the wanted one somewhere inside.
# napalm==5.2.0
# Good engineers guess: a wanted text is the whole value, or, where they know that it may be a regular expression, one for the whole.
# What happens: it is searched for. `1:1` complies with a route distinguisher of 101:10, `10.0.0.1` with 10.0.0.12, and an empty
#   description with any. Only the names of the rows (keys) are compared as they are, and only with ^ and $ a value is whole.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check napalm==5.2.0 2> pip.log || { cat pip.log; exit 2; }
mkdir device
cat > device/get_network_instances.1 <<'JSON'
{"iptv": {"name": "iptv", "type": "L3VRF", "state": {"route_distinguisher": "101:10"}, "interfaces": {"interface": {}}}}
JSON
cat > device/get_lldp_neighbors.1 <<'JSON'
{"GigabitEthernet0/1/0": [{"hostname": "10.0.0.12", "port": "GigabitEthernet0/1/11"}]}
JSON
cat > device/get_interfaces.1 <<'JSON'
{"GigabitEthernet0/1/0": {"is_up": true, "is_enabled": true, "description": "spare, do not use", "last_flapped": -1.0, "speed": 1000.0,
 "mtu": 1500, "mac_address": "00:E0:FC:12:34:56"}}
JSON
cat > look.py <<'PY'
from napalm import get_network_driver


def report(*wanted):
    with get_network_driver("mock")("router", "ops", "unused", optional_args={"path": "device"}) as device:
        found = device.compliance_report(validation_source=list(wanted))
    print(f"wanted {wanted}: complies: {found['complies']}")
    assert found["skipped"] == []
    return found["complies"]


def distinguisher(text):
    return {"get_network_instances": {"iptv": {"state": {"route_distinguisher": text}}}}


def neighbour(host, port):
    return {"get_lldp_neighbors": {"GigabitEthernet0/1/0": {"list": [{"hostname": host, "port": port}]}}}


assert report(distinguisher("1:1"))
assert report(neighbour("10.0.0.1", "GigabitEthernet0/1/1"))
assert report({"get_interfaces": {"GigabitEthernet0/1/0": {"description": ""}}})
assert not report(distinguisher("^1:1$"))
assert not report({"get_interfaces": {"GigabitEthernet0/1/": {"mtu": 1500}}})
PY
venv/bin/python look.py
