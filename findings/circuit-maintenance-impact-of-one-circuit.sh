#!/usr/bin/env bash
# circuit-maintenance-parser: where a notice names one circuit, the impact that it states for this circuit is not read.
# circuit-maintenance-parser==2.12.0
# Good engineers guess: each circuit gets the impact that stands at it, and that of the whole notice only where it has none, as it is
#   with two circuits.
# What happens: with two circuits each has its own. With a single one the impact of the whole notice is taken: the ring of
#   which the notice says OUTAGE is told NO-IMPACT, and traffic stays on it. The same line beside a second one is right.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check circuit-maintenance-parser==2.12.0 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from circuit_maintenance_parser import NotificationData, init_provider

NOTICE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
BEGIN:VEVENT
SUMMARY:Work on a ring
DTSTART:20261130T010000Z
DTEND:20261130T040000Z
DTSTAMP:20261101T010000Z
UID:42
SEQUENCE:1
X-MAINTNOTE-PROVIDER:example.com
X-MAINTNOTE-ACCOUNT:1000
X-MAINTNOTE-MAINTENANCE-ID:CHG1
X-MAINTNOTE-IMPACT:NO-IMPACT
{circuits}
X-MAINTNOTE-STATUS:CONFIRMED
ORGANIZER:mailto:noc@example.com
END:VEVENT
END:VCALENDAR
"""
A = "X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT=OUTAGE:ring-a"
B = "X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT=DEGRADED:ring-b"


def impacts(*circuits):
    text = NOTICE.format(circuits="\n".join(circuits)).replace("\n", "\r\n")
    data = NotificationData.init_from_raw("text/calendar", text.encode())
    (notice,) = init_provider("genericprovider").get_maintenances(data)
    found = {circuit.circuit_id: circuit.impact.value for circuit in notice.circuits}
    print(f"{len(circuits)} named: {found}")
    return found


assert impacts(A, B) == {"ring-a": "OUTAGE", "ring-b": "DEGRADED"}
assert impacts(A) == {"ring-a": "NO-IMPACT"}
PY
venv/bin/python look.py
