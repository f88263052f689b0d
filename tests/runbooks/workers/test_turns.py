"""Two workers share the logins that a group bears."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inventory.logins import Logins
from runbooks.archive.opening import open_archive
from runbooks.workers.turns import take_turn

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


def test_a_token_that_another_worker_took_is_gone(tmp_path: Path) -> None:
    place, logins = tmp_path / "archive.db", Logins(per_second=2, burst=2)
    with open_archive(place) as here, open_archive(place) as there:
        waits = [take_turn(archive, "aaa", logins, NOW) for archive in (here, there, here, there)]
        assert waits == pytest.approx([0, 0, 0.5, 1.0], abs=1e-5)
        assert take_turn(here, "other", logins, NOW) == 0
        assert take_turn(there, "aaa", logins, NOW + timedelta(minutes=1)) == 0
