#!/usr/bin/env bash
# napalm-huawei-vrp: get_facts of a VRP8 router knows neither model, release nor serial number, and says nothing of it.
# napalm-huawei-vrp==1.2.0, napalm==5.2.0
# Good engineers guess: the driver is for VRP, so an NE40E's `display version` and `display esn` give model, release and serial number,
#   and what cannot be read is an error.
# What happens: release and model are looked for as words that begin with S (as switches' do), the serial number behind `ESN of slot`.
#   On a router get_facts ends well with model and os_version 'Unknown' and serial_number [], while uptime and hostname are right.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check napalm-huawei-vrp==1.2.0 napalm==5.2.0 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from napalm_huawei_vrp.huawei_vrp import VRPDriver

ANSWERS = {
    "display version": "VRP (R) software, Version 8.200 (NE40E V800R012C00SPC300)\nHUAWEI NE40E uptime is 3 days, 2 hours, 5 minutes\n",
    "display current-configuration | inc sysname": "sysname PE-NORTH\n",
    "display interface brief": "Interface          PHY     Protocol  InUti OutUti\nLoopBack0          up      up           0%     0%\n",
    "display esn": "ESN of master:210235ABCD0123456789\n",
}


class Shell:
    def send_command(self, command):
        return ANSWERS[command]


def facts(**changed):
    driver = VRPDriver("192.0.2.1", "ops", "unused")
    driver.device = Shell()
    ANSWERS.update(changed)
    return driver.get_facts()


router = facts()
print({name: router[name] for name in ("vendor", "model", "os_version", "serial_number", "hostname", "uptime")})
assert (router["model"], router["os_version"], router["serial_number"]) == ("Unknown", "Unknown", [])
assert router["hostname"] == "PE-NORTH"
assert router["uptime"] > 3 * 86_400
PY
venv/bin/python look.py
