#!/usr/bin/env bash
# diffios: a section of which every line is gone lacks nothing.
# diffios==0.0.9
# Good engineers guess: each line of the baseline that the configuration does not have is missing, the more so where a port has lost all.
# What happens: the lines of a section are compared if the configuration has at least one below that header. With a single line left the
#   others are told missing; with none left (a port that was cleared, a service that was made anew and never filled) missing and
#   additional are both empty. A header that is gone as a whole is told again.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check diffios==0.0.9 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from diffios import Compare

HEADER = "remote-backup-service service1"
BODY = [" peer 3.3.3.3 source 1.1.1.1 port 1025", " track interface GigabitEthernet0/1/0"]
NAME = "sysname R1"


def look(text, lines):
    compared = Compare([NAME, HEADER, *BODY], lines, [])
    print(f"{text}: missing {compared.missing()}, additional {compared.additional()}")
    return compared.missing(), compared.additional()


assert look("whole", [NAME, HEADER, *BODY]) == ([], [])
assert look("one line left", [NAME, HEADER, BODY[0]]) == ([[HEADER, BODY[1]]], [])
assert look("no line left", [NAME, HEADER]) == ([], [])
assert look("no header left", [NAME]) == ([[HEADER, *BODY]], [])
PY
venv/bin/python -W ignore look.py
