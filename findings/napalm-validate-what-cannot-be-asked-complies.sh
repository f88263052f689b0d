#!/usr/bin/env bash
# NAPALM: a validation of which nothing could be asked complies.
# napalm==5.2.0 napalm-huawei-vrp==1.2.0
# Good engineers guess: `complies: True` says that the device was asked and is as written, so a script may look at this word alone.
# What happens: a getter that the driver does not have is "skipped", and what is skipped complies. The driver for Huawei VRP has no
#   get_ipv6_neighbors_table: a file that asks for it alone complies, without a device and without a connection. The list `skipped` stands
#   beside it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check napalm==5.2.0 napalm-huawei-vrp==1.2.0 2> pip.log || { cat pip.log; exit 2; }
cat > wanted.yml <<'YAML'
- get_ipv6_neighbors_table:
    _mode: strict
    list:
      - {interface: GigabitEthernet0/1/0, mac: "00:E0:FC:12:34:56", ip: "2001:db8::2", state: REACH}
YAML
cat > look.py <<'PY'
from napalm import get_network_driver

driver = get_network_driver("huawei_vrp")("192.0.2.1", "ops", "unused")
report = driver.compliance_report("wanted.yml")
print("never connected:", report)
assert report["complies"] is True
assert report["skipped"] == ["get_ipv6_neighbors_table"]
PY
venv/bin/python look.py
