"""Prompts: which view, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.prompts import Prompt, read_prompt, same_view

HOST = "Metz-NE40-2"

READ = [
    (f"<{HOST}>", Prompt(user_view=True)),
    (f"<~{HOST}>", Prompt(user_view=True)),
    (f"<*{HOST}> ", Prompt(user_view=True, dirty=True)),
    (f"[~{HOST}]", Prompt(user_view=False)),
    (f"[*{HOST}]", Prompt(user_view=False, dirty=True)),
    (f"[*{HOST}-Eth-Trunk7.200]", Prompt(user_view=False, suffix="-Eth-Trunk7.200", dirty=True)),
    (f"[~{HOST}-rm-backup-prf-p 1]", Prompt(user_view=False, suffix="-rm-backup-prf-p 1")),
    (f"[{HOST}]", Prompt(user_view=False, two_stage=False)),
]

NOT_READ = [
    "[Y/N]:",
    "[V800R012C10]",
    f"{HOST}>",
    "<Metz-NE40-22>",
    f"[~{HOST}2]",
    f"<{HOST}>display",
    "[~]",
    "",
    " ",
]


@pytest.mark.parametrize(("line", "prompt"), READ)
def test_prompts_are_read(line: str, prompt: Prompt) -> None:
    assert read_prompt(HOST, line) == prompt
    assert read_prompt(HOST, prompt.shown(HOST)) == prompt


@pytest.mark.parametrize("line", NOT_READ)
def test_what_only_looks_like_a_prompt_is_none(line: str) -> None:
    assert read_prompt(HOST, line) is None


@given(st.text(st.characters(codec="ascii", exclude_characters="\r\n]"), max_size=40))
def test_any_suffix_that_a_device_shows_comes_back(suffix: str) -> None:
    suffix = f"-{suffix}"
    read = read_prompt(HOST, f"[~{HOST}{suffix}]")
    assert read is not None
    assert read.suffix == suffix


@pytest.mark.parametrize(
    ("expected", "shown", "same"),
    [
        ("-rm-backup-srv-x", "-rm-backup-service-x", True),
        ("-bfd-session-b1", "-session-b1", True),
        ("-Loopback0", "-LoopBack0", True),
        ("", "", True),
        ("-e-trunk-1", "-e-trunk-11", False),
        ("", "-aaa", False),
        ("-rm-backup-srv-x", "-rm-backup-prf-x", False),
    ],
)
def test_views_are_compared_in_every_spelling(expected: str, shown: str, same: bool) -> None:  # noqa: FBT001 - table
    assert same_view(expected, shown) is same
