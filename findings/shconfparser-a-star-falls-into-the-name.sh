#!/usr/bin/env bash
# shconfparser: a Huawei port that is shut down by hand is merely `down`, its name ends in a star, and large counters are cut in two.
# shconfparser==3.1.1
# Good engineers guess: parse_table, given the headers of `display interface brief`, gives each row its words by the header above them, or
#   warns where they do not stand below it.
# What happens: a column begins where its header begins. VRP writes numbers to the right and the mark of `*down` one place before the
#   header: PHY is `down`, and the name `GigabitEthernet1/0/3       *` meets no other display. Of 123456789 errors the first digit
#   is in the column before (OutUti `0% 1`), the rest is a number by itself: 23456789. Nothing is said.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check shconfparser==3.1.1 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from shconfparser import Parser

DISPLAY = """\
Interface                   PHY   Protocol  InUti OutUti   inErrors  outErrors
Eth-Trunk0                  down  down         3%      7%        12          0
GigabitEthernet1/0/3       *down  down        50%     30%         0          0
GigabitEthernet1/0/4(10G)   up    up           0%      0% 123456789          7
"""
headers = DISPLAY.splitlines()[0].split()
rows = Parser().parse_table(DISPLAY.splitlines(), headers)
for row in rows:
    print(row)
down, shut, wrong = rows
assert down["Interface"] == "Eth-Trunk0" and down["PHY"] == "down"
assert shut["Interface"] == "GigabitEthernet1/0/3       *" and shut["PHY"] == "down"
assert wrong["OutUti"] == "0% 1" and wrong["inErrors"] == "23456789"
PY
venv/bin/python look.py
