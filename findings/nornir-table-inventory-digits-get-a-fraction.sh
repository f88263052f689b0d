#!/usr/bin/env bash
# nornir-table-inventory: once one row has no password, passwords of digits end in `.0` in all the others.
# nornir-table-inventory==0.4.6 nornir==3.6.0 openpyxl==3.1.5
# Good engineers guess: what stands in a cell of a row is that host's; an empty cell in another row, which takes the password of the
#   defaults, changes nothing for it.
# What happens: a column of numbers with a hole is one of floats. 20261129 becomes the text "20261129.0", which is the password that drivers
#   then type; the site 7 becomes 7.0. Full columns stay whole, and so do cells of text; the port is made an integer again.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  nornir-table-inventory==0.4.6 nornir==3.6.0 openpyxl==3.1.5 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from nornir import InitNornir
from openpyxl import Workbook

HEAD = ["name", "hostname", "port", "username", "password", "platform", "site"]
PE1 = ["PE1", "192.0.2.1", 22, "ops", 20261129, "huawei_vrpv8", 7]
PE2 = ["PE2", "192.0.2.2", None, "ops", None, "huawei_vrpv8", None]


def hosts(*rows):
    book = Workbook()
    for row in (HEAD, *rows):
        book.active.append(row)
    book.save("hosts.xlsx")
    inventory = {"plugin": "ExcelInventory", "options": {"excel_file": "hosts.xlsx"}}
    found = InitNornir(inventory=inventory, logging={"enabled": False}).inventory.hosts
    print(f"{len(rows)} rows: PE1 has port {found['PE1'].port!r}, password {found['PE1'].password!r}, site {found['PE1']['site']!r}")
    return found


assert hosts(PE1)["PE1"].password == "20261129"
assert hosts(PE1, PE2)["PE1"].password == "20261129.0"
assert repr(hosts(PE1)["PE1"]["site"]) == "7"
assert repr(hosts(PE1, PE2)["PE1"]["site"]) == "7.0"
PY
venv/bin/python look.py
