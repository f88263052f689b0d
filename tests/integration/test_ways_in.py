"""Keys, the agent and jump hosts over SSH, with both drivers; keys of devices are recorded after a yes."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from inventory.errors import ConnectError, IntentError, RefusedError
from inventory.secrets import Secret
from runbooks.lab import ServedDevice
from runbooks.trust import ShownKey, trust
from tasks.sessions.host_keys import fingerprint
from tasks.sessions.opening import open_session
from tasks.sessions.protocol import Target
from tests.integration.front import Habits, front
from tests.integration.lab import typed
from tests.integration.served import ServedPair, served_pair
from tests.integration.test_servers_of_routers import BOTH_DRIVERS, way_to
from tests.tasks.transaction.bench import NAMES

pytestmark = pytest.mark.ssh

A, B = NAMES
PASSPHRASE = "Zeta-kappa-9"


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedPair]:
    with served_pair(tmp_path_factory.mktemp("served")) as served:
        yield served


def key_pair(folder: Path, kind: str, passphrase: str = "", *options: str) -> tuple[Path, str]:
    """Make a key as OpenSSH does; give its file, and its public part."""
    path = folder / f"id_{kind}"
    line = ["ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-f", str(path), *options]
    subprocess.run(line, check=True, capture_output=True)
    return path, " ".join(path.with_suffix(".pub").read_text().split()[:2])


# ---- keys --------------------------------------------------------------------------------------------------


@BOTH_DRIVERS
@pytest.mark.parametrize("options", [("ed25519",), ("ecdsa",), ("rsa",), ("rsa", "", "-m", "PEM")])
def test_a_private_key_logs_in_without_a_password(
    pair: ServedPair, driver: str, options: tuple[str, ...], tmp_path: Path
) -> None:
    path, public = key_pair(tmp_path, options[0], *options[1:])
    with front(pair.devices[A], Habits(users_key=public)) as (served, _):
        session = open_session(way_to(served, driver, password=None, private_keys=(path,)))
        assert session.host_name == A
        session.close()


@BOTH_DRIVERS
def test_a_key_and_then_the_password(pair: ServedPair, driver: str, tmp_path: Path) -> None:
    path, public = key_pair(tmp_path, "ed25519")
    with front(pair.devices[A], Habits(users_key=public, password_too=True)) as (served, _):
        session = open_session(way_to(served, driver, private_keys=(path,)))
        assert session.host_name == A
        session.close()
        with pytest.raises(ConnectError, match="wants more than key") as caught:
            open_session(way_to(served, driver, password=None, private_keys=(path,)))
    assert "password" in str(caught.value.found)


@BOTH_DRIVERS
def test_a_key_under_a_passphrase(pair: ServedPair, driver: str, tmp_path: Path) -> None:
    path, public = key_pair(tmp_path, "ed25519", PASSPHRASE)
    with front(pair.devices[A], Habits(users_key=public)) as (served, _):
        given: dict[str, Any] = {"password": None, "private_keys": (path,)}
        session = open_session(way_to(served, driver, passphrase=Secret(PASSPHRASE), **given))
        assert session.host_name == A
        session.close()
        for passphrase in (None, Secret("Wr0ng")):
            with pytest.raises(ConnectError, match=r"private key .* cannot be read") as caught:
                open_session(way_to(served, driver, passphrase=passphrase, **given))
            assert caught.value.where == str(path)
            assert "Wr0ng" not in str(caught.value)


@BOTH_DRIVERS
def test_a_key_that_is_not_let_in_is_a_refused_login(pair: ServedPair, driver: str, tmp_path: Path) -> None:
    path, _public = key_pair(tmp_path, "ed25519")
    with (
        front(pair.devices[A], Habits(users_key="ssh-ed25519 other")) as (served, _),
        pytest.raises(ConnectError, match="refused the login") as caught,
    ):
        open_session(way_to(served, driver, password=None, private_keys=(path,)))
    assert "key" in str(caught.value.found)


def test_a_file_that_is_no_key_is_named(pair: ServedPair, tmp_path: Path) -> None:
    for path in (tmp_path / "absent", tmp_path / "text"):
        (tmp_path / "text").write_text("no key")
        with pytest.raises(ConnectError, match="cannot be read") as caught:
            open_session(pair.target(A, "netmiko", password=None, private_keys=(path,)))
        assert caught.value.where == str(path)


@BOTH_DRIVERS
def test_the_agent_logs_in_when_it_may(
    pair: ServedPair, driver: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, public = key_pair(tmp_path, "ed25519")
    agent = tmp_path / "agent"
    with subprocess.Popen(["ssh-agent", "-D", "-a", str(agent)], stdout=subprocess.DEVNULL) as process:
        try:
            monkeypatch.setenv("SSH_AUTH_SOCK", str(agent))
            while not agent.exists():
                assert process.poll() is None
            subprocess.run(["ssh-add", "-q", str(path)], check=True, env=dict(os.environ))
            with front(pair.devices[A], Habits(users_key=public)) as (served, _):
                session = open_session(way_to(served, driver, password=None, agent=True))
                assert session.host_name == A
                session.close()
                with pytest.raises(ConnectError, match=r"cannot be logged in to|refused the login"):
                    open_session(way_to(served, driver, password=None))
        finally:
            process.terminate()


# ---- jump hosts --------------------------------------------------------------------------------------------


def bastion(served: ServedDevice, **other: Any) -> Target:
    """Return the way to a jump host."""
    return replace(way_to(served, "netmiko", **other), member="bastion")


@BOTH_DRIVERS
def test_a_connection_goes_through_jump_hosts(pair: ServedPair, driver: str) -> None:
    habits = Habits()
    with front(pair.devices[B], habits) as (first, _), front(pair.devices[B], Habits()) as (second, _):
        jump = replace(bastion(second), jump=bastion(first))
        session = open_session(pair.target(A, driver, jump=jump))
        assert session.host_name == A
        assert session.run("display clock")
        session.close()
    assert habits.forwarded == [(second.host, second.port)]


@BOTH_DRIVERS
def test_keys_of_jump_hosts_are_checked_too(pair: ServedPair, driver: str) -> None:
    with front(pair.devices[B], Habits()) as (first, _):
        wrong = bastion(first, host_key=pair.devices[A].host_key)
        with pytest.raises(ConnectError, match="bastion showed another host key"):
            open_session(pair.target(A, driver, jump=wrong))
        with pytest.raises(ConnectError, match="another host key") as caught:
            open_session(pair.target(A, driver, jump=bastion(first), host_key=first.host_key))
    assert caught.value.member == A


@BOTH_DRIVERS
def test_a_jump_host_that_cannot_connect_further_says_so(pair: ServedPair, driver: str) -> None:
    with (
        front(pair.devices[B], Habits(refuse="forwarding")) as (first, _),
        pytest.raises(ConnectError, match="cannot be reached through bastion") as caught,
    ):
        open_session(pair.target(A, driver, jump=bastion(first)))
    assert caught.value.member == A
    assert "prohibited" in str(caught.value.found)


@BOTH_DRIVERS
def test_a_proxy_jump_of_an_ssh_config_is_followed(pair: ServedPair, driver: str, tmp_path: Path) -> None:
    path, public = key_pair(tmp_path, "ed25519")
    habits = Habits(users_key=public)
    with front(pair.devices[B], habits) as (first, keys):
        known = tmp_path / "known"
        known.write_text(f"[{first.host}]:{first.port} {keys['ssh-ed25519']}\n")
        config = tmp_path / "config"
        config.write_text(
            f"Host 127.*\n  ProxyJump ops@hop\nHost hop\n  HostName {first.host}\n  Port {first.port}\n"
            f"  IdentityFile {path}\n  UserKnownHostsFile {known}\n"
        )
        session = open_session(pair.target(A, driver, ssh_config=config))
        assert session.host_name == A
        session.close()
        known.write_text("")
        with pytest.raises(ConnectError, match="host key of hop is not known"):
            open_session(pair.target(A, driver, ssh_config=config))
        config.write_text("Host 127.*\n  ProxyCommand nc %h %p\n")
        with pytest.raises(ConnectError, match="ProxyCommand"):
            open_session(pair.target(A, driver, ssh_config=config))
    target = pair.target(A, driver)
    assert habits.forwarded == [(target.host, target.port)]


@BOTH_DRIVERS
def test_a_missing_ssh_config_is_no_way_around_its_jump_host(
    pair: ServedPair, driver: str, tmp_path: Path
) -> None:
    missing = tmp_path / "ssh_confg"
    with pytest.raises(ConnectError, match="ssh_config cannot be read") as caught:
        open_session(pair.target(A, driver, ssh_config=missing))
    assert (caught.value.member, caught.value.where) == (A, str(missing))


# ---- an inventory ------------------------------------------------------------------------------------------


def inventory(folder: Path, device: ServedDevice, jump: ServedDevice, **data: str) -> Path:
    """Write an inventory of one device behind a jump host."""
    more = "".join(f", {name}: {value}" for name, value in data.items())
    (folder / "pairs").mkdir()
    (folder / "groups.yaml").write_text("{}\n")
    (folder / "defaults.yaml").write_text("{}\n")
    (folder / "hosts.yaml").write_text(
        f"{A}: {{hostname: {device.host}, port: {device.port}, username: {device.username},\n"
        f"  data: {{password: {{secret: router}}, known_hosts: keys, jump_host: hop{more}}}}}\n"
        f"hop: {{hostname: {jump.host}, port: {jump.port}, username: {jump.username},\n"
        f"  data: {{password: {{secret: hop}}, known_hosts: keys}}}}\n"
    )
    secrets = folder / "secrets.yaml"
    secrets.touch(mode=0o600)
    secrets.write_text(f"router: {device.password}\nhop: {jump.password}\n")
    return folder


def test_keys_are_recorded_after_a_yes_and_never_replaced(pair: ServedPair, tmp_path: Path) -> None:
    device = pair.devices[A]
    with front(pair.devices[B], Habits()) as (first, _):
        folder = inventory(tmp_path, device, first)
        with pytest.raises(ConnectError, match="hotpair trust hop"):
            trust(folder, A, lambda _shown: True)
        asked: list[ShownKey] = []
        for name, key in (("hop", first.host_key), (A, device.host_key)):
            with pytest.raises(RefusedError, match="nothing was recorded"):
                trust(folder, name, lambda shown: bool(asked.append(shown)))  # type: ignore[func-returns-value]
            shown, recorded = trust(folder, name, lambda _shown: True)
            assert recorded
            assert shown == asked.pop()
            assert shown.fingerprint == fingerprint(key)
            assert trust(folder, name, lambda _shown: False) == (shown, False)
        lines = (folder / "keys").read_text().splitlines()
        assert len(lines) == 2
        assert (folder / "keys").stat().st_mode & 0o777 == 0o600
        other = (folder / "keys").read_text().replace(device.host_key.split()[1], first.host_key.split()[1])
        (folder / "keys").write_text(other)
        with pytest.raises(RefusedError, match="another key"):
            trust(folder, A, lambda _shown: True)
        assert (folder / "keys").read_text() == other


def test_the_command_shows_the_fingerprint_and_records_the_key(pair: ServedPair, tmp_path: Path) -> None:
    with front(pair.devices[B], Habits()) as (first, _):
        folder = inventory(tmp_path, pair.devices[A], first)
        refused = typed("trust", "hop", "-i", folder, answer="\n")
        assert refused.code == 4
        assert not (folder / "keys").exists()
        done = typed("trust", "hop", "-i", folder, answer="y\n")
    assert done.code == 0
    assert fingerprint(first.host_key) in done.out
    assert first.host_key.split()[1] in (folder / "keys").read_text()


def test_a_key_that_stands_in_the_inventory_is_known_from_there(pair: ServedPair, tmp_path: Path) -> None:
    with front(pair.devices[B], Habits()) as (first, _):
        folder = inventory(tmp_path, pair.devices[A], first)
        for key, code, said in (
            (first.host_key, 0, "is known already, from hosts.yaml (`host_key`)."),
            (pair.devices[A].host_key, 4, "where:   hosts.yaml (`host_key`)"),
        ):
            hosts = re.sub(
                r"(secret: hop}).*", rf"\1, host_key: {key}}}}}", (folder / "hosts.yaml").read_text()
            )
            (folder / "hosts.yaml").write_text(hosts)
            ended = typed("trust", "hop", "-i", folder, answer="\n")
            assert ended.code == code
            assert said in ended.said
    assert not (folder / "keys").exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [({"jump_host": "hopp"}, "is no host in hosts.yaml; did you mean 'hop'"), ({"jump_host": A}, "circle")],
)
def test_a_jump_host_that_leads_nowhere_is_an_error_of_the_inventory(
    pair: ServedPair, tmp_path: Path, data: dict[str, str], said: str
) -> None:
    folder = inventory(tmp_path, pair.devices[A], pair.devices[B])
    hosts = (folder / "hosts.yaml").read_text().replace("jump_host: hop", f"jump_host: {data['jump_host']}")
    (folder / "hosts.yaml").write_text(hosts)
    with pytest.raises(IntentError, match=said):
        trust(folder, A, lambda _shown: True)


def test_a_host_that_nobody_can_log_in_to_says_what_is_missing(pair: ServedPair, tmp_path: Path) -> None:
    folder = inventory(tmp_path, pair.devices[A], pair.devices[B])
    hosts = (folder / "hosts.yaml").read_text().replace("password: {secret: router}, ", "")
    (folder / "hosts.yaml").write_text(hosts)
    with pytest.raises(IntentError, match="no way to log in; wanted `password:"):
        trust(folder, A, lambda _shown: True)
    (folder / "hosts.yaml").write_text(hosts.replace("known_hosts: keys, jump", "agent: true, jump"))
    with pytest.raises(ConnectError):
        trust(folder, A, lambda _shown: True)
