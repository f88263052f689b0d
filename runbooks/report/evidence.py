"""Keep the raw evidence of a run, hashed, and read it again for a replay."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from inventory.errors import IntentError
from parsers.api import parse
from runbooks.report.as_json import digest, run_as_dict
from runbooks.report.run import Run
from tasks.checks.model import Observation

RUN_FILE = "run.json"
PAIR_FILE = "pair.yaml"
POLICY_FILE = "policy.yaml"
ENTRY_KEYS = ("file", "sha256", "member", "command", "taken_at", "seconds")


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
        The run's own folder: `run.json`, `pair.yaml` and one text file an observation.

    Raises:
        IntentError: a run is kept under that name already, or nothing can be written there.
    """
    home = folder / (name or run.id)
    require_free(home)
    try:
        home.mkdir(parents=True)
    except OSError as error:
        raise IntentError("the run cannot be kept", found=error.strerror, where=str(home)) from error
    for kept, file in ((PAIR_FILE, intent), (POLICY_FILE, policy)):
        if file is not None and file.is_file():
            (home / kept).write_bytes(file.read_bytes())
    values = run_as_dict(run)
    for number, (seen, entry) in enumerate(zip(run.observations, values["evidence"], strict=True), start=1):
        entry["file"] = f"{number:03}-{seen.member}-{_slug(seen.command)}.txt"
        (home / entry["file"]).write_text(seen.text, encoding="utf-8", newline="")
    (home / RUN_FILE).write_text(json.dumps(values, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return home


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


def load_evidence(home: Path) -> tuple[dict[str, Any], tuple[Observation, ...]]:
    """Read a kept run: its values and its observations, parsed again from the raw text.

    Raises:
        IntentError: no run lies there, or a file of evidence is missing or not what was kept.
    """
    path = home / RUN_FILE
    try:
        values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        entries = [{key: entry[key] for key in ENTRY_KEYS} for entry in values["evidence"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IntentError(
            "no kept run lies there", wanted=f"a folder with {RUN_FILE}", found=str(error), where=str(path)
        ) from error
    return values, tuple(_observation(home, entry) for entry in entries)


def _observation(home: Path, entry: dict[str, Any]) -> Observation:
    """Read one observation and prove that it is the one that was kept."""
    path = home / Path(entry["file"]).name
    try:
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
    except (OSError, ValueError) as error:
        raise IntentError("evidence is missing", found=str(error), where=str(path)) from error
    if digest(text) != entry["sha256"]:
        raise IntentError(
            "evidence was changed after it was kept",
            wanted=f"sha256 {entry['sha256']}",
            found=f"sha256 {digest(text)}",
            where=str(path),
        )
    return Observation(
        member=entry["member"],
        command=entry["command"],
        text=text,
        parsed=parse(entry["command"], text),
        taken_at=datetime.fromisoformat(entry["taken_at"]),
        seconds=entry["seconds"],
    )


def _slug(command: str) -> str:
    """Make a file name of a command."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", command).strip("-")[:80]
