#!/usr/bin/env bash
# netmiko: logging in to a Huawei device can change its saved configuration.
# netmiko==4.8.0 asyncssh==2.24.1
# Good engineers guess: who connects, asks for a display and leaves has changed nothing, and a question at the login that the script
#   did not foresee ends in an error; the offer to change the password is indeed declined with N.
# What happens: where the device says at the login that its configuration file holds security risks and asks [Y/N], the driver types Y,
#   and Y again to the question after it, and waits for the save to end. ConnectHandler returns as ever, and has no option against it.
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

RISKS = "\r\nWarning: There are security risks in the configuration file. You are advised to secure it. Secure it now? [Y/N]:"
SURE = "\r\nWarning: The configuration file will be written anew. Continue? [Y/N]:"
SAVED = "\r\nInfo: The configuration was saved successfully.\r\n"


class AnyPassword(asyncssh.SSHServer):
    def password_auth_supported(self):
        return True

    def validate_password(self, username, password):
        return True


def router(answers):
    """Make a router that asks at the login, and note what it was told."""

    async def session(process):
        for question in (RISKS, SURE):
            process.stdout.write(question)
            answers.append((await process.stdin.readline()).strip())
            process.stdout.write(answers[-1])
            if answers[-1].upper() != "Y":
                break
        if [word.upper() for word in answers] == ["Y", "Y"]:
            process.stdout.write(SAVED)
            await asyncio.sleep(2)  # the driver reads the prompt by itself, after the message
        process.stdout.write("\r\n<R1>")
        async for line in process.stdin:
            process.stdout.write(f"{line.strip()}\r\n<R1>")
            if line.strip() == "quit":
                break
        process.exit(0)

    return session


async def serve(answers, port, stop):
    key = asyncssh.generate_private_key("ssh-ed25519")
    server = await asyncssh.create_server(
        AnyPassword, "127.0.0.1", 0, server_host_keys=[key], process_factory=router(answers), line_editor=False
    )
    port.put(server.get_port())
    await asyncio.to_thread(stop.wait)


answers, port, stop = [], queue.Queue(), threading.Event()
thread = threading.Thread(target=lambda: asyncio.run(serve(answers, port, stop)))
thread.start()
try:
    session = ConnectHandler(
        device_type="huawei_vrpv8", host="127.0.0.1", port=port.get(timeout=60), username="ops", password="unused", conn_timeout=60
    )
    print("a session without a command of ours; the router was told:", answers)
    assert answers == ["Y", "Y"]
    session.disconnect()
finally:
    stop.set()
    thread.join()
PY
venv/bin/python look.py
