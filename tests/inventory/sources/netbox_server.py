"""A small server that speaks NetBox's API of devices, with data of our own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

TOKEN = "0123456789abcdef"
PAGE = 2
"""Devices a page; a client asks for the next ones."""


def device(number: int, name: str, address: str, **more: Any) -> dict[str, Any]:
    """Make a device as NetBox 4 shows it."""
    named = {"id": number, "slug": "ne40e", "name": "NE40E", "url": "http://netbox/api/x/1/"}
    return {
        "id": number,
        "url": f"http://netbox/api/dcim/devices/{number}/",
        "name": name,
        "role": {**named, "slug": "bng", "name": "BNG"},
        "site": {**named, "slug": "ams", "name": "Amsterdam"},
        "platform": {**named, "slug": "vrp8", "name": "Huawei VRP 8"},
        "primary_ip": {
            "id": number,
            "address": f"{address}/32",
            "url": "http://netbox/api/ipam/ip-addresses/1/",
        },
        "tags": [{"id": 1, "slug": "hot-backup", "name": "hot backup"}],
        "custom_fields": {"hotpair_pair": None, "hotpair_member": None},
        "config_context": {},
        **more,
    }


@dataclass(frozen=True)
class Says:
    """What goes wrong on its side.

    Args:
        later: status of every page but the first.
        proxy: what a proxy in front of it lets it take for its own address.
    """

    later: int = 0
    proxy: str = ""


FAULTLESS = Says()


@contextmanager
def netbox(
    devices: Sequence[Mapping[str, Any]], asked: list[str] | None = None, says: Says = FAULTLESS
) -> Iterator[str]:
    """Serve devices for as long as the block lasts; give the URL.

    Args:
        devices: all that there are.
        asked: notes what is asked.
        says: what goes wrong, if anything.
    """

    class NetBox(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if asked is not None:
                asked.append(f"GET {self.path}")
            if self.headers["Authorization"] not in {f"Token {TOKEN}", f"Bearer {TOKEN}"}:
                self.answer(403, {"detail": "Invalid token"})
                return
            given = parse_qs(urlsplit(self.path).query)
            begin = int(given.get("offset", ["0"])[0])
            found = [one for one in devices if self.wanted(one, given)]
            for choice in set(given.get("tag", ())) - {"hot-backup"}:
                said = f"Select a valid choice. {choice} is not one of the available choices."
                self.answer(400, {"tag": [said]})
                return
            if says.later and begin:
                self.answer(says.later, {"detail": "no"})
                return
            query = urlencode({**given, "limit": PAGE, "offset": begin + PAGE}, doseq=True)
            here = (says.proxy or f"http://{self.headers['Host']}") + urlsplit(self.path).path
            more = f"{here}?{query}" if begin + PAGE < len(found) else None
            page = found[begin : begin + PAGE]
            self.answer(200, {"count": len(found), "next": more, "previous": None, "results": page})

        def wanted(self, one: Mapping[str, Any], given: Mapping[str, list[str]]) -> bool:
            tags = {tag["slug"] for tag in one["tags"]}
            return set(given.get("tag", ())) <= tags and one["role"]["slug"] in given.get("role", ["bng"])

        def answer(self, code: int, body: Mapping[str, Any]) -> None:
            content = json.dumps(body).encode()
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("API-Version", "4.2")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), NetBox) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
