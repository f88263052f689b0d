"""Ask a server, following nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlencode


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    status: int
    headers: Mapping[str, str]
    text: str


def ask(
    port: int, path: str, *, method: str = "GET", form: Mapping[str, str] | None = None, **headers: str
) -> Answer:
    """Send one request; `user_agent=...` is the header `User-Agent`."""
    connection = HTTPConnection("127.0.0.1", port, timeout=300)
    try:
        named = {name.replace("_", "-").title(): value for name, value in headers.items()}
        connection.request(method, path, body=None if form is None else urlencode(form), headers=named)
        answer = connection.getresponse()
        text = answer.read().decode()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, text)
    finally:
        connection.close()
