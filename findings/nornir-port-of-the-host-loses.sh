#!/usr/bin/env bash
# Nornir: a port set on a host loses against a port in the connection options of its group.
# nornir==3.6.0
# Good engineers guess: what is nearest to the host wins, so `port: 22` in hosts.yaml overrides anything in groups.yaml.
# What happens: connection options are looked up first, on host, groups and defaults; only where none of them has the field
#   is `host.port` asked. The host with port 22 is dialled on 2222. Its own `extras`, in turn, replace the group's whole dict.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check nornir==3.6.0 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from nornir.core.inventory import ConnectionOptions, Defaults, Group, Host, ParentGroups

group = Group(
    name="pe",
    connection_options={"netmiko": ConnectionOptions(port=2222, extras={"timeout": 90, "use_keys": True})},
)
parents = ParentGroups([group])
near = Host(name="pe1", hostname="192.0.2.1", port=22, groups=parents, defaults=Defaults())
mixed = Host(
    name="pe2",
    hostname="192.0.2.2",
    port=22,
    groups=parents,
    defaults=Defaults(),
    connection_options={"netmiko": ConnectionOptions(extras={"fast_cli": False})},
)
for host in (near, mixed):
    used = host.get_connection_parameters("netmiko")
    print(f"{host.name}: host.port {host.port}, dialled {used.port}, extras {used.extras}")
assert near.port == 22
assert near.get_connection_parameters("netmiko").port == 2222
assert mixed.get_connection_parameters("netmiko").port == 2222
assert mixed.get_connection_parameters("netmiko").extras == {"fast_cli": False}
PY
venv/bin/python look.py
