"""Commit points: order, limits, labels."""

from __future__ import annotations

from emulator.config.statement import Configuration
from emulator.management.history import FIRST_ID, KEPT, LABELLED, Author, History

AUTHOR = Author("netops", "VTY 3", 7)
CHANGE = (Configuration(), Configuration())


def grown(count: int, *, labelled: int = 0) -> History:
    history = History()
    for number in range(count):
        label = f"night-{number}" if number < labelled else ""
        history = history.record(CHANGE, AUTHOR, float(number), label=label)
    return history


def test_the_newest_point_is_first_and_ids_go_up() -> None:
    assert [point.id for point in grown(3).points] == [FIRST_ID + 2, FIRST_ID + 1, FIRST_ID]


def test_the_oldest_points_go_beyond_the_limit() -> None:
    history = grown(KEPT + 5)
    assert len(history.points) == KEPT
    assert history.by_id(FIRST_ID + 4) is None
    assert history.by_id(FIRST_ID + 5) is not None


def test_labelled_points_outlive_the_limit_detached() -> None:
    history = grown(KEPT + LABELLED + 5, labelled=LABELLED + 5)
    kept = [point for point in history.points if point.detached]
    assert len(kept) == LABELLED
    assert history.by_label(f"night-{LABELLED + 4}") == kept[0]
    assert history.by_label("night-0") is None
    assert len(history.reachable) == KEPT
    assert history.last(KEPT)[-1].id == FIRST_ID + LABELLED + 5


def test_a_detached_point_goes_with_its_label() -> None:
    history = grown(KEPT + 1, labelled=1)
    assert history.labelled(FIRST_ID, "").by_id(FIRST_ID) is None


def test_the_oldest_are_forgotten_on_demand() -> None:
    assert [point.id for point in grown(3).without_oldest(2).points] == [FIRST_ID + 2]
    assert grown(3).without_oldest(9).points == ()


def test_points_since_an_id_include_it() -> None:
    assert [point.id for point in grown(3).since(FIRST_ID + 1)] == [FIRST_ID + 2, FIRST_ID + 1]
