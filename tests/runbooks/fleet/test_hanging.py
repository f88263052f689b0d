"""Routers that hang at one step of a look each: no other pair is harmed, and each says what it waited for."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import partial

import paramiko  # type: ignore[import-untyped] # ships no types
import pytest
from ruamel.yaml import YAML

from runbooks.check import check_pairs
from runbooks.inventory_pairs import pairs_in
from runbooks.report.run import Run
from runbooks.site import open_inventory
from tasks.checks.catalog import Selection
from tasks.checks.model import REACH, Outcome
from tasks.checks.policy import Policy
from tests.integration.lab import Lab
from tests.integration.many import Made, fleet

POLICY = Policy(Selection(names=("no-trial", "no-lock")))
"""What does not depend on the time of these routers, which runs faster."""
PATIENCE_S = 20
"""Seconds that a router that hangs is waited for; a busy machine agrees on keys within them."""
PROMPT = "<Hung>"

Hang = Callable[[socket.socket, threading.Event], None]


def no_banner(_wire: socket.socket, over: threading.Event) -> None:
    """Accept, and say nothing."""
    over.wait()


def banner_alone(wire: socket.socket, over: threading.Event) -> None:
    """Say what it is, and nothing more."""
    wire.sendall(b"SSH-2.0-HUAWEI-1.5\r\n")
    over.wait()


class Server(paramiko.ServerInterface):  # type: ignore[misc] # paramiko ships no types
    """Lets everybody in, unless it hangs at the password."""

    def __init__(self, over: threading.Event, *, at_password: bool) -> None:
        self._over, self._at_password = over, at_password

    def get_allowed_auths(self, _username: str) -> str:
        return "password"

    def check_auth_password(self, _username: str, _password: str) -> int:
        if self._at_password:
            self._over.wait()
        return int(paramiko.AUTH_SUCCESSFUL)

    def check_channel_request(self, _kind: str, _number: int) -> int:
        return int(paramiko.OPEN_SUCCEEDED)

    def check_channel_pty_request(self, *_what: object) -> bool:
        return True

    def check_channel_shell_request(self, _channel: paramiko.Channel) -> bool:
        return True


def let_in(wire: socket.socket, over: threading.Event, *, at_password: bool = False) -> paramiko.Transport:
    """Begin to serve SSH."""
    transport = paramiko.Transport(wire)
    transport.add_server_key(KEY)
    transport.start_server(event=threading.Event(), server=Server(over, at_password=at_password))
    return transport


def at_the_password(wire: socket.socket, over: threading.Event) -> None:
    """Agree on keys, and say neither yes nor no to a password."""
    with closing(let_in(wire, over, at_password=True)):
        over.wait()


def no_prompt(wire: socket.socket, over: threading.Event) -> None:
    """Give a shell that says nothing."""
    with closing(let_in(wire, over)):
        over.wait()


def within_a_display(wire: socket.socket, over: threading.Event) -> None:
    """Begin to answer a display, and say no more."""
    with closing(let_in(wire, over)) as transport:
        channel = transport.accept(PATIENCE_S)
        if channel is not None:
            with suppress(OSError):
                speak(channel)
        over.wait()


def speak(channel: paramiko.Channel) -> None:
    """Echo each line and show the prompt; of the first display only a part."""
    channel.sendall(PROMPT.encode())
    for text in iter(channel.makefile("r").readline, ""):
        line = text.strip()
        if line.startswith("display"):
            channel.sendall(f"{line}\r\nTotal number of".encode())
            return
        channel.sendall(f"{line}\r\n{PROMPT}".encode())


def at_logout(target: tuple[str, int], wire: socket.socket, over: threading.Event) -> None:
    """Hand everything on to a router and back, and keep the connection when the other side ends it."""
    with socket.create_connection(target) as router:
        back = threading.Thread(target=hand_on, args=(router, wire), daemon=True)
        back.start()
        hand_on(wire, router)
        over.wait()


def hand_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65_536):
            target.sendall(piece)


@contextmanager
def hanging(hang: Hang) -> Iterator[int]:
    """Serve a router that hangs; give its port."""
    over = threading.Event()
    taken: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    wire, _ = door.accept()
                    taken.append(wire)
                    threading.Thread(target=hang, args=(wire, over), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        try:
            yield door.getsockname()[1]
        finally:
            over.set()
            door.shutdown(socket.SHUT_RDWR)
            for wire in taken:
                wire.close()


KEY = paramiko.RSAKey.generate(2048)
SAID: dict[Hang, str] = {
    no_banner: "cannot be reached over SSH: silence",
    banner_alone: "no keys were agreed on in time",
    at_the_password: "did not answer the login in time",
    no_prompt: "no prompt came",
    within_a_display: "no whole reply to `display configuration commit list verbose 10` came",
}
"""What is said of the member that hangs."""


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Run]]:
    """Look at a pair for each way to hang, whose b hangs so, one that hangs at logout, and a good one."""
    pairs = [Made(number) for number in range(len(SAID) + 2)]
    texts = {name: text for made in pairs for name, text in made.held().items()}
    with fleet(tmp_path_factory.mktemp("hanging"), texts, pairs) as lab, ExitStack() as stack:
        late = pairs[len(SAID)].members["b"]
        ports = {
            made.members["b"]: stack.enter_context(hanging(hang))
            for made, hang in zip(pairs, SAID, strict=False)
        }
        where = (lab.devices[late].host, lab.devices[late].port)
        ports[late] = stack.enter_context(hanging(partial(at_logout, where)))
        lead(lab, ports, own_key={*ports} - {late})
        nornir = open_inventory(lab.folder)
        runs = check_pairs(nornir, tuple(pairs_in(nornir).good.values()), POLICY)
        yield {run.pair: run for run in runs}


def lead(lab: Lab, ports: dict[str, int], own_key: set[str]) -> None:
    """Lead hosts of the inventory to other ports; those that show our key have little patience."""
    file, yaml = lab.folder / "hosts.yaml", YAML()
    hosts = yaml.load(file)
    for name, port in ports.items():
        hosts[name]["port"] = port
        if name in own_key:
            hosts[name]["data"] |= {"host_key": f"ssh-rsa {KEY.get_base64()}", "timeout": PATIENCE_S}
    yaml.dump(hosts, file)


@pytest.mark.parametrize(("number", "hang"), list(enumerate(SAID)), ids=[one.__name__ for one in SAID])
def test_a_router_that_hangs_is_told_and_the_other_one_is_judged(
    checked: dict[str, Run], number: int, hang: Hang
) -> None:
    made = Made(number)
    run = checked[made.name]
    (reach,) = (one for one in run.results if one.check == REACH)
    assert reach.outcome is Outcome.ERROR
    assert reach.complaints[0].device == made.members["b"]
    assert SAID[hang] in f"{reach.complaints[0].text}: {reach.complaints[0].found}"
    assert {one.member for one in run.observations} == {made.members["a"]}


@pytest.mark.parametrize("number", [len(SAID), len(SAID) + 1], ids=["at_logout", "well"])
def test_no_other_pair_is_harmed(checked: dict[str, Run], number: int) -> None:
    assert checked[Made(number).name].verdict is Outcome.SUCCESS
