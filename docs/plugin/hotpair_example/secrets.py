"""A place of secrets: files of a folder, one a secret, as container platforms mount them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hotpair.extending import Absent


@dataclass(frozen=True)
class Folder:
    """Files of a folder."""

    path: Path

    def find(self, name: str) -> str | Absent:
        """Return the text of a file without the end of its line."""
        file = self.path / name
        return file.read_text(encoding="utf-8").rstrip("\n") if file.is_file() else Absent()

    def __str__(self) -> str:
        """Say where names are looked for."""
        return str(self.path)


def source(environ: Mapping[str, str]) -> Folder | None:
    """Return the place where the environment names one."""
    folder = environ.get("EXAMPLE_SECRETS_FOLDER")
    return Folder(Path(folder)) if folder else None
