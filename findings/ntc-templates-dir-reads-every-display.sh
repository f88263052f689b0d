#!/usr/bin/env bash
# ntc-templates: a Huawei display that has no template is read by the template of `dir` or of `display vlan`.
# ntc-templates==9.3.0 textfsm==2.1.0
# Good engineers guess: parse_output raises ParsingException ("No template found") for a display that nobody wrote a template for.
# What happens: commands of the index may be cut short and match from their begin, and `dir` is `d[[ir]]`: the `d` of every `display` is
#   enough; `display v...` is `display vlan`. A full answer is another exception (TextFSMError), and an empty one is `[]`: no entry
#   found. `display mac-address summary` is read as the table of addresses in the same way.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ntc-templates==9.3.0 textfsm==2.1.0 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from ntc_templates.parse import ParsingException, _get_template_dir, parse_output
from textfsm import TextFSMError, clitable

index = clitable.CliTable("index", _get_template_dir()).index
WANTED = {
    "display bfd session all": "huawei_vrp_dir.textfsm",
    "display current-configuration": "huawei_vrp_dir.textfsm",
    "display vrrp brief": "huawei_vrp_display_vlan.textfsm",
    "display mac-address summary": "huawei_vrp_display_mac-address.textfsm",
}
for command, template in WANTED.items():
    row = index.GetRowMatch({"Command": command, "Platform": "huawei_vrp"})
    found = index.index[row]["Template"]
    print(f"{command} -> {found}")
    assert found == template
print("an empty answer:", parse_output("huawei_vrp", "display bfd session all", ""))
assert parse_output("huawei_vrp", "display bfd session all", "") == []
for command, text, kind in (
    ("display bfd session all", "Info: There is no session.\n", TextFSMError),
    ("ping 192.0.2.1", "", ParsingException),
):
    try:
        parse_output("huawei_vrp", command, text)
    except Exception as error:
        print(f"{command}: {type(error).__name__}: {str(error)[:60]}")
        assert type(error) is kind
    else:
        raise AssertionError(command)
PY
venv/bin/python look.py
