"""A way to ask the command line in this process, and an inventory of two hosts that nobody dials."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hotpair.__main__ import run

Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ask:
    for name in ("HOTPAIR_INVENTORY", "HOTPAIR_DRIVER", "HOTPAIR_FORMAT"):
        monkeypatch.delenv(name, raising=False)

    def ask(*words: object) -> tuple[int, str, str]:
        code = run([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return ask


PAIR = "pair: north\nmembers: {a: PE7, b: PE8}\n"


HOSTS = """\
PE7: {hostname: pe7, username: x, data: {agent: true}}
PE8: {hostname: pe8, username: x, data: {agent: true}}
"""


@pytest.fixture
def north(tmp_path: Path) -> Path:
    (tmp_path / "pairs").mkdir()
    (tmp_path / "hosts.yaml").write_text(HOSTS)
    (tmp_path / "pairs" / "north-pair.yaml").write_text(PAIR)
    return tmp_path
