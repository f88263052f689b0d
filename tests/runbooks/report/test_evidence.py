"""Where runs are kept is proved before a device is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from inventory.errors import IntentError
from runbooks.report.evidence import load_evidence, require_place, save_run
from tests.runbooks.report.runs import observation, run


def test_a_folder_for_runs_is_made_and_left_empty(tmp_path: Path) -> None:
    require_place(tmp_path / "site" / "runs")
    assert list((tmp_path / "site" / "runs").iterdir()) == []


def test_a_file_where_the_runs_should_lie_is_refused_by_name(tmp_path: Path) -> None:
    place = tmp_path / "runs"
    place.write_text("")
    with pytest.raises(IntentError, match="no run can be kept there") as told:
        require_place(place)
    assert told.value.where == str(place)


@pytest.mark.parametrize("member", ["Metz/NE40-2", "../../Metz", 'rack 4: "left" ü', "m" * 246])
def test_evidence_of_any_device_name_stays_in_the_folder_of_the_run(tmp_path: Path, member: str) -> None:
    home = save_run(run(observations=(observation(member=member),)), tmp_path / "runs")
    assert [path.parent for path in tmp_path.rglob("*.txt")] == [home]
    _, (seen,) = load_evidence(home)
    assert seen.member == member
