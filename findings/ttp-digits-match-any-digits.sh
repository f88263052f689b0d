#!/usr/bin/env bash
# TTP: a digit in the words of a template matches any digits.
# ttp==0.10.1
# Good engineers guess: the literal words of a template line match themselves, so that `IPv4 users` and `IPv6 users` are two lines.
# What happens: every digit run of the template is turned into "any digits": both lines are the same rule, the first one takes both
#   values, and the second is never filled, without an error. `_exact_` on the line brings back what was meant.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ttp==0.10.1 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from ttp import ttp

TEXT = "IPv4 users : 3\nIPv6 users : 7\n"


def read(template):
    parser = ttp(data=TEXT, template=template)
    parser.parse()
    found = parser.result()[0][0]
    print(f"{template!r} -> {found}")
    return found


LOOSE = "IPv4 users : {{ v4 }}\nIPv6 users : {{ v6 }}"
EXACT = "IPv4 users : {{ v4 | _exact_ }}\nIPv6 users : {{ v6 | _exact_ }}"
assert read(LOOSE) == [{"v4": "3"}, {"v4": "7"}]
assert read(EXACT) == {"v4": "3", "v6": "7"}
assert read("IPv4 users : {{ v4 }}") == [{"v4": "3"}, {"v4": "7"}]
PY
venv/bin/python look.py
