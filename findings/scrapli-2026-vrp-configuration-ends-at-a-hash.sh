#!/usr/bin/env bash
# scrapli 2026.10, platform huawei_vrp: a configuration that arrives in pieces ends at a line of `#`, and its rest is the next answer.
# scrapli==2026.10.14 asyncssh==2.24.1
# Good engineers guess: the platform knows Huawei's prompts, `<R1>` and `[~R1]`, and reads up to one of them; the definition spends
#   twelve lines of comment on a version string in brackets that must not be taken for a prompt.
# What happens: where an answer ends is told by another expression of the definition, `^.*[>#$\]]\s?+$`, the same for every make; the
#   lines of a single `#` between the sections of a VRP configuration match it. When the device pauses there, the answer is what came
#   until then, without an error; the rest, with the true prompt, stands in the answer of the next command.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check scrapli==2026.10.14 asyncssh==2.24.1 2> pip.log || { cat pip.log; exit 2; }
cat > router.py <<'PY'
import asyncio
import queue
import threading
from contextlib import contextmanager

import asyncssh
from scrapli import AuthOptions, Cli


class Anybody(asyncssh.SSHServer):
    def password_auth_supported(self):
        return True

    def validate_password(self, username, password):
        return True


def session_of(typed, answer):
    async def session(process):
        process.stdout.write("\r\n<R1>")
        async for line in process.stdin:
            typed.append(line.rstrip("\r\n"))
            await answer(process, line.strip(), typed)
            process.stdout.write("<R1>")
        process.exit(0)

    return session


@contextmanager
def logged_in(answer):
    typed, port, stop = [], queue.Queue(), threading.Event()

    async def serve():
        key = asyncssh.generate_private_key("ssh-ed25519")
        server = await asyncssh.create_server(
            Anybody, "127.0.0.1", 0, server_host_keys=[key], process_factory=session_of(typed, answer)
        )
        port.put(server.get_port())
        await asyncio.to_thread(stop.wait)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    try:
        login = AuthOptions(username="ops", password="unused")
        with Cli("127.0.0.1", port=port.get(timeout=60), definition_file_or_name="huawei_vrp", auth_options=login) as cli:
            yield cli, typed
    finally:
        stop.set()
        thread.join()
PY
cat > look.py <<'PY'
import asyncio

from router import logged_in

SECTIONS = (
    "#\r\nsysname R1\r\n#\r\n",
    "interface LoopBack0\r\n ip address 192.0.2.1 255.255.255.255\r\n#\r\nreturn\r\n",
)


async def answer(process, line, typed):
    if line == "display current-configuration":
        for section in SECTIONS:
            process.stdout.write(section)
            await asyncio.sleep(0.5)  # the routers of this make collect a configuration as they go
    elif line == "display sysname":
        process.stdout.write("R1\r\n")


with logged_in(answer) as (cli, typed):
    for command in ("display current-configuration", "display sysname"):
        got = cli.send_input(command)
        print(f"{command}: failed {got.failed}: {got.result!r}")
        assert not got.failed
        if command == "display sysname":
            assert "ip address 192.0.2.1" in got.result and got.result.endswith("<R1>R1")
        else:
            assert got.result.splitlines()[-1] == "sysname R1" and "LoopBack0" not in got.result
PY
venv/bin/python look.py
