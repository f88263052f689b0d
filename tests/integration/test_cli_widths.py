"""What the commands say on screens of any width, of a pair whose names are long."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.integration.keyed import KeyedLab, Names, keyed_lab
from tests.integration.lab import APART, BUDGET, here

pytestmark = pytest.mark.ssh
NARROW, WIDTHS = "60", ("80", "200")
LONG = Names(
    "metropolitan-ring-north-east.subscribers-of-district-0123456789",
    "Amsterdam-Zuidoost-Data-Center-4-Row-17-Provider-Edge-1",
    "Rotterdam-Waalhaven-Exchange-Rack-0123456789-Provider-Edge-2",
    4294967295 % 16383,
    "GigabitEthernet0/3/1",
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KeyedLab]:
    """Give a pair with long names, deployed, looked at and kept."""
    with keyed_lab(tmp_path_factory.mktemp("widths"), LONG) as lab:
        lab.keep(trunk="Width-Canary-5")
        (lab.folder / "policy.yaml").write_text(APART, encoding="utf-8")
        deployed = here("deploy", LONG.pair, "-i", lab.folder, "--yes", *BUDGET)
        assert deployed.code == 0, deployed.said
        yield lab


def seen(kept: KeyedLab, words: str, width: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Type a command on a screen of some width; numbers differ from look to look."""
    monkeypatch.setenv("COLUMNS", width)
    ended = here(*words.format(pair=LONG.pair).split(), "-i", kept.folder)
    assert ended.code != 2, ended.said
    assert "…" not in ended.said
    return re.sub(r" +", " ", re.sub(r"\d+(\.\d+)?", "n", ended.said))


@pytest.mark.parametrize(
    "words",
    [
        "list", "status", "history", "history {pair}", "runs", "runs {pair}", "txn list", "plan {pair}",
        "plan {pair} --remove", "plan --all", "verify {pair}", "verify {pair} --dry-run", "check",
        "compare {pair}", "learn {pair}", "ready {pair}", "drill {pair} --dry-run",
    ],
)  # fmt: skip
def test_no_screen_breaks_a_name_or_cuts_a_line(
    kept: KeyedLab, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    narrow = seen(kept, words, NARROW, monkeypatch)
    wide = {seen(kept, words, width, monkeypatch) for width in WIDTHS}
    assert wide == {narrow}
