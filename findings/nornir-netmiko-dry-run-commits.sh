#!/usr/bin/env bash
# nornir-netmiko: with dry_run=True a change is refused, but commit and save are done.
# nornir-netmiko==1.0.1 nornir==3.6.0 netmiko==4.8.0 asyncssh==2.24.1
# Good engineers guess: `dry_run=True` of Nornir reaches all tasks that change a device: netmiko_send_config refuses to run then ("does
#   not support dry_run"), so the tasks beside it do no more than that.
# What happens: netmiko_commit and netmiko_save_config do not ask. On a two-stage router the commit takes into force what stands in the
#   candidate, and ends with changed=True; the save writes it for the next start.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  nornir-netmiko==1.0.1 nornir==3.6.0 netmiko==4.8.0 asyncssh==2.24.1 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
import asyncio
import logging
import queue
import threading

import asyncssh
from nornir.core import Nornir
from nornir.core.configuration import Config
from nornir.core.inventory import ConnectionOptions, Defaults, Groups, Host, Hosts, Inventory
from nornir.core.plugins.connections import ConnectionPluginRegister
from nornir.core.state import GlobalState
from nornir.plugins.runners import SerialRunner
from nornir_netmiko.tasks import netmiko_commit, netmiko_save_config, netmiko_send_config

logging.disable(logging.ERROR)
done = []


class AnyPassword(asyncssh.SSHServer):
    def password_auth_supported(self):
        return True

    def validate_password(self, username, password):
        return True


async def router(process):
    """Answer as a router of two stages, in the words of its manual."""
    view = "<R1>"
    process.stdout.write(f"\r\n{view}")
    async for line in process.stdin:
        command = line.strip()
        process.stdout.write(f"{command}\r\n")
        if command == "system-view":
            view = "[~R1]"
        elif command == "return":
            view = "<R1>"
        elif command == "commit":
            done.append("committed")
        elif command == "save":
            process.stdout.write("Warning: The current configuration will be written to the device. Continue? [Y/N]:")
            continue
        elif command == "y":
            done.append("saved")
            process.stdout.write("Now saving the current configuration to the slot 1 .\r\nInfo: Save the configuration successfully.\r\n")
        process.stdout.write(view)
    process.exit(0)


async def serve(ready, stop):
    key = asyncssh.generate_private_key("ssh-ed25519")
    server = await asyncssh.create_server(
        AnyPassword, "127.0.0.1", 0, server_host_keys=[key], process_factory=router, line_editor=False
    )
    ready.put(server.get_port())
    while not stop.is_set():
        await asyncio.sleep(0.05)


ready, stop = queue.Queue(), threading.Event()
thread = threading.Thread(target=lambda: asyncio.run(serve(ready, stop)))
thread.start()
port = ready.get(timeout=60)
try:
    ConnectionPluginRegister.auto_register()
    options = {"netmiko": ConnectionOptions(extras={"conn_timeout": 60})}
    host = Host(
        "R1", hostname="127.0.0.1", port=port, username="ops", password="unused", platform="huawei_vrpv8", connection_options=options
    )
    inventory = Inventory(Hosts({"R1": host}), Groups(), Defaults())
    nr = Nornir(inventory, runner=SerialRunner(), data=GlobalState(dry_run=True), config=Config())

    (refused,) = nr.run(task=netmiko_send_config, config_commands=["sysname R1"])["R1"]
    print("send_config:", refused.exception, done)
    assert str(refused.exception) == "netmiko_send_config does not support dry_run"
    nr.data.reset_failed_hosts()
    (commit,) = nr.run(task=netmiko_commit)["R1"]
    (save,) = nr.run(task=netmiko_save_config, confirm=True, confirm_response="y")["R1"]
    nr.close_connections()
    print("commit and save: failed", commit.failed, save.failed, "changed", commit.changed, save.changed, "on the router:", done)
    assert done == ["committed", "saved"]
    assert (commit.failed, commit.changed, save.failed, save.changed) == (False, True, False, True)
finally:
    stop.set()
    thread.join()
PY
venv/bin/python look.py
