#!/usr/bin/env bash
# nornir-salt: with the runner's default of one attempt, a task that fails is run twice, a write too.
# nornir==3.6.0 nornir-salt==0.23.4
# Good engineers guess: `task_retry`, "number of attempts to run task", is 1 by default, so RetryRunner retries connections alone and a
#   task that raises is told failed after one run; 2 would be one retry.
# What happens: the number counts what comes after the first run. A `commit` whose answer got lost is typed again; only 0 types it once.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check nornir==3.6.0 nornir-salt==0.23.4 requests==2.34.2 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
import logging

from nornir.core import Nornir
from nornir.core.inventory import Defaults, Groups, Host, Hosts, Inventory
from nornir_salt.plugins.runners import RetryRunner

logging.disable()


def runs_of_a_failing_task(**options):
    seen = []

    def commit(task):
        seen.append(task.host.name)
        raise TimeoutError("no answer to commit")

    router = Inventory(Hosts({"R1": Host("R1", hostname="192.0.2.1")}), Groups(), Defaults())
    runner = RetryRunner(task_backoff=1, task_splay=1, **options)
    result = Nornir(inventory=router, runner=runner).run(task=commit)
    assert result["R1"].failed
    return len(seen)


default = runs_of_a_failing_task()
given = {number: runs_of_a_failing_task(task_retry=number) for number in (0, 1, 2)}
print(f"runs by default: {default}; by task_retry: {given}")
assert default == 2
assert given == {0: 1, 1: 2, 2: 3}
PY
venv/bin/python look.py
