"""Every error of the tree ends the command line with the exit code that the README documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hotpair.exit_codes import OF_CHANGES, OF_LOOKS, ExitCode, exit_code_of, worst
from inventory import errors

CODES = {
    errors.HotpairError: 3,
    errors.IntentError: 2,
    errors.SecretsError: 2,
    errors.RefusedError: 4,
    errors.DeviceError: 3,
    errors.ConnectError: 3,
    errors.ReplyError: 3,
    errors.UnparsedError: 3,
    errors.ArchiveError: 3,
    errors.RolledBackError: 5,
    errors.SplitError: 6,
}


@pytest.mark.parametrize(("kind", "code"), CODES.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_exit_code_of(kind: type[errors.HotpairError], code: int) -> None:
    assert exit_code_of(kind("x")) == code


def test_no_error_of_the_tree_is_missing() -> None:
    tree = {
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and kind.__module__ == errors.__name__
    }
    assert tree == set(CODES)


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ({3, 1, 0}, 1),  # what is known to be wrong is said, whatever else could not be told
        ({2, 1}, 1),
        ({4, 3, 2}, 2),
        ({4, 3, 0}, 3),
        ({4, 0}, 4),
        ({0}, 0),
        (set(), 0),
    ],
)
def test_of_several_looks_the_known_fault_is_said(ends: set[int], said: int) -> None:
    assert worst(map(ExitCode, ends), OF_LOOKS) == said


@pytest.mark.parametrize("order", [OF_LOOKS, OF_CHANGES])
def test_every_end_has_its_place(order: tuple[ExitCode, ...]) -> None:
    only_changes = {ExitCode.ROLLED_BACK, ExitCode.SPLIT, ExitCode.CHANGES}
    missing = set(ExitCode) - {ExitCode.DONE} - set(order)
    assert missing == (only_changes if order is OF_LOOKS else set())


@pytest.mark.parametrize("ends", [(6, 5, 3, 4, 2, 1, 10, 0)])
def test_of_several_changes_the_one_that_needs_a_hand_is_said(ends: tuple[int, ...]) -> None:
    codes = [ExitCode(end) for end in ends]
    for number, code in enumerate(codes):
        assert worst(reversed(codes[number:]), OF_CHANGES) is code


def test_readme_documents_each_code() -> None:
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
    documented = {int(code) for code in re.findall(r"^\| (\d+) \|", readme, re.MULTILINE)}
    assert documented == {int(code) for code in ExitCode}


def test_error_shows_wanted_found_and_where() -> None:
    error = errors.ReplyError(
        "line refused", wanted="prompt", found="Error: x", member="R1", where="bfd view"
    )
    assert str(error) == "line refused (member: R1; where: bfd view; wanted: prompt; found: Error: x)"
    assert error.as_dict() == {
        "error": "ReplyError",
        "message": "line refused",
        "member": "R1",
        "where": "bfd view",
        "wanted": "prompt",
        "found": "Error: x",
    }
