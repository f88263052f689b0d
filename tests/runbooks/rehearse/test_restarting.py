"""A member of a twin that is restarted boots what it saved, not what it ran."""

from __future__ import annotations

import pytest

from emulator.edge.pipe import Pipe
from inventory.model import SIDES
from runbooks.rehearse.restarting import restarted
from runbooks.rehearse.twin import Twin
from tasks.checks.model import Outcome
from tasks.checks.policy import NO_POLICY
from tests.tasks.checks.emulated import deployed, running, sample

SEED = "seed-igmp"
AWAY = ("system-view", "remote-backup-service service1", "peer 3.3.3.3 source 1.1.1.1 port 1026", "commit")
BACK = (*AWAY[:2], "peer 3.3.3.3 source 1.1.1.1 port 1025", "commit")


def twin_saved(*lines: str) -> Twin:
    """Boot a twin of a deployed pair in this process; what is typed on DeviceA is saved, and undone again."""
    lab = running(SEED, deployed(SEED))
    pair = sample(SEED)
    twin = Twin(Pipe(lab).obey, tuple(pair.members.of(side) for side in SIDES), lab.now)
    if lines:
        twin.order(do=[*lines, "return", "save", "y"], device="DeviceA")
        twin.order(do=list(BACK), device="DeviceA")
        twin.order(advance=60.0)
    return twin


@pytest.mark.parametrize(
    ("lines", "outcome", "says"),
    [
        ((), Outcome.SUCCESS, "in the pair again after"),
        (AWAY, Outcome.FAILURE, "channel is not connected"),
    ],
)
def test_what_was_saved_decides_whether_it_comes_back(
    lines: tuple[str, ...], outcome: Outcome, says: str
) -> None:
    found = restarted(sample(SEED), twin_saved(*lines), NO_POLICY, "a")

    assert found.outcome is outcome
    assert says in (found.note or "; ".join(map(str, found.complaints)))
