"""The name of a pair where its file is wanted: the file that is meant is named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hotpair.cli.output import typed_again
from inventory.errors import HotpairError, IntentError

_PAIRS = "pairs"


def require_files(files: Sequence[Path]) -> None:
    """Refuse a file that is not there where another one must be meant; others are left to their reader.

    Raises:
        IntentError: the name of a pair was typed, or its file without the folder.
    """
    for file in files:
        meant = None if file.exists() else _meant(file)
        if meant is not None:
            raise IntentError(
                "there is no such file",
                wanted=f"a file; did you mean {meant}?",
                where=str(file),
                next_command=typed_again({str(file): str(meant)}),
            )


def require_one_file(file: Path) -> None:
    """Refuse a folder, or what `require_files` refuses, where one pair file is wanted.

    Raises:
        IntentError: it is a folder, or no file where another one must be meant.
    """
    require_files([file])
    if not file.is_dir():
        return
    from inventory.pair_files import pair_files

    home = file / _PAIRS if (file / _PAIRS).is_dir() else file  # an inventory has other files of YAML beside
    first = next(iter(sorted(pair_files(home))), None)
    raise IntentError(
        "that is a folder",
        wanted=f"a pair file; did you mean {first}?" if first else "a pair file; no such file lies there",
        where=str(file),
        next_command=typed_again({str(file): str(first)}) if first else None,
    )


def named_by_its_file(words: Sequence[str], typed: str | None) -> str | None:
    """Return the command with the names of pairs in place of their files, where a file was no name.

    Args:
        words: what was typed where a name is wanted.
        typed: the word that was not understood.
    """
    from inventory.pair_files import is_pair_file

    files = [word for word in words if is_pair_file(word)]
    if not files or typed is None or typed not in (*files, ", ".join(files)):
        return None
    return typed_again({word: _name_in(Path(word)) for word in files})


def _name_in(file: Path) -> str:
    """Return the name of the pair that a file describes; its own where it cannot be read."""
    from inventory.load import load_pair

    try:
        return load_pair(file).name
    except HotpairError:
        return file.stem


def _meant(file: Path) -> Path | None:
    """Return the pair file that has this name, beside it or below `pairs/`."""
    from inventory.pair_files import SUFFIXES, is_pair_file

    names = {file.name} if is_pair_file(file) else {f"{file.name}{suffix}" for suffix in SUFFIXES}
    found = (*file.parent.glob("*"), *(file.parent / _PAIRS).rglob("*"))
    return next((one for one in sorted(found) if one.name in names and one.is_file()), None)
