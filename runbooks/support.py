"""One bundle for whoever helps: versions, journals, policy, intents, transcripts; without any secret.

Every text is masked twice: what a device shows of keys by its form, and every value that is kept as a secret
by its text, wherever it stands. A bundle in which a secret is left all the same is not written.
"""

from __future__ import annotations

import io
import platform
import re
import sys
import tarfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import BinaryIO

from inventory.errors import ArchiveError, IntentError
from inventory.explain import nearest
from inventory.pair_files import pair_files
from inventory.pair_index import indexed
from inventory.secrets import Secret
from runbooks import interrupts
from runbooks.archive.contents import contents
from runbooks.archive.kept import load_run
from runbooks.archive.opening import Archive, open_archive
from runbooks.archive.queries import run_rows
from runbooks.redaction import redact
from runbooks.report.as_json import to_json

_PACKAGES = (
    "hotpair", "nornir", "netmiko", "scrapli", "paramiko", "asyncssh", "ttp", "pydantic", "ruamel.yaml",
    "sqlalchemy", "alembic", "cronsim", "typer", "rich",
)  # fmt: skip
_FILES = ("policy.yaml", "watch.yaml", "hosts.yaml", "groups.yaml", "defaults.yaml")
_FOLDERS = {"pairs": ("*.yaml", "*.yml"), "journals": ("*.jsonl",)}
_NAMING = frozenset({".yaml", ".yml", ".toml"})
_NAMED = re.compile(r"\bsecret[\"']?\s*:\s*[\"']?([A-Za-z0-9_.-]+)")
"""`{secret: NAME}`, and `secret:NAME` as the place of an archive."""
_RUNS = 3
"""Newest runs of each pair whose transcripts are taken in."""
_OWNER_ONLY = 0o600


def write_bundle(
    file: Path, inventory: Path, archive: Path | str, pairs: Sequence[str], secrets: Mapping[str, Secret]
) -> tuple[str, ...]:
    """Write a bundle; give the names of what is in it.

    Args:
        file: a new `.tar.gz`, readable by its owner alone.
        inventory: folder of the inventory.
        archive: file or URL of the archive.
        pairs: whose newest transcripts are taken in.
        secrets: every value that must not be in it, by name.

    Raises:
        IntentError: a pair is none, the file is there already or cannot be written, or a secret would have
            been in it.
    """
    texts = {name: redact(text, secrets) for name, text in _texts(inventory, archive, pairs)}
    for name, text in texts.items():
        left = [key for key, secret in secrets.items() if secret.reveal() and secret.reveal() in text]
        if left:
            raise IntentError(
                "no bundle is written: a secret would be in it", wanted="no secret", found=left[0], where=name
            )
    try:
        with interrupts.held_back(), file.open("xb") as opened:
            file.chmod(_OWNER_ONLY)
            try:
                _fill(opened, texts)
            except OSError:
                file.unlink()  # half of one helps nobody
                raise
    except OSError as error:
        raise IntentError("the bundle cannot be written", found=error.strerror, where=str(file)) from error
    return tuple(texts)


def _fill(file: BinaryIO, texts: Mapping[str, str]) -> None:
    """Write the texts into a bundle that is open."""
    with tarfile.open(fileobj=file, mode="w:gz") as bundle:
        for name, text in texts.items():
            _add(bundle, f"hotpair-support/{name}", text)
    file.flush()


def _texts(inventory: Path, archive: Path | str, pairs: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield "versions.txt", _versions()
    yield from _files(inventory)
    home = inventory / "pairs"
    named = {one.name for one in indexed(home, pair_files(home)).values()} if pairs else set()
    yield from _archived(archive, pairs, named)


def named_secrets(inventory: Path) -> frozenset[str]:
    """Return the names of secrets that any file of an inventory holds, be it as broken as it may."""
    texts = [_read(path) for path in inventory.glob("*") if path.suffix in _NAMING and path.is_file()]
    texts += [text for _, text in _files(inventory)]
    return frozenset(name for text in texts for name in _NAMED.findall(text))


def _versions() -> str:
    lines = [f"python {sys.version.split()[0]}", f"system {platform.platform()}"]
    for name in _PACKAGES:
        try:
            lines.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            lines.append(f"{name} -")
    return "\n".join(lines) + "\n"


def _files(inventory: Path) -> Iterable[tuple[str, str]]:
    places = [inventory / name for name in _FILES]
    for folder, patterns in _FOLDERS.items():
        places += [path for pattern in patterns for path in sorted((inventory / folder).rglob(pattern))]
    return ((str(path.relative_to(inventory)), _read(path)) for path in places if path.is_file())


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        return f"cannot be read: {error.strerror}\n"


def _archived(place: Path | str, pairs: Sequence[str], named: AbstractSet[str]) -> Iterator[tuple[str, str]]:
    """Yield what the archive holds, and the transcripts of some pairs; one that is damaged says so."""
    if isinstance(place, Path) and not place.exists():
        for pair in pairs:
            _require_pair(pair, named)
        yield "archive.txt", "no archive is there\n"
        return
    try:
        with open_archive(place) as archive:
            yield "archive.txt", f"{contents(archive)}\n"
            for pair in pairs:
                rows = run_rows(archive, pair=pair, limit=_RUNS)
                if not rows:
                    _require_pair(pair, named)
                for row in rows:
                    yield from _transcripts(archive, row.id)
    except ArchiveError as error:
        yield "archive-error.txt", f"{error}\n"


def _transcripts(archive: Archive, run_id: str) -> Iterator[tuple[str, str]]:
    """Yield what a run saw; of one that is not as it was kept, that alone."""
    try:
        run = load_run(archive, run_id)
    except ArchiveError as error:
        yield f"runs/{run_id}/not-read.txt", f"{error}\n"
        return
    yield f"runs/{run_id}/run.json", to_json(run)
    for number, seen in enumerate(run.observations, start=1):
        yield f"runs/{run_id}/{number:03}.txt", f"{seen.member}: {seen.command}\n{seen.text}\n"


def _require_pair(pair: str, named: AbstractSet[str]) -> None:
    """Refuse a pair of which no run is kept, and which no file names either.

    Raises:
        IntentError: there is no such pair.
    """
    if pair not in named:
        raise IntentError(
            f"no pair is named {pair}{nearest(pair, sorted(named))}",
            wanted="a pair of the inventory, or one of which runs are kept",
            found=pair,
            next_command="hotpair list",
        )


def _add(bundle: tarfile.TarFile, name: str, text: str) -> None:
    raw = text.encode()
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(raw), _OWNER_ONLY
    bundle.addfile(entry, io.BytesIO(raw))
