#!/usr/bin/env bash
# hier_config: the text of a VRP banner becomes commands of the remediation.
# hier-config==3.7.1
# Good engineers guess: a banner between two `%` is one value; to change its text the header command is typed anew.
# What happens: with Platform.HUAWEI_VRP each line of the text is a command of its own. To replace the text the remediation
#   types `undo <old text>` and then the new text alone in the system view; the header line itself is not in it.
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


BANNER = "header shell information %\n{}\n%\nsysname PE1\n"
typed = remediation(BANNER.format("night desk"), BANNER.format("sysname is on the label"))
print(typed)
assert typed == ["undo night desk", "sysname is on the label"]
PY
venv/bin/python look.py
