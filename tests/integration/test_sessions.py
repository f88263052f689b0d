"""Sessions over real SSH: both drivers pass the same suite, and fail with the same errors."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from inventory.errors import ConnectError, IntentError
from inventory.secrets import Secret
from parsers.replies import RefusalKind
from tasks.plan.model import Command
from tasks.sessions.opening import open_session
from tasks.sessions.protocol import DRIVERS, LineRefusedError, LostReplyError, Session, Target
from tasks.sessions.wire import Wire
from tests.integration.served import ServedPair, served_pair
from tests.tasks.transaction.bench import NAMES

pytestmark = pytest.mark.ssh

A, B = NAMES
SERVICE = Command("remote-backup-service toul", "-rm-backup-srv-toul")
PEER = Command("peer 198.51.100.2 source 198.51.100.1 port 3333", "-rm-backup-srv-toul")
QUIT = Command("quit", "")


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedPair]:
    with served_pair(tmp_path_factory.mktemp("served")) as served:
        yield served


@pytest.fixture(params=DRIVERS)
def session(request: pytest.FixtureRequest, pair: ServedPair) -> Iterator[Session]:
    opened = pair.open(A, request.param)
    yield opened
    opened.close()


# ---- conformance -------------------------------------------------------------------------------------------


def test_displays_come_whole_and_without_paging(session: Session) -> None:
    assert session.host_name == A
    text = session.run("display current-configuration")
    assert f"sysname {A}" in text
    assert text.rstrip().endswith("return")
    assert "More" not in text
    assert "\x1b" not in text


def test_many_displays_come_in_order(session: Session) -> None:
    commands = ("display configuration trial status", "display current-configuration", "display clock")
    first, second, third = session.run_all(commands)
    assert first.startswith("Trial status")
    assert "sysname" in second
    assert third


def test_a_long_candidate_is_staged_compared_and_dropped(session: Session) -> None:
    lines = [
        command
        for number in range(150)
        for command in (
            Command(f"interface LoopBack{number + 10}", f"-LoopBack{number + 10}"),
            Command(f"description {'d' * 200} {number}", f"-LoopBack{number + 10}"),
            QUIT,
        )
    ]
    session.stage(lines)
    changes = session.candidate_changes()
    assert changes.count("+ interface LoopBack") == 150
    session.clear_candidate()
    assert session.candidate_changes() == ""


def test_a_secret_is_filled_in_and_shown_as_ciphertext(session: Session) -> None:
    key = Command("security-key cipher <secret:any>", "-e-trunk-4")
    session.stage([Command("e-trunk 4", "-e-trunk-4"), key, QUIT])
    changes = session.candidate_changes()
    session.clear_candidate()
    assert "security-key cipher" in changes
    assert "Wp8_served" not in changes


def test_a_refused_line_is_named_and_the_session_goes_on(session: Session) -> None:
    wrong = Command("peer 198.51.100.2 source 198.51.100.1 port 99", "-rm-backup-srv-toul")
    with pytest.raises(LineRefusedError) as caught:
        session.stage([SERVICE, wrong, QUIT])
    assert caught.value.command == wrong.text
    assert caught.value.view == "-rm-backup-srv-toul"
    assert caught.value.kind is RefusalKind.SYNTAX
    session.clear_candidate()
    assert session.candidate_changes() == ""


def test_trial_confirm_abort_and_commit_list(session: Session) -> None:
    for end in (session.abort_trial, session.confirm):
        session.stage([SERVICE, PEER, QUIT])
        session.commit_trial(90, "hp-suite")
        status = session.trial_status()
        assert (status.active, status.persist_id) == (True, "hp-suite")
        assert 0 < status.seconds_left <= 90
        end("hp-suite")
        assert not session.trial_status().active
    assert "remote-backup-service toul" in session.run("display current-configuration")
    base = session.commit_list(1)[0].commit_id
    session.stage([Command("undo remote-backup-service toul", "")])
    label = f"suite-{base}"
    session.commit(label)
    newest, *_ = session.commit_list(3)
    assert newest.commit_id > base
    assert newest.label == label
    session.rollback(base)
    assert "remote-backup-service toul" in session.run("display current-configuration")
    session.stage([Command("undo remote-backup-service toul", "")])
    session.commit()
    session.save()
    assert "toul" not in session.run("display saved-configuration")


def test_each_session_has_its_own_candidate(pair: ServedPair) -> None:
    sessions = [pair.open(B, driver) for driver in DRIVERS]
    try:
        sessions[0].stage([SERVICE, PEER, QUIT])
        assert sessions[1].candidate_changes() == ""
        assert "toul" in sessions[0].candidate_changes()
    finally:
        for one in sessions:
            one.close()


# ---- what can go wrong on the way in -----------------------------------------------------------------------


@pytest.mark.parametrize("driver", DRIVERS)
def test_a_wrong_password_is_named_and_not_shown(pair: ServedPair, driver: str) -> None:
    with pytest.raises(ConnectError, match="refused the login") as caught:
        open_session(pair.target(A, driver, password=Secret("Wr0ng-password")))
    assert "Wr0ng" not in f"{caught.value} {caught.value.as_dict()}"


OTHER_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"


@pytest.mark.parametrize("driver", DRIVERS)
def test_another_host_key_than_the_known_one_ends_before_the_password(pair: ServedPair, driver: str) -> None:
    with pytest.raises(ConnectError, match="another host key"):
        open_session(pair.target(A, driver, host_key=OTHER_KEY))


@pytest.mark.parametrize("driver", DRIVERS)
def test_an_unknown_host_key_is_refused(pair: ServedPair, driver: str, tmp_path: Path) -> None:
    empty = tmp_path / "known_hosts"
    empty.write_text("")
    with pytest.raises(ConnectError, match="not known"):
        open_session(pair.target(A, driver, host_key=None, known_hosts=empty))


@pytest.mark.parametrize("driver", DRIVERS)
def test_a_known_hosts_file_will_do(pair: ServedPair, driver: str, tmp_path: Path) -> None:
    target = pair.target(A, driver)
    known = tmp_path / "known_hosts"
    known.write_text(f"# ours\nother {OTHER_KEY}\n[{target.host}]:{target.port} {target.host_key}\n")
    opened = open_session(pair.target(A, driver, host_key=None, known_hosts=known))
    assert opened.host_name == A
    opened.close()


@pytest.mark.parametrize("driver", DRIVERS)
def test_nobody_there_is_a_connect_error(pair: ServedPair, driver: str) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(ConnectError, match="cannot be reached") as caught:
        open_session(pair.target(A, driver, port=port))
    assert caught.value.member == A
    assert caught.value.where == f"127.0.0.1:{port}"


@pytest.mark.parametrize("driver", DRIVERS)
def test_a_port_that_talks_garbage_is_a_connect_error(pair: ServedPair, driver: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def babble() -> None:
            wire, _ = server.accept()
            with wire:
                wire.sendall(b"220 mail.example.net ESMTP\r\n" * 200)

        thread = threading.Thread(target=babble)
        thread.start()
        with pytest.raises(ConnectError):
            open_session(pair.target(A, driver, port=server.getsockname()[1], timeout_s=3.0))
        thread.join()


@pytest.mark.parametrize("key", ["", "ssh-ed25519", "ssh-ed25519 not/base64!"])
def test_a_host_key_that_is_none_is_refused_before_connecting(pair: ServedPair, key: str) -> None:
    with pytest.raises(ConnectError, match="not a public key"):
        open_session(pair.target(A, "netmiko", host_key=key))


def test_an_unknown_driver_is_named() -> None:
    with pytest.raises(IntentError, match="telnet"):
        open_session(Target("X", "127.0.0.1", "u", Secret("p"), driver="telnet"))


@pytest.mark.parametrize("driver", DRIVERS)
def test_a_session_that_the_device_drops_is_a_lost_reply(pair: ServedPair, driver: str) -> None:
    opened = pair.open(B, driver)
    pair.order(fault="drop-session", device=B, command="display clock")
    with pytest.raises(LostReplyError):
        opened.run("display clock")
    opened.close()
    again = pair.open(B, driver)
    assert again.run("display clock")
    again.close()


ADAPTERS = {
    "netmiko": {"netmiko_channel.py"},
    "scrapli": {"scrapli_channel.py"},
    "paramiko": {"paramiko_channel.py", "paramiko_login.py"},
}


@pytest.mark.parametrize("driver", DRIVERS)
def test_a_session_at_rest_leaves_the_processor_alone(
    pair: ServedPair, driver: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rests: list[float] = []

    def noted(wire: Wire, seconds: float) -> None:
        rests.append(seconds)
        socket.socket.settimeout(wire, seconds)

    monkeypatch.setattr(Wire, "settimeout", noted)
    session = pair.open(A, driver)
    session.close()
    assert rests[-1] >= 1.0


def test_each_library_is_imported_by_its_adapter_alone() -> None:
    rooms = Path(__file__).parents[2]
    for library, adapter in ADAPTERS.items():
        users = [
            path
            for room in ("tasks", "runbooks", "hotpair", "parsers", "inventory")
            for path in (rooms / room).rglob("*.py")
            if f"from {library}" in path.read_text() or f"import {library}" in path.read_text()
        ]
        home = rooms / "tasks" / "sessions"
        assert {*users} == {home / name for name in adapter if (home / name).exists()}
