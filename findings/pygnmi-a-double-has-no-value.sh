#!/usr/bin/env bash
# pygnmi: of a telemetry update whose value is a double only the path is left, and a leaf-list takes all the updates beside it away.
# pygnmi==0.8.15
# Good engineers guess: telemetryParser turns each kind of value of gNMI into a `val`, or leaves a value that it does not know out of the
#   message alone, with an error.
# What happens: double_val, which took the place of the deprecated float_val, is passed over: {'path': ...} without `val`, so that
#   `.get("val")` of an optical power is None as if the port had none, while an integer or a float beside it is right. A decimal stays an
#   object of the protocol. With a leaf-list or bytes in the message, both of which the change log says are parsed, the result is None,
#   for the state of the port beside it too.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pygnmi==0.8.15 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from pygnmi.client import telemetryParser
from pygnmi.spec.v080.gnmi_pb2 import (
    Decimal64,
    Notification,
    Path,
    PathElem,
    ScalarArray,
    SubscribeResponse,
    TypedValue,
    Update,
)


def read(**leaves):
    updates = [Update(path=Path(elem=[PathElem(name=name)]), val=value) for name, value in leaves.items()]
    found = telemetryParser(SubscribeResponse(update=Notification(timestamp=1, update=updates)))
    print(", ".join(leaves), "->", found)
    return found and found["update"]["update"]


state = TypedValue(string_val="down")
power = {"path": "rx-power"}
assert read(state=state) == [{"path": "state", "val": "down"}]
assert read(**{"rx-power": TypedValue(float_val=-12.5)}) == [power | {"val": -12.5}]
assert read(**{"rx-power": TypedValue(double_val=-12.5)}) == [power]
(found,) = read(**{"rx-power": TypedValue(decimal_val=Decimal64(digits=-1250, precision=2))})
assert isinstance(found["val"], Decimal64)
members = TypedValue(leaflist_val=ScalarArray(element=[TypedValue(string_val="GigabitEthernet0/1/0")]))
assert read(state=state, members=members) is None
assert read(state=state, peer=TypedValue(bytes_val=bytes([10, 0, 0, 1]))) is None
PY
venv/bin/python look.py
