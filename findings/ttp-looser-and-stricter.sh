#!/usr/bin/env bash
# TTP: numbers and addresses are looser than their names, and PHRASE is stricter.
# ttp==0.10.1
# Good engineers guess: IP matches addresses, to_int takes digits or fails the match, PHRASE takes one word or several.
# What happens: IP takes 999.1.1.1; to_int makes 1000 of `1_000` and lets `abc` stay a text in the record, with a line in the log;
#   PHRASE does not match a single word, nor two words with two blanks between them: the record is silently empty.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ttp==0.10.1 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from ttp import ttp


def read(template, text):
    parser = ttp(data=text, template=template)
    parser.parse()
    found = parser.result()[0][0]
    print(f"{template}  {text!r} -> {found}")
    return found


assert read("peer {{ ip | IP }}", "peer 999.1.1.1\n") == {"ip": "999.1.1.1"}
assert read("vlans {{ n | to_int }}", "vlans 1_000\n") == {"n": 1000}
assert read("vlans {{ n | to_int }}", "vlans abc\n") == {"n": "abc"}
assert read("state {{ s | PHRASE }}", "state Hot Standby\n") == {"s": "Hot Standby"}
assert read("state {{ s | PHRASE }}", "state Standby\n") == {}
assert read("state {{ s | PHRASE }}", "state Hot  Standby\n") == {}
PY
venv/bin/python look.py
