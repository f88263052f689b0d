#!/usr/bin/env bash
# netmiko: with an ssh_config_file that does not exist the router is dialled directly, past the jump host.
# netmiko==4.8.0 asyncssh==2.24.1
# Good engineers guess: whoever names a file with a ProxyJump wants to go through it, so a file that is not there is an error before
#   anything is dialled.
# What happens: a missing file says nothing of any host: no proxy, no port, no user, no warning. A script that is started from another
#   folder or by another user (`~`) logs in all the same where the router can be reached directly, and from an address that was not meant.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check netmiko==4.8.0 asyncssh==2.24.1 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
import asyncio
import logging
import pathlib
import queue
import threading

import asyncssh
from netmiko import ConnectHandler
from paramiko import SSHException

JUMP = "Host 127.0.0.1\n  ProxyCommand sh -c 'echo asked > jump.txt; exit 1'\n"
JUMPED = pathlib.Path("jump.txt")
logging.disable(logging.CRITICAL)
logins = []


class AnyPassword(asyncssh.SSHServer):
    def connection_made(self, conn):
        logins.append(conn.get_extra_info("peername")[0])

    def password_auth_supported(self):
        return True

    def validate_password(self, username, password):
        return True


async def router(process):
    process.stdout.write("\r\n<R1>")
    async for line in process.stdin:
        process.stdout.write(f"{line.strip()}\r\n<R1>")
    process.exit(0)


async def serve(ready, stop):
    key = asyncssh.generate_private_key("ssh-ed25519")
    server = await asyncssh.create_server(
        AnyPassword, "127.0.0.1", 0, server_host_keys=[key], process_factory=router, line_editor=False
    )
    ready.put(server.get_port())
    while not stop.is_set():
        await asyncio.sleep(0.05)


def connect(ssh_config):
    try:
        ConnectHandler(
            device_type="huawei_vrpv8",
            host="127.0.0.1",
            port=port,
            username="ops",
            password="unused",
            conn_timeout=60,
            ssh_config_file=ssh_config,
        ).disconnect()
        told = "logged in"
    except SSHException as error:
        told = type(error).__name__
    print(f"{ssh_config}: {told}; logins at the router: {len(logins)}; jump host asked: {JUMPED.exists()}")
    return told


ready, stop = queue.Queue(), threading.Event()
thread = threading.Thread(target=lambda: asyncio.run(serve(ready, stop)))
thread.start()
port = ready.get(timeout=60)
try:
    pathlib.Path("ssh_config").write_text(JUMP)
    assert connect("ssh_config") != "logged in"
    JUMPED.unlink()
    assert logins == []
    assert connect("ssh_confg") == "logged in"
    assert len(logins) == 1
    assert not JUMPED.exists()
finally:
    stop.set()
    thread.join()
PY
venv/bin/python look.py
