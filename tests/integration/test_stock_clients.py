"""Clients that know nothing of us: netmiko's and scrapli's own Huawei drivers, and OpenSSH on a pty.

What goes wrong for them on a real device goes wrong here too; those tests name the pitfall.
"""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncssh
import pytest
from netmiko import ConnectHandler
from netmiko.exceptions import NetmikoAuthenticationException, ReadTimeout
from scrapli.driver import NetworkDriver
from scrapli.driver.network.base_driver import PrivilegeLevel
from scrapli.exceptions import ScrapliAuthenticationFailed, ScrapliException

from tests.emulator.pair import CONFIGURATIONS

ROOT = Path(__file__).parents[2]
PASSWORD = "Stock-Client-1"

pytestmark = pytest.mark.ssh


class Served:
    """Devices that are served, by name, and their side channel."""

    def __init__(self, places: dict[str, dict[str, Any]], control: Path, key: Path) -> None:
        self.places = places
        self.control = control
        self.key = key

    def port(self, name: str) -> int:
        return int(self.places[name]["port"])

    def order(self, **order: object) -> None:
        with socket.socket(socket.AF_UNIX) as wire:
            wire.connect(str(self.control))
            wire.sendall(json.dumps(order).encode() + b"\n")
            assert json.loads(wire.makefile().readline())["ok"]


@contextmanager
def emulator(folder: Path, *options: str) -> Iterator[Served]:
    names = []
    for name, text in CONFIGURATIONS.items():
        file = folder / f"{name}.cfg"
        file.write_text(text, encoding="utf-8")
        names.append(f"{name}={file}")
    private = asyncssh.generate_private_key("ssh-rsa")  # scrapli reads no other kind
    key = folder / "key"
    private.write_private_key(key)
    key.chmod(0o600)
    private.write_public_key(folder / "key.pub")
    command = [sys.executable, "-m", "emulator", *names, "--password", PASSWORD]
    command += ["--control", str(folder / "control"), "--authorized-keys", str(folder / "key.pub"), *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            places = [json.loads(process.stdout.readline()) for _ in names]
            yield Served({place["device"]: place for place in places}, folder / "control", key)
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with emulator(tmp_path_factory.mktemp("stock")) as served:
        yield served


def netmiko(served: Served, name: str = "PE1", **options: Any) -> Any:
    settings = {"username": "admin", "password": PASSWORD, **options}
    return ConnectHandler(device_type="huawei_vrpv8", host="127.0.0.1", port=served.port(name), **settings)


def test_netmiko_shows_configures_commits_and_saves(served: Served) -> None:
    with netmiko(served) as connection:
        assert connection.find_prompt() == "<PE1>"
        assert "Eth-Trunk70's state information is:" in connection.send_command("display eth-trunk 70")
        typed = connection.send_config_set(["interface LoopBack21", "description by netmiko"])
        assert "[*PE1-LoopBack21]" in typed
        connection.commit()
        assert connection.check_config_mode() is False
        assert "description by netmiko" in connection.send_command("display current-configuration")
        assert "successfully" in connection.save_config()
        assert "by netmiko" in connection.send_command("display saved-configuration")


def test_netmiko_logs_in_with_a_key(served: Served) -> None:
    with netmiko(served, password="", use_keys=True, key_file=str(served.key)) as connection:
        assert connection.find_prompt() == "<PE1>"


def test_netmiko_is_refused_with_a_wrong_password(served: Served) -> None:
    with pytest.raises(NetmikoAuthenticationException):
        netmiko(served, password="not-this")


def test_netmiko_commit_hangs_on_a_refused_commit(served: Served) -> None:
    # the `]` of the prompt passes for success, `return` then runs into the question about the candidate
    connection = netmiko(served, "PE2", read_timeout_override=3)
    served.order(fault="fail-commit", device="PE2")
    connection.send_config_set(["interface LoopBack22"])
    with pytest.raises(ReadTimeout):
        connection.commit()
    connection.paramiko_cleanup()


def test_netmiko_save_is_silently_not_saved_where_the_question_lacks_continue(tmp_path: Path) -> None:
    with emulator(tmp_path, "--personality", "v8r5") as served:
        connection = netmiko(served)
        assert "successfully" not in connection.save_config()
        connection.paramiko_cleanup()


def test_netmiko_declines_to_change_the_password(tmp_path: Path) -> None:
    with emulator(tmp_path, "--initial-password") as served, netmiko(served) as connection:
        assert connection.find_prompt() == "<PE1>"


def _on_open(connection: NetworkDriver) -> None:
    """What the community platform does: no paging, and a command that VRP8 does not know."""
    connection.acquire_priv("exec")
    connection.send_command("screen-length 0 temporary")
    connection.channel.write("screen-width 256\ny\n\n")
    connection.get_prompt()


def _on_close(connection: NetworkDriver) -> None:
    connection.acquire_priv("exec")
    connection.channel.write("exit")
    connection.channel.send_return()


def scrapli(served: Served, name: str = "PE1", **options: Any) -> NetworkDriver:
    """Return the driver that the community's `huawei_vrp` platform describes."""
    user = r"^(?:hrp_[a|m|s])?<[a-z0-9.\-_@()/:]{1,48}>\s*$"
    system = (
        r"^(?!\[V\d{3}R\d{3}C\d{2,3}.*\])"
        r"(?=(?:hrp_[a|m|s])?\[\~{0,1}\*{0,1}[a-z0-9.\-_@/:]{1,64}\]$).*$"
    )
    settings: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": served.port(name),
        "auth_username": "admin",
        "auth_password": PASSWORD,
        "auth_strict_key": False,
        "transport": "paramiko",
        "default_desired_privilege_level": "exec",
        "privilege_levels": {
            "exec": PrivilegeLevel(user, "exec", "", "", "", escalate_auth=False, escalate_prompt=""),
            "configuration": PrivilegeLevel(
                system,
                "configuration",
                "exec",
                "quit",
                "system-view",
                escalate_auth=False,
                escalate_prompt="",
            ),
        },
        "failed_when_contains": ["Error:"],
        "on_open": _on_open,
        "on_close": _on_close,
        "timeout_ops": 5,
    }
    return NetworkDriver(**{**settings, **options})


def test_scrapli_shows_configures_and_commits(served: Served) -> None:
    with scrapli(served, "PE2") as connection:
        assert connection.get_prompt() == "<PE2>"
        shown = connection.send_command("display remote-backup-service sync")
        assert not shown.failed
        assert "TCP-State" in shown.result
        replies = connection.send_configs(
            ["interface LoopBack23", "description by scrapli", "quit", "commit"]
        )
        assert not replies.failed
        assert (
            "by scrapli"
            in connection.send_command("display current-configuration interface LoopBack 23").result
        )
        assert connection.send_command("frobnicate").failed


def test_scrapli_logs_in_with_a_key(served: Served) -> None:
    with scrapli(served, auth_password="", auth_private_key=str(served.key)) as connection:
        assert connection.get_prompt() == "<PE1>"


def test_scrapli_is_refused_with_a_wrong_password(served: Served) -> None:
    with pytest.raises(ScrapliAuthenticationFailed):
        scrapli(served, auth_password="not-this").open()


def test_scrapli_display_from_a_dirty_candidate_meets_the_question(served: Served) -> None:
    connection = scrapli(served, timeout_ops=1.5)
    connection.open()
    connection.send_configs(["interface LoopBack24"])  # ends with `quit` into the question
    with pytest.raises(ScrapliException):
        connection.send_command("display clock")
    connection.transport.close()


class Hands:
    """Somebody at OpenSSH on a pseudo-terminal of 80 columns."""

    def __init__(self, arguments: list[str]) -> None:
        self.child, self.terminal = pty.fork()
        if not self.child:  # pragma: no cover - becomes the client
            os.execvp("ssh", ["ssh", *arguments])  # noqa: S606 - the client of the system
        self.seen = ""

    def until(self, pattern: str, seconds: float = 10) -> str:
        """Read until a pattern is seen; give all that came since the last time."""
        deadline = time.monotonic() + seconds
        while not (found := re.search(pattern, self.seen)):
            ready, _, _ = select.select([self.terminal], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, f"{pattern!r} is not in {self.seen!r}"
            self.seen += os.read(self.terminal, 65536).decode()
        shown, self.seen = self.seen[: found.end()], self.seen[found.end() :]
        return shown

    def types(self, text: str) -> None:
        os.write(self.terminal, text.encode())

    def ended(self) -> int:
        """Wait for the client; give its exit code."""
        while True:
            try:
                if not os.read(self.terminal, 65536):
                    break
            except OSError:
                break  # how Linux says that the other end is gone
        os.close(self.terminal)
        return os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])


def openssh(served: Served, *options: str) -> Hands:
    if shutil.which("ssh") is None:
        pytest.skip("no OpenSSH client on this machine")
    known = served.control.parent / "known"
    place = served.places["PE1"]
    known.write_text(f"[127.0.0.1]:{place['port']} {place['host_key']}\n", encoding="utf-8")
    base = ["-F", "none", "-o", f"UserKnownHostsFile={known}", "-o", "StrictHostKeyChecking=yes"]
    return Hands([*base, "-p", str(place["port"]), *options, "admin@127.0.0.1"])


def test_openssh_by_hand_with_a_password(served: Served) -> None:
    hands = openssh(served, "-o", "PubkeyAuthentication=no")
    hands.until("assword:")
    hands.types(f"{PASSWORD}\r")
    assert "The max number of VTY users is 21" in hands.until("<PE1>")
    hands.types("system-v\t")
    hands.until("system-view ")
    hands.types("\r")
    hands.until(r"\[~PE1\]")
    hands.types("remote-backup-ser?")
    assert "remote-backup-service" in hands.until(r"\[~PE1\]remote-backup-ser")
    hands.types("vice sync\r")
    hands.until(r"\[~PE1-rm-backup-srv-sync\]")
    hands.types("\x1a")
    hands.until("<PE1>")
    hands.types("quit\r")
    assert hands.ended() == 0


def test_openssh_with_a_key_pages_and_breaks_off(served: Served) -> None:
    hands = openssh(served, "-i", str(served.key), "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes")
    hands.until("<PE1>")
    hands.types("display current-configuration\r")
    hands.until("---- More ----")
    hands.types(" ")
    hands.until("---- More ----")
    hands.types("\x03")
    hands.until("<PE1>")
    hands.types("frobnicate\r")
    assert re.search(r"\r\n +\^\r\nError", hands.until("<PE1>"))
    hands.types("quit\r")
    assert hands.ended() == 0
