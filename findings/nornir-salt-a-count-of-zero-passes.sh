#!/usr/bin/env bash
# nornir-salt: a test whose expression finds nothing passes, if it says so by 0 or an empty list.
# nornir-salt==0.23.4 nornir==3.6.0
# Good engineers guess: an `eval` test passes where the expression is true in the sense of Python, so `result.count('Master')` and a list
#   of the rows with `Master` fail on a router that has no master.
# What happens: only the very value False fails. A count of 0 and a list without rows are PASS, as they are with rows: such a test can never
#   fail. `'Master' in result`, which is a bool, fails. `... and True` does not help: it is 0 as well.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check nornir-salt==0.23.4 nornir==3.6.0 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from nornir.core import Nornir
from nornir.core.configuration import Config
from nornir.core.inventory import Defaults, Groups, Host, Hosts, Inventory
from nornir.core.state import GlobalState
from nornir.core.task import Result
from nornir.plugins.runners import SerialRunner
from nornir_salt.plugins.processors import TestsProcessor

DISPLAY = "display vrrp brief"
NO_MASTER = """VRID  State        Interface                Type     Virtual IP
----------------------------------------------------------------
1     Backup       GigabitEthernet0/1/0.1   Normal   10.1.1.3
2     Initialize   GigabitEthernet0/1/0.2   Normal   10.1.2.3
"""


def show(task):
    return Result(host=task.host, result=NO_MASTER)


def tested(expression):
    inventory = Inventory(Hosts({"PE1": Host(name="PE1")}), Groups(), Defaults())
    nr = Nornir(inventory, runner=SerialRunner(), data=GlobalState(), config=Config())
    test = {"name": "a master", "task": DISPLAY, "test": "eval", "expr": expression}
    (result,) = nr.with_processors([TestsProcessor([test])]).run(task=show, name=DISPLAY)["PE1"]
    print(f"{result.result}: {expression}")
    return result.result


assert tested("result.count('Master')") == "PASS"
assert tested("result.count('Master') and True") == "PASS"
assert tested("[row for row in result.splitlines() if 'Master' in row]") == "PASS"
assert tested("'Master' in result") == "FAIL"
assert tested("result.count('Master') > 0") == "FAIL"
PY
venv/bin/python look.py
