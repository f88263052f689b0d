"""Who may look: this machine alone, those with the token, users that a reverse proxy names."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from hotpair.pages.access import Access, Guard
from hotpair.pages.source import Source
from inventory.secrets import Secret
from tests.hotpair.pages.asking import ask
from tests.hotpair.pages.conftest import Served, served

TOKEN = "quite-långt-token"


@pytest.fixture(scope="module")
def guarded(inventory: Path) -> Iterator[Served]:
    with served(Source(inventory, inventory / "archive.db"), Access(token=Secret(TOKEN))) as found:
        yield found


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8470", "localhost:1", "[::1]:8470", "LOCALHOST"])
def test_this_machine_is_asked_by_its_own_names(here: Served, host: str) -> None:
    assert ask(here.port, "/transactions", host=host).status == 200


@pytest.mark.parametrize(
    "host", ["pages.example", "pages.example:8470", "192.0.2.1:80", "", "127.0.0.1.example"]
)
def test_a_name_that_was_turned_to_this_machine_is_refused(here: Served, host: str) -> None:
    assert ask(here.port, "/transactions", host=host).status == 421


@pytest.mark.parametrize("path", ["/", "/runs", "/transaction/x/events", "/nothing"])
def test_without_the_token_nothing_is_shown(guarded: Served, path: str) -> None:
    assert ask(guarded.port, path).status == 401
    asked = ask(guarded.port, path, accept="text/html")
    assert (asked.status, asked.headers["location"]) == (303, "/enter")
    assert "north" not in asked.text


@pytest.mark.parametrize(
    "shown", ["", "Bearer", "Bearer wrong", f"Basic {'x' * 10}", "Bearer " + "y" * 9_000]
)
def test_a_wrong_token_is_none(guarded: Served, shown: str) -> None:
    assert ask(guarded.port, "/runs", authorization=shown).status == 401


def test_a_program_shows_the_token_in_a_header(inventory: Path) -> None:
    plain = "a-token-of-letters"
    with served(Source(inventory, inventory / "archive.db"), Access(token=Secret(plain))) as server:
        assert ask(server.port, "/runs", authorization=f"Bearer {plain}").status == 200
        assert ask(server.port, f"/runs?token={plain}").status == 401


def test_a_browser_gives_the_token_once(guarded: Served) -> None:
    assert 'type="password"' in ask(guarded.port, "/enter").text
    entered = ask(guarded.port, "/enter", method="POST", form={"token": TOKEN})
    assert (entered.status, entered.headers["location"]) == (303, "/")
    cookie = entered.headers["set-cookie"]
    assert TOKEN not in cookie
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
    assert ask(guarded.port, "/runs", cookie=cookie.partition(";")[0]).status == 200
    assert ask(guarded.port, "/runs", cookie="hotpair=0123").status == 401


def test_a_wrong_or_endless_form_is_refused(guarded: Served) -> None:
    assert ask(guarded.port, "/enter", method="POST", form={"token": "no"}).status == 401
    assert ask(guarded.port, "/enter", method="POST", form={"token": TOKEN + "x" * 100_000}).status == 401


def test_a_cookie_of_another_server_is_none() -> None:
    assert Access(token=Secret("t")).cookie() != Access(token=Secret("t")).cookie()


def test_a_proxy_names_the_user(inventory: Path) -> None:
    source = Source(inventory, inventory / "archive.db")
    with served(source, Access(user_header="X-Remote-User", proxies=frozenset({"127.0.0.1"}))) as server:
        assert ask(server.port, "/runs", x_remote_user="netops").status == 200
        assert ask(server.port, "/runs").status == 403
        assert ask(server.port, "/runs", x_remote_user="").status == 403


def test_the_header_is_taken_from_the_proxy_alone(inventory: Path) -> None:
    source = Source(inventory, inventory / "archive.db")
    with served(source, Access(user_header="X-Remote-User", proxies=frozenset({"192.0.2.1"}))) as server:
        assert ask(server.port, "/runs", x_remote_user="netops", x_forwarded_for="192.0.2.1").status == 403


@pytest.mark.parametrize("client", ["192.0.2.1", "::ffff:192.0.2.1"])
def test_a_proxy_that_comes_by_the_other_protocol_is_the_same(client: str) -> None:
    access = Access(user_header="X-User", proxies=frozenset({"192.0.2.1"}))
    headers = [(b"x-user", b"netops")]
    scope = {"type": "http", "method": "GET", "path": "/", "headers": headers, "client": (client, 1)}
    assert asyncio.run(_came_through(access, scope))
    assert not asyncio.run(_came_through(access, {**scope, "client": ("::ffff:192.0.2.2", 1)}))
    assert not asyncio.run(_came_through(access, {**scope, "client": None}))


async def _came_through(access: Access, scope: dict[str, Any]) -> bool:
    """Tell whether the guard lets a request through."""
    came: list[bool] = []

    async def behind(_scope: Scope, _receive: Receive, _send: Send) -> None:
        came.append(True)

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(_message: Message) -> None:
        return

    await Guard(behind, access)(scope, receive, send)
    return bool(came)
