"""Every documented form of every documented command is accepted, as its own command."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from emulator.grammar import Match, load

REFERENCE = Path(__file__).parents[4] / "shared" / "reference"
GRAMMAR = load()

ELSEWHERE = {"bfd.commit": "cm.commit", "cm.set-label": "cm.clear-label"}
"""Documented rows that another row of ours covers; `if.enter` covers those of single interface types."""

ODD = {"if.trunkport"}
"""Its `<type>` and `<number>` stand for several words; `test_engine` types it."""

_FIXED = {
    "mac": "0-12-abc",
    "ipv4_mask": "255.255.255.0",
    "ipv4_mask_or_len": "24",
    "wildcard": "0.0.0.255",
    "hhmmss": "3:04:05",
    "nsap": "10.0000.0000.0001.00",
}
_BY_NAME = {
    "commit-id": "1000000007",
    "number": "3",
    "file": "abc.cfg",
    "ip": "192.0.2.9",
    "vrid": "7",
    "n": "5",
    "id": "9",
    "slot": "1",
    "type": "GigabitEthernet",
}


def _value(name: str, fact: dict[str, Any], chosen: random.Random) -> str:
    kind = fact.get("type", "")
    if kind == "interface" or name in {"interface", "interface-name"}:
        return chosen.choice(["GigabitEthernet0/1/3", "Eth-Trunk 7", "gigabitethernet 0/2/0.5"])
    if kind == "int":
        low = fact.get("values", [fact.get("min", 1)])[0]
        return str(chosen.choice([low, fact.get("max", low)]))
    special = {
        "ipv4": str(fact.get("min", "192.0.2.9")),
        "ipv6": "fe80::9" if "prefix" in fact else "2001:db8::7",
        "string": "0/1/0" if name == "number" else "abc.cfg" if "ext" in fact else "zz9",
        "": _BY_NAME.get(name, "zz9"),
    }
    return _FIXED.get(kind) or special.get(kind, "zz9")


def _line(tokens: list[str], facts: dict[str, Any], chosen: random.Random) -> list[str]:
    words: list[str] = []
    while tokens:
        token, tokens = tokens[0], tokens[1:]
        if token in "{[":
            branches, tokens = _branches(tokens)
            repeated = tokens[:1] == ["*"]
            tokens = tokens[1:] if tokens and re.match(r"\*|&<", tokens[0]) else tokens
            least = 0 if token == "[" else 1
            count = chosen.randint(least, len(branches) if repeated else 1)
            for branch in chosen.sample(branches, count):
                words += _line(branch, facts, chosen)
        elif token == "<ipv6>/<len>":
            words.append("2001:db8::7/64")
        elif token.startswith("<"):
            words.append(_value(token[1:-1], facts.get(token[1:-1], {}), chosen))
        else:
            words.append(token)
    return words


def _branches(tokens: list[str]) -> tuple[list[list[str]], list[str]]:
    branches: list[list[str]] = [[]]
    depth = 0
    for index, token in enumerate(tokens):
        if token in "}]" and depth == 0:
            return branches, tokens[index + 1 :]
        depth += (token in "{[") - (token in "}]")
        if token == "|" and depth == 0:
            branches.append([])
        else:
            branches[-1].append(token)
    raise AssertionError(tokens)


def _commands() -> list[dict[str, Any] | None]:
    path = REFERENCE / "commands.yaml"
    if not path.exists():
        return [None]
    return [fact for fact in YAML(typ="safe").load(path)["commands"] if fact["id"] not in ODD]


def _views(fact: dict[str, Any]) -> list[str]:
    special = {"@all": ["system", "rbp"], "@non-user": ["system", "e-trunk"]}
    return [view for name in fact["views"] for view in special.get(name) or GRAMMAR._expand(name)]


def _slot(command_id: str) -> str:
    command = GRAMMAR.command(command_id)
    return command.slot if command else command_id


@pytest.mark.shared
@pytest.mark.parametrize("fact", _commands(), ids=lambda fact: fact["id"] if fact else "absent")
def test_every_documented_form_is_accepted(fact: dict[str, Any] | None) -> None:
    if fact is None:
        pytest.skip("the reference material is not beside the repository")
    chosen = random.Random(fact["id"])  # noqa: S311 - picks examples
    facts = fact["params"] or {}
    for form in [*fact["syntax"], *fact["undo"]]:
        if "same values" in form:
            continue
        for _ in range(4):
            words = _line(form.replace(" [ .<sub> ]", "").split(), facts, chosen)
            line = re.sub(
                r"\b(\d+) to (\d+)",
                lambda m: f"{min(m[1], m[2], key=int)} to {max(m[1], m[2], key=int)}",
                " ".join(words),
            )
            for view in _views(fact):
                found = GRAMMAR.read(view, line)
                assert isinstance(found, Match), (view, line, found)
                wanted = ELSEWHERE.get(
                    fact["id"], "if.enter" if fact["id"].startswith("if.enter") else fact["id"]
                )
                assert found.command in {wanted, fact["id"]} or _slot(found.command) == _slot(wanted), (
                    line,
                    found,
                )
