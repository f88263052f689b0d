#!/usr/bin/env bash
# jdiff: no tolerance is wide enough for a value below zero, as optical power in dBm is.
# jdiff==1.0.2 deepdiff==8.6.2
# Good engineers guess: with a tolerance of 10 % a receive power of -12.5 dBm may move to -12.6 as 12.5 may move to 12.6.
# What happens: the allowed distance is a share of the old value with its sign, so the lower bound lies above the upper one, and
#   nothing is in between. Any change of a negative number fails, by 0.1 dB and with 1000 % too; only the very same value passes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check jdiff==1.0.2 deepdiff==8.6.2 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from jdiff import CheckType

check = CheckType.create("tolerance")


def passes(old, new, allowed):
    found, passed = check.evaluate({"GE0/1/0": {"rx": old}}, {"GE0/1/0": {"rx": new}}, tolerance=allowed)
    print(f"{old} to {new}, {allowed} % allowed: passed {passed}, {found}")
    return passed


assert passes(12.5, 12.6, 10)
assert passes(-12.5, -12.5, 10)
for allowed in (10, 90, 1000):
    assert not passes(-12.5, -12.6, allowed)
    assert not passes(-12.5, -12.4, allowed)
PY
venv/bin/python look.py
