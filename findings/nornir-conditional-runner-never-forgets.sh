#!/usr/bin/env bash
# nornir-conditional-runner: after one failed task nothing is run in that group any more, also not the way back.
# nornir-conditional-runner==0.1.6 nornir==3.6.0
# Good engineers guess: the limit of failures of a group is one of a run, as with a canary; after the mend, `reset_failed_hosts()` and the
#   next nr.run begin anew, as with any runner of Nornir.
# What happens: the runner counts for as long as it lives, over all runs and tasks, and nothing sets it back. A display that one member of
#   a pair did not answer is enough: the rollback, and every later task, is skipped on both ("Skipped due to failure limit"). Only a
#   new runner forgets. A limit of 1 applies unless it is turned off.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  nornir-conditional-runner==0.1.6 nornir==3.6.0 2> pip.log || { cat pip.log; exit 2; }
cat > hosts.yaml <<'YAML'
PE1: {groups: [metro-1]}
PE2: {groups: [metro-1]}
YAML
cat > groups.yaml <<'YAML'
metro-1: {}
YAML
cat > look.py <<'PY'
import logging

from nornir import InitNornir
from nornir.core.task import Result

nr = InitNornir(
    runner={"plugin": "ConditionalRunner", "options": {"group_limits": {"metro-1": 1}}},
    inventory={"plugin": "SimpleInventory", "options": {"host_file": "hosts.yaml", "group_file": "groups.yaml"}},
    logging={"enabled": False},
)
logging.disable(logging.ERROR)
ran = []


def look(task):
    raise TimeoutError("no answer to the display")


def back(task):
    ran.append(task.host.name)
    return Result(host=task.host)


def run(task, nornir=nr):
    results = nornir.run(task=task)
    nornir.data.reset_failed_hosts()
    told = {name: str(result[0].exception or "ran") for name, result in results.items()}
    print(f"{task.__name__}: {told}")
    return told


assert run(look, nr.filter(name="PE2")) == {"PE2": "no answer to the display"}
skipped = "Skipped due to failure limit for group 'metro-1'"
assert run(back) == run(back) == {"PE1": skipped, "PE2": skipped}
assert ran == []
PY
venv/bin/python look.py
