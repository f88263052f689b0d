"""`hotpair serve` as a user starts it: where it answers, who may not, and how it ends."""

from __future__ import annotations

import re
import signal
from http.client import HTTPConnection
from pathlib import Path

import pytest

from hotpair.__main__ import run
from tests.integration.lab import HUNG_S
from tests.integration.processes import heard, started


def test_it_says_where_it_answers_and_ends_when_it_is_told(tmp_path: Path) -> None:
    with started("serve", "--listen", "127.0.0.1:0", folder=tmp_path) as process:
        line = heard(process.stderr, "http://")
        port = int(re.findall(r":(\d+)/", line)[0])
        connection = HTTPConnection("127.0.0.1", port, timeout=300)
        connection.request("GET", "/transactions")
        answer = connection.getresponse()
        assert (answer.status, answer.getheader("Server")) == (200, None)
        assert b"No transaction was begun here" in answer.read()
        connection.close()
        process.send_signal(signal.SIGTERM)
        assert process.wait(HUNG_S) == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--listen", "0.0.0.0:0"), "others than this machine could look"),
        (("--listen", "[::]:0"), "others than this machine could look"),
        (("--listen", "nowhere"), "no place to listen"),
        (("--listen", "127.0.0.1:99999"), "no place to listen"),
        (("--listen", "0.0.0.0:0", "--token", "absent"), "no secret named absent"),
        (("--listen", "127.0.0.1:" + "1" * 5_000), "no place to listen"),
        (("--user-header", "X-User"), "a header and an address"),
        (("--user-header", "X-User", "--proxy", "192.0.2.0/24"), "no address of a proxy"),
        (("--user-header", "X-User", "--proxy", "proxy.example.net"), "no address of a proxy"),
        (
            ("--token", "x", "--user-header", "X-User", "--proxy", "192.0.2.1"),
            "either a token or a reverse proxy",
        ),
        (("--listen", "192.0.2.77:1", "--token", "known"), "nobody can listen there"),
    ],
)
def test_a_wrong_place_is_refused(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.setenv("HOTPAIR_SECRET_KNOWN", "a-token")
    assert run(["serve", "-i", str(tmp_path), *words]) == 2
    assert said in capsys.readouterr().err
