#!/usr/bin/env bash
# ctreepo: a static route that shall only get BFD, a preference or a description is gone after the patch.
# ctreepo==0.3.31
# Good engineers guess: of a line that changes the old one is undone first and the new one typed then, as ctreepo itself does it inside
#   of a section, so that the patch ends in the target.
# What happens: in the system view all lines with `undo` go to the end. The new line is typed, and then `undo ip route-static 0.0.0.0
#   0.0.0.0 192.0.2.2`, which names destination and next hop alone and so takes away what was just typed: no default route, in one commit.
#   It is the same with `vlan batch`: all VLANs that shall stay are undone after the new list.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ctreepo==0.3.31 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from ctreepo import CTreeEnv, Vendor

env = CTreeEnv(vendor=Vendor.HUAWEI)


def patch(old, new):
    current, target = (env.parse(f"#\n{text}\n#\nreturn\n") for text in (old, new))
    change = env.diff(current, target)
    print(change.patch, end="\n\n")
    return change.patch.splitlines()


route = "ip route-static 0.0.0.0 0.0.0.0 192.0.2.2"
for added in ("track bfd-session up1", "preference 70", "description uplink"):
    assert patch(route, f"{route} {added}") == [f"{route} {added}", f"undo {route}"]
assert patch("vlan batch 10 20 to 30", "vlan batch 10 20 to 31") == ["vlan batch 10 20 to 31", "undo vlan batch 10 20 to 30"]
port = "interface GigabitEthernet0/1/0\n mtu "
assert patch(f"{port}1500", f"{port}9000") == ["interface GigabitEthernet0/1/0", "undo mtu", "mtu 9000", "quit"]
PY
venv/bin/python look.py
