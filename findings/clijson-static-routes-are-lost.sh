#!/usr/bin/env bash
# clijson: where a configuration has a VPN instance, of the static routes only the first is in its tree, and no diff misses the others.
# clijson==0.6.1
# Good engineers guess: "configuration as a nested tree" of `display current-configuration` holds every line, as its confidence of 1.0
#   and no warning say, so that clijson.config.has and clijson.diff before and after a change can be trusted.
# What happens: the first word is the key. Lines with a body below them (`ip vpn-instance A`) and without (`ip route-static ...`) share
#   it, and for the latter there is one place. Without the instance all routes are there. In the same way of the interfaces and VLANs
#   with nothing below them one is left after the first with a body.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check clijson==0.6.1 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
import clijson

ROUTES = [f"ip route-static 10.{number}.0.0 255.255.0.0 192.0.2.2" for number in (1, 2, 3)]
PORTS = ["interface GigabitEthernet0/1/0", " undo shutdown"] + [f"#\ninterface GigabitEthernet0/1/{n}" for n in (1, 2, 3)]
VPN = ["ip vpn-instance A", " ipv4-family", "  route-distinguisher 100:1"]


def read(*sections):
    text = "".join("#\n" + "\n".join(lines) + "\n" for lines in sections) + "#\nreturn\n"
    result = clijson.parse(text, "display current-configuration", "vrp")
    assert (result.confidence, result.warnings) == (1.0, [])
    return result


def there(result, lines):
    found = [line for line in lines if clijson.config.has(result, line)]
    print(f"{len(found)} of {len(lines)}: {found}")
    return found


assert there(read(ROUTES), ROUTES) == ROUTES
with_vpn = read(VPN, ROUTES)
assert there(with_vpn, ROUTES) == ROUTES[:1]
assert with_vpn.data["ip"]["_value"] == ROUTES[0].removeprefix("ip ")
changes = clijson.diff(with_vpn, read(VPN, ROUTES[:1]), ignore=None)
print(f"two of the three routes taken away, the changes: {changes}")
assert changes == []

bare = [f"interface GigabitEthernet0/1/{number}" for number in (1, 2, 3)]
assert there(read(PORTS), bare) == bare[:1]
PY
venv/bin/python look.py
