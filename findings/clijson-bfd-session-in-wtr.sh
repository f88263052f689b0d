#!/usr/bin/env bash
# clijson: a BFD session that waits to restore, or whose state is not valid, is not in the list of sessions.
# clijson==0.6.1
# Good engineers guess: display bfd session all gives one entry a row, its state with or without the marks that the legend above the
#   table explains, or a warning about rows that do not fit.
# What happens: the state is Up, Down, Init or AdminDown alone. Rows with Up(w), Up(*) or Down(*) are skipped; confidence stays 1.0, and
#   there is no warning, while the total that the router prints below, which is read, still counts them.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check clijson==0.6.1 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
import clijson

RULE = "-" * 80
HEAD = f"""\
(w): State in WTR
(*): State is invalid
{RULE}
Local      Remote     PeerIpAddr      State     Type        InterfaceName
{RULE}
"""


def read(*states):
    rows = "".join(
        f"{number:<11}{number + 10:<11}192.0.2.{number:<8}{state:<10}S_IP_IF     Eth-Trunk{number}\n"
        for number, state in enumerate(states, 1)
    )
    up = sum(state.startswith("Up") for state in states)
    text = f"{HEAD}{rows}{RULE}\n     Total UP/DOWN Session Number : {up}/{len(states) - up}\n"
    result = clijson.parse(text, "display bfd session all", "vrp")
    assert (result.confidence, result.warnings) == (1.0, [])
    found = [(one["peer"], one["state"]) for one in result.data["sessions"]]
    print(f"{states}: up {result.data['up']}, down {result.data['down']}, sessions {found}")
    return found


assert read("Up", "Down", "AdminDown") == [("192.0.2.1", "Up"), ("192.0.2.2", "Down"), ("192.0.2.3", "AdminDown")]
assert read("Up", "Up(w)", "Up(*)", "Down(*)") == [("192.0.2.1", "Up")]
PY
venv/bin/python look.py
