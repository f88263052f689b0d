#!/usr/bin/env bash
# nornir-pyxl: behind a column that has no header, each value stands under the name of the next column.
# nornir-pyxl==1.0.1 nornir==3.6.0 openpyxl==3.1.5
# Good engineers guess: a column without a header (an empty one that parts the sheet, a remark) is left out, and each other value has the
#   header above it; a cell is what was typed into it.
# What happens: the empty header is left out of the names alone, and names and values are then paired in turn: the peer's address is under
#   "vrid", the VRID under "priority", and the last value is gone. No error, since each row is as short as the names. Beside it a 0
#   (a priority, a VLAN) comes as False, as an empty cell does.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check nornir-pyxl==1.0.1 nornir==3.6.0 openpyxl==3.1.5 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from nornir.core import Nornir
from nornir.core.inventory import Defaults, Groups, Host, Hosts, Inventory
from nornir.plugins.runners import SerialRunner
from nornir_pyxl.plugins.tasks import pyxl_ez_data
from openpyxl import Workbook

hosts = Hosts({"r1": Host(name="r1")})
nr = Nornir(inventory=Inventory(hosts=hosts, groups=Groups(), defaults=Defaults()), runner=SerialRunner())


def read(*rows):
    book = Workbook()
    book.active.title = "pairs"
    for row in rows:
        book.active.append(row)
    book.save("pairs.xlsx")
    (result,) = nr.run(task=pyxl_ez_data, workbook="pairs.xlsx", sheetname="pairs")["r1"]
    print(rows[0], "->", result.result)
    return result.result


whole = {"name": "metro-1", "vrid": 10, "priority": 120, "vlan": 100}
assert read(["name", "vrid", "priority", "vlan"], ["metro-1", 10, 120, 100]) == [whole]
moved = {"name": "metro-1", "vrid": "3.3.3.3", "priority": 10, "vlan": 120}
assert read(["name", None, "vrid", "priority", "vlan"], ["metro-1", "3.3.3.3", 10, 120, 100]) == [moved]
(row,) = read(["name", "priority", "remark"], ["metro-1", 0, None])
assert row["priority"] is False and row["remark"] is False
PY
venv/bin/python look.py
