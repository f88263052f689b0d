#!/usr/bin/env bash
# sarif-tools: what was accepted, and what is no longer there, still fails --check, and is counted like any other.
# sarif-tools==3.0.5
# Good engineers guess: a result with an accepted suppression, and one that the tool marks as gone since the baseline (`absent`), are in the
#   file for the record and are not counted, as viewers of SARIF hide them; `sarif --check error` passes.
# What happens: neither word is read unless a filter file names it. Both are error: 1 and exit code 1, the fault that was mended as well
#   as the one that stays by decision; `sarif diff` between such a file and the one before it reports no change. What is not one of
#   the findings by its kind alone (`pass`, `notApplicable`) is rightly no error.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check sarif-tools==3.0.5 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
import json
import subprocess

FAULT = {
    "ruleId": "no-peer",
    "message": {"text": "the service has no peer"},
    "locations": [{"physicalLocation": {"artifactLocation": {"uri": "r1.cfg"}, "region": {"startLine": 3}}}],
}
DRIVER = {"driver": {"name": "check", "rules": [{"id": "no-peer", "defaultConfiguration": {"level": "error"}}]}}


def sarif(*words):
    done = subprocess.run(["venv/bin/sarif", *words], capture_output=True, text=True)
    print(*words, "-> exit code", done.returncode)
    print("   ", " ".join(done.stdout.split()))
    return done


def check(name, **more):
    with open(name, "w") as file:
        json.dump({"version": "2.1.0", "runs": [{"tool": DRIVER, "results": [FAULT | more]}]}, file)
    return sarif("--check", "error", "summary", name).returncode


assert check("open.sarif", level="error") == 1
assert check("accepted.sarif", level="error", suppressions=[{"kind": "external", "status": "accepted"}]) == 1
assert check("gone.sarif", level="error", baselineState="absent") == 1
assert check("passed.sarif", kind="pass", level="none") == 0
assert check("not-applicable.sarif", kind="notApplicable") == 0
for name in ("accepted.sarif", "gone.sarif"):
    assert "error level: +0 -0 no changes" in sarif("diff", "open.sarif", name).stdout
PY
venv/bin/python look.py
