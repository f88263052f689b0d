#!/usr/bin/env bash
# pynetbox: to ask a device for an attribute that it does not have sends a request, once a device; hasattr and getattr with a default do too.
# pynetbox==7.8.0
# Good engineers guess: devices.all() brings whole devices, so getattr(device, "hotpair_pair", None) over them costs nothing more.
# What happens: 50 devices cost 51 requests, one a device and in turn. `dict(device).get(...)` and `device.custom_fields` cost none.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pynetbox==7.8.0 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pynetbox

DEVICES = 50
asked = []


class NetBox(BaseHTTPRequestHandler):
    def do_GET(self):
        asked.append(self.path)
        host = f"http://{self.headers['Host']}"
        made = [
            {"id": n, "url": f"{host}/api/dcim/devices/{n}/", "name": f"pe{n}", "custom_fields": {"pair": "x"}}
            for n in range(1, DEVICES + 1)
        ]
        last = self.path.partition("?")[0].rstrip("/").rpartition("/")[2]
        whole = {"count": DEVICES, "next": None, "previous": None, "results": made}
        body = json.dumps(made[int(last) - 1] if last.isdigit() else whole).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


with ThreadingHTTPServer(("127.0.0.1", 0), NetBox) as server:
    Thread(target=server.serve_forever, daemon=True).start()

    def count(read):
        asked.clear()
        for device in pynetbox.api(f"http://127.0.0.1:{server.server_port}").dcim.devices.all():
            read(device)
        return len(asked)

    costs = {
        "dict(device).get": count(lambda device: dict(device).get("hotpair_pair")),
        "device.custom_fields": count(lambda device: device.custom_fields["pair"]),
        "getattr with a default": count(lambda device: getattr(device, "hotpair_pair", None)),
        "hasattr": count(lambda device: hasattr(device, "hotpair_pair")),
    }
    server.shutdown()
for how, requests in costs.items():
    print(f"{how}: {requests} requests for {DEVICES} devices")
assert costs == {
    "dict(device).get": 1, "device.custom_fields": 1, "getattr with a default": 51, "hasattr": 51
}
PY
venv/bin/python look.py
