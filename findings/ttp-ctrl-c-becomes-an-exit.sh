#!/usr/bin/env bash
# ttp: Ctrl-C while a template is compiled is no KeyboardInterrupt any more.
# ttp==0.10.1
# Good engineers guess: who catches KeyboardInterrupt around a TTP parser hears of every Ctrl-C, and can undo what was begun.
# What happens: the arguments of a variable are read by an eval in a bare `except:`. A Ctrl-C that comes in it is logged with
#   a traceback as "Failed to load arg/kwargs" of a valid template, and SystemExit is raised instead. Neither
#   `except KeyboardInterrupt` nor `except Exception` sees it. Here SIGINT is sent at that very moment.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ttp==0.10.1 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
import logging
import signal
import sys

from ttp import ttp

signal.signal(signal.SIGINT, signal.default_int_handler)
logging.getLogger("ttp.utils.get_attributes").addHandler(logging.FileHandler("ttp.log"))
armed = True


def at_the_eval(event, args):
    global armed
    source = args[0] if event == "compile" else None
    if armed and isinstance(source, bytes) and source.startswith(b"_get_args_kwargs("):
        armed = False
        signal.raise_signal(signal.SIGINT)


sys.addaudithook(at_the_eval)
try:
    ttp(data="TTL : 5", template='TTL : {{ ttl | re("[0-9]+") }}').parse()
    heard = "nothing"
except KeyboardInterrupt:
    heard = "KeyboardInterrupt"
except SystemExit as error:
    heard = f"SystemExit, code {error.code}, context {type(error.__context__).__name__}"
print(heard)
print("logged:", open("ttp.log").read().splitlines()[0])
assert heard == "SystemExit, code None, context KeyboardInterrupt", heard
PY
venv/bin/python look.py
