"""Keep the raw evidence of a run, hashed, and read it again for a replay.

Beside the files of a run lies `SHA256SUMS`, so that `sha256sum -c SHA256SUMS` tells too whether it is whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryFile
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from inventory.errors import IntentError, reason
from inventory.names import is_file_name
from parsers.api import parse
from runbooks import interrupts
from runbooks.report.as_json import digest, run_as_dict
from runbooks.report.run import SCHEMA_VERSION, TO_CHOOSE, Run
from tasks.checks.model import Observation

RUN_FILE = "run.json"
PAIR_FILE = "pair.yaml"
POLICY_FILE = "policy.yaml"
SUMS_FILE = "SHA256SUMS"


class KeptResult(BaseModel):
    """What a replay needs of the end of a check."""

    model_config = ConfigDict(frozen=True)

    check: str


class KeptEvidence(BaseModel):
    """One display of a kept run, and the file that holds it."""

    model_config = ConfigDict(frozen=True)

    file: str
    sha256: str
    member: str
    command: str
    taken_at: datetime
    seconds: float


class KeptRun(BaseModel):
    """What a replay needs of `run.json`."""

    model_config = ConfigDict(frozen=True)

    id: str
    pair: str
    members: tuple[str, str]
    started_at: datetime
    ended_at: datetime
    results: tuple[KeptResult, ...]
    evidence: tuple[KeptEvidence, ...]


def run_home(folder: Path, name: str) -> Path:
    """Return the folder of a run that gets a name.

    Raises:
        IntentError: the name could lead out of the folder of runs.
    """
    if not is_file_name(name):
        raise IntentError(
            "a run cannot be kept under that name",
            wanted="letters, digits, `.`, `_` and `-`, e.g. before-upgrade",
            found=repr(name),
        )
    return folder / name


def save_run(
    run: Run,
    folder: Path,
    *,
    intent: Path | None = None,
    policy: Path | None = None,
    name: str | None = None,
) -> Path:
    """Write a run, its raw evidence, and the intent and policy that it was judged by below a folder.

    Args:
        run: what was done and seen.
        folder: where runs are kept; made when missing.
        intent: the pair file; it holds no secret.
        policy: the policy file, where there is one.
        name: name of the run's own folder; its id without one.

    Returns:
        The run's own folder: `run.json`, `pair.yaml`, one text file an observation, and their sums.

    Raises:
        IntentError: a run is kept under that name already, or nothing can be written there.
    """
    home = run_home(folder, run.id if name is None else name)
    require_free(home)
    contents = dict(_contents(run))
    for kept, file in ((PAIR_FILE, intent), (POLICY_FILE, policy)):
        if file is not None and file.is_file():
            contents[kept] = file.read_bytes()
    sums = "".join(f"{sha256(content).hexdigest()}  {kept}\n" for kept, content in contents.items())
    try:
        with interrupts.held_back():
            home.mkdir(parents=True)
            for kept, content in {**contents, SUMS_FILE: sums.encode()}.items():
                (home / kept).write_bytes(content)
    except OSError as error:
        rmtree(home, ignore_errors=True)  # what is not whole would only be refused later
        raise IntentError("the run cannot be kept", found=error.strerror, where=str(home)) from error
    return home


def _contents(run: Run) -> Mapping[str, bytes]:
    """Return what the run's own files hold, by their names."""
    values = run_as_dict(run)
    contents = {}
    for number, (seen, entry) in enumerate(zip(run.observations, values["evidence"], strict=True), start=1):
        entry["file"] = f"{number:03}-{_slug(seen.member)}-{_slug(seen.command)}.txt"
        contents[entry["file"]] = seen.text.encode()
    contents[RUN_FILE] = (json.dumps(values, indent=2, ensure_ascii=False) + "\n").encode()
    return contents


def require_place(folder: Path) -> None:
    """Refuse, before a device is asked anything, where no run could be kept.

    Args:
        folder: where runs are kept; made when missing.

    Raises:
        IntentError: nothing can be written there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise IntentError(
            "no run can be kept there", wanted="a folder to write in", found=error.strerror, where=str(folder)
        ) from error


def require_free(home: Path) -> None:
    """Refuse to keep a run where something lies already.

    Raises:
        IntentError: something lies there.
    """
    if home.exists():
        raise IntentError("a run is kept under that name already", wanted="another name", where=str(home))


def require_unchanged(home: Path, name: str) -> None:
    """Refuse a file of a kept run that is not what was kept.

    Args:
        home: folder of the run.
        name: of the file, e.g. `run.json`. One that has no sum was kept before there were sums.

    Raises:
        IntentError: its sum is another.
    """
    path, sums = home / name, home / SUMS_FILE
    try:
        lines = sums.read_text(encoding="utf-8").splitlines() if sums.exists() else []
        found = sha256(path.read_bytes()).hexdigest()
    except (OSError, UnicodeDecodeError) as error:
        raise IntentError(
            "evidence is missing", found=reason(error), where=str(path), next_command=TO_CHOOSE
        ) from error
    wanted = {kept: sum_ for sum_, _, kept in (line.partition("  ") for line in lines)}.get(name, found)
    if wanted != found:
        raise _changed(path, wanted, found)


def load_evidence(home: Path) -> tuple[KeptRun, tuple[Observation, ...]]:
    """Read a kept run: its values and its observations, parsed again from the raw text.

    Raises:
        IntentError: no run of this version lies there, or a file is missing or not what was kept.
    """
    kept = kept_run(home)
    return kept, tuple(_observation(home, entry) for entry in kept.evidence)


def kept_run(home: Path) -> KeptRun:
    """Read the values of a kept run.

    Raises:
        IntentError: no run of this version lies there, or it was changed.
    """
    path = home / RUN_FILE
    try:
        values: Any = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise IntentError(
            "the run was changed after it was kept",
            wanted="JSON",
            found=reason(error),
            where=str(path),
            next_command=TO_CHOOSE,
        ) from error
    except OSError as error:
        raise IntentError(
            f"no kept run lies there{_meant(home)}",
            wanted=f"a folder with {RUN_FILE}",
            found=reason(error),
            where=str(path),
            next_command=TO_CHOOSE,
        ) from error
    version = values.get("schema_version") if isinstance(values, dict) else None
    if version != SCHEMA_VERSION:
        raise IntentError(
            "the run is of another version of Hotpair, or no run",
            wanted=f"schema_version {SCHEMA_VERSION}",
            found="none" if version is None else str(version),
            where=str(path),
            next_command=TO_CHOOSE,
        )
    require_unchanged(home, RUN_FILE)
    try:
        return KeptRun.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise IntentError(
            "the run was changed after it was kept",
            wanted=first["msg"],
            found=".".join(map(str, first["loc"])),
            where=str(path),
            next_command=TO_CHOOSE,
        ) from error


def _meant(home: Path) -> str:
    """Name the run beside a folder that is none whose name is nearly the same."""
    near = get_close_matches(home.name, [file.parent.name for file in home.parent.glob(f"*/{RUN_FILE}")], n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _observation(home: Path, entry: KeptEvidence) -> Observation:
    """Read one observation and prove that it is the one that was kept."""
    path = home / Path(entry.file).name
    try:
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
    except (OSError, ValueError) as error:
        raise IntentError(
            "evidence is missing", found=reason(error), where=str(path), next_command=TO_CHOOSE
        ) from error
    if digest(text) != entry.sha256:
        raise _changed(path, entry.sha256, digest(text))
    return Observation(
        member=entry.member,
        command=entry.command,
        text=text,
        parsed=parse(entry.command, text),
        taken_at=entry.taken_at,
        seconds=entry.seconds,
    )


def _changed(path: Path, wanted: str, found: str) -> IntentError:
    """Return the error of a file that is not what was kept."""
    return IntentError(
        "evidence was changed after it was kept",
        wanted=f"sha256 {wanted}",
        found=f"sha256 {found}",
        where=str(path),
        next_command=TO_CHOOSE,
    )


def _slug(text: str) -> str:
    """Make a part of a file name of a command or of a device's name, which may hold `/` and blanks."""
    return re.sub(r"[^A-Za-z0-9_.]+", "-", text).strip("-")[:80]
