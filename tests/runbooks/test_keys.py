"""Which keys a plan types: the new, those seen to be wrong, all when asked; never one seen to be right."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from inventory.errors import IntentError
from inventory.facts import ConfigTree
from inventory.load import parse_pair
from inventory.model import SIDES, Side
from inventory.secrets import Secret
from parsers.tree import read_tree
from runbooks.keys import Keys, keys_are_read, plan_with_keys
from runbooks.planning import plan_as_dict
from runbooks.secret_marks import keep_marks
from tasks.plan.items import same_configuration
from tasks.plan.model import PairPlan

PLACES = {"a": ("Alm-1", "10.7.0.1", "10.7.0.2"), "b": ("Alm-2", "10.7.0.2", "10.7.0.1")}


def intent(form: str, mode: str) -> str:
    return f"""\
pair: almere
members: {{a: Alm-1, b: Alm-2}}
e_trunks:
  - id: 12
    address: {{a: 10.7.0.1, b: 10.7.0.2}}
    security_key: {{secret: one, form: {form}}}
interfaces:
  - name: GigabitEthernet0/5/5
    vrrp:
      - vrid: 3
        virtual_ips: [10.8.0.9]
        authentication: {{secret: two, mode: {mode}}}
"""


def member(side: Side, one: str, two: str) -> ConfigTree:
    """Return what runs on a member, with these keys."""
    name, own, peer = PLACES[side]
    text = f"""#
e-trunk 12
 peer-address {peer} source-address {own}
 security-key {one}
#
interface GigabitEthernet0/5/5
 undo shutdown
 ip address 10.8.0.{1 if side == "a" else 2} 255.255.255.0
 vrrp vrid 3 virtual-ip 10.8.0.9
 vrrp vrid 3 authentication-mode {two}
#
interface LoopBack4
 ip address {own} 255.255.255.255
#
"""
    return read_tree(text, name)


def typed(plan: PairPlan) -> dict[str, list[str]]:
    members: Mapping[str, Mapping[str, list[list[dict[str, str]]]]] = plan_as_dict(plan)["members"]
    return {
        side: [
            command["text"]
            for stage in member["forward"]
            for command in stage
            if "<secret:" in command["text"]
        ]
        for side, member in members.items()
    }


SECRETS = {"one": Secret("K1"), "two": Secret("K2")}
FIRST, SECOND = (
    "security-key simple <secret:one>",
    "vrrp vrid 3 authentication-mode simple plain <secret:two>",
)
CLEAR = parse_pair(intent("simple", "simple plain"), "almere.yaml")
SEALED = parse_pair(intent("cipher", "md5"), "almere.yaml")


@pytest.mark.parametrize(
    ("one", "two", "at_a"),
    [
        ("simple K1", "simple plain K2", []),
        ("simple k1", "simple plain K2", [FIRST]),
        ("simple K1", "simple plain K1", [SECOND]),
        ("simple K1x", "simple plain K", [FIRST, SECOND]),
        ("cipher %^%#abc%^%#", "simple plain K2", [FIRST]),
    ],
)
@pytest.mark.parametrize("retype", [False, True])
def test_a_key_in_clear_is_typed_where_another_one_is_seen(
    tmp_path: Path, one: str, two: str, at_a: list[str], *, retype: bool
) -> None:
    trees: dict[Side, ConfigTree] = {
        "a": member("a", one, two),
        "b": member("b", "simple K1", "simple plain K2"),
    }
    said = typed(plan_with_keys(CLEAR, trees, Keys(SECRETS, tmp_path, retype)))
    assert said == {"a": at_a, "b": []}


@pytest.mark.parametrize("two", ["md5 %^%#x%^%#", "md5 ******"])
def test_a_ciphertext_is_typed_over_only_when_asked_or_changed(tmp_path: Path, two: str) -> None:
    trees: dict[Side, ConfigTree] = {
        "a": member("a", "cipher %^%#abc%^%#", two),
        "b": member("b", "cipher %^%#q%^%#", "md5 %^%#r%^%#"),
    }
    both = ["security-key cipher <secret:one>", "vrrp vrid 3 authentication-mode md5 <secret:two>"]
    assert plan_with_keys(SEALED, trees, Keys(SECRETS, tmp_path)).empty
    asked = plan_with_keys(SEALED, trees, Keys(SECRETS, tmp_path, retype=True))
    assert typed(asked) == {"a": both, "b": both}
    keep_marks(tmp_path, "almere", {**SECRETS, "two": Secret("K0")})
    changed = plan_with_keys(SEALED, trees, Keys(SECRETS, tmp_path))
    assert typed(changed) == {"a": both[1:], "b": both[1:]}


def test_values_are_looked_up_only_where_they_tell_something(tmp_path: Path) -> None:
    assert keys_are_read(CLEAR, tmp_path)
    assert not keys_are_read(SEALED, tmp_path)
    assert keys_are_read(SEALED, tmp_path, retype=True)
    keep_marks(tmp_path, "almere", SECRETS)
    assert keys_are_read(SEALED, tmp_path)


def test_a_pair_that_goes_has_no_keys_to_type(tmp_path: Path) -> None:
    trees: dict[Side, ConfigTree] = {side: member(side, "simple K9", "simple plain K9") for side in SIDES}
    assert typed(plan_with_keys(CLEAR, trees, Keys(SECRETS, tmp_path), remove=True)) == {"a": [], "b": []}
    with pytest.raises(IntentError, match="no keys to type"):
        plan_with_keys(CLEAR, trees, Keys(SECRETS, tmp_path, retype=True), remove=True)


def test_what_looks_like_a_name_in_a_description_is_text() -> None:
    one, other = (
        read_tree(f"#\ne-trunk 3\n description <secret:{name}>\n#\n", "x") for name in ("one", "two")
    )
    assert not same_configuration(one, other)
    assert same_configuration(one, one)
