"""The name of a pair where its file is wanted: the file that is meant is named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hotpair.cli.output import typed_again
from inventory.errors import IntentError

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


def _meant(file: Path) -> Path | None:
    """Return the pair file that has this name, beside it or below `pairs/`."""
    from inventory.load import SUFFIXES

    names = {file.name} if file.suffix in SUFFIXES else {f"{file.name}{suffix}" for suffix in SUFFIXES}
    found = (*file.parent.glob("*"), *(file.parent / _PAIRS).rglob("*"))
    return next((one for one in sorted(found) if one.name in names and one.is_file()), None)
