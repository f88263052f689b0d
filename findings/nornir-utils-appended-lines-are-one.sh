#!/usr/bin/env bash
# nornir-utils: lines that several hosts append to one file are one line, while the difference of each shows a line of its own.
# nornir==3.6.0 nornir-utils==0.3.0
# Good engineers guess: write_file(..., append=True) adds what its `diff` shows: `+` and the line, below the line that was there before; and
#   changed=False says that the file was left as it is.
# What happens: the difference is made of lines, the file of letters. A text that does not end in a newline, as a rendered line or a result
#   stripped of its blanks, is glued to what stands there: of two static routes is left one line that no router takes. For the same
#   reason a file whose last newline or kind of line end changes is written anew with changed=False and an empty difference.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check nornir==3.6.0 nornir-utils==0.3.0 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from pathlib import Path

from nornir.core import Nornir
from nornir.core.inventory import Defaults, Groups, Host, Hosts, Inventory
from nornir.plugins.runners import SerialRunner
from nornir_utils.plugins.tasks.files import write_file

hosts = Hosts({name: Host(name=name, data={"net": net}) for name, net in (("r1", "10.1.0.0"), ("r2", "10.2.0.0"))})
nr = Nornir(inventory=Inventory(hosts=hosts, groups=Groups(), defaults=Defaults()), runner=SerialRunner())
routes, saved = Path("routes.cfg"), Path("saved.cfg")


def append(task):
    line = f"ip route-static {task.host['net']} 255.255.0.0 192.0.2.1"
    return write_file(task, str(routes), line, append=True)


done = nr.run(task=append)
for name in hosts:
    print(name, "changed:", done[name][0].changed, "\n" + done[name][0].diff)
print("in the file:", routes.read_text())
assert "\n+ip route-static 10.2.0.0 255.255.0.0 192.0.2.1" in done["r2"][0].diff
assert routes.read_text().splitlines() == [
    "ip route-static 10.1.0.0 255.255.0.0 192.0.2.1ip route-static 10.2.0.0 255.255.0.0 192.0.2.1"
]
saved.write_bytes(b"#\r\nreturn\r\n")
done = nr.filter(name="r1").run(task=write_file, filename=str(saved), content="#\nreturn")
print("changed:", done["r1"][0].changed, "difference:", repr(done["r1"][0].diff), "in the file:", saved.read_bytes())
assert not done["r1"][0].changed and saved.read_bytes() == b"#\nreturn"
PY
venv/bin/python look.py
