"""Mistakes that no schedule can show: each is in a table or a reader, and a test of its own protects it.

The sweep judges what is said of the devices. A wrong word about traffic, or a table of sessions that no
emulated device writes, leaves it blind. That each test fails with its mistake planted is a test itself.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Protected:
    """A mistake, and what protects from it.

    Args:
        mistake: what would be wrong.
        why: why no schedule shows it.
        test: file and name of the test that fails with it.
    """

    mistake: str
    why: str
    test: str


PROTECTED: tuple[Protected, ...] = (
    Protected(
        "a line is looked for by an id that no row has",
        "what nobody finds is not typed, and nothing is said of it",
        "tests/inventory/lines/test_columns.py::test_every_row_that_is_named_anywhere_is_there",
    ),
    Protected(
        "a line that touches traffic is called hitless",
        "an emulated device carries no traffic",
        "tests/inventory/lines/test_columns.py::test_a_line_that_touches_traffic_is_never_called_hitless",
    ),
    Protected(
        "`check` says that it could not tell, where another pair is known to be wrong",
        "a schedule changes one pair, and `check` looks at many",
        "tests/hotpair/test_exit_codes.py::test_of_several_looks_the_known_fault_is_said",
    ),
    Protected(
        "a session that cannot be read counts as one without a lock",
        "the emulated tables of sessions can all be read, and a locked device refuses by itself",
        "tests/parsers/test_replies.py::test_a_row_that_cannot_be_read_may_be_the_lock",
    ),
    Protected(
        "the way back of a plan is not proved",
        "the planner makes no wrong way back for the pairs of the sweep; the transaction undoes its commits",
        "tests/tasks/plan/test_member.py::test_a_way_that_leads_elsewhere_is_never_given",
    ),
    Protected(
        "the way there of a plan is not proved",
        "the planner makes no wrong way there for the pairs of the sweep",
        "tests/tasks/plan/test_member.py::test_a_way_that_leads_elsewhere_is_never_given",
    ),
)
