"""A fleet deployed in waves, over a real Temporal server: a wave that does not hold is the last."""

from __future__ import annotations

import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace

import pytest

from inventory.model import SIDES
from parsers.tree import write_tree
from runbooks.archive.opening import open_archive
from runbooks.archive.queries import run_rows
from tests.integration.lab import Ended, Lab, command_line, environment, here
from tests.integration.lost import lost_at_the_decision
from tests.integration.many import Made, fleet
from tests.integration.spoken.kept import heard, require_as_kept
from tests.integration.spoken.plain import Names
from tests.integration.spoken.stage import Heard
from tests.integration.temporal_server import temporal_server

PAIRS = [Made(number) for number in range(5)]
WAVES = FIRST, *OTHERS = PAIRS[:3]
"""The clocks of the first one are an hour apart: it is deployed, and does not hold."""
GOOD, SPLIT = PAIRS[3:]
_RUN = re.compile(r"\bhotpair-deploy-[0-9a-f]{12}\b")
_PASSING = re.compile(r"^<time> (?:no answer yet|\d+ of [\d?]+ pairs? done|p\d{3}: )[^\n]*\n", re.MULTILINE)
"""How far a run is, as far as somebody happened to look; its end is said after it."""
POLICY = "checks: {names: [clocks-agree]}\n"


@dataclass(frozen=True)
class Site:
    """Routers, their inventory, and a worker that serves the queues of their sites."""

    lab: Lab
    address: str
    names: Names
    runs: list[str]
    """Names of the runs, as they are said at their start."""

    def type(self, line: str, code: int) -> Heard:
        """Type a command as a user does whose environment names the server.

        Args:
            line: the command line.
            code: exit code that it must have.
        """
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("TEMPORAL_ADDRESS", self.address)
            ended = here(*line.split()[1:], folder=self.lab.folder)
        assert ended.code == code, ended.said
        self.runs.extend(_RUN.findall(ended.err))
        told = heard(self.names.plain(line), ended, self.names)
        return replace(told, ended=replace(told.ended, err=_PASSING.sub("", told.ended.err)))

    def deploy(self, *words: str) -> Ended:
        return here("fleet", "deploy", *words, "--server", self.address, "--yes", "--format", "json")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("waves")
    texts = {pair.members[side]: write_tree(pair.bare(side)) for pair in PAIRS for side in SIDES}
    with ExitStack() as stack:
        server = stack.enter_context(temporal_server(home))
        served = stack.enter_context(fleet(home, texts, PAIRS))
        served.order(fault="clock-apart", device=FIRST.members["a"], seconds=3600)
        (served.folder / "policy.yaml").write_text(POLICY, encoding="utf-8")
        queues = [word for pair in PAIRS for word in ("--queue", f"site-{pair.site.lower()}")]
        words = command_line("worker", "-i", served.folder, *queues, "--server", server.address)
        worker = stack.enter_context(
            subprocess.Popen(words, env=environment(), stderr=subprocess.PIPE, text=True)
        )
        stack.callback(worker.kill)
        assert worker.stderr is not None
        assert "working for hotpair" in worker.stderr.readline()
        yield Site(served, server.address, Names(served.folder), [])


def test_a_wave_that_does_not_hold_is_the_last(site: Site) -> None:
    first, *others = (pair.name for pair in WAVES)
    ended = site.deploy(first, *others, "--wave", "1,rest")
    assert ended.code == 4, ended.said
    document = ended.document()
    assert document["counts"]["none"] == 1
    assert [(one["pair"], one["fault"]) for one in document["told"]] == [(name, "refused") for name in others]
    assert {one["said"] for one in document["told"]} == {
        f"not begun: wave 1 does not hold ({first}); nothing was sent"
    }
    with open_archive(site.lab.folder / "archive.db") as archive:
        assert [(row.pair, row.kind.value) for row in run_rows(archive) if row.pair == first] == [
            (first, "check"),
            (first, "deploy"),
        ]
    for name, holds in ((FIRST.members["b"], True), (OTHERS[0].members["b"], False)):
        held = "remote-backup-service north" in write_tree(site.lab.running(name))
        assert held is holds, name


def test_what_the_commands_of_a_fleet_say_at_their_good_ends_and_of_a_split_pair_is_kept(site: Site) -> None:
    (site.lab.folder / "watch.yaml").write_text("groups: [{name: yearly, every: 365 d}]\n", encoding="utf-8")
    deploy = f"hotpair fleet deploy {GOOD.name} --yes --ticket CHG-4711"
    deployed = site.type(deploy, 0)
    a, b = SPLIT.members.values()
    with lost_at_the_decision(site.lab, site.lab.folder / "journals", a, b):
        split = site.type(f"hotpair fleet deploy {SPLIT.name} --yes", 6)
    require_as_kept("fleet deploy", [deployed, split])
    followed = [f"hotpair fleet follow {run}" for run in site.runs]
    require_as_kept(
        "fleet follow", [site.type(line, code) for line, code in zip(followed, (0, 6), strict=True)]
    )
    require_as_kept("fleet check", [site.type(f"hotpair fleet check {GOOD.name}", 0)])
    require_as_kept("fleet schedule", [site.type("hotpair fleet schedule", 0)])


def test_what_a_worker_says_until_it_is_told_to_stop_is_kept(site: Site) -> None:
    line = f"hotpair worker --queue site-{GOOD.site.lower()}"
    words = command_line(*line.split()[1:], "--server", site.address)
    with subprocess.Popen(
        words, cwd=site.lab.folder, env=environment(), stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        said += process.stderr.read()
    require_as_kept("worker", [heard(line, Ended(process.returncode, "", said), site.names)])
