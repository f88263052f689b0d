#!/usr/bin/env bash
# nornir-rich: print_result leaves out what a router wrote in square brackets.
# nornir-rich==0.3.0 nornir==3.6.0 rich==15.0.0
# Good engineers guess: the text of a device is printed as it came; colours come from the state of the task, not from its text.
# What happens: a text result is read as rich's markup. What stands in brackets and begins with a small letter is taken for a style and
#   vanishes, without an error: `description link [primary] to metro` loses a word, `[r1]` its prompt, and a question its [y/n]. `[~R1]`
#   and `[Y/N]` stay, which hides it. With vars=["result"] the same text is whole; a style that does exist colours what follows.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check nornir-rich==0.3.0 nornir==3.6.0 rich==15.0.0 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
import contextlib
import io

from nornir.core.inventory import Host
from nornir.core.task import Result
from nornir_rich.functions import print_result

ANSWER = """[r1]display this
#
interface GigabitEthernet0/1/0
 description link [primary] to metro [ring-b]
#
return
Continue? [y/n]
[~R1] [Y/N]"""


def shown(**options):
    screen = io.StringIO()
    with contextlib.redirect_stdout(screen):
        print_result(Result(host=Host(name="R1"), result=ANSWER, name="display this"), **options)
    print(screen.getvalue())
    return screen.getvalue()


plain = shown()
for lost in ("[r1]", "[primary]", "[ring-b]", "[y/n]"):
    assert lost not in plain, lost
assert "description link  to metro" in plain
assert "[~R1] [Y/N]" in plain
whole = shown(vars=["result"], line_breaks=True)
assert "[primary]" in whole
assert "[r1]" in whole
PY
COLUMNS=100 venv/bin/python look.py
