"""What a restart of both members would bring, and how a pair that would not come back is told of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from emulator.faults import Reboot
from emulator.lab import Lab
from tasks.checks.catalog import Selection, checks_for, judge
from tasks.checks.model import CheckResult
from tests.emulator.client import at, configuring
from tests.tasks.checks.bench import Texts, observed
from tests.tasks.checks.emulated import deployed, running, sample, shown

SEED = "seed-igmp"
BOOT = checks_for(Selection(names=("boots-into-pair",)))
STARTUP, SAVED = "display startup", "display saved-configuration"
SECOND_BOARD = """\
SlaveBoard                              :
  Startup saved-configuration file      : cfcard:/{file}
  Next startup saved-configuration file : cfcard:/{file}
"""


def booting(texts: Texts) -> CheckResult:
    """Judge what a pair would boot into."""
    (result,) = judge(BOOT, sample(SEED), observed(texts))
    return result


def said(lab: Lab) -> list[str]:
    """Return what is complained of."""
    return [str(one) for one in booting(shown(SEED, lab)).complaints]


@pytest.fixture(scope="module")
def texts() -> Texts:
    """Return the displays of a pair that is deployed and saved."""
    return shown(SEED, running(SEED, deployed(SEED)))


def test_a_line_of_the_pair_that_is_not_saved_is_told_with_what_to_type_and_a_reboot_shows_it() -> None:
    lab = running(SEED, deployed(SEED))
    configuring(lab.device("DeviceB"), now=lab.now).type("e-trunk 1", "priority 77", "commit")

    told = said(lab)
    before = at(lab.device("DeviceB"), now=lab.now).type("display current-configuration")
    lab.inject(Reboot(), "DeviceB")
    rebooted = at(lab.device("DeviceB"), now=lab.now).type("display current-configuration")

    (one,) = told
    assert one == (
        "a line of the pair would be another after a restart; `save` keeps what runs: wanted e-trunk 1 / "
        "priority 77, found none, on DeviceB, by `display saved-configuration`"
    )
    assert "priority 77" in before
    assert "priority 77" not in rebooted


def test_what_is_no_line_of_the_pair_is_left_to_the_check_of_what_is_saved() -> None:
    lab = running(SEED, deployed(SEED))
    configuring(lab.device("DeviceB"), now=lab.now).type("interface LoopBack0", "description x", "commit")

    assert said(lab) == []


def test_a_saved_pair_that_breaks_a_rule_is_told_though_what_runs_is_well() -> None:
    lab = running(SEED, deployed(SEED))
    service = ("remote-backup-service service1", "peer 1.1.1.1 source 3.3.3.3 port")
    typing = configuring(lab.device("DeviceB"), now=lab.now)
    typing.type(service[0], f"{service[1]} 1026", "commit", "return", "save", "y")
    typing.type("system-view", service[0], f"{service[1]} 1025", "commit")

    told = said(lab)

    assert [one for one in told if one.startswith("both would boot into a pair that breaks R69")]
    assert len(told) == 2  # and the line itself


def test_half_a_pair_that_is_saved_is_told_line_by_line_and_no_secret_is_shown() -> None:
    lab = running(SEED, deployed(SEED))
    device = lab.device("DeviceA")
    whole = device.store.files[device.store.next_file]
    half = "#\n".join(part for part in whole.split("#\n") if not part.startswith("e-trunk 1"))
    device.store = replace(device.store, files={**device.store.files, device.store.next_file: half})

    told = said(lab)

    assert half != whole
    assert any("wanted e-trunk 1 / security-key ..., found none, on DeviceA" in one for one in told)
    assert not any("%^%#" in one or "moonlight" in one for one in told)


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("vrpcfg.zip", ""),
        ("other.cfg", "SlaveBoard would boot from another file than MainBoard"),
        ("", "SlaveBoard would boot from another file than MainBoard"),
    ],
)
def test_the_second_board_starts_from_the_same_file_or_is_told(texts: Texts, file: str, says: str) -> None:
    main = next(line for line in texts["DeviceA", STARTUP].splitlines() if "Next startup saved" in line)
    own = main.rpartition("cfcard:/")[2].strip()
    block = SECOND_BOARD.format(file=own if not says else file).replace("cfcard:/\n", "NULL\n")
    two = {**texts, ("DeviceA", STARTUP): texts["DeviceA", STARTUP].rstrip() + "\n" + block}

    told = [str(one) for one in booting(two).complaints]

    assert [one.partition(":")[0] for one in told] == ([says] if says else [])


def test_a_saved_configuration_that_is_cut_off_is_no_answer(texts: Texts) -> None:
    cut = {**texts, ("DeviceA", SAVED): texts["DeviceA", SAVED][:400]}

    assert booting(cut).outcome == "error"
