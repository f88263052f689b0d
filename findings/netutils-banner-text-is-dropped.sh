#!/usr/bin/env bash
# netutils: two VRP-like configurations that differ only in the text of a banner are compliant with each other.
# netutils==1.19.2
# Good engineers guess: config compliance with cfg_type "string" compares every line of the section, the banner's text too.
# What happens: there is no parser for Huawei; the one for the same syntax (hp_comware) keeps `header shell information %` and
#   drops the lines between the delimiters, so a changed banner is told compliant, with nothing missing and nothing extra.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check netutils==1.19.2 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from netutils.config.compliance import compliance, parser_map

CONFIG = "#\nsysname PE1\n#\nheader shell information %\nnight desk: {}\n%\n#\nreturn\n"
FEATURE = [{"name": "banner", "ordered": True, "section": ["header"]}]
print("parsers for VRP:", [name for name in parser_map if "huawei" in name or "comware" in name])
seen = compliance(FEATURE, CONFIG.format(100), CONFIG.format(200), "hp_comware", cfg_type="string")["banner"]
print({key: seen[key] for key in ("compliant", "missing", "extra", "actual", "intended")})
assert [name for name in parser_map if "huawei" in name] == []
assert seen["compliant"] is True
assert seen["missing"] == seen["extra"] == ""
assert seen["actual"] == seen["intended"] == "header shell information %"
PY
venv/bin/python look.py
