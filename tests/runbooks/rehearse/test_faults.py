"""A fault that no twin could have is refused before anybody is dialled, with what may have been meant."""

from __future__ import annotations

import pytest

from inventory.errors import IntentError
from runbooks.rehearse.faults import read_fault, require_known

NAMES = ("PE1", "PE2", "CE-1")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("rebot,device=PE1", "unknown fault 'rebot'; did you mean 'reboot'?"),
        ("flap,device=PE1,what=port,nam=x", "no field 'nam'; did you mean 'name'?"),
        ("reboot", "missing field 'device'"),
        ("reboot,device=PE3", "the twin has no device 'PE3'; did you mean 'PE2'?"),
    ],
)
def test_what_is_no_fault_of_a_twin_is_refused(typed: str, says: str) -> None:
    known = read_fault("cut-link,device=PE1,peer=CE-1")

    require_known((), NAMES)
    with pytest.raises(IntentError) as told:
        require_known((known, read_fault(typed)), NAMES)
    assert says in told.value.message
    assert told.value.where == f"--fault {typed}"
