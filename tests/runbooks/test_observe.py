"""Displays of both members: one that a member refuses does not hide the others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from emulator.lab import Lab
from inventory.errors import ConnectError
from inventory.model import Side
from runbooks.observe import observe
from runbooks.site import logged_in, within_reach
from tasks.checks.catalog import Selection, checks_for, judge
from tasks.sessions.protocol import LostReplyError, Session
from tests.tasks.checks.bench import A, B, pair_of
from tests.tasks.wire import log_in

PAIR = pair_of("backup_services:\n  - {name: chan-3, address: {a: 192.0.2.9, b: 192.0.2.8}, port: 6003}\n")
HELD = "remote-backup-service chan-3\n peer 192.0.2.8 source 192.0.2.9 port 6003\n"


def test_a_member_without_the_service_fails_its_checks_and_no_other() -> None:
    sides: dict[str, Side] = {A: "a", B: "b"}
    texts = {A: f"#\nsysname {A}\n#\n{HELD}#\nreturn\n", B: f"#\nsysname {B}\n#\nreturn\n"}
    lab = Lab(texts)
    sessions = {side: log_in(lab.device(name)) for name, side in sides.items()}
    checks = checks_for(Selection(names=("rbs-as-intended", "no-trial")))
    seen = observe(checks, PAIR, sessions)
    ends = {(result.check, result.subject): result.outcome for result in judge(checks, PAIR, seen)}
    assert ends == {
        ("rbs-as-intended", "RBS chan-3"): "failure",
        ("no-trial", A): "success",
        ("no-trial", B): "success",
    }
    assert "Error: The remote backup service does not exist." in [one.text.strip() for one in seen]


def test_evidence_holds_no_ciphertext() -> None:
    key = "%^%#Wd4]k>#q%^%#"
    texts = {
        name: f"#\nsysname {name}\n#\n{HELD}#\ne-trunk 4\n security-key cipher {key}\n#\nreturn\n"
        for name in (A, B)
    }
    lab = Lab(texts)
    sides: dict[str, Side] = {A: "a", B: "b"}
    sessions = {side: log_in(lab.device(name)) for name, side in sides.items()}
    seen = observe(checks_for(Selection(names=("saved",))), PAIR, sessions)
    told = "\n".join(one.text for one in seen)
    assert "security-key cipher <hidden:" in told
    assert "%^%#" not in told


def test_a_member_out_of_reach_leaves_errors_and_hides_not_the_other() -> None:
    lab = Lab({B: f"#\nsysname {B}\n#\nreturn\n"})

    def unreachable() -> Session:
        raise ConnectError("no way", member=A)

    openers: dict[str, Callable[[], Session]] = {A: unreachable, B: lambda: log_in(lab.device(B))}
    sessions, errors = within_reach(PAIR, openers)
    assert [error.member for error in errors] == [A]
    checks = checks_for(Selection(names=("no-trial",)))
    ends = {result.subject: result.outcome for result in judge(checks, PAIR, observe(checks, PAIR, sessions))}
    assert ends == {A: "error", B: "success"}


def test_no_member_within_reach_is_the_error() -> None:
    def unreachable() -> Session:
        raise ConnectError("no way", member=A)

    with pytest.raises(ConnectError, match="no way"):
        within_reach(PAIR, {A: unreachable, B: unreachable})


@pytest.mark.parametrize("away", [A, B])
def test_where_one_member_gives_no_session_the_other_one_is_left(away: str) -> None:
    lab = Lab({name: f"#\nsysname {name}\n#\nreturn\n" for name in (A, B)})

    def unreachable() -> Session:
        raise ConnectError("no way", member=away)

    opened: list[Session] = []

    def reachable() -> Session:
        opened.append(log_in(lab.device(B if away == A else A)))
        return opened[-1]

    with pytest.raises(ConnectError, match="no way"):
        logged_in(PAIR, {name: unreachable if name == away else reachable for name in (A, B)})
    with pytest.raises(LostReplyError):
        opened[0].run("display clock")
