#!/usr/bin/env bash
# netconf-client: a change that was made with a warning raises RpcError, and the error says of itself that its severity is "error".
# netconf-client==3.6.0
# Good engineers guess: a reply with nothing but a warning returns, as the device has done what was asked (RFC 6241 gives rpc-error
#   the two severities), or raises with severity "warning", since RpcError has that attribute, named as in ncclient, where it is read.
# What happens: any rpc-error raises, and `severity` is always the word "error", whatever the device wrote. A script that rolls back at an
#   error takes a good change back, and one that asks `error.severity == "warning"` to go on never does. The severity has to be
#   looked for in error.reply_ele.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check netconf-client==3.6.0 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
import socket
from threading import Thread

from netconf_client.error import RpcError
from netconf_client.ncclient import Manager
from netconf_client.session import Session

NS = "urn:ietf:params:xml:ns:netconf:base:1.0"
HELLO = (
    f'<hello xmlns="{NS}"><capabilities><capability>urn:ietf:params:netconf:base:1.0</capability></capabilities>'
    "<session-id>1</session-id></hello>"
)
REPLY = (
    f'<rpc-reply xmlns="{NS}" message-id="1"><rpc-error><error-type>application</error-type>'
    "<error-tag>operation-failed</error-tag><error-severity>{}</error-severity>"
    "<error-message>The MTU differs from that of the peer.</error-message></rpc-error></rpc-reply>"
)


def router(end, severity):
    end.sendall((HELLO + "]]>]]>").encode())
    seen = b""
    while seen.count(b"]]>]]>") < 2:
        seen += end.recv(65536)
    end.sendall((REPLY.format(severity) + "]]>]]>").encode())


def told(severity):
    ours, theirs = socket.socketpair()
    with theirs:
        Thread(target=router, args=(theirs, severity), daemon=True).start()
        with Session(ours) as session:
            try:
                Manager(session, timeout=10).edit_config("<config/>", target="candidate")
            except RpcError as error:
                inside = error.reply_ele.findtext(f".//{{{NS}}}error-severity")
                print(f"the device wrote {inside}, the exception has severity {error.severity}: {error}")
                return inside, error.severity
    return "returned"


assert told("error") == ("error", "error")
assert told("warning") == ("warning", "error")
PY
venv/bin/python look.py
