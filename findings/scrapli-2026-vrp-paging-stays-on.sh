#!/usr/bin/env bash
# scrapli 2026.10, platform huawei_vrp: paging stays on, and the line that shall widen the screen is typed with backslashes in it.
# scrapli==2026.10.14 asyncssh==2.24.1
# Good engineers guess: a platform of scrapli turns paging off when it opens a session, as the one of scrapli-community for the engine
#   before did (`screen-length 0 temporary`), so that a display of any length comes whole.
# What happens: nothing turns it off; a display that is longer than the screen ends in an error of time after 10 s, with "More" on the
#   screen. And `screen-width 255\ny\n\n` stands in the definition in single quotes, where YAML knows no `\n`: the device gets the
#   backslashes as letters, in one line with everything, and the width stays what it was.
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
from router import logged_in
from scrapli.exceptions import OperationException

LINES = [f"GigabitEthernet0/1/{number}  up  up" for number in range(30)]


async def answer(process, line, typed):
    if line == "display interface brief":
        paged = "screen-length 0 temporary" not in typed
        process.stdout.write("\r\n".join(LINES[:24] if paged else LINES) + "\r\n")
        if paged:
            process.stdout.write("  ---- More ----")
            await process.stdin.readline()


with logged_in(answer) as (cli, typed):
    try:
        got = cli.send_input("display interface brief")
    except OperationException as error:
        print(f"the display: {error}")
    else:
        raise SystemExit(f"it came: {got.result!r}")
    told = [line for line in typed if line]
    print("the device was told:", told)
    assert told == [r"screen-width 255\ny\n\n", "display interface brief"]
PY
venv/bin/python look.py
