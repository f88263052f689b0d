"""A worker process ends when its pipe is closed, and leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

from inventory.load import load_pair
from inventory.model import Pair
from parsers import ttp_templates
from runbooks.fleet.wire import Do, Done, Setup, Written
from runbooks.fleet.worker_process import WorkerProcess
from runbooks.lab import LAB_PAIR, sample_file
from runbooks.site import Openers
from tasks.checks.policy import Policy


def folder(_pair: Pair, _openers: Openers) -> str:
    """Return the folder that a worker has for TTP."""
    return ttp_templates._cache_folder()


def test_a_worker_takes_its_folder_away() -> None:
    pair = load_pair(sample_file(LAB_PAIR))
    process = WorkerProcess(Setup(Policy(), 1))
    try:
        done = process.ask(Do(Written(pair.model_dump_json(), *pair.places), {}, {}, folder))
        assert isinstance(done, Done), done
        made = Path(str(done.value))
        assert made.is_dir()
    finally:
        process.close()
    assert not made.exists()
