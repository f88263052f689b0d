#!/usr/bin/env bash
# jdiff: an exact match passes when a state has become None, and a tolerance of 10 % when traffic has fallen to 0.
# jdiff==1.0.2 deepdiff==8.6.2
# Good engineers guess: exact_match before and after a change tells every value that is another one now, the more so one that is gone.
# What happens: of what deepdiff finds, changes of the type are not looked at. A text that became None or a list, a number that became
#   a text, and 950.5 that became 0 (a float and an int in JSON) are all ({}, True): no difference, passed. Only a change within
#   one type is told, also when both stand side by side.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check jdiff==1.0.2 deepdiff==8.6.2 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from jdiff import CheckType

BEFORE = {"Eth-Trunk1.100": {"vrrp": "Backup", "priority": 100, "mbps": 950.5}}
exact = CheckType.create("exact_match")
tolerance = CheckType.create("tolerance")


def after(**values):
    return {"Eth-Trunk1.100": {**BEFORE["Eth-Trunk1.100"], **values}}


for name, data in (
    ("the state is None", after(vrrp=None)),
    ("the state is a list", after(vrrp=["Master", "Initialize"])),
    ("the priority is a text", after(priority="0")),
    ("the whole port is None", {"Eth-Trunk1.100": None}),
    ("nothing was read", None),
):
    found = exact.evaluate(BEFORE, data)
    print(f"exact match, {name}: {found}")
    assert found == ({}, True)

found = exact.evaluate(BEFORE, after(vrrp=None, priority=0))
print(f"exact match, the state is None and the priority 0: {found}")
assert found == ({"Eth-Trunk1.100": {"priority": {"new_value": 0, "old_value": 100}}}, False)

for now, passed in ((0, True), (0.0, False)):
    found = tolerance.evaluate(BEFORE, after(mbps=now), tolerance=10)
    print(f"950.5 to {now!r}, 10 % allowed: {found}")
    assert found[1] is passed
PY
venv/bin/python look.py
