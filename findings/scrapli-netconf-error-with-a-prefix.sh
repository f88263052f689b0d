#!/usr/bin/env bash
# scrapli-netconf: a refused change has not failed if the server writes its errors with a prefix.
# scrapli-netconf==2026.1.12 scrapli==2026.2.20 asyncssh==2.24.1
# Good engineers guess: the reply is XML, so <rpc-error> and <nc:rpc-error xmlns:nc="..."> are the same refusal, and raise_for_status()
#   raises for both.
# What happens: failure is told by the bytes of the tags, <rpc-error> and </rpc-error>. With a prefix, which RFC 6241 leaves to the
#   server, `failed` is False and raise_for_status() passes. The other way round a warning beside <ok/> has failed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
  scrapli-netconf==2026.1.12 "scrapli[paramiko]==2026.2.20" asyncssh==2.24.1 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
import asyncio
import logging
import queue
import re
import threading

import asyncssh
from scrapli_netconf.driver import NetconfDriver

BASE = "urn:ietf:params:xml:ns:netconf:base:1.0"
HELLO = f"""<hello xmlns="{BASE}"><capabilities><capability>urn:ietf:params:netconf:base:1.0</capability>
<capability>urn:ietf:params:netconf:capability:candidate:1.0</capability></capabilities><session-id>1</session-id></hello>"""
ERROR = """<{p}rpc-error><{p}error-type>application</{p}error-type><{p}error-tag>invalid-value</{p}error-tag>
<{p}error-severity>{severity}</{p}error-severity><{p}error-message>The address is used</{p}error-message></{p}rpc-error>"""
PLAIN = f'<rpc-reply xmlns="{BASE}" message-id="{{id}}">{ERROR.format(p="", severity="error")}</rpc-reply>'
PREFIXED = f'<nc:rpc-reply xmlns:nc="{BASE}" message-id="{{id}}">{ERROR.format(p="nc:", severity="error")}</nc:rpc-reply>'
WARNED = f'<rpc-reply xmlns="{BASE}" message-id="{{id}}">{ERROR.format(p="", severity="warning")}<ok/></rpc-reply>'
logging.disable(logging.ERROR)
replies = queue.Queue()


class AnyPassword(asyncssh.SSHServer):
    def password_auth_supported(self):
        return True

    def validate_password(self, username, password):
        return True


async def netconf(process):
    """Speak NETCONF 1.0: a hello, then the next of the replies to each edit-config, and <ok/> to all else."""
    process.stdout.write(HELLO + "]]>]]>")
    text = ""
    while not process.stdin.at_eof():
        text += await process.stdin.read(4096)
        while "]]>]]>" in text:
            message, text = text.split("]]>]]>", 1)
            if "<rpc" not in message:
                continue
            number = re.search('message-id="(\\d+)"', message).group(1)
            reply = replies.get() if "<edit-config" in message else f'<rpc-reply xmlns="{BASE}" message-id="{{id}}"><ok/></rpc-reply>'
            process.stdout.write(reply.replace("{id}", number) + "]]>]]>")
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
    session = NetconfDriver(
        host="127.0.0.1", port=port, auth_username="ops", auth_password="unused", auth_strict_key=False, transport="paramiko"
    )
    session.open()

    def edit(reply):
        replies.put(reply)
        config = '<config><system xmlns="urn:example:system"><name>R1</name></system></config>'
        response = session.edit_config(config=config, target="candidate")
        print("failed:", response.failed, response.error_messages)
        return response

    assert edit(PLAIN).failed
    refused = edit(PREFIXED)
    assert "The address is used" in refused.result
    assert not refused.failed
    refused.raise_for_status()
    assert edit(WARNED).failed
    session.close()
finally:
    stop.set()
    thread.join()
PY
venv/bin/python look.py
