#!/usr/bin/env bash
# sarif-tools: the report of a run that could not look at anything passes --check, as clean as one that found nothing.
# sarif-tools==3.0.5
# Good engineers guess: `sarif --check error` fails on a report that says itself that its run failed (`executionSuccessful: false`, with an
#   error among the notifications of the tool), since it is the one word in SARIF that tells "nothing found" from "nothing looked at".
# What happens: results alone are looked at. A run that ended before its first result (a device not reached, a file not read) is error: 0
#   and exit code 0, as is a file without any run; summary, csv and info do not mention it. The exit code of the tool that wrote the file
#   has to be kept beside the file.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check sarif-tools==3.0.5 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
import json
import subprocess

DRIVER = {"driver": {"name": "check", "rules": [{"id": "no-peer"}]}}
NOTE = {"level": "error", "message": {"text": "r1.cfg: cannot be read"}}
FAULT = {
    "ruleId": "no-peer",
    "level": "error",
    "message": {"text": "the service has no peer"},
    "locations": [{"physicalLocation": {"artifactLocation": {"uri": "r1.cfg"}, "region": {"startLine": 3}}}],
}


def look(name, runs):
    with open(name, "w") as file:
        json.dump({"version": "2.1.0", "runs": runs}, file)
    outputs = []
    for words in (["--check", "error", "summary", name], ["info", name]):
        done = subprocess.run(["venv/bin/sarif", *words], capture_output=True, text=True)
        outputs.append(done.stdout)
        print(name, *words[:2], "-> exit code", done.returncode)
        if words[0] == "--check":
            code = done.returncode
            print("   ", " ".join(done.stdout.split()))
    return code, "\n".join(outputs)


ran = {"tool": DRIVER, "invocations": [{"executionSuccessful": True}]}
failed = {"tool": DRIVER, "invocations": [{"executionSuccessful": False, "toolExecutionNotifications": [NOTE]}]}
assert look("fault.sarif", [ran | {"results": [FAULT]}])[0] == 1
assert look("clean.sarif", [ran | {"results": []}])[0] == 0
code, output = look("failed.sarif", [failed | {"results": []}])
assert code == 0 and "cannot be read" not in output and "executionSuccessful" not in output
assert look("no-run.sarif", [])[0] == 0
PY
venv/bin/python look.py
