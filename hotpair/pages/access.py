"""Who may look: loopback, a token, or a reverse proxy that names the user; the headers of every answer."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from ipaddress import IPv6Address, ip_address
from secrets import token_bytes
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from inventory.secrets import Secret

COOKIE = "hotpair"
ENTER = "/enter"
OPEN = frozenset({ENTER, "/style.css", "/hotpair.js", "/icon.svg"})
"""Paths that are shown to everybody: the question for the token and what it looks like."""
DAY_S = 86_400
LONGEST_FORM = 4_096
WRONG_S = 1.0
"""What a wrong token costs; one at a time, so that nobody tries many."""
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True)
class Access:
    """Who may look.

    Args:
        token: what has to be shown; nothing where loopback or a proxy is enough.
        user_header: header in which a reverse proxy names the user; empty without one.
        proxies: addresses that the header is taken from, as `address_of` writes them.
        seal: makes the cookie of this process one that no other process takes.
    """

    token: Secret | None = None
    user_header: str = ""
    proxies: frozenset[str] = frozenset()
    seal: bytes = field(default_factory=lambda: token_bytes(32))

    def cookie(self) -> str:
        """Return what a browser shows instead of the token."""
        shown = "" if self.token is None else self.token.reveal()
        return hmac.new(self.seal, shown.encode(), "sha256").hexdigest()

    def is_token(self, given: str) -> bool:
        """Compare in a time that tells nothing."""
        return self.token is not None and Secret(given) == self.token


class Guard:
    """Lets those in who may look, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        refused = self._refused(Request(scope))
        await (refused or self._app)(scope, receive, sealed)

    def _refused(self, request: Request) -> Response | None:
        """Return the answer to those who may not look; nothing to those who may."""
        access = self._access
        if access.user_header:
            return self._not_by_proxy(request)
        if access.token is None:
            return None if _is_here(request.headers) else _told("this page answers on loopback alone", 421)
        if request.url.path in OPEN or self._shows_token(request.headers):
            return None
        if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
            return RedirectResponse(ENTER, status_code=303)
        return Response("a token is wanted\n", 401, {"WWW-Authenticate": "Bearer"})

    def _not_by_proxy(self, request: Request) -> Response | None:
        client = request.client.host if request.client else ""
        if address_of(client) not in self._access.proxies:
            return _told("this page answers its reverse proxy alone", 403)
        if not request.headers.get(self._access.user_header):
            return _told("the reverse proxy names no user", 403)
        return None

    def _shows_token(self, headers: Headers) -> bool:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.casefold() == "bearer":
            return self._access.is_token(given.strip())
        return hmac.compare_digest(_cookie_of(headers), self._access.cookie())


class AccessControl:
    """Takes the token and gives the cookie."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._one_at_a_time = asyncio.Lock()

    async def take(self, request: Request) -> Response | None:
        """Return the way in, or nothing when the token is wrong."""
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > LONGEST_FORM:
                return None
        given = parse_qs(body.decode("utf-8", "replace")).get("token", [""])[0]
        async with self._one_at_a_time:
            if not self._access.is_token(given):
                await asyncio.sleep(WRONG_S)
                return None
        answer = RedirectResponse("/", status_code=303)
        secure = request.url.scheme == "https"
        answer.set_cookie(
            COOKIE, self._access.cookie(), max_age=DAY_S, httponly=True, samesite="strict", secure=secure
        )
        return answer


def is_loopback(host: str) -> bool:
    """Tell whether an address or name is this machine's own.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def address_of(host: str) -> str | None:
    """Write an address as any other spelling of it; nothing for what is none.

    >>> address_of("::ffff:192.0.2.1"), address_of("2001:DB8:0::1"), address_of("192.0.2.0/24")
    ('192.0.2.1', '2001:db8::1', None)
    """
    try:
        found = ip_address(host.strip("[]"))
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return str(mapped or found)


def _is_here(headers: Mapping[str, str]) -> bool:
    """Tell whether a browser asks for this machine by its own name, and not by one that was turned to it."""
    host = headers.get("host", "")
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    return is_loopback(name)


def _cookie_of(headers: Mapping[str, str]) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found is not None and found.value.isascii() else ""


def _told(sentence: str, status: int) -> Response:
    return Response(f"{sentence}\n", status, media_type="text/plain")
