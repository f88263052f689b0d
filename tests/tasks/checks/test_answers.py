"""An answer that was refused, is empty or cut tells nothing: never a failure."""

from __future__ import annotations

from functools import cache

import pytest

from inventory.model import Pair
from runbooks.drift import judge_drift
from tasks.checks.catalog import checks_for, judge
from tasks.checks.model import Outcome
from tests.tasks.checks.bench import Texts, observed
from tests.tasks.checks.emulated import deployed, readers, running, sample, shown

DENIED = "Error: You do not have permission to run the command or the command is incomplete.\n"
CARET = "                        ^\nError: Unrecognized command found at '^' position.\n"
LOG = (
    "Nov 28 2026 10:11:12+00:00 PE1 %%01IFNET/4/IF_STATE(l):CID=0x807a0405;Interface GE0/1/2 has turned up.\n"
)
STAMP = "2026-11-28 12:40:38.430 +09:00\n"
NAMES = ("seed-igmp", "user-vrrp-arp", "igmp-snooping-etrunk")
OPEN_ENDED = (
    "Type      ID   LocalPhyState",
    "Operate status",
    "Timeout Period",
    "PortKeyMode",
    "ActorPortName",
    "---",
)
"""Heads of tables whose rows nothing counts: without a row they say that there is none."""
UNCOUNTED = {"display interface brief", "display ipv6 interface brief"}
"""Tables that nothing counts: a row that is cut off looks like an interface that is not there."""
RUNNING = "display current-configuration"


@pytest.fixture(scope="module", params=NAMES)
def seen(request: pytest.FixtureRequest) -> tuple[Pair, Texts]:
    """Return a deployed sample pair with all its displays."""
    name = str(request.param)
    return sample(name), shown(name, running(name, deployed(name)))


@cache
def _read_by(name: str, command: str) -> frozenset[str]:
    """Return every display that the readers of one read."""
    pair = sample(name)
    return frozenset(need.command for check in readers(name, command) for need in check.all_needs(pair))


def judged(pair: Pair, texts: Texts, key: tuple[str, str], answer: str) -> set[Outcome]:
    """Return the outcomes of the checks that need a display, with another answer to it."""
    checks = readers(pair.name, key[1])
    commands = _read_by(pair.name, key[1])
    needed = {other: text for other, text in texts.items() if other[1] in commands}
    return {one.outcome for one in judge(checks, pair, observed({**needed, key: answer}))}


@pytest.mark.parametrize("answer", [DENIED, CARET, "", LOG], ids=["denied", "caret", "empty", "log line"])
def test_answer_that_shows_nothing_fails_no_check(seen: tuple[Pair, Texts], answer: str) -> None:
    pair, texts = seen
    may_be_empty = {
        need.command for check in checks_for() for need in check.all_needs(pair) if need.may_be_empty
    }
    for key in texts:
        if not (key[1] in may_be_empty and answer in {"", LOG}):
            outcomes = judged(pair, texts, key, answer)

            assert Outcome.FAILURE not in outcomes, key
            assert Outcome.ERROR in outcomes, key


def test_display_that_was_cut_fails_no_check(seen: tuple[Pair, Texts]) -> None:
    pair, texts = seen
    for key, text in texts.items():
        lines = text.splitlines(keepends=True)
        ends = [1, 2, len(lines) - 1] if key[1] == RUNNING else range(1, len(lines))
        for count in ends:
            if lines[count - 1].startswith(OPEN_ENDED) or key[1] in UNCOUNTED:
                continue

            assert Outcome.FAILURE not in judged(pair, texts, key, "".join(lines[:count])), (
                key,
                lines[count],
            )


def test_log_line_or_stamp_changes_nothing(seen: tuple[Pair, Texts]) -> None:
    pair, texts = seen
    for key, text in texts.items():
        first, _, rest = text.partition("\n")
        noisy = f"{STAMP}{first}\n{LOG}{rest}"
        if key[1] == RUNNING:
            noisy += f"\n{STAMP}"

        assert judged(pair, texts, key, noisy) <= {Outcome.SUCCESS, Outcome.SKIPPED}, key


@pytest.mark.parametrize("answer", [DENIED, CARET, "", "#\nsysname X\n#\n"])
def test_configuration_that_was_refused_or_cut_is_no_drift(seen: tuple[Pair, Texts], answer: str) -> None:
    pair, texts = seen

    results = judge_drift(pair, observed({**texts, (pair.members.a, RUNNING): answer}))

    assert [one.outcome for one in results] == [Outcome.ERROR]
    assert pair.members.a in results[0].subject


def test_noise_in_a_configuration_is_no_drift(seen: tuple[Pair, Texts]) -> None:
    pair, texts = seen
    texts = {key: f"{STAMP}{LOG}{text}" for key, text in texts.items()}
    text = texts[pair.members.a, RUNNING].replace("#\n", f"#\n{LOG}{STAMP}", 2)

    results = judge_drift(pair, observed({**texts, (pair.members.a, RUNNING): text}))

    assert {one.outcome for one in results} == {Outcome.SUCCESS}
