"""What every command says, whole: streams and exit code of its ends, as they are kept in files.

After a change of words: `HOTPAIR_SPOKEN=write pytest -n 0 tests/integration/test_cli_spoken.py`,
and read what it changed below `spoken/said/`. What `PLAYED_ELSEWHERE` names is written by those tests alike.
"""

from __future__ import annotations

import re

import pytest

from tests.hotpair.test_help import COMMANDS, LEAVES, shown_examples
from tests.integration.lab import HOUSE
from tests.integration.processes import needs_proc
from tests.integration.spoken.ends import NEVER, End, ends_of
from tests.integration.spoken.kept import ELSEWHERE, SAID, file_of, kept_codes, require_as_kept
from tests.integration.spoken.stage import Heard, stage
from tests.integration.spoken.story import STORY

pytestmark = [pytest.mark.ssh, needs_proc]
UNTOLD = {
    "demo": "tests/integration/test_cli_demo.py",
    "certify --count 2000": "tests/runbooks/certify: it plays for minutes",
    "certify --all --part": "tests/runbooks/certify: it plays for hours",
    "hotpair rehearse": "tests/runbooks: a twin is booted there",
    "certify --page docs/certificate.md": "tests/runbooks/certify: it plays for minutes",
    "hotpair lab user-vrrp-dhcp": "tests/integration/test_cli_signals.py: every sample is served alike",
    "hotpair lab --rtt": "tests/integration/test_cli_signals.py: every sample is served alike",
    "hotpair emulate DeviceA=a.cfg DeviceB=b.cfg": "tests/integration/test_documents.py",
    "hotpair emulate PE1=pe1.cfg PE2=pe2.cfg --inventory": "tests/integration/test_cli_inventory.py",
    "hotpair drill metro-1 --by shutdown --port": "tests/integration/scenarios/test_drill.py",
    "hotpair verify metro-1 --for 10m": "tests/integration/scenarios/test_hitless.py: it takes ten minutes",
    "hotpair fleet ": "tests/integration/test_temporal.py",
    "hotpair worker ": "tests/integration/test_temporal.py",
    "hotpair serve --listen": "tests/integration/test_cli_serve.py: it needs an address of the network",
}
"""Examples that other tests run, and which."""
PLAYED_ELSEWHERE = {
    "demo": "tests/integration/test_cli_demo.py",
    "fleet check": "tests/integration/test_temporal_waves.py",
    "fleet deploy": "tests/integration/test_temporal_waves.py",
    "fleet follow": "tests/integration/test_temporal_waves.py",
    "fleet schedule": "tests/integration/test_temporal_waves.py",
    "rehearse": "tests/integration/test_cli_drill.py",
    "worker": "tests/integration/test_temporal_waves.py",
}
"""Commands of which the story has the refusal alone, and where their other ends are played and kept."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Heard, ...]:
    """Play the whole story once."""
    with stage(tmp_path_factory.mktemp("spoken")) as at:
        for act in STORY:
            act(at)
    return tuple(at.told)


def command_of(heard: Heard) -> str:
    """Name the command that was typed, those of groups too."""
    words = heard.typed[heard.typed.index("hotpair ") :].split()[1:3]
    return next(" ".join(words[:count]) for count in (1, 2) if " ".join(words[:count]) in LEAVES)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_said(told: tuple[Heard, ...], name: str) -> None:
    require_as_kept(name, [heard for heard in told if command_of(heard) == name], SAID)


def test_no_file_is_kept_that_nothing_is_compared_with() -> None:
    assert {file.name for file in SAID.glob("*.txt")} == set(map(file_of, COMMANDS))
    assert {file.name for file in ELSEWHERE.iterdir()} == set(map(file_of, PLAYED_ELSEWHERE))
    for name, file in PLAYED_ELSEWHERE.items():
        text = (HOUSE / file).read_text(encoding="utf-8")
        assert re.search(rf'require_as_kept\(\s*"{name}"', text), name


@pytest.mark.parametrize("name", COMMANDS)
def test_every_end_of_a_command_is_kept_or_has_a_reason_why_it_never_comes(name: str) -> None:
    never = {end for command, end in NEVER if command == name}
    met = ends_of(name, kept_codes(name))
    assert met | never == set(End)
    assert met & never == set()


def test_every_example_of_every_help_was_typed(told: tuple[Heard, ...]) -> None:
    typed = {heard.typed for heard in told}
    missing = [
        line
        for name in COMMANDS
        for line in shown_examples(name)
        if line not in typed and not any(part in line for part in UNTOLD)
    ]
    assert missing == []


def test_results_and_remarks_stand_apart(told: tuple[Heard, ...]) -> None:
    """An error is written to standard error; what a program asked for is one document."""
    for heard in told:
        if heard.ended.code in {2, 4, 5, 6}:
            assert heard.ended.err.strip(), heard.typed
            assert "next:" in heard.ended.err or "help:" in heard.ended.err, heard.typed
        assert "Traceback" not in heard.text
        assert "None" not in heard.ended.err
