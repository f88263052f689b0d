#!/usr/bin/env bash
# netmiko: SSHDetect tells an NE40E with VRP8 as `huawei`, the driver for devices without a commit; nothing that it types takes effect.
# netmiko==4.8.0 asyncssh==2.24.1
# Good engineers guess: netmiko has a driver for VRP8 and the display tells the version ("Version 8.180"), so a detected type is the one to
#   connect with, as its documentation does.
# What happens: there is no rule for huawei_vrpv8; any VRP is `huawei`. That driver leaves the system view with `return`, where VRP8 asks
#   whether to commit [Y/N/C]: send_config_set ends in ReadTimeout. With exit_config_mode=False nothing raises at all, not at save_config
#   either, which the router refuses in that view, and the change is lost with the session. commit() is "not supported".
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
from netmiko import ConnectHandler, ReadTimeout, SSHDetect

VERSION = """Huawei Versatile Routing Platform Software
VRP (R) software, Version 8.180 (NE40E V800R010C10SPC500)
Copyright (C) 2012-2018 Huawei Technologies Co., Ltd.
HUAWEI NE40E uptime is 1 day, 3 hours, 34 minutes
"""
REFUSED = "               ^\r\nError: Incomplete command found at '^' position.\r\n"
committed, saved = [], []


class AnyPassword(asyncssh.SSHServer):
    def password_auth_supported(self):
        return True

    def validate_password(self, username, password):
        return True


async def router(process):
    """Answer as a router of two stages, in the words of its manual."""
    view, changed, asked = "<R1>", False, False
    process.stdout.write(f"\r\n{view}")
    async for line in process.stdin:
        command = line.strip()
        process.stdout.write(f"{command}\r\n")
        if asked:
            asked = False
        elif command == "display version":
            process.stdout.write(VERSION.replace("\n", "\r\n"))
        elif command == "system-view":
            view = "[~R1]"
        elif command.startswith("sysname"):
            changed, view = True, "[*R1]"
        elif command == "commit":
            committed.append(command)
        elif command == "save":
            if view == "<R1>":
                saved.append(command)
            else:
                process.stdout.write(REFUSED)
        elif command == "return" and changed:
            asked = True
            process.stdout.write("Warning: Uncommitted configurations found. Are you sure to commit them before returning? [Y/N/C]:")
            continue
        elif command == "return":
            view = "<R1>"
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
    address = {"host": "127.0.0.1", "port": port, "username": "ops", "password": "unused", "conn_timeout": 60}
    kind = SSHDetect(device_type="autodetect", **address).autodetect()
    print("detected:", kind)
    assert kind == "huawei"

    session = ConnectHandler(device_type=kind, **address)
    try:
        session.send_config_set(["sysname R1"])
        raise SystemExit("the change ended well")
    except ReadTimeout:
        print("send_config_set: ReadTimeout")
    session.paramiko_cleanup()

    session = ConnectHandler(device_type=kind, **address)
    session.send_config_set(["sysname R1"], exit_config_mode=False)
    answer = session.save_config()
    print("save_config:", answer)
    assert "Error: Incomplete command" in answer
    try:
        session.commit()
        raise SystemExit("there is a commit")
    except AttributeError as told:
        print("commit:", told)
    session.paramiko_cleanup()
    print("committed:", committed, "saved:", saved)
    assert committed == saved == []
finally:
    stop.set()
    thread.join()
PY
venv/bin/python look.py
