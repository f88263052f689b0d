#!/usr/bin/env bash
# nornir-http: an answer of JSON is a text as soon as its content type has a charset, or is that of RESTCONF.
# nornir-http==0.1.3 nornir==3.6.0 httpx==0.24.1
# Good engineers guess: the result is a dict if the body is JSON, as the task says, by the kind of content: application/json, with or
#   without `; charset=utf-8`, and application/yang-data+json.
# What happens: the header has to be the very word application/json. With anything behind it the result is a str, which a test such as
#   `"up" in result` takes as well: of {"state": "down", "was": "up"} it is True, while of the dict it is False. The server's next
#   release, or a proxy that adds the charset, turns one into the other. `response.json()` of the result is always right.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check nornir-http==0.1.3 nornir==3.6.0 httpx==0.24.1 2> pip.log || { cat pip.log; exit 2; }
cat > look.py <<'PY'
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import unquote

from nornir_http.tasks import http_method


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        body = b'{"state": "down", "was": "up"}'
        self.send_response(200)
        self.send_header("Content-Type", unquote(self.path[1:]))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Answer)
Thread(target=server.serve_forever, daemon=True).start()


def look(kind):
    got = http_method(method="get", url=f"http://127.0.0.1:{server.server_port}/{kind.replace(' ', '%20')}", trust_env=False)
    print(f"{kind}: {type(got.result).__name__}, 'up' in result: {'up' in got.result}")
    assert got.response.json()["state"] == "down"
    return type(got.result), "up" in got.result


assert look("application/json") == (dict, False)
assert look("application/json; charset=utf-8") == (str, True)
assert look("application/yang-data+json") == (str, True)
server.shutdown()
PY
venv/bin/python look.py
