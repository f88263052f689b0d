"""Echoes behind a prompt, as terminals show them."""

from __future__ import annotations

import pytest

from parsers.prompts import prompt_pattern
from tasks.sessions.lines import prompt_before

PROMPT = prompt_pattern("PE-1")


@pytest.mark.parametrize(
    ("shown", "typed", "prompt"),
    [
        ("[*PE-1-Eth-Trunk1]description to [core]", "description to [core]", "[*PE-1-Eth-Trunk1]"),
        ("[~PE-1] commit  trial 60 ", "commit trial 60", "[~PE-1] "),
        ("<PE-1>", "", "<PE-1>"),
        ("<PE-1>save", "", None),
        ("[~PE-2]commit", "commit", None),
        ("[~PE-1]commit trial", "commit", None),
        ("description x]commit", "commit", None),
    ],
)
def test_the_prompt_before_an_echo_is_found(shown: str, typed: str, prompt: str | None) -> None:
    assert prompt_before(typed.split(), shown, PROMPT) == prompt
