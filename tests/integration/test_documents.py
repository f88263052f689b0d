"""Every snippet of README and docs works: pairs are deployed, commands are run, files are read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer

import hotpair
from emulator.lab import Lab as EmulatedLab
from hotpair.cli.app import app
from hotpair.cli.settings import file_settings
from inventory.load import parse_pair
from inventory.nornir_plugin import HotpairInventory
from inventory.rules import lint
from runbooks.change import ChangeOptions, change_pair
from runbooks.lab import LAB, LAB_PAIR, emulated, lab_devices, sample_file, sample_pairs
from runbooks.lab_folder import write_inventory
from runbooks.verify import convergence_budget
from tasks.checks.catalog import CONVERGING, checks_for
from tasks.checks.policy_file import load_policy
from tasks.checks.waiting import Patience
from tasks.render.members import intended_member
from tests.integration.documents import HOUSE, ROUTERS, Block, block_commands, blocks, inline_commands
from tests.integration.lab import BUDGET, HUNG_S, QUICK, environment, here
from tests.integration.processes import heard, started
from tests.integration.scenarios.bridge import Stage, openers
from tests.integration.scenarios.pairs import edit

pytestmark = pytest.mark.ssh
BLOCKS = blocks()


def of(page: str, language: str, begin: str) -> tuple[Block, ...]:
    """Return the blocks of a page that begin so."""
    return tuple(
        block
        for block in BLOCKS
        if (block.page, block.language) == (page, language) and block.text.startswith(begin)
    )


PAIRS = tuple(
    block
    for block in BLOCKS
    if block.language == "yaml" and block.text.startswith("pair:") and block.page != "tutorial.md"
)
HOSTS = of("README.md", "yaml", "# hosts.yaml")
POLICY = of("policy.md", "yaml", "checks:")
WATCH = of("watch.md", "yaml", "groups:")
"""Read in tests/runbooks/watch/test_settings.py."""
INSTALL = of("README.md", "sh", "python3 -m venv")
TRY = of("README.md", "sh", "hotpair plan seed-igmp")
PYTHON = of("README.md", "python", "import hotpair")
LAYOUT = (*of("README.md", "text", "hosts.yaml "), *of("intent.md", "text", "# yaml-language-server"))
DRAWN = of("architecture.md", "text", "")
EMULATE = of("emulator.md", "sh", "hotpair emulate")
DRAWING = of("transaction.md", "mermaid", "stateDiagram-v2")
"""Compared with the table in tests/tasks/transaction/test_page.py."""
CONTROL = of("emulator.md", "sh", "python3 - <<")
LIBRARY = of("library.md", "python", "import hotpair")
SETTINGS = of("settings.md", "toml", "driver")
PAGES = of("pages.md", "sh", "pip install")
"""Tried in tests/integration/test_cli_serve.py."""
TUTORIAL = tuple(block for block in BLOCKS if block.page == "tutorial.md")
"""Typed in tests/integration/test_tutorial.py."""
ELSEWHERE = tuple(block for block in BLOCKS if block.page in {"inventories.md", "extending.md"})
"""Tried in tests/inventory/sources/test_page.py and tests/packaging/test_plugin.py."""


READ = tuple(block for block in BLOCKS if block.language == "bash")
"""Its commands are read below; what they do is tried in tests/integration."""


SPOKEN = of("how-hotpair-speaks.md", "text", "Refused:")


def test_what_is_quoted_is_said() -> None:
    (block,) = SPOKEN
    said = HOUSE / "tests" / "integration" / "spoken" / "said" / "deploy.txt"
    assert block.text in said.read_text(encoding="utf-8")


def test_every_block_is_tried() -> None:
    tried = (*PAIRS, *HOSTS, *POLICY, *INSTALL, *TRY, *PYTHON, *LAYOUT, *EMULATE, *DRAWING, *DRAWN, *CONTROL)
    tried = (*tried, *LIBRARY, *PAGES, *SETTINGS, *WATCH, *TUTORIAL, *ELSEWHERE, *READ, *SPOKEN)
    assert [str(block) for block in BLOCKS if block not in tried] == []
    assert all((PAIRS, HOSTS, POLICY, INSTALL, TRY, PYTHON, LAYOUT, EMULATE, DRAWING, CONTROL))


@pytest.mark.parametrize("block", PAIRS, ids=str)
def test_a_pair_is_without_findings_and_deployed(block: Block, tmp_path: Path) -> None:
    pair = parse_pair(block.text, str(block))
    findings = lint(intended_member(pair, "a"), intended_member(pair, "b"))
    assert [finding for finding in findings if finding.severity != "advice"] == []
    members = (pair.members.a, pair.members.b)
    stage = Stage(EmulatedLab({name: ROUTERS[name] for name in members}))
    for name in members:
        edit(stage, name, "interface LoopBack0", "description router ID")
    stage.sleep(60)
    options = ChangeOptions(
        checks_for(CONVERGING),
        Patience(budget_s=convergence_budget(pair), interval_s=5, eager_s=5),
        tmp_path,
        clock=stage.clock,
    )
    changed = change_pair(pair, openers(stage, pair), options)
    assert changed.problem is None, changed.problem
    assert not changed.plan.empty
    assert change_pair(pair, openers(stage, pair), options).plan.empty


def test_the_hosts_are_an_inventory(tmp_path: Path) -> None:
    (hosts,) = HOSTS
    (pair,) = (block for block in PAIRS if block.page == "README.md")
    twin = hosts.text.replace("Metro-PE1", "Metro-PE2").replace("pe1", "pe2")
    (tmp_path / "hosts.yaml").write_text(hosts.text + twin)
    (tmp_path / "pairs").mkdir()
    (tmp_path / "pairs" / "metro-1.yaml").write_text(pair.text)
    inventory = HotpairInventory(str(tmp_path)).load()
    assert list(inventory.defaults.data["pairs"]) == ["metro-1"]
    assert all(name in LAYOUT[0].text for name in ("hosts.yaml", "pairs/metro-1.yaml", "secrets.yaml"))


def test_the_policy_is_one(tmp_path: Path) -> None:
    (policy,) = POLICY
    (tmp_path / "policy.yaml").write_text(policy.text)
    assert load_policy(tmp_path / "policy.yaml").waivers


def test_the_editor_finds_the_schema() -> None:
    schema = HOUSE / "inventory" / "schema" / "pair.json"
    place = LAYOUT[1].text.split("$schema=")[1].strip()
    assert (LAB / "pairs" / place).resolve() == schema.resolve()
    samples = sample_pairs()
    assert len(samples) == 7
    for sample in samples.values():
        assert sample.read_text(encoding="utf-8").splitlines()[-1] == LAYOUT[1].text.strip()


def test_the_two_commands_name_what_is_there() -> None:
    (install,) = INSTALL
    first, second = install.text.splitlines()
    assert "-c constraints.txt -e '.[test]'" in first
    assert (HOUSE / "constraints.txt").is_file()
    assert first.endswith("&& .venv/bin/hotpair demo")  # which has tests of its own
    assert second == ".venv/bin/pytest -q"


def test_the_commands_to_try_end_well(tmp_path: Path) -> None:
    (block,) = TRY
    with emulated(lab_devices(), QUICK) as served:
        write_inventory(tmp_path / "hotpair-lab", served, sample_file(LAB_PAIR))
        for line in block.text.splitlines():
            _, *words = line.partition("#")[0].split()
            budget = BUDGET if words[0] == "deploy" else ()
            ended = here(*words, *budget, answer="y\n", folder=tmp_path)
            assert ended.code == (10 if words[0] == "plan" else 0), (line, ended.said)
    assert (tmp_path / "verify.html").is_file()


def test_the_python_reads_a_display(tmp_path: Path) -> None:
    (block,) = PYTHON
    shown = tmp_path / "shown.txt"
    shown.write_text("The E-Trunk information\nE-TRUNK-ID : 1\nState : Master\n")
    script = f"text = open({str(shown)!r}).read()\n{block.text}"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=HOUSE, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "ETrunk(" in done.stdout


def test_the_settings_are_taken(tmp_path: Path) -> None:
    (block,) = SETTINGS
    (tmp_path / "hotpair.toml").write_text(block.text)
    found = file_settings(["check", "-i", str(tmp_path)])
    assert found["check"] == {"driver": "scrapli", "workers": 50, "site": ["BER", "FRA"]}
    assert found["txn"]["list"]["fmt"] == "json"
    assert found["deploy"] == {"driver": "scrapli"}


def test_the_library_does_what_its_page_says(tmp_path: Path) -> None:
    for device in ("DeviceA", "DeviceB"):
        (tmp_path / f"{device}.cfg").write_text((LAB / "devices" / f"{device}.cfg").read_text())
    (tmp_path / "seed-igmp.yaml").write_text(sample_file(LAB_PAIR).read_text())
    quick = f'"my-lab", options={QUICK!r}, pair='
    script = "\n".join(block.text for block in LIBRARY).replace('"my-lab", pair=', quick)
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=HUNG_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    functions = [name for name in hotpair.__all__ if name.islower() or name == "Emulator"]
    assert [name for name in functions if f"hotpair.{name}(" not in script] == []
    findings, first, *rest = done.stdout.splitlines()
    learned, read, served, planned, ended, empty, outcomes, pairs, *error = rest
    assert (findings, first) == ("[]", "True")
    assert (learned, read) == ("pair: metro-1", "master ['Humidity is 40 %']")
    assert served == "['DeviceA', 'DeviceB'] 127.0.0.1"
    assert planned.endswith(" lines for DeviceA")
    assert (ended, empty, outcomes, pairs) == ("done CHG-4711", "True", "{'success'}", "['seed-igmp']")
    assert error == [
        "there is no inventory in that folder; -i FOLDER, or HOTPAIR_INVENTORY, names another",
        "hosts.yaml not found at nowhere/hosts.yaml",
    ]


def test_emulated_routers_are_served_and_hurt(tmp_path: Path) -> None:
    (block,), (control,) = EMULATE, CONTROL
    for name, device in (("pe1", "DeviceA"), ("pe2", "DeviceB")):
        (tmp_path / f"{name}.cfg").write_text((LAB / "devices" / f"{device}.cfg").read_text())
    _, *words = block.text.split()
    with started(*words, folder=tmp_path) as process:
        heard(process.stdout, '"CE"')
        done = subprocess.run(
            ["sh", "-c", control.text.replace("python3", sys.executable)],
            cwd=tmp_path,
            env=environment(),
            capture_output=True,
            text=True,
            timeout=HUNG_S,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines() if line]
    assert len(answers) == 3
    assert all(answer["ok"] for answer in answers), answers


@pytest.mark.parametrize(
    ("where", "words"), [*inline_commands(), *block_commands()], ids=lambda value: str(value)[:60]
)
def test_a_command_within_the_text_is_one(where: str, words: list[str]) -> None:
    program = typer.main.get_command(app)
    name, *rest = [word for word in words if word != "..."]
    if name.startswith("--"):
        assert program.make_context("hotpair", [name], resilient_parsing=True), where
        return
    command = program.commands[name]  # type: ignore[attr-defined]
    assert command.make_context(name, rest, resilient_parsing=not rest), where
