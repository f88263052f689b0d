"""What the pages show: the fleet over days, a pair, a run, what changed; and what bad addresses get."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from markupsafe import Markup

from hotpair.pages.access import HEADERS, Access
from hotpair.pages.source import Source
from inventory.errors import HotpairError
from runbooks.archive.keeping import ToKeep, keep_all
from runbooks.archive.opening import open_archive
from runbooks.archive.store import Origin, RunInputs, keep_run
from runbooks.report.run import RunKind
from tasks.checks.model import CommitAuthor, Complaint, Outcome
from tasks.transaction.journal import Journal
from tasks.transaction.machine import Event
from tasks.transaction.records import MemberRecord, Opening
from tests.hotpair.pages.asking import ask
from tests.hotpair.pages.conftest import DAYS, HOSTILE, Served, served
from tests.runbooks.archive.made import GOOD, START, down, ended, run, seen
from tests.tasks.checks.entries import igmp


def runs_of(here: Served, pair: str) -> list[str]:
    page = ask(here.port, f"/runs?pair={quote(pair)}").text
    return [unescape(path) for path in re.findall(r'href="(/run/[^"]+)"', page)]


def test_the_fleet_is_a_grid_over_days_the_worst_first(here: Served) -> None:
    page = ask(here.port, "/?days=7").text
    assert "2 pairs, 2 failure; 1 never looked at; 1 with a broken file" in page
    for name in ("north", HOSTILE):
        row = page[page.index(f">{Markup.escape(name)}<") :]
        row = row[: row.index("</tr>")]
        assert len(re.findall(r'class="day failure"', row)) == 2
        assert len(re.findall(r'class="day success"', row)) == DAYS - 2
        assert len(re.findall(r'class="day" title="[^"]*: no run"', row)) == 7 - DAYS
    assert "<code>rbs-connected</code> 2" in page


@pytest.mark.parametrize(
    ("words", "count"),
    [("text=NOR", 1), ("text=%25", 0), ("end=success", 0), ("site=BER", 1), ("tag=gold&text=script", 0)],
)
def test_the_fleet_is_filtered(here: Served, words: str, count: int) -> None:
    page = ask(here.port, f"/?{words}").text
    assert page.count('<th scope="row">') == count
    assert f"{count} pair" in page


def test_pages_of_a_fleet_are_turned(here: Served) -> None:
    first = ask(here.port, "/?rows=1").text
    assert "Page 1 of 2" in first
    link = unescape(re.findall(r'href="(/\?[^"]*page=2)"', first)[0])
    second = ask(here.port, link).text
    names = [re.findall(r'<th scope="row"><a[^>]*>([^<]*)<', page) for page in (first, second)]
    assert len(names[0]) == len(names[1]) == 1
    assert names[0] != names[1]


def test_a_pair_shows_its_picture_findings_and_runs(here: Served) -> None:
    page = ask(here.port, "/pair/north").text
    assert '<svg class="pair"' in page
    assert "RBS north: connecting" in page
    assert "site BER; tags gold" in page
    assert page.count("the channel is not connected") == 2  # one open, one that is gone
    now, over = page.split("<h2>Findings that are over</h2>")
    assert (now.count(">open<"), over.count(">open<")) == (1, 0)
    assert page.count('href="/run/') == DAYS + 1


def test_a_pair_says_since_when_by_whom_and_how_many_entries(tmp_path: Path) -> None:
    command, text = "display igmp group interface Eth-Trunk11", igmp(11, "239.1.1.1", "239.1.1.2")
    hand = CommitAuthor(1000000012, "carol", "VTY 1", "2026-11-28 02:00:00+00:00", "<card>")
    by_carol = ended(Outcome.FAILURE, replace(down(), hand=hand))
    with open_archive(tmp_path / "archive.db") as archive:
        for minute, ends in ((1, GOOD), (61, by_carol), (121, by_carol)):
            entries = (seen(text, START, member="north-1", command=command),)
            keep_run(archive, run(minute, ends, observations=entries), Origin(), RunInputs())
    with served(Source(tmp_path, tmp_path / "archive.db"), Access()) as server:
        page = ask(server.port, "/pair/north").text
    assert "so since 2026-03-04 03:01" in page
    assert "changed by carol on VTY 1, commit 1000000012" in page
    assert "(&lt;card&gt;)" in page
    assert page.count("igmp entries: 2") == 2  # lying and upright
    assert "hotpair explain CHECK" in page


def test_what_is_over_is_not_shown_as_wrong(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive.db") as archive:
        for minute, ends in ((1, ended(Outcome.FAILURE, down())), (61, GOOD)):
            keep_run(archive, run(minute, ends), Origin(), RunInputs())
    with served(Source(tmp_path, tmp_path / "archive.db"), Access()) as server:
        page = ask(server.port, "/pair/north").text
    now, over = page.split("<h2>Findings that are over</h2>")
    assert "Nothing is known to be wrong." in now
    assert ">failure<" not in now
    assert ">failure<" in over


def test_a_run_is_shown_with_its_evidence(here: Served) -> None:
    (newest, *_) = runs_of(here, "north")
    page = ask(here.port, newest).text
    assert "TCP-State        : Connecting" in page
    assert "the channel is not connected" in page
    assert " style=" not in page


def test_two_runs_are_compared_the_older_first(here: Served) -> None:
    newest, before, *_ = (path.removeprefix("/run/") for path in runs_of(here, "north"))
    page = ask(here.port, f"/compare?run={newest}&run={before}").text
    assert re.search(
        r"<code>[^<]*tcp_state</code></td><td><code>connected</code></td><td><code>connecting</code>", page
    )
    assert ask(here.port, f"/compare?run={newest}").status == 404
    other = runs_of(here, HOSTILE)[0].removeprefix("/run/")
    assert (
        "the runs are of different routers"
        in ask(here.port, f"/compare?run={newest}&run={other}").text.lower()
    )


def test_what_is_due_is_listed(tmp_path: Path) -> None:
    with served(Source(tmp_path, tmp_path / "archive.db"), Access()) as server:
        assert "there is no <code>watch.yaml</code>" in ask(server.port, "/due").text
        (tmp_path / "watch.yaml").write_text("groups:\n  - name: <gold>\n    every: 5 min\n")
        page = ask(server.port, "/due?rows=3").text
        assert page.count("<td>&lt;gold&gt;</td><td>every 5 min</td>") == 3
        (tmp_path / "watch.yaml").write_text("groups: 3\n")
        assert str(tmp_path / "watch.yaml") in ask(server.port, "/due").text


def test_drills_and_certificates_are_shown(tmp_path: Path) -> None:
    lost = ended(Outcome.FAILURE, Complaint("3 entries were lost", "0", "<3>"), check="drill-entries")
    with open_archive(tmp_path / "archive.db") as archive:
        keep_run(archive, run(1, lost, kind=RunKind.DRILL), Origin(), RunInputs())
        keep_run(archive, run(2, GOOD), Origin(), RunInputs())
    with served(Source(tmp_path, tmp_path / "archive.db"), Access()) as server:
        page = ask(server.port, "/proof").text
        assert page.count('href="/run/') == 1
        assert "3 entries were lost: &lt;3&gt;" in page
        assert "hotpair certify --page certificates/NAME.md" in page
        folder = tmp_path / "certificates"
        folder.mkdir()
        (folder / "may.json").write_text(
            '{"holds": false, "claim": "both or none", "refused_because": ["<canary>"], "commit": "abc",'
            ' "drawn": {"schedules": 10200, "failed": 1}}'
        )
        page = ask(server.port, "/proof").text
        assert "refused: &lt;canary&gt;" in page
        assert "10200" in page
        (folder / "may.json").write_text("[]")
        assert "that is no certificate" in ask(server.port, "/proof").text


def test_a_transaction_of_another_host_is_shown_as_it_was_archived(tmp_path: Path) -> None:
    opening = Opening("hp-00000000aa", "north", MemberRecord("N1"), MemberRecord("N2"), 480, "CHG-8")
    with Journal.begin(tmp_path / "there" / "journals", opening) as journal:
        for event in (Event.GATE_PASSED, Event.STAGED, Event.CLEARED):
            journal.record(event)
    changed = replace(run(1, GOOD, pair="north"), transaction=opening.id, outcome="unchanged")
    files = ToKeep(changed, tmp_path / "none.yaml", journals=tmp_path / "there" / "journals")
    assert keep_all(tmp_path / "archive.db", [files], None, "CHG-8") is None
    with served(Source(tmp_path, tmp_path / "archive.db"), Access()) as server:
        listed = ask(server.port, "/transactions").text
        assert f'href="/transaction/{opening.id}"' in listed
        page = ask(server.port, f"/transaction/{opening.id}").text
        (tmp_path / "archive.db").write_bytes(b"this is no database" * 100)
        assert "cannot be listed" in ask(server.port, "/transactions").text
    assert page.count("<li>") == 4
    assert [name for name in ("opened", "staged on both", "ticket CHG-8", "N1 (a)") if name not in page] == []
    assert page.index("+0.0 s") < page.index("staged on both")
    assert "data-events" not in page


@pytest.mark.parametrize("path", ["/", "/findings", "/runs", "/transactions", f"/pair/{quote(HOSTILE)}"])
def test_names_are_text_and_never_markup(here: Served, path: str) -> None:
    answer = ask(here.port, path)
    assert answer.status == 200
    assert "<script>alert" not in answer.text
    assert answer.text.count("<script") == 1  # our own


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/pair/nobody", 404),
        ("/run/none", 404),
        ("/transaction/hp-0000000000", 404),
        ("/transaction/..%2F..%2Fx", 404),
        ("/nothing", 404),
        ("/?days=9999", 404),
        ("/?rows=-1", 404),
        ("/?page=%D9%A3", 404),
        ("/?rows=0000000011000", 404),
        ("/?page=00000000" + "1" * 30, 404),
        ("/?days=00000000" + "1" * 5_000, 404),
        ("/runs?rows=00000000199999", 404),
        ("/?days=0000000000007", 200),
        ("/?end=never", 404),
        ("/compare", 404),
    ],
)
def test_what_is_not_there_gets_a_page_that_says_so(here: Served, path: str, status: int) -> None:
    answer = ask(here.port, path)
    assert answer.status == status
    assert "<h1>" in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("path", ["/", "/nothing", "/style.css", "/hotpair.js", "/run/none"])
def test_every_answer_has_strict_headers(here: Served, path: str) -> None:
    headers = ask(here.port, path).headers
    assert {name: headers[name.lower()] for name in HEADERS} == HEADERS


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_done_but_look(here: Served, method: str) -> None:
    assert ask(here.port, "/", method=method).status == 405
    assert ask(here.port, "/pair/north", method=method).status == 405


def test_without_an_archive_the_page_says_what_to_type(tmp_path: Path) -> None:
    with served(Source(tmp_path, tmp_path / "archive.db"), Access()) as empty:
        answer = ask(empty.port, "/")
        assert answer.status == 404
        assert "<code>hotpair check</code>" in answer.text
        assert ask(empty.port, "/transactions").status == 200
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_archive_is_told_and_found_again_when_it_is_mended(inventory: Path, tmp_path: Path) -> None:
    place = tmp_path / "archive.db"
    place.write_bytes(b"this is no database" * 100)
    with served(Source(tmp_path, place), Access()) as server:
        broken = ask(server.port, "/")
        assert broken.status == 503
        assert str(place) in broken.text
        shutil.copy(inventory / "archive.db", place)
        assert ask(server.port, "/").status == 200


def test_a_fault_of_ours_shows_no_values(inventory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source(inventory, inventory / "archive.db")

    def stumble() -> None:
        raise ZeroDivisionError("secret-value")

    monkeypatch.setattr(source, "intents", stumble)
    with served(source, Access()) as server:
        answer = ask(server.port, "/")
    assert answer.status == 500
    assert "a fault of hotpair itself: zerodivisionerror" in answer.text.lower()
    assert "secret-value" not in answer.text


def test_trouble_of_any_kind_is_an_error_of_our_tree(
    inventory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Source(inventory, inventory / "archive.db")

    def refuse() -> None:
        raise HotpairError("it cannot be", found="x < y", next_command="hotpair list")

    monkeypatch.setattr(source, "intents", refuse)
    with served(source, Access()) as server:
        answer = ask(server.port, "/")
    assert answer.status == 500
    assert "x &lt; y" in answer.text
    assert "<code>hotpair list</code>" in answer.text
