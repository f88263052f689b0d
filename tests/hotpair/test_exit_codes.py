"""Every error of the tree ends the command line with the exit code that the README documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hotpair.exit_codes import ExitCode, exit_code_of
from inventory import errors

CODES = {
    errors.HotpairError: 3,
    errors.IntentError: 2,
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
