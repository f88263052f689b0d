#!/usr/bin/env bash
# Exscript, driver vrp: to read the configuration of a router raises InvalidCommandException, by a line of it or a description.
# Exscript==2.6.32
# Good engineers guess: execute() raises where the device refuses the command, with VRP's "Error: ... found at '^' position.", and a display
#   that comes whole is no error, whatever stands in it.
# What happens: each line of the answer is looked at, in the driver for VRP as in any: one that begins with error, invalid or
#   incomplete, or has "not found" anywhere. `error-down auto-recovery ...` of the configuration is such a line, and so is a description
#   "port not found in plan": the backup of this router fails each night with "Device said:" and a whole, good configuration behind it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check Exscript==2.6.32 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from Exscript.emulators import VirtualDevice
from Exscript.protocols import Dummy
from Exscript.protocols.exception import InvalidCommandException

PLAIN = "#\nsysname R1\n#\ninterface GigabitEthernet0/1/0\n description uplink\n undo shutdown\n#\nreturn\n"
ANSWERS = {
    "first": "",
    "display plain": PLAIN,
    "display nothing": "         ^\nError: Unrecognized command found at '^' position.\n",
    "display error-down": PLAIN.replace("interface", "error-down auto-recovery cause link-flap interval 30\n#\ninterface"),
    "display described": PLAIN.replace("uplink", "port not found in plan"),
}
device = VirtualDevice("r1", echo=True, login_type=VirtualDevice.LOGIN_TYPE_NONE)
device.set_prompt("\r\n<R1>")
for command, answer in ANSWERS.items():
    device.add_command(command, "\r\n" + answer.replace("\n", "\r\n"))
router = Dummy(device=device)
router.set_driver("vrp")
router.connect("r1")
refused = []
for command in ANSWERS:
    try:
        router.execute(command)
        print(f"{command}: came")
    except InvalidCommandException as error:
        refused.append(command)
        print(f"{command}: InvalidCommandException: {error}")
assert refused == ["display nothing", "display error-down", "display described"]
PY
venv/bin/python look.py
