"""What SSH servers of routers do at and after the login, in front of an emulated device; both drivers."""

from __future__ import annotations

import inspect
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import netmiko.exceptions
import paramiko  # type: ignore[import-untyped] # ships no types
import paramiko.ssh_exception  # type: ignore[import-untyped]
import pytest
import scrapli.exceptions

from inventory.errors import ConnectError
from inventory.secrets import Secret
from runbooks.lab import ServedDevice
from tasks.plan.model import Command
from tasks.sessions.channel import ChannelClosedError
from tasks.sessions.opening import open_session
from tasks.sessions.paramiko_channel import Login
from tasks.sessions.protocol import DRIVERS, Target
from tests.integration.at_the_routers import HOST_KEY
from tests.integration.front import Habits, front
from tests.integration.served import ServedPair, served_pair
from tests.tasks.sessions.habits import (
    logs_behind_prompts,
    logs_within_answers,
    logs_within_echoes,
    stamped,
)
from tests.tasks.transaction.bench import NAMES

pytestmark = pytest.mark.ssh

A, B = NAMES
BOTH_DRIVERS = pytest.mark.parametrize("driver", DRIVERS)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedPair]:
    with served_pair(tmp_path_factory.mktemp("served")) as served:
        yield served


def way_to(served: ServedDevice, driver: str, **other: Any) -> Target:
    """Return the way to a device behind a server."""
    known: dict[str, Any] = {
        "host_key": served.host_key,
        "password": Secret(served.password),
        "timeout_s": 10.0,
    }
    return Target(
        member=served.device,
        host=served.host,
        port=served.port,
        username=served.username,
        driver=driver,
        **{**known, **other},
    )


# ---- host keys ---------------------------------------------------------------------------------------------


@BOTH_DRIVERS
@pytest.mark.parametrize("other", ["ecdsa-sha2-nistp521", "ssh-ed25519"])
@pytest.mark.parametrize("known", ["ssh-rsa", "ecdsa-sha2-nistp256"])
def test_a_server_with_two_keys_is_asked_for_the_known_one(
    pair: ServedPair, driver: str, other: str, known: str
) -> None:
    with front(pair.devices[A], Habits(host_keys=(other, known))) as (served, public):
        session = open_session(way_to(served, driver, host_key=public[known]))
        assert session.run("display clock")
        session.close()


@BOTH_DRIVERS
def test_a_key_of_a_type_that_the_server_has_not_is_another_key(pair: ServedPair, driver: str) -> None:
    rsa = paramiko.RSAKey.generate(2048)
    with (
        front(pair.devices[A], Habits()) as (served, _),
        pytest.raises(ConnectError, match="another host key"),
    ):
        open_session(way_to(served, driver, host_key=f"ssh-rsa {rsa.get_base64()}"))


# ---- the login ---------------------------------------------------------------------------------------------


@BOTH_DRIVERS
def test_a_password_asked_for_as_a_question_is_given(pair: ServedPair, driver: str) -> None:
    with front(pair.devices[A], Habits(questions=("Password: ",))) as (served, _public):
        session = open_session(way_to(served, driver))
        assert session.run("display clock")
        session.close()


@BOTH_DRIVERS
@pytest.mark.parametrize("questions", [("Password: ", "Verification code: "), ("Verification code: ",)])
def test_a_question_for_a_code_is_named_and_not_answered(
    pair: ServedPair, driver: str, questions: tuple[str, ...]
) -> None:
    with (
        front(pair.devices[A], Habits(questions=questions)) as (served, _),
        pytest.raises(ConnectError, match="only a person can answer") as caught,
    ):
        open_session(way_to(served, driver))
    assert "Verification code:" in str(caught.value)
    assert served.password not in str(caught.value)


@BOTH_DRIVERS
def test_a_wrong_password_as_an_answer_is_a_refused_login(pair: ServedPair, driver: str) -> None:
    with (
        front(pair.devices[A], Habits(questions=("Password: ",))) as (served, _),
        pytest.raises(ConnectError, match="refused the login"),
    ):
        open_session(way_to(served, driver, password=Secret("Wr0ng-password")))


# ---- after the login ---------------------------------------------------------------------------------------


@BOTH_DRIVERS
@pytest.mark.parametrize("refused", ["channel", "shell"])
def test_a_refused_shell_means_that_no_vty_line_is_free(pair: ServedPair, driver: str, refused: str) -> None:
    with (
        front(pair.devices[A], Habits(refuse=refused)) as (served, _),
        pytest.raises(ConnectError, match="has no free VTY line") as caught,
    ):
        open_session(way_to(served, driver))
    assert f"the {refused} was refused" in str(caught.value)


@BOTH_DRIVERS
def test_silence_after_the_login_ends_in_time(pair: ServedPair, driver: str) -> None:
    with (
        front(pair.devices[A], Habits(hold=threading.Event())) as (served, _),
        pytest.raises(ConnectError, match="no shell in time"),
    ):
        open_session(way_to(served, driver, timeout_s=4.0))


# ---- every error of the libraries --------------------------------------------------------------------------


def theirs() -> list[type[Exception]]:
    """Return every error that the three libraries define, and those of a stream."""
    modules = (netmiko.exceptions, scrapli.exceptions, paramiko.ssh_exception)
    defined = [
        error
        for module in modules
        for _, error in inspect.getmembers(module, inspect.isclass)
        if issubclass(error, Exception) and error.__module__ == module.__name__
    ]
    assert len(defined) > 30
    return [*defined, OSError, EOFError, TimeoutError, ConnectionResetError]


ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "BadAuthenticationType": ("no", ["publickey"]),
    "PartialAuthentication": (["publickey"],),
    "ChannelException": (4, "Resource shortage"),
    "ProxyCommandFailure": ("nc", "1"),
    "NoValidConnectionsError": ({("192.0.2.1", 22): OSError("refused")},),
}


def made(error: type[Exception]) -> Exception:
    if error.__name__ == "BadHostKeyException":
        return error("router", paramiko.RSAKey.generate(1024), paramiko.RSAKey.generate(1024))
    return error(*ARGUMENTS.get(error.__name__, ("so it is",)))


@pytest.mark.parametrize(
    ("place", "error"),
    [
        pytest.param(place, error, id=f"{place}-{error.__name__}")
        for place in ("start_client", "auth_password", "open_session")
        for error in theirs()
        # keys are agreed on while the library is still being loaded
        if place != "start_client" or error.__module__ not in {"netmiko.exceptions", "scrapli.exceptions"}
    ],
)
def test_every_error_on_the_way_in_is_a_connect_error(
    pair: ServedPair, monkeypatch: pytest.MonkeyPatch, error: type[Exception], place: str
) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise made(error)

    monkeypatch.setattr(paramiko.Transport, place, fail)
    driver = "scrapli" if error.__module__.startswith("scrapli") else "netmiko"
    with pytest.raises(ConnectError) as caught:
        open_session(pair.target(A, driver))
    assert caught.value.member == A
    assert ("VTY" in str(caught.value)) == (place == "open_session")


class _BrokenStream:
    """A shell in which everything fails."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def settimeout(self, _seconds: float) -> None:
        """Take any."""

    def sendall(self, _data: bytes) -> None:
        raise self._error

    def recv(self, _size: int) -> bytes:
        raise self._error


@pytest.mark.parametrize(
    "error", [one for one in theirs() if one.__module__ not in {"netmiko.exceptions", "scrapli.exceptions"}]
)
def test_every_error_of_the_stream_is_the_end_of_it(error: type[Exception]) -> None:
    login = Login(Target("R", "192.0.2.1", "ops", host_key=HOST_KEY))
    channel = login.channel(_BrokenStream(made(error)))
    with pytest.raises(ChannelClosedError):
        channel.write("display clock\n")
    if error is TimeoutError:
        assert channel.read(0.1) == ""
        return
    with pytest.raises(ChannelClosedError):
        channel.read(0.1)


def test_ciphers_that_authenticate_by_themselves_are_asked_for_first_and_no_other_is_lost() -> None:
    login = Login(Target("R", "192.0.2.1", "ops", host_key=HOST_KEY))
    ours, theirs = socket.socketpair()
    with ours, theirs:
        asked = login._asking(ours).get_security_options().ciphers
    assert ["gcm" in name for name in asked] == sorted(("gcm" in name for name in asked), reverse=True)
    assert {*asked} == {*paramiko.Transport._preferred_ciphers}


# ---- what the terminal adds --------------------------------------------------------------------------------


@BOTH_DRIVERS
@pytest.mark.parametrize(
    "say",
    [
        stamped("2026-11-28 12:40:38.430 +09:00"),
        stamped("2026-11-28 12:40:38"),
        logs_behind_prompts,
        logs_within_answers,
        logs_within_echoes,
    ],
    ids=["stamp with zone", "stamp", "logs behind prompts", "logs within answers", "logs within echoes"],
)
def test_a_change_goes_through_any_terminal(pair: ServedPair, driver: str, say: Callable[[str], str]) -> None:
    with front(pair.devices[A], Habits(say=say)) as (served, _):
        session = open_session(way_to(served, driver))
        base = session.commit_list(1)
        view = "-LoopBack77"
        lines = [Command("interface LoopBack77", view), Command("description x y", view), Command("quit", "")]
        session.stage(lines)
        assert session.candidate_changes().count("+") == 2
        session.commit_trial(90, "hp-terminal")
        assert session.trial_status().persist_id == "hp-terminal"
        session.confirm("hp-terminal")
        assert session.commit_list(1) != base
        session.save()
        running, saved = session.run_all(("display current-configuration", "display saved-configuration"))
        assert [line for line in running.split("\n") if not line.startswith("!")] == [
            line for line in saved.split("\n") if not line.startswith("!")
        ]
        session.stage([Command("undo interface LoopBack77", "")])
        session.commit()
        session.close()
