#!/usr/bin/env bash
# Paramiko and asyncssh: about every second ECDSA key that asyncssh writes without a comment cannot be read by paramiko.
# paramiko==5.1.0 asyncssh==2.24.1
# Good engineers guess: both speak the OpenSSH form of private keys, so a key that one writes the other one reads, always or never.
# What happens: the form is padded to 8 bytes. Where a key needs no padding and has no comment, its last byte is a zero of the empty
#   comment's length; paramiko takes that for a padding of 0 and cuts the whole key off: "Invalid key curve identifier". The next key
#   made by the same line of code is a byte longer, is padded, and is read. With a comment of letters all are read.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check paramiko==5.1.0 asyncssh==2.24.1 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
import base64
import io
import warnings

warnings.filterwarnings("ignore")
import asyncssh
import paramiko


def read(text):
    try:
        paramiko.ECDSAKey.from_private_key(io.StringIO(text))
    except paramiko.SSHException as error:
        return str(error)
    return "read"


def written(comment):
    text = asyncssh.generate_private_key("ecdsa-sha2-nistp256", comment=comment).export_private_key().decode()
    return text, base64.b64decode("".join(text.splitlines()[1:-1]))[-4:]


seen = {}
for _ in range(200):
    text, end = written("")
    seen.setdefault("without padding" if end == bytes(4) else "padded", set()).add(read(text))
print("no comment:", seen)
named = {read(written("ops")[0]) for _ in range(50)}
print("a comment: ", named)
assert seen == {"without padding": {"Invalid key curve identifier"}, "padded": {"read"}}
assert named == {"read"}
PY
venv/bin/python look.py
