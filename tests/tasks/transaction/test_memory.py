"""What a transaction remembers and compares: journal, fingerprints, planned changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.errors import IntentError, RefusedError
from inventory.facts import ConfigLine, ConfigTree
from parsers.tree import read_tree
from tasks.transaction.changes import unlike_plan
from tasks.transaction.fingerprint import Fingerprint
from tasks.transaction.journal import Journal, new_transaction_id
from tasks.transaction.machine import Event, IllegalStepError, State
from tasks.transaction.safety import LONGEST_TRIAL_S, SHORTEST_TRIAL_S, trial_seconds

# ---- journal -----------------------------------------------------------------------------------------------


def begun(folder: Path) -> Path:
    with Journal.begin(folder, "hp-1", {"pair": "x"}) as journal:
        journal.record(Event.GATE_PASSED)
        journal.record(Event.STAGED)
        return journal.path


def test_a_journal_is_taken_up_where_it_ended(tmp_path: Path) -> None:
    path = begun(tmp_path)
    with Journal.load(path) as journal:
        assert journal.state is State.STAGED
        assert journal.transaction_id == "hp-1"
        assert journal.record(Event.TRY_B) is State.TRIAL_B
    with Journal.load(path) as journal:
        assert journal.state is State.TRIAL_B


def test_a_line_cut_short_announces_nothing(tmp_path: Path) -> None:
    path = begun(tmp_path)
    whole = path.read_bytes()
    last = whole.splitlines(keepends=True)[-1]
    for cut in range(1, len(last)):
        path.write_bytes(whole[:-cut])
        with Journal.load(path) as journal:
            assert journal.state is State.GATED
            journal.record(Event.CLEARED)
        with Journal.load(path) as journal:
            assert journal.state is State.UNCHANGED


def test_an_illegal_event_is_not_written(tmp_path: Path) -> None:
    path = begun(tmp_path)
    before = path.read_bytes()
    with Journal.load(path) as journal, pytest.raises(IllegalStepError):
        journal.record(Event.DECIDE)
    assert path.read_bytes() == before


def test_one_process_at_a_time(tmp_path: Path) -> None:
    with Journal.begin(tmp_path, "hp-2", {}) as journal:
        with pytest.raises(RefusedError, match="another process"):
            Journal.load(journal.path)
        with pytest.raises(RefusedError, match="exists"):
            Journal.begin(tmp_path, "hp-2", {})
    Journal.load(tmp_path / "hp-2.jsonl").close()


@pytest.mark.parametrize(
    "text", ["", "{}\n", "not json\n", '{"at": "x", "event": "opened", "state": "start"}\n']
)
def test_what_is_no_journal_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "hp-3.jsonl"
    path.write_text(text)
    with pytest.raises(IntentError) as caught:
        Journal.load(path)
    assert str(path) in str(caught.value.where)


def test_a_journal_of_another_version_is_left_alone(tmp_path: Path) -> None:
    path = begun(tmp_path)
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    rows[0]["data"]["schema"] = 99
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    with pytest.raises(IntentError, match="version"):
        Journal.load(path)


def test_a_missing_journal_is_named(tmp_path: Path) -> None:
    with pytest.raises(IntentError, match="no journal"):
        Journal.load(tmp_path / "none.jsonl")


def test_journals_are_for_their_owner_alone(tmp_path: Path) -> None:
    path = begun(tmp_path / "journals")
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_ids_can_be_labels() -> None:
    ids = {new_transaction_id() for _ in range(50)}
    assert len(ids) == 50
    assert all(one[0].isalpha() and " " not in one for one in ids)


# ---- fingerprints ------------------------------------------------------------------------------------------

OLD = "!Software Version V800R012\n#\nsysname R\n#\ne-trunk 3\n security-key cipher %^%#aaaa%^%#\n#\nreturn\n"
NEW = OLD.replace("e-trunk 3", "e-trunk 4")


def test_release_and_time_lines_do_not_count() -> None:
    later = OLD.replace("!Software Version V800R012", "!Last configuration was updated at 2026-01-01")
    assert Fingerprint.of(OLD) == Fingerprint.of(later.replace("\n#", " \n#"))
    assert Fingerprint.of(OLD) != Fingerprint.of(NEW)


def test_ciphertext_that_changed_its_looks_is_the_same_configuration() -> None:
    shown_again = Fingerprint.of(OLD.replace("aaaa", "bbbb"))
    assert shown_again.same_as(Fingerprint.of(OLD), unlike=Fingerprint.of(NEW))
    assert not shown_again.same_as(Fingerprint.of(NEW), unlike=Fingerprint.of(OLD))


def test_when_only_ciphertext_differs_it_counts() -> None:
    old, new = Fingerprint.of(OLD), Fingerprint.of(OLD.replace("aaaa", "cccc"))
    assert old.same_as(old, unlike=new)
    assert new.same_as(new, unlike=old)
    assert not new.same_as(old, unlike=new)
    assert not Fingerprint.of(OLD.replace("aaaa", "dddd")).same_as(old, unlike=new)


@given(st.text(max_size=200))
def test_any_text_has_a_fingerprint_of_its_own(text: str) -> None:
    assert Fingerprint.of(text).same_as(Fingerprint.of(text), unlike=None)
    assert Fingerprint.of(f"{text}\nlacp priority 7") != Fingerprint.of(text)


# ---- candidate against plan --------------------------------------------------------------------------------

BASE = read_tree(
    "#\nlacp priority 7\n#\ne-trunk 3\n priority 10\n#\ninterface Eth-Trunk3\n e-trunk 3\n#\n", "x"
)
WANT = ConfigTree(
    (
        ConfigLine("lacp priority 9"),
        ConfigLine("e-trunk 3", (ConfigLine("priority 20"), ConfigLine("security-key cipher <secret:k>"))),
        ConfigLine("interface Eth-Trunk3", (ConfigLine("e-trunk 3"),)),
    )
)
SHOWN = """  #
- lacp priority 7
+ lacp priority 9
  #
  e-trunk 3
-  priority 10
+  priority 20
+  security-key cipher %^%#Q#!x%^%#
  #"""


def test_the_planned_candidate_is_recognised() -> None:
    assert unlike_plan(SHOWN, BASE, WANT) == ()
    assert unlike_plan(SHOWN.upper().replace("%^%#Q#!X%^%#", "%^%#z%^%#"), BASE, WANT) == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("+  priority 20\n", ""), "missing in the candidate: + priority 20"),
        (("- lacp priority 7\n", ""), "missing in the candidate: - lacp priority 7"),
        (("+  priority 20", "+  priority 21"), "not planned: + priority 21"),
        (("  e-trunk 3\n", "  e-trunk 4\n"), "not planned: - priority 10 (in e-trunk 4)"),
        (("+ lacp priority 9", "+ lacp priority 9\n+ lacp priority 9"), "not planned: + lacp priority 9"),
    ],
)
def test_every_difference_is_named(change: tuple[str, str], said: str) -> None:
    assert any(said in line for line in unlike_plan(SHOWN.replace(*change), BASE, WANT))


@pytest.mark.parametrize("spelled", ["", " weight 10"])
def test_a_parameter_that_the_device_adds_or_leaves_out_makes_no_difference(spelled: str) -> None:
    line = "track interface GigabitEthernet0/4/2"
    base = ConfigTree((ConfigLine("remote-backup-service lyon"),))
    want = ConfigTree((ConfigLine("remote-backup-service lyon", (ConfigLine(f"{line} weight 10"),)),))
    assert unlike_plan(f"  remote-backup-service lyon\n+  {line}{spelled}\n", base, want) == ()
    assert unlike_plan(f"  remote-backup-service lyon\n+  {line} weight 9\n", base, want)


def test_an_empty_candidate_is_not_a_plan() -> None:
    assert len(unlike_plan("", BASE, WANT)) == 5
    assert unlike_plan("", BASE, BASE) == ()


# ---- time --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("budget", "seconds"), [(0, 60), (30, 120), (600, 1_260), (1e9, LONGEST_TRIAL_S)])
def test_a_trial_covers_the_budget_twice_and_the_skew(budget: float, seconds: int) -> None:
    assert trial_seconds(budget) == seconds
    assert SHORTEST_TRIAL_S <= trial_seconds(budget) <= LONGEST_TRIAL_S
