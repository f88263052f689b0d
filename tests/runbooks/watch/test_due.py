"""Which groups are due: by their moments, by what was missed, and by clocks that change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inventory.errors import IntentError
from runbooks.archive.opening import open_archive
from runbooks.watch.inputs import Places, read_inputs
from runbooks.watch.lease import LeaseKeeper, this_holder
from runbooks.watch.loop import Watcher
from runbooks.watch.memory import note

NOW = datetime(2026, 3, 4, 2, 2, tzinfo=UTC)
FIVE = timedelta(minutes=5)
WATCH = """\
groups:
  - {name: often, every: 5 min}
  - {name: nightly, cron: 30 2 * * *, time_zone: Europe/Amsterdam}
"""


@pytest.fixture
def watcher(tmp_path: Path) -> Iterator[Watcher]:
    (tmp_path / "pairs").mkdir()
    (tmp_path / "hosts.yaml").write_text("west-1: {hostname: 192.0.2.1}\n", encoding="utf-8")
    (tmp_path / "watch.yaml").write_text(WATCH, encoding="utf-8")
    places = Places(tmp_path, tmp_path / "watch.yaml")
    with open_archive(tmp_path / "archive.db") as archive, LeaseKeeper(archive, this_holder()) as keeper:
        said: list[str] = []
        yield Watcher(places, read_inputs(places), archive, keeper, said.append, since=NOW)


def due(watcher: Watcher, now: datetime) -> list[tuple[str, datetime, int]]:
    return [(one.group.name, one.moment, len(one.missed)) for one in watcher.due(now)]


def looked(watcher: Watcher, moment: datetime, *groups: str) -> None:
    for group in groups:
        note(watcher.archive, group, moment, moment)


def test_a_group_is_due_at_its_moments_and_the_newest_of_those_missed_is_made_up_for(
    watcher: Watcher,
) -> None:
    assert due(watcher, NOW) == []
    first = NOW.replace(minute=5)
    assert due(watcher, first) == [("often", first, 0)]
    looked(watcher, first, "often")
    assert due(watcher, first) == []
    assert due(watcher, first + 4 * FIVE) == [("often", first + 4 * FIVE, 3)]


def test_a_clock_that_was_put_back_stops_no_group(watcher: Watcher) -> None:
    """Its last look is noted in what is the future now: it is made anew, and goes on from there."""
    looked(watcher, NOW + timedelta(days=1), "often", "nightly")
    assert due(watcher, NOW) == [("often", NOW, 0), ("nightly", NOW, 0)]
    looked(watcher, NOW, "often", "nightly")
    assert due(watcher, NOW) == []
    assert [name for name, *_ in due(watcher, NOW + FIVE)] == ["often"]


def test_clocks_of_two_hosts_that_differ_a_little_make_no_second_look(watcher: Watcher) -> None:
    looked(watcher, NOW, "often", "nightly")
    assert due(watcher, NOW - timedelta(seconds=59)) == []


def test_a_clock_that_is_put_back_before_the_first_look_waits_for_no_time_that_was(watcher: Watcher) -> None:
    before = NOW - timedelta(days=1)
    assert due(watcher, before) == []
    assert due(watcher, before + FIVE) == [("often", before + FIVE - timedelta(minutes=2), 0)]


def test_a_broken_pair_file_stops_no_watcher_whose_group_it_alone_may_be_of(tmp_path: Path) -> None:
    (tmp_path / "pairs").mkdir()
    (tmp_path / "hosts.yaml").write_text("west-1: {hostname: 192.0.2.1}\n", encoding="utf-8")
    (tmp_path / "watch.yaml").write_text(
        "groups: [{name: g, every: 1 h, pair_tags: [gold]}]\n", encoding="utf-8"
    )
    places = Places(tmp_path, tmp_path / "watch.yaml")
    with pytest.raises(IntentError, match="no tag is named gold"):
        read_inputs(places)
    (tmp_path / "pairs" / "north.yaml").write_text(
        "pair: north\ntags: [gold]\nmembers: {a: \n", encoding="utf-8"
    )
    inputs = read_inputs(places)
    assert inputs.of(inputs.settings.groups[0]) == ()
    assert list(inputs.pairs.broken) == ["north"]
