#!/usr/bin/env bash
# hier_config: to add one VLAN of VRP all the others are taken away first.
# hier-config==3.7.1
# Good engineers guess: Platform.HUAWEI_VRP knows `vlan batch` as a list, so that one more VLAN is `vlan batch 30`, and one less
#   `undo vlan batch 20`, as lists of VLANs are treated for other platforms.
# What happens: the line is one value. `vlan batch 10 20` to `vlan batch 10 20 30` is `undo vlan batch 10 20` and then the whole new
#   line: typed where each line takes effect at once, VLANs that carry traffic are gone in between.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check hier-config==3.7.1 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from hier_config import Platform, WorkflowRemediation, get_hconfig


def remediation(running, wanted):
    work = WorkflowRemediation(get_hconfig(Platform.HUAWEI_VRP, running), get_hconfig(Platform.HUAWEI_VRP, wanted))
    return [line.cisco_style_text() for line in work.remediation_config.all_children_sorted()]


for running, wanted, typed in (
    ("vlan batch 10 20\n", "vlan batch 10 20 30\n", ["undo vlan batch 10 20", "vlan batch 10 20 30"]),
    ("vlan batch 10 20\n", "vlan batch 10\n", ["undo vlan batch 10 20", "vlan batch 10"]),
):
    found = remediation(running, wanted)
    print(f"{running.strip()!r} to {wanted.strip()!r}: {found}")
    assert found == typed
PY
venv/bin/python look.py
