#!/usr/bin/env bash
# syslog2cef: a VRP log line with its time zone is hours off, and comes from no host.
# syslog2cef==0.3.3
# Good engineers guess: `Mar  2 2024 06:09:02+08:00 PE-A %%01IFNET/4/...`, as VRP writes it once a time zone is set, is read with its zone
#   or not at all; the same line without a zone is read right, year and host included.
# What happens: the time is cut before the `+` and taken for UTC, eight hours late; zone and host are the begin of the message, and shost is
#   missing in the CEF line. Nothing marks it: the field `rt` is there, so events of two routers, one of them without a zone, are in
#   the wrong order.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check syslog2cef==0.3.3 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from syslogcef import convert_line, parse_syslog


def read(zone):
    line = f"<188>Mar  2 2024 06:09:02{zone} PE-A %%01IFNET/4/IF_STATE(l):CID=0x80000001;Interface changed to down."
    event = parse_syslog(line)
    print(f"zone {zone!r}: {event.ts} host {event.host!r}: {event.msg}")
    print(convert_line(line))
    return event


plain = read("")
assert (plain.ts.isoformat(), plain.host) == ("2024-03-02T06:09:02+00:00", "PE-A")
zoned = read("+08:00")
assert (zoned.ts.isoformat(), zoned.host) == ("2024-03-02T06:09:02+00:00", None)
assert zoned.msg.startswith("+08:00 PE-A %%01IFNET/4/")
PY
venv/bin/python look.py
