"""Sessions on each emulated release: its own wordings for saving, confirming and errors."""

from __future__ import annotations

import pytest

from emulator.device import Device
from emulator.personalities import PERSONALITIES
from parsers.replies import RefusalKind
from tasks.plan.model import Command
from tasks.sessions.protocol import LineRefusedError
from tests.tasks.wire import log_in

RELEASES = pytest.mark.parametrize("release", PERSONALITIES)
SAVED = "#\nsysname Sedan-1\n#\nreturn\n"


@RELEASES
@pytest.mark.parametrize("text", [SAVED, ""], ids=["saved before", "never saved"])
def test_a_device_is_saved_in_its_own_words(release: str, text: str) -> None:
    device = Device("Sedan", text, personality=PERSONALITIES[release])
    session = log_in(device)
    session.stage([Command("lacp priority 4097", "")])
    session.commit()
    session.save()
    assert device.startup == device.running
    assert session.host_name == ("Sedan-1" if text else "HUAWEI")


@RELEASES
def test_syntax_and_meaning_are_told_apart_in_every_spelling(release: str) -> None:
    session = log_in(Device("Sedan", SAVED, personality=PERSONALITIES[release]))
    wrong = [
        (Command("lacp priority 99999", ""), RefusalKind.SYNTAX),
        (Command("no such thing", ""), RefusalKind.SYNTAX),
        (Command("interface Eth-Trunk 4 extra", "-Eth-Trunk4"), RefusalKind.SYNTAX),
    ]
    for command, kind in wrong:
        with pytest.raises(LineRefusedError) as caught:
            session.stage([command])
        assert caught.value.kind is kind
        session.clear_candidate()


@RELEASES
def test_a_view_is_known_in_every_spelling_of_its_prompt(release: str) -> None:
    session = log_in(Device("Sedan", SAVED, personality=PERSONALITIES[release]))
    view = "-rm-backup-srv-ardennes"
    session.stage([Command("remote-backup-service ardennes", view), Command("quit", "")])
    assert "ardennes" in session.candidate_changes()


@RELEASES
def test_points_and_rollback_work_everywhere(release: str) -> None:
    session = log_in(Device("Sedan", SAVED, personality=PERSONALITIES[release]))
    for number, label in ((4097, "first"), (4098, None)):
        session.stage([Command(f"lacp priority {number}", "")])
        session.commit(label)
    newest, first = session.commit_list(5)
    assert (newest.label, first.label) == (None, "first")
    session.rollback(first.commit_id)
    assert "lacp priority 4097" in session.run("display current-configuration")
    assert session.commit_list(1)[0].commit_id > newest.commit_id


@RELEASES
def test_a_line_longer_than_the_terminal_is_the_same_line(release: str) -> None:
    session = log_in(Device("Sedan", SAVED, personality=PERSONALITIES[release]), width=40)
    text = "description " + "to be or not to be " * 9
    view = "-LoopBack8"
    session.stage([Command("interface LoopBack8", view), Command(text.strip(), view), Command("quit", "")])
    assert text.strip() in session.candidate_changes()


@RELEASES
def test_points_are_named_described_and_named_anew(release: str) -> None:
    session = log_in(Device("Sedan", SAVED, personality=PERSONALITIES[release]))
    session.stage([Command("lacp priority 4097", "")])
    session.commit("hp-1", "hp-1 CHG#4711")
    (first,) = session.commit_records(1)
    assert (first.label, first.description, first.user, first.kind) == ("hp-1", "hp-1 CHG#4711", "ops", "CLI")
    session.stage([Command("lacp priority 4098", "")])
    session.commit()
    (second,) = session.commit_records(1)
    assert (second.label, second.description) == (None, "")
    session.label_commit(second.commit_id, "hp-2")
    assert [one.label for one in session.commit_records()] == ["hp-2", "hp-1"]
    assert session.unlabel_commit(first.commit_id)
    assert [one.label for one in session.commit_records()] == ["hp-2"]
    assert [one.commit_id for one in session.commit_records(9)] == [second.commit_id, first.commit_id]


@RELEASES
def test_one_commit_is_taken_back_and_a_later_one_stays(release: str) -> None:
    session = log_in(Device("Sedan", SAVED, personality=PERSONALITIES[release]))
    for line in ("lacp priority 4097", "configuration-occupied timeout 60"):
        session.stage([Command(line, "")])
        session.commit()
    ours = session.commit_records(2)[1].commit_id
    session.load_rollback(ours)
    changes = session.candidate_changes()
    assert "- lacp priority 4097" in changes
    assert "occupied" not in changes
    session.clear_candidate()
    assert "lacp priority 4097" in session.run("display current-configuration")
