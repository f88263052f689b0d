"""What a plan says besides its lines: prompts, impact, reasons, answers, secrets, refusals."""

from __future__ import annotations

import pytest

from inventory.errors import RefusedError
from inventory.lines.evidence import Evidence
from inventory.place import Place
from parsers.tree import facts, read_tree
from tasks.plan import Impact, MemberPlan, member, plan_member

CHANNEL = "remote-backup-service metro\n peer 198.51.100.2 source 198.51.100.1 port 2048\n"


def plan(before: str, want: str, *, changed: tuple[str, ...] = (), scope: str | None = None) -> MemberPlan:
    return plan_member(
        "R1",
        facts(read_tree(want, "want"))[0],
        read_tree(before, "before"),
        scope=None if scope is None else facts(read_tree(scope, "scope"))[0],
        changed_secrets=frozenset(changed),
    )


def typed(planned: MemberPlan) -> list[str]:
    return [command.text for stage in planned.forward for command in stage.commands]


def test_every_line_knows_the_prompt_that_follows_it() -> None:
    commands = (
        plan("", CHANNEL + "e-trunk 4\nvlan 40\n igmp-snooping enable\nigmp-snooping enable\n")
        .forward[0]
        .commands
    )
    assert [(command.text, command.suffix) for command in commands] == [
        ("igmp-snooping enable", ""),
        ("e-trunk 4", "-e-trunk-4"),
        ("quit", ""),
        ("remote-backup-service metro", "-rm-backup-srv-metro"),
        ("peer 198.51.100.2 source 198.51.100.1 port 2048", "-rm-backup-srv-metro"),
        ("quit", ""),
        ("vlan 40", "-vlan40"),
        ("igmp-snooping enable", "-vlan40"),
        ("quit", ""),
    ]


def test_lines_of_a_new_object_are_hitless_and_the_same_lines_on_a_live_one_are_not() -> None:
    new = plan("", CHANNEL).forward[0].commands
    assert {command.impact for command in new} == {Impact.HITLESS}
    live = plan(CHANNEL, CHANNEL.replace("2048", "2049")).forward[0].commands
    assert [command.impact for command in live if "peer" in command.text] == [Impact.RESETS_SESSION] * 2


def test_a_line_of_unknown_impact_affects_service() -> None:
    commands = plan("e-trunk 4\n", "e-trunk 4\n e-trunk select bandwidth\n").forward[0].commands
    assert commands[1].impact is Impact.AFFECTS_SERVICE


def test_each_line_says_how_well_it_is_known_on_the_release_that_the_device_writes() -> None:
    def known(before: str, want: str) -> dict[str, Evidence | None]:
        return {one.text: one.evidence for stage in plan(before, want).forward for one in stage.commands}

    newer, older = "!Software Version V800R022C00SPC500\n", "!Software Version V800R012C10\n"
    peer, shut = "peer 198.51.100.2 source 198.51.100.1 port 2048", CHANNEL + " shutdown\n"
    assert known(newer, shut) == {
        "remote-backup-service metro": Evidence.MANUAL,
        peer: Evidence.MANUAL,
        "shutdown": Evidence.OTHER,
        "quit": None,
    }
    assert known(older, shut)["shutdown"] is Evidence.MANUAL
    assert known("", shut)[peer] is Evidence.OTHER
    assert known(newer + shut, CHANNEL)["undo shutdown"] is Evidence.OTHER
    trunk = "e-trunk 4\n priority 7\n"
    assert known(older + trunk, trunk.replace("7", "8"))["priority 8"] is Evidence.DERIVED
    assert known(older + CHANNEL, CHANNEL.replace("2048", "2049"))[f"{peer[:-1]}9"] is Evidence.MANUAL
    undone = plan(newer, shut).back[0].lines
    assert [one.evidence for one in undone] == [Evidence.MANUAL] * 2


def test_questions_of_undo_lines_are_known_with_their_answers() -> None:
    back = plan("", "bfd\nbfd ring bind peer-ip 192.0.2.2\n").back[0].commands
    asked = next(command for command in back if command.text == "undo bfd")
    assert [answer for _, answer in asked.answers] == ["Yes", "Yes"]
    assert all(not command.answers for command in back if command.text != "undo bfd")


def test_reasons_name_the_rule_or_the_part_of_the_intent() -> None:
    want = facts(read_tree(CHANNEL, "want"))[0]
    placed = tuple(line.at(line.within, Place("p.yaml", 3, "backup_services[0]")) for line in want)
    commands = plan_member("R1", placed, read_tree("", "before")).forward[0].commands
    assert commands[0].reason == "backup_services[0]"
    trunk = "e-trunk 4\ninterface Eth-Trunk9\n e-trunk 4\n"
    leaves = plan(trunk, trunk + " mode lacp-static\n").forward[0].commands
    assert next(command.reason for command in leaves if command.text == "undo e-trunk") == "R40"


def test_timers_of_a_live_e_trunk_say_that_its_members_should_be_forced() -> None:
    live = plan("e-trunk 4\n", "e-trunk 4\n timer hello 5\n").forward[0].commands[1]
    assert (live.text, live.reason, live.impact) == ("timer hello 5", "R52", Impact.AFFECTS_SERVICE)
    new = plan("", "e-trunk 4\n timer hello 5\n").forward[0].commands[1]
    assert (new.text, new.reason, new.impact) == ("timer hello 5", "", Impact.HITLESS)


KEYED = "e-trunk 4\n security-key cipher <secret:ring>\n"
CIPHERED = "e-trunk 4\n security-key cipher %^%#old one%^%#\n"


def test_a_secret_is_entered_again_only_when_it_changed() -> None:
    assert typed(plan(CIPHERED, KEYED)) == []
    assert typed(plan(CIPHERED, KEYED, changed=("another",))) == []
    changed = plan(CIPHERED, KEYED, changed=("ring",))
    assert typed(changed) == ["e-trunk 4", "security-key cipher <secret:ring>", "quit"]
    assert [command.text for command in changed.back[0].commands] == [
        "e-trunk 4",
        "security-key cipher %^%#old one%^%#",
        "quit",
    ]


@pytest.mark.parametrize(
    ("before", "want", "scope", "found"),
    [
        pytest.param(
            CHANNEL + " nat-instance cgn1\n",
            "",
            CHANNEL,
            "nat-instance cgn1",
            id="a foreign line would go too",
        ),
        pytest.param(
            "bfd\nbfd ring bind peer-ip 192.0.2.2\n discriminator local 1\n discriminator remote 2\n"
            "interface Vlanif9\n vrrp vrid 9 virtual-ip 192.0.2.9\n"
            " vrrp vrid 9 track bfd-session session-name ring\n",
            "bfd\nbfd ring bind peer-ip 192.0.2.3\n",
            None,
            "vrrp vrid 9 track bfd-session session-name ring",
            id="somebody else tracks the session",
        ),
    ],
)
def test_foreign_lines_stop_a_plan(before: str, want: str, scope: str | None, found: str) -> None:
    with pytest.raises(RefusedError) as refused:
        plan(before, want, scope=scope)
    assert found in (refused.value.found or "")


@pytest.mark.parametrize(
    ("lost", "said"),
    [("_way_back", "the way back would not restore"), ("_staged", "would not lead to the intent")],
)
def test_a_way_that_leads_elsewhere_is_never_given(lost: str, said: str) -> None:
    """Whatever the planner gets wrong: the way there and the way back are proved before they are told."""
    assert plan("", CHANNEL).back
    with pytest.MonkeyPatch.context() as patch:
        right = getattr(member, lost)
        patch.setattr(member, lost, lambda *args: right(*args)[:-1])
        with pytest.raises(RefusedError, match=said):
            plan("", CHANNEL)


def test_an_object_that_the_intent_only_refers_to_must_exist() -> None:
    want = CHANNEL + (
        "remote-backup-profile guests\n backup-id 1 remote-backup-service metro\n"
        " vrrp-id 1 interface Vlanif9\n"
        "interface Vlanif9\n vrrp vrid 1 virtual-ip 192.0.2.9\n"
        "ip pool hotel server\n remote-backup-profile guests\n"
    )
    with pytest.raises(RefusedError) as refused:
        plan("", want)
    assert refused.value.wanted == "ip pool hotel server"


def test_a_plan_never_types_or_undoes_a_foreign_line() -> None:
    foreign = "sysname R1\ninterface Eth-Trunk9\n ip address 192.0.2.1 255.255.255.0\n description uplink\n"
    member = plan(foreign, "e-trunk 4\ninterface Eth-Trunk9\n e-trunk 4\n")
    both = (*member.forward, *member.back)
    words = {word for stage in both for command in stage.commands for word in command.text.split()}
    assert not words & {"sysname", "address", "description"}
