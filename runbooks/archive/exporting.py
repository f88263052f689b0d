"""Write a run of the archive into a folder, as `hotpair replay` reads it."""

from __future__ import annotations

from pathlib import Path

from runbooks.archive.kept import inputs_of, load_run
from runbooks.archive.opening import Archive
from runbooks.report.evidence import PAIR_FILE, POLICY_FILE, save_run
from runbooks.scratch import scratch


def export_run(archive: Archive, run_id: str, folder: Path) -> Path:
    """Write a run, its evidence, its intent and its policy below a folder; give the run's own folder.

    Args:
        archive: where from.
        run_id: which run.
        folder: where to; the run's own folder is named by its id.

    Raises:
        IntentError: no such run, or something lies there already.
        ArchiveError: a text was changed after it was kept.
    """
    run, inputs = load_run(archive, run_id), inputs_of(archive, run_id)
    with scratch() as home:
        intent, policy = home / PAIR_FILE, home / POLICY_FILE
        for path, text in ((intent, inputs.intent), (policy, inputs.policy)):
            if text:
                path.write_text(text, encoding="utf-8")
        return save_run(run, folder, intent=intent, policy=policy)
