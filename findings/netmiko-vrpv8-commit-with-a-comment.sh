#!/usr/bin/env bash
# netmiko: on VRP8 commit(comment="...") commits nothing, and says so to nobody.
# netmiko==4.8.0 asyncssh==2.24.1
# Good engineers guess: the driver is for VRP8, so a comment becomes the word that VRP8 has for it (`commit description ...`), and a
#   commit that the device refuses raises, as the docstring says.
# What happens: it types `commit comment "..."`, which VRP8 answers with "Error: Unrecognized command". Only the words "Failed to
#   generate committed config", of another vendor, are looked for: the call returns as ever, with the change still in the candidate.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check netmiko==4.8.0 asyncssh==2.24.1 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
import asyncio
import queue
import threading

import asyncssh
from netmiko import ConnectHandler

typed, committed = [], []


class AnyPassword(asyncssh.SSHServer):
    def password_auth_supported(self):
        return True

    def validate_password(self, username, password):
        return True


async def router(process):
    """Answer as a router that holds one change in its candidate, in the words of its manual."""
    view, changed = "<R1>", False
    process.stdout.write(f"\r\n{view}")
    async for line in process.stdin:
        command = line.strip()
        process.stdout.write(f"{command}\r\n")
        if command:
            typed.append(command)
        if command == "system-view":
            view = "[~R1]"
        elif command == "return":
            view = "<R1>"
        elif command.startswith("sysname"):
            changed, view = True, "[*R1]"
        elif command == "commit" or command.startswith("commit description "):
            committed.append(command)
            changed, view = False, "[~R1]"
        elif command.startswith("commit"):
            process.stdout.write("               ^\r\nError: Unrecognized command found at '^' position.\r\n")
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
    session = ConnectHandler(
        device_type="huawei_vrpv8", host="127.0.0.1", port=port, username="ops", password="unused", conn_timeout=60
    )
    session.send_config_set(["sysname R1"])
    answer = session.commit(comment="CHG1")
    print("typed:", [command for command in typed if command.startswith("commit")], "taken by the router:", committed)
    print(answer)
    assert typed.count('commit comment "CHG1"') == 1
    assert "Unrecognized command" in answer
    assert not committed
    session.send_config_set(["sysname R1"])
    session.commit()
    assert committed == ["commit"]
    session.disconnect()
finally:
    stop.set()
    thread.join()
PY
venv/bin/python look.py
