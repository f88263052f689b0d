"""A running transaction is seen line by line, and the stream ends with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest

from hotpair.pages.access import Access
from hotpair.pages.source import Source
from tasks.transaction.ends import Decider, End
from tasks.transaction.journal import Journal
from tasks.transaction.machine import Event
from tasks.transaction.records import Ended, MemberRecord, Opening
from tests.hotpair.pages.asking import ask
from tests.hotpair.pages.conftest import Served, served

OPENING = Opening("hp-0a0b0c0d0e", "north", MemberRecord("N1"), MemberRecord("N2"), 480, "CHG-9")


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Served]:
    with served(Source(tmp_path, tmp_path / "archive.db"), Access()) as found:
        yield found


def heard(port: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield events as they come, until the server ends the stream."""
    connection = HTTPConnection("127.0.0.1", port, timeout=300)
    connection.request("GET", f"/transaction/{quote(OPENING.id)}/events")
    answer = connection.getresponse()
    assert answer.getheader("Content-Type", "").startswith("text/event-stream")
    name = ""
    for line in (raw.decode().strip() for raw in answer):
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))
    connection.close()


def test_lines_come_as_they_are_written_and_the_end_is_told(host: Served, tmp_path: Path) -> None:
    with Journal.begin(tmp_path / "journals", OPENING) as journal:
        journal.record(Event.GATE_PASSED)
        events = heard(host.port)
        assert next(events)[1]["event"] == "opened"
        assert next(events)[1]["state"] == "gated"
        page = ask(host.port, f"/transaction/{OPENING.id}").text
        assert "at work now" in page
        assert f'data-events="/transaction/{OPENING.id}/events"' in page
        journal.record(Event.STAGED)
        assert next(events)[1]["event"] == "staged on both"
        journal.record(Event.CLEARED)
        journal.note(Ended(End.AS_BEFORE, Decider.HOTPAIR, why="nobody wanted it"))
    rest = list(events)
    assert rest[-1][0] == "over"
    assert [name for name, _ in rest].count("over") == 1
    done = ask(host.port, f"/transaction/{OPENING.id}").text
    assert "data-events" not in done
    assert "CHG-9" in done


def test_an_unfinished_transaction_stands_above_everything(host: Served, tmp_path: Path) -> None:
    with Journal.begin(tmp_path / "journals", OPENING) as journal:
        for event in (Event.GATE_PASSED, Event.STAGED, Event.TRY_B):
            journal.record(event)
    page = ask(host.port, "/transactions").text
    assert f"hotpair txn resume {OPENING.id}" in page
    assert "unfinished" in page
    assert [name for name, _ in heard(host.port)][-1] == "over"  # nobody is at work on it


def test_a_transaction_that_is_not_there_ends_at_once(host: Served) -> None:
    assert [name for name, _ in heard(host.port)] == ["over"]
