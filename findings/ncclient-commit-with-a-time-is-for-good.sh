#!/usr/bin/env bash
# ncclient, scrapli-netconf: commit(timeout="120", persist="chg1") commits for good at once.
# ncclient==0.7.1 scrapli-netconf==2026.1.12 scrapli==2026.2.20 asyncssh==2.24.1
# Good engineers guess: a time after which the change reverts, and the token by which another session confirms it, make it a confirmed
#   commit, or the call is refused without confirmed=True, as persist together with persist_id is.
# What happens: both are left out without a word where `confirmed` is not given: <commit/> goes to the router, which answers <ok/>. The
#   change that was to revert by itself after two minutes is there to stay; the session that was to confirm it finds nothing to confirm.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  ncclient==0.7.1 scrapli-netconf==2026.1.12 "scrapli[paramiko]==2026.2.20" asyncssh==2.24.1 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
import asyncio
import logging
import queue
import re
import threading

import asyncssh
from lxml import etree
from ncclient import manager
from scrapli_netconf.driver import NetconfDriver

BASE = "urn:ietf:params:xml:ns:netconf:base:1.0"
CAPABILITIES = (
    "urn:ietf:params:netconf:base:1.0",
    "urn:ietf:params:netconf:capability:candidate:1.0",
    "urn:ietf:params:netconf:capability:confirmed-commit:1.1",
)
HELLO = f"""<hello xmlns="{BASE}"><capabilities>{"".join(f"<capability>{one}</capability>" for one in CAPABILITIES)}</capabilities>
<session-id>1</session-id></hello>"""
logging.disable(logging.ERROR)
commits = []


class AnyPassword(asyncssh.SSHServer):
    def password_auth_supported(self):
        return True

    def validate_password(self, username, password):
        return True


async def netconf(process):
    """Speak NETCONF 1.0: a hello, then <ok/> to everything."""
    process.stdout.write(HELLO + "]]>]]>")
    text = ""
    while not process.stdin.at_eof():
        text += await process.stdin.read(4096)
        while "]]>]]>" in text:
            message, text = text.split("]]>]]>", 1)
            asked = etree.fromstring(message.strip().encode())
            if not asked.tag.endswith("}rpc"):
                continue
            if asked[0].tag.endswith("}commit"):
                commits.append([re.sub("{.*}", "", one.tag) for one in asked[0]])
            process.stdout.write(f'<rpc-reply xmlns="{BASE}" message-id="{asked.get("message-id")}"><ok/></rpc-reply>]]>]]>')
    process.exit(0)


async def serve(ready, stop):
    key = asyncssh.generate_private_key("ssh-ed25519")
    server = await asyncssh.create_server(
        AnyPassword, "127.0.0.1", 0, server_host_keys=[key], process_factory=netconf, line_editor=False
    )
    ready.put(server.get_port())
    while not stop.is_set():
        await asyncio.sleep(0.05)


ready, stop = queue.Queue(), threading.Event()
thread = threading.Thread(target=lambda: asyncio.run(serve(ready, stop)))
thread.start()
port = ready.get(timeout=60)
try:
    with manager.connect(
        host="127.0.0.1",
        port=port,
        username="ops",
        password="unused",
        hostkey_verify=False,
        look_for_keys=False,
        allow_agent=False,
        device_params={"name": "huaweiyang"},
    ) as session:
        assert session.commit(timeout="120", persist="chg1").ok
        assert session.commit(confirmed=True, timeout="120", persist="chg1").ok
    session = NetconfDriver(
        host="127.0.0.1", port=port, auth_username="ops", auth_password="unused", auth_strict_key=False, transport="paramiko"
    )
    session.open()
    assert not session.commit(timeout=120, persist="chg1").failed
    session.close()
    print("inside of <commit>:", commits)
    assert commits == [[], ["confirmed", "confirm-timeout", "persist"], []]
finally:
    stop.set()
    thread.join()
PY
venv/bin/python look.py
