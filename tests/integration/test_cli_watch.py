"""`hotpair watch` on served routers: looks, alerts, figures, signals, and what a killed watcher leaves."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from runbooks.lab import LAB_PAIR
from tests.integration.lab import HOUSE, HUNG_S, Ended, Lab, command_line, environment
from tests.integration.test_cli_fleet import SECOND
from tests.runbooks.alerts.receivers import Received, web_server

Command = Callable[..., Ended]
FOUND = "fail (major) second: 2 troubles, second: deployed first"
POLICY = "checks: {names: [no-trial]}\n"
WATCH = """\
groups:
  - {{name: fleet, every: {every}}}
alerts:
  routes: [{{name: noc, webhook: {{url: "{url}"}}}}]
metrics: {{file: {file}}}
"""


@pytest.fixture
def receiver() -> Iterator[Received]:
    with web_server() as received:
        yield received


@pytest.fixture
def site(deployed_lab: Lab, tmp_path: Path, receiver: Received) -> Path:
    """Return an inventory with the lab's pair and one that drifted, watched every day."""
    folder = tmp_path / "site"
    shutil.copytree(
        deployed_lab.folder, folder, ignore=shutil.ignore_patterns("runs", "journals", "archive.db*")
    )
    (folder / "pairs" / "second.yaml").write_text(SECOND, encoding="utf-8")
    (folder / "policy.yaml").write_text(POLICY, encoding="utf-8")
    watch_every(folder, "1 d", receiver)
    return folder


def watch_every(folder: Path, every: str, receiver: Received) -> None:
    text = WATCH.format(every=every, url=receiver.url, file=folder / "hotpair.prom")
    (folder / "watch.yaml").write_text(text, encoding="utf-8")


@contextmanager
def watching(folder: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        command_line("watch", "-i", folder),
        cwd=HOUSE,
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for(process: subprocess.Popen[str], words: str) -> list[str]:
    """Read what a watcher says until it says something."""
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if words in line:
            return said
    raise AssertionError("".join(said))


def titles(receiver: Received) -> list[str]:
    return [json.loads(body)["title"] for _, body in receiver.posts]


def test_one_round_looks_keeps_tells_once_and_writes_figures(
    site: Path, command: Command, receiver: Received
) -> None:
    ended = command("watch", "--once", "-i", site)

    assert ended.code == 1
    assert "fleet: 2 pairs: 1 well, 1 wrong" in ended.err
    assert titles(receiver) == [FOUND]
    again = command("watch", "--once", "-i", site)
    assert (again.code, "no group is due" in again.err, len(receiver.posts)) == (0, True, 1)
    families = list(text_string_to_metric_families((site / "hotpair.prom").read_text(encoding="utf-8")))
    figures = {(one.name, one.labels.get("pair")): one.value for each in families for one in each.samples}
    assert figures["hotpair_pair_compliant", LAB_PAIR] == 1
    assert figures["hotpair_pair_compliant", "second"] == 0
    assert figures["hotpair_pair_drift_lines", "second"] > 0


def test_the_coming_moments_are_listed_without_an_archive(site: Path, command: Command) -> None:
    ended = command("watch", "--next", "2", "-i", site, "-f", "json")
    moments = ended.document()["moments"]
    assert [(one["group"], one["at"][10:]) for one in moments] == [("fleet", "T00:00:00+00:00")] * 2
    assert not (site / "archive.db").exists()


def test_files_are_checked_before_anything_is_dialled(site: Path, command: Command) -> None:
    text = (site / "watch.yaml").read_text(encoding="utf-8")
    (site / "watch.yaml").write_text(text.replace("every: 1 d", "every: 1 d, sites: [HAM]"), encoding="utf-8")
    assert command("watch", "--once", "-i", site).code == 2
    (site / "watch.yaml").write_text(text.replace("every", "evry"), encoding="utf-8")
    ended = command("watch", "--once", "-i", site)
    assert (ended.code, "watch.yaml:2" in ended.err) == (2, True)


def test_a_killed_watcher_is_told_and_its_look_made_again(
    site: Path, command: Command, receiver: Received
) -> None:
    watch_every(site, "1 s", receiver)
    hosts = site / "hosts.yaml"
    sane = hosts.read_text(encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as silent:  # a router that takes the call and says nothing
        lines = [
            f"  port: {silent.getsockname()[1]}" if line.startswith("  port:") else line
            for line in sane.splitlines()
        ]
        hosts.write_text("\n".join(lines) + "\n", encoding="utf-8")
        with watching(site) as process:
            connection, _ = silent.accept()
            connection.close()
            process.kill()
            process.wait()
    hosts.write_text(sane, encoding="utf-8")
    watch_every(site, "1 d", receiver)

    ended = command("watch", "--once", "-i", site)

    assert "was not finished; it is made again" in ended.err
    assert (ended.code, titles(receiver)) == (1, [FOUND])


def test_signals_read_anew_and_end_it(site: Path, receiver: Received) -> None:
    with watching(site) as process:
        wait_for(process, "watching")
        (site / "pairs" / "second.yaml").write_text("pair: second\nmembers: {a: X}\n", encoding="utf-8")
        watch_every(site, "1 s", receiver)
        process.send_signal(signal.SIGHUP)
        wait_for(process, "kept as it was")
        wait_for(process, "fleet: 2 pairs: 1 well, 1 wrong")
        process.send_signal(signal.SIGTERM)
        wait_for(process, "stopped")
        assert process.wait(timeout=HUNG_S) == 0


def test_a_router_that_hangs_holds_up_no_end(site: Path, command: Command, receiver: Received) -> None:
    """It would hang for an hour; the watcher ends all the same, and gives its lease back."""
    hosts = site / "hosts.yaml"
    sane = hosts.read_text(encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        lines = [
            f"  port: {silent.getsockname()[1]}" if line.startswith("  port:") else line
            for line in sane.replace("  data:\n", "  data:\n    timeout_s: 3600\n").splitlines()
        ]
        hosts.write_text("\n".join(lines) + "\n", encoding="utf-8")
        watch_every(site, "1 s", receiver)
        with watching(site) as process:
            connection, _ = silent.accept()
            process.send_signal(signal.SIGTERM)
            wait_for(process, "stopped; the look at work is not kept")
            assert process.wait(timeout=HUNG_S) == 0
            connection.close()
    hosts.write_text(sane, encoding="utf-8")
    watch_every(site, "1 d", receiver)
    assert "was not finished; it is made again" in command("watch", "--once", "-i", site).err


def test_a_young_failure_ends_no_round_with_findings(site: Path, command: Command) -> None:
    policy = f"{POLICY}grace: [{{check: drift, minutes: 90}}]\n"
    (site / "policy.yaml").write_text(policy, encoding="utf-8")
    ended = command("watch", "--once", "-i", site)
    assert (ended.code, "second: its failures count from" in ended.err) == (0, True)


def test_a_second_watcher_stands_by(site: Path, command: Command) -> None:
    with watching(site) as process:
        wait_for(process, "watching")
        ended = command("watch", "--once", "-i", site)
    assert ended.code == 4
    assert "standing by" in ended.err
