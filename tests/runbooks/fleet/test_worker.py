"""A worker process ends when its pipe is closed, and leaves nothing behind."""

from __future__ import annotations

import gc
from pathlib import Path

from inventory.load import load_pair
from inventory.model import Pair
from parsers import ttp_templates
from runbooks.fleet.wire import Do, Done, Setup, Written
from runbooks.fleet.worker_process import WorkerProcess
from runbooks.lab import LAB_PAIR, sample_file
from runbooks.site import Openers
from tasks.checks.policy import Policy


def state(_pair: Pair, _openers: Openers) -> tuple[str, tuple[int, int, int]]:
    """Return the folder that a worker has for TTP, and how often it looks for rubbish."""
    return ttp_templates._cache_folder(), gc.get_threshold()


def test_a_worker_looks_for_rubbish_as_its_parent_does_and_takes_its_folder_away() -> None:
    pair = load_pair(sample_file(LAB_PAIR))
    process = WorkerProcess(Setup(Policy(), 1))
    try:
        done = process.ask(Do(Written(pair.model_dump_json(), *pair.places), {}, {}, state))
        assert isinstance(done, Done), done
        assert isinstance(done.value, tuple)
        folder, rubbish = done.value
        assert rubbish == gc.get_threshold()
        made = Path(str(folder))
        assert made.is_dir()
    finally:
        process.close()
    assert not made.exists()
