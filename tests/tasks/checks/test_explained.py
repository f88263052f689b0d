"""Every check of ours is explained, by the displays that it really reads."""

from __future__ import annotations

import re

import pytest

from tasks.checks.catalog import all_checks
from tasks.checks.check import Check
from tasks.checks.explained import EXPLAINED
from tests.tasks.checks.emulated import PAIRS, sample


def test_every_check_is_explained_and_nothing_else() -> None:
    assert {check.name for check in all_checks()} == set(EXPLAINED)


@pytest.mark.parametrize("check", all_checks(), ids=lambda check: check.name)
def test_the_displays_that_are_told_are_those_that_are_read(check: Check) -> None:
    sent = {need.command for name in PAIRS for need in check.all_needs(sample(name))}
    patterns = [_pattern(text) for text in EXPLAINED[check.name].reads]

    assert {one for one in sent if not any(pattern.fullmatch(one) for pattern in patterns)} == set()


def _pattern(told: str) -> re.Pattern[str]:
    words = (
        r"\S+" if word.isupper() and word.isalpha() else re.escape(word)
        for word in told.replace("{ vrrp | vrrp6 }", "VRRP").split()
    )
    return re.compile(" ".join(words))
