"""Every kind of route, against a real receiver: what arrives, and what a refusal says."""

from __future__ import annotations

import hmac
import json
import socket
import sys
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from pydantic import ValidationError

from inventory.errors import IntentError
from inventory.secrets import Secret
from runbooks.alerts.model import Alert, State, Trouble, read_alert
from runbooks.alerts.outbox import DeliveryError, NotTakenError, PartlyDeliveredError
from runbooks.alerts.sending import Sender, sender_for
from runbooks.alerts.settings import Alerts, Route
from tasks.checks.policy import Severity
from tests.runbooks.alerts.receivers import closed_port, web_server

AT = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)
TROUBLE = Trouble("north: drift", ("north",), AT, ("a line is missing: wanted priority 10, found absent",))
ALERT = Alert("0" * 32, AT, State.FAIL, Severity.MAJOR, "north", (TROUBLE,))
KEY = Secret("k3y-of-the-noc")
LOGIN = {"server": "h", "sender": "a@b", "to": ["c@d"], "user": "u", "password": {"secret": "p"}}
SENDER = Sender({"noc": KEY})


def route(**kind: object) -> Route:
    return Route.model_validate({"name": "way", **kind})


def test_an_alert_is_read_as_it_was_written() -> None:
    assert read_alert(ALERT.as_json()) == ALERT


def test_a_webhook_is_signed_over_time_and_body() -> None:
    with web_server() as received:
        SENDER(route(webhook={"url": received.url, "key": {"secret": "noc"}}), ALERT)
    ((headers, body),) = received.posts
    assert json.loads(body) == json.loads(ALERT.as_json())
    seconds, _, signature = headers["Hotpair-Signature"].partition(",v1=")
    wanted = hmac.new(b"k3y-of-the-noc", seconds.removeprefix("t=").encode() + b"." + body, sha256)
    assert hmac.compare_digest(signature, wanted.hexdigest())
    assert headers["Hotpair-Alert"] == ALERT.id


@pytest.mark.parametrize(
    ("status", "of_the_alert"),
    [(302, False), (400, True), (403, False), (410, True), (429, False), (500, True), (503, False)],
)
def test_a_webhook_that_is_not_taken_says_so_and_follows_no_redirect(status: int, of_the_alert: bool) -> None:  # noqa: FBT001
    with web_server() as received:
        received.answers.append(status)
        with pytest.raises(DeliveryError, match=f"answered {status}") as told:
            SENDER(route(webhook={"url": received.url}), ALERT)
        assert isinstance(told.value, NotTakenError) == of_the_alert
        assert len(received.posts) == 1


def test_what_stands_behind_the_host_of_a_webhook_is_told_to_nobody() -> None:
    with web_server() as received:
        received.answers.append(500)
        with pytest.raises(DeliveryError) as told:
            SENDER(route(webhook={"url": f"{received.url}/T000/s3cr3t-path?token=s3cr3t"}), ALERT)
    away = route(webhook={"url": f"http://127.0.0.1:{closed_port()}/s3cr3t-path"})
    with pytest.raises(DeliveryError) as unheard:
        SENDER(away, ALERT)
    for error in (told, unheard):
        assert "127.0.0.1" in str(error.value)
        assert "s3cr3t" not in str(error.value)


def test_a_receiver_that_is_not_there_is_told_by_every_kind(tmp_path: Path) -> None:
    port = closed_port()
    kinds: list[dict[str, Any]] = [
        {"webhook": {"url": f"http://127.0.0.1:{port}/"}},
        {"syslog": {"to": f"tcp://127.0.0.1:{port}"}},
        {"syslog": {"to": f"unix:{tmp_path / 'log'}"}},
        {"mail": {"server": "127.0.0.1", "port": port, "sender": "a@b.c", "to": ["d@e.f"], "tls": "none"}},
        {"command": {"run": [str(tmp_path / "none")]}},
    ]
    for kind in kinds:
        with pytest.raises(DeliveryError):
            SENDER(route(**kind), ALERT)


def test_syslog_over_udp_is_one_message_of_rfc_5424() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(10)
        SENDER(route(syslog={"to": f"udp://127.0.0.1:{server.getsockname()[1]}"}), ALERT)
        text = server.recv(65536).decode()
    head, host, rest = text.split(" ", 2)[0], socket.gethostname(), text.split(" ", 3)[3]
    assert head == "<27>1"  # facility daemon, error
    assert text.split(" ")[1:3] == ["2026-03-04T02:00:00.000Z", host]
    assert rest.startswith("hotpair - fail - fail (major) north: north: drift | - north: drift (north)")


def test_syslog_over_tcp_counts_its_octets() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        SENDER(route(syslog={"to": f"tcp://127.0.0.1:{server.getsockname()[1]}"}), ALERT)
        connection, _ = server.accept()
        with connection, connection.makefile("rb") as stream:
            count, _, message = stream.read().partition(b" ")
    assert int(count) == len(message)
    assert message.startswith(b"<27>1 ")


class _Box:
    """A mail box; `refuse` is the answer to the message."""

    def __init__(self, refuse: str = "") -> None:
        self.envelopes: list[Any] = []
        self.refuse = refuse

    async def handle_RCPT(  # noqa: N802
        self, _server: object, _session: object, envelope: Any, address: str, _options: object
    ) -> str:
        if address.startswith("gone"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802
        self.envelopes.append(envelope)
        return self.refuse or "250 OK"


def test_one_address_that_is_refused_is_told_and_nobody_gets_the_mail_twice() -> None:
    box = _Box()
    controller = Controller(box, hostname="127.0.0.1", port=closed_port())
    controller.start()
    to = ["noc@example.net", "gone@example.net"]
    mail = {"server": "127.0.0.1", "port": controller.port, "sender": "a@b.c", "tls": "none"}
    try:
        with pytest.raises(PartlyDeliveredError, match="refused gone"):
            SENDER(route(mail={**mail, "to": to}), ALERT)
        with pytest.raises(DeliveryError) as none:
            SENDER(route(mail={**mail, "to": to[1:]}), ALERT)
    finally:
        controller.stop()
    assert isinstance(none.value, NotTakenError)
    assert [envelope.rcpt_tos for envelope in box.envelopes] == [["noc@example.net"]]


def test_a_mail_has_subject_text_and_the_id_of_the_alert() -> None:
    box = _Box()
    mail = {"sender": "hotpair@example.net", "to": ["noc@example.net", "ops@example.net"], "tls": "none"}
    controller = Controller(box, hostname="127.0.0.1", port=closed_port())
    controller.start()
    try:
        SENDER(route(mail={**mail, "server": "127.0.0.1", "port": controller.port}), ALERT)
        for answer, kind in (("554 no", NotTakenError), ("451 later", DeliveryError)):
            box.refuse = answer
            with pytest.raises(DeliveryError, match=answer[:3]) as told:
                SENDER(route(mail={**mail, "server": "127.0.0.1", "port": controller.port}), ALERT)
            assert type(told.value) is kind
    finally:
        controller.stop()
    envelope = box.envelopes[0]
    assert envelope.rcpt_tos == ["noc@example.net", "ops@example.net"]
    message = message_from_bytes(envelope.content, policy=default)
    assert message["Subject"] == "[hotpair] fail (major) north: north: drift"
    assert message["Message-ID"] == f"<{ALERT.id}@example.net>"
    assert TROUBLE.says[0] in message.get_content()


def test_a_command_gets_the_alert_on_its_standard_input_and_no_shell(tmp_path: Path) -> None:
    told = tmp_path / "told; touch x"
    script = "import sys; open(sys.argv[1], 'w').write(sys.stdin.read())"
    SENDER(route(command={"run": [sys.executable, "-c", script, str(told)]}), ALERT)
    assert json.loads(told.read_text(encoding="utf-8")) == json.loads(ALERT.as_json())


@pytest.mark.parametrize(
    ("script", "seconds", "says", "kind"),
    [
        ("import sys; sys.exit('the pager is down')", 30.0, "ended with 1: the pager is down", NotTakenError),
        ("import sys; sys.exit(75)", 30.0, "ended with 75", DeliveryError),
        ("import time; time.sleep(60)", 0.2, "took longer than 0.2 s", DeliveryError),
    ],
)
def test_a_command_that_fails_says_how(script: str, seconds: float, says: str, kind: type[Exception]) -> None:
    with pytest.raises(kind, match=says):
        SENDER(route(command={"run": [sys.executable, "-c", script], "timeout_s": seconds}), ALERT)


def test_a_function_of_another_package_is_called_and_its_fault_is_that_of_the_route() -> None:
    told: list[object] = []
    sender = Sender(plugins={"pager": lambda alert, options: told.append((alert["title"], options["to"]))})
    sender(route(plugin={"name": "pager", "options": {"to": "noc"}}), ALERT)
    assert told == [(ALERT.title, "noc")]
    with pytest.raises(NotTakenError, match="pager: KeyError"):
        sender(route(plugin={"name": "pager"}), ALERT)


def test_secrets_and_plugins_are_looked_up_before_anything_is_watched() -> None:
    def secrets(name: str) -> Secret:
        raise IntentError("no such secret", found=name)

    for kind in ({"webhook": {"url": "http://x/", "key": {"secret": "none"}}}, {"plugin": {"name": "none"}}):
        with pytest.raises(IntentError, match=r"none|no such secret"):
            sender_for(Alerts(routes=(route(**kind),)), secrets)


@pytest.mark.parametrize(
    "kind",
    [
        {},
        {"webhook": {"url": "ftp://x/"}},
        {"webhook": {"url": "http://user:word@x/"}},
        {"syslog": {"to": "udp://host"}},
        {"webhook": {"url": "http://x/"}, "syslog": {"to": "udp://h:1"}},
        {"mail": {**LOGIN, "tls": "none"}},
        {"mail": {**LOGIN, "password": None}},
        {"command": {"run": []}},
    ],
)  # fmt: skip
def test_a_route_that_is_none_is_refused(kind: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        route(**kind)
