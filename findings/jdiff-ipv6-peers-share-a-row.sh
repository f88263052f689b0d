#!/usr/bin/env bash
# jdiff: of three IPv6 peers that changed, the difference names none, and holds only two.
# jdiff==1.0.2 deepdiff==8.6.2
# Good engineers guess: keys of the data come back as keys of the difference, as they do for 10.0.0.1 and GigabitEthernet0/1/0.
# What happens: a key is kept if it is made of letters, digits and _ . / \ - alone. One with a colon, a blank or a bracket
#   (2001:db8::1, `Eth-Trunk 1`, `GigabitEthernet0/1/3(10G)`) is left out of the path, so the rows below fall upon each other: the first
#   stays, the second is marked `_dup!`, and each further one takes the place of the second.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check jdiff==1.0.2 deepdiff==8.6.2 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from jdiff import CheckType

check = CheckType.create("exact_match")


def difference(names):
    before = {name: {"state": "Established"} for name in names}
    after = {name: {"state": f"Idle-{number}"} for number, name in enumerate(names, 1)}
    found, passed = check.evaluate(before, after)
    print(f"{names}: {found}")
    assert not passed
    return found


merged = {
    "state": {
        "new_value": "Idle-1",
        "old_value": "Established",
        "new_value_dup!": "Idle-3",
        "old_value_dup!": "Established",
    }
}
assert list(difference(["10.0.0.1", "10.0.0.2", "10.0.0.3"])) == ["10.0.0.1", "10.0.0.2", "10.0.0.3"]
assert difference(["2001:db8::1", "2001:db8::2", "2001:db8::3"]) == merged
assert difference(["Eth-Trunk 1", "Eth-Trunk 2", "Eth-Trunk 3"]) == merged
assert difference([f"GigabitEthernet0/1/{port}(10G)" for port in (1, 2, 3)]) == merged
PY
venv/bin/python look.py
