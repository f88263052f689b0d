"""Keys in the candidate: recognised in every form that a device shows, compared by place, never shown."""

from __future__ import annotations

import pytest

from inventory.facts import ConfigTree
from parsers.tree import read_tree
from tasks.transaction.changes import unlike_plan

OLD, NEW = "Old-Key-7q", "New-Key-8w"
CIPHER_OLD, CIPHER_NEW = "%^%#k8_Old,'x+Q#!%^%#", "%^%#Zz)new;0pL|&%^%#"

FORMS = (
    ("e-trunk 6", "security-key cipher {}", CIPHER_OLD, CIPHER_NEW),
    ("e-trunk 6", "security-key cipher {}", CIPHER_OLD, NEW),  # a release that shows what was typed
    ("e-trunk 6", "security-key simple {}", OLD, NEW),
    ("interface GigabitEthernet0/4/9", "vrrp vrid 3 authentication-mode md5 {}", CIPHER_OLD, CIPHER_NEW),
    (
        "interface Eth-Trunk12.7",
        "vrrp vrid 4 authentication-mode simple cipher {}",
        "%@%@a b%@%@",
        "%#%#c%#%#",
    ),
    ("interface Eth-Trunk12.7", "vrrp vrid 4 authentication-mode simple plain {}", OLD, NEW),
    ("interface Eth-Trunk12.7", "vrrp vrid 4 authentication-mode simple {}", OLD, NEW),
)


def tree(block: str, *lines: str) -> ConfigTree:
    return read_tree("\n".join(["#", block, *(f" {line}" for line in lines), "#", ""]), "x")


def named(block: str, line: str) -> ConfigTree:
    return tree(block, line.format("<secret:any>"))


@pytest.mark.parametrize(("block", "line", "old", "new"), FORMS)
def test_a_key_typed_over_an_old_one_is_a_line_that_goes_and_one_that_comes(
    block: str, line: str, old: str, new: str
) -> None:
    base, want = tree(block, line.format(old)), named(block, line)
    gone, come = f"-  {line.format(old)}", f"+  {line.format(new)}"
    assert unlike_plan(f"  #\n  {block}\n{gone}\n{come}\n  #", base, want) == ()
    assert unlike_plan(f"  #\n  {block.upper()}\n{gone}\n{come}\n  #", base, want) == ()
    assert unlike_plan("", base, want)  # the device passed over what was typed
    assert unlike_plan(f"  #\n  {block}\n{gone}\n  #", base, want)
    assert unlike_plan(f"  #\n  {block}\n{come}\n  #", base, want)
    assert unlike_plan(f"  #\n  {block}x\n{gone}\n{come}\n  #", base, want)


@pytest.mark.parametrize(("block", "line", "old", "new"), FORMS)
def test_a_first_key_is_a_line_that_comes(block: str, line: str, old: str, new: str) -> None:
    base, want = tree(block), named(block, line)
    assert unlike_plan(f"  {block}\n+  {line.format(new)}\n", base, want) == ()
    assert unlike_plan(f"  {block}\n-  {line.format(old)}\n+  {line.format(new)}\n", base, want)


@pytest.mark.parametrize(("block", "line", "old", "new"), FORMS)
def test_a_key_that_nobody_planned_is_named_without_its_text(
    block: str, line: str, old: str, new: str
) -> None:
    base = tree(block, line.format(old))
    shown = f"  {block}\n-  {line.format(old)}\n+  {line.format(new)}\n"
    said = unlike_plan(shown, base, base)
    assert [text.partition(":")[0] for text in said] == ["not planned"] * 2
    for text in said:
        assert line.split(maxsplit=1)[0] in text
        for key in (old, new):
            assert key.casefold() not in text.casefold()


def test_the_form_of_a_key_is_compared() -> None:
    base, want = tree("e-trunk 6"), named("e-trunk 6", "security-key cipher {}")
    assert unlike_plan(f"  e-trunk 6\n+  security-key simple {NEW}\n", base, want)


def test_the_group_of_a_key_is_compared() -> None:
    block, line = "interface Vlanif7", "vrrp vrid {} authentication-mode md5 <secret:any>"
    base, want = tree(block), tree(block, line.format(3))
    assert unlike_plan(f"  {block}\n+  vrrp vrid 3 authentication-mode md5 {CIPHER_NEW}\n", base, want) == ()
    assert unlike_plan(f"  {block}\n+  vrrp vrid 4 authentication-mode md5 {CIPHER_NEW}\n", base, want)


def test_a_key_that_stays_is_no_change() -> None:
    base = tree("e-trunk 6", f"security-key cipher {CIPHER_OLD}", "priority 5")
    want = tree("e-trunk 6", f"security-key cipher {CIPHER_OLD}", "priority 6")
    assert unlike_plan("  e-trunk 6\n-  priority 5\n+  priority 6\n", base, want) == ()
    assert len(unlike_plan(f"  e-trunk 6\n+  security-key cipher {CIPHER_NEW}\n", base, base)) == 1


def test_letter_case_of_a_text_that_was_typed_anew_counts_as_a_change() -> None:
    base, want = tree("e-trunk 6", "description To Oslo"), tree("e-trunk 6", "description to oslo")
    assert unlike_plan("", base, want)
    assert unlike_plan("  e-trunk 6\n- description To Oslo\n+ description to oslo\n", base, want) == ()
