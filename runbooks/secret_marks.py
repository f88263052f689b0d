"""Which secrets of a pair have a new value since the last deployment, told by salted fingerprints.

A device shows ciphertext that differs each time, so that it never tells whether a secret is the wanted one.
What was deployed last is kept beside the journals as a salt and a slow digest, never as text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from secrets import token_bytes
from typing import TypeAlias

from inventory.errors import IntentError, RefusedError, reason
from inventory.secrets import Secret, fingerprint
from runbooks.whole_files import write_over
from tasks.transaction.ends import OPEN, End
from tasks.transaction.model import Outcome

SALT_BYTES = 16
Marks: TypeAlias = Mapping[str, Mapping[str, str]]
"""Salt and digest of each secret, by its name."""


def changed_secrets(folder: Path, pair: str, secrets: Mapping[str, Secret]) -> frozenset[str]:
    """Tell which secrets differ from what was deployed last; one never deployed from here does not.

    Args:
        folder: where the marks lie.
        pair: name of the pair.
        secrets: values of today, by name.

    Raises:
        IntentError: the marks cannot be read.
    """
    kept = _read(_path(folder, pair))
    return frozenset(
        name
        for name, secret in secrets.items()
        if name in kept and fingerprint(secret, bytes.fromhex(kept[name]["salt"])) != kept[name]["digest"]
    )


def has_marks(folder: Path, pair: str) -> bool:
    """Tell whether a pair was deployed from here, so that its secrets are needed to plan it."""
    return _path(folder, pair).exists()


def keep_marks(folder: Path, pair: str, secrets: Mapping[str, Secret]) -> None:
    """Keep what was deployed.

    Args:
        folder: where the marks lie; made when missing.
        pair: name of the pair.
        secrets: values that were deployed, by name.
    """
    write_marks(folder, pair, _marks_of(secrets))


def marking(secrets: Mapping[str, Secret]) -> Callable[[], Marks]:
    """Begin to make the marks of secrets, which is slow on purpose, while something else is done.

    Args:
        secrets: values that will be deployed, by name.

    Returns:
        What waits for the marks and returns them; nothing of them is kept anywhere yet.
    """
    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="marks")
    made = pool.submit(_marks_of, dict(secrets))
    pool.shutdown(wait=False)
    return made.result


def write_marks(folder: Path, pair: str, marks: Marks) -> None:
    """Keep marks that were made, before anything is sent; where there are none, no file.

    Args:
        folder: where the marks lie; made when missing.
        pair: name of the pair.
        marks: as `marking` makes them.

    Raises:
        RefusedError: they cannot be kept.
    """
    if not marks:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(_path(folder, pair), marks)
    except OSError as error:
        raise RefusedError(
            "the marks of the secrets cannot be kept; nothing was sent",
            found=error.strerror,
            where=str(_path(folder, pair)),
        ) from error


def _marks_of(secrets: Mapping[str, Secret]) -> Marks:
    marks = {}
    for name, secret in secrets.items():
        salt = token_bytes(SALT_BYTES)
        marks[name] = {"salt": salt.hex(), "digest": fingerprint(secret, salt)}
    return marks


def _write(path: Path, marks: Marks) -> None:
    write_over(path, json.dumps(marks, indent=2) + "\n", mode=0o600)


def doubt_marks(folder: Path, pair: str) -> None:
    """Let every secret of a pair count as changed: what the devices hold is not what was deployed last."""
    kept = _read(_path(folder, pair))
    if kept:
        _write(_path(folder, pair), {name: {**mark, "digest": ""} for name, mark in kept.items()})


def promote_marks(folder: Path, name: str, pair: str) -> None:
    """Take what was kept under a name for what was deployed last on a pair; nothing where there is none."""
    if _path(folder, name).exists():
        _path(folder, name).replace(_path(folder, pair))


def drop_marks(folder: Path, pair: str) -> None:
    """Forget what was kept under a name; nothing where there is none."""
    _path(folder, pair).unlink(missing_ok=True)


def settle_marks(folder: Path, outcome: Outcome) -> None:
    """Take the marks of a transaction for the pair's when it is done; forget them when it ended otherwise.

    Args:
        folder: where the marks lie; those of a transaction bear its id until it has ended.
        outcome: how it ended.
    """
    if outcome.end is End.DONE:
        promote_marks(folder, outcome.transaction, outcome.pair)
    elif outcome.end not in OPEN:
        drop_marks(folder, outcome.transaction)


def _path(folder: Path, pair: str) -> Path:
    return folder / f"{pair}.secrets.json"


def _read(path: Path) -> dict[str, dict[str, str]]:
    try:
        marks: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
        _ = [(bytes.fromhex(mark["salt"]), mark["digest"]) for mark in marks.values()]
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError, KeyError, TypeError) as error:
        raise IntentError(
            "the marks of secrets cannot be read", found=reason(error), where=str(path)
        ) from error
    return marks
