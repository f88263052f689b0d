#!/usr/bin/env bash
# asyncssh: `import asyncssh` starts the C compiler and the linker, and writes files into the temporary folder.
# asyncssh==2.24.1
# Good engineers guess: asyncssh is pure Python; an import of it reads modules and starts no program.
# What happens: where liboqs is not installed, it is looked for under two names at each import, by ctypes' find_library: ldconfig,
#   then `gcc -Wl,-t -o <new temporary file> -l<name>`, then ld; Nettle by ldconfig alone where it is there. A service that is stopped
#   by SIGTERM in that moment, before handlers of its own, leaves the temporary file behind; on a host without a compiler the same
#   import starts fewer programs. Seen when a server that had just been started was ended again.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check asyncssh==2.24.1 2> pip.log || { cat pip.log; exit 2; }
mkdir bin temporary
cat > bin/gcc <<'SH'
#!/bin/sh
echo "gcc $*" >> "$ASKED"
exit 1
SH
chmod +x bin/gcc
cat > look.py <<'PY'
import ctypes.util
import os
import sys

if ctypes.util.find_library("oqs") or ctypes.util.find_library("liboqs"):
    sys.exit("liboqs is installed here: nothing to see")
os.remove(os.environ["ASKED"])
started, files = [], []


def seen(event, given):
    if event == "subprocess.Popen":
        started.append(os.path.basename(os.fsdecode(given[0])))
    elif event == "tempfile.mkstemp":
        files.append(given[0])


sys.addaudithook(seen)
import asyncssh

print(asyncssh.__version__, "started", started)
print("temporary files:", len(files))
asked = open(os.environ["ASKED"]).read().splitlines()
print("\n".join(asked).replace(os.environ["TMPDIR"], "$TMPDIR"))
assert started.count("gcc") == len(files) == len(asked) == 2
assert {"ldconfig", "ld"} <= set(started)
assert [line.split()[-1] for line in asked] == ["-loqs", "-lliboqs"]
PY
touch asked
ASKED="$work/asked" TMPDIR="$work/temporary" PATH="$work/bin:$PATH" venv/bin/python look.py
