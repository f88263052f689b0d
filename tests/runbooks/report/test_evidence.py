"""Where runs are kept is proved before a device is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from inventory.errors import IntentError
from runbooks.report.evidence import require_place


def test_a_folder_for_runs_is_made_and_left_empty(tmp_path: Path) -> None:
    require_place(tmp_path / "site" / "runs")
    assert list((tmp_path / "site" / "runs").iterdir()) == []


def test_a_file_where_the_runs_should_lie_is_refused_by_name(tmp_path: Path) -> None:
    place = tmp_path / "runs"
    place.write_text("")
    with pytest.raises(IntentError, match="no run can be kept there") as told:
        require_place(place)
    assert told.value.where == str(place)
