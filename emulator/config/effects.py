"""What a line changes beyond itself: lines that go with another, by rule.

Source: rules R12, R57, R59 to R64.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Literal

from emulator.config import tree
from emulator.config.lines import Children
from emulator.config.statement import Configuration, Statement
from emulator.config.tree import Path
from emulator.grammar import Match

Scope = Literal["view", "everywhere"]


@dataclass(frozen=True, slots=True)
class Effect:
    """One consequence.

    Args:
        rule: id of the rule.
        command: command that has it.
        on: whether the line has it, or its undo form.
        removes: patterns of command ids that go.
        scope: in the same view, or anywhere.
        same: parameters that must be equal in both lines.
        unless: a line of this command with the same parameters keeps them.
    """

    rule: str
    command: str
    on: Literal["line", "undo"]
    removes: tuple[str, ...]
    scope: Scope = "view"
    same: tuple[tuple[str, str], ...] = ()
    unless: tuple[str, ...] = ()


_VRID = (("vrid", "vrid"),)

EFFECTS: tuple[Effect, ...] = (
    Effect("R12", "if.e-trunk", "undo", ("if.e-trunk-mode",)),
    Effect("R12", "if.e-trunk-gve", "undo", ("if.e-trunk-mode",)),
    Effect("R57", "bfd.global", "undo", ("bfd.bind-*", "bfd.one-arm"), "everywhere"),
    Effect(
        "R59", "mc.enable", "undo",
        ("pim.view", "if.pim-*", "if.igmp", "if.igmp-*", "if.mc-track-*"), "everywhere",
    ),
    Effect(
        "R59", "mc6.enable", "undo",
        ("pim6.view", "if.pim6-*", "if.mld", "if.mld-*", "if.mc6-track-*"), "everywhere",
    ),
    Effect("R59", "igs.enable", "undo", ("igs.*", "if.igs-*", "vsi.l2mc-backup"), "everywhere"),
    Effect("R60", "vrrp.create", "undo", ("vrrp.*",), same=_VRID, unless=("vrrp.create",)),
    Effect("R60", "vrrp6.create", "undo", ("vrrp6.*",), same=_VRID, unless=("vrrp6.create",)),
    Effect("R60", "vrrp.unicast", "undo", ("vrrp.*",), same=_VRID, unless=("vrrp.create",)),
    Effect("R61", "vrrp.admin", "undo", ("vrrp.track-admin",), "everywhere", (("vrid", "admin-vrid"),)),
    Effect("R61", "vrrp6.admin", "undo", ("vrrp6.track-admin",), "everywhere", (("vrid", "admin-vrid"),)),
    Effect("R62", "if.ipv6", "undo", ("if.ipv6-addr", "if.ipv6-ll", "vrrp6.*")),
    Effect("R64", "rbs.track-monitor-group", "line", ("rbs.track-if", "rbs.switchover-uplink")),
    Effect("R64", "rbs.track-route-monitor-group", "line", ("rbs.track-if", "rbs.switchover-uplink")),
)  # fmt: skip
_BY_COMMAND: defaultdict[tuple[str, bool], list[Effect]] = defaultdict(list)
for _effect in EFFECTS:
    _BY_COMMAND[_effect.command, _effect.on == "undo"].append(_effect)


def follow(configuration: Configuration, path: Path, match: Match) -> Configuration:
    """Return the configuration with the consequences of a line that was entered.

    Args:
        configuration: after the line.
        path: view in which it was typed.
        match: the line.
    """
    for effect in _BY_COMMAND.get((match.command, match.undo), ()):
        configuration = _apply(effect, configuration, path, match)
    return configuration


def _apply(effect: Effect, configuration: Configuration, path: Path, match: Match) -> Configuration:
    children = tree.children_at(configuration, path) or ()
    if any(child.command in effect.unless and _same(effect, child, match) for child in children):
        return configuration
    if effect.scope == "everywhere":
        return Configuration(tuple(_pruned(configuration.statements, effect, match)))
    kept = tuple(child for child in children if not _goes(effect, child, match))
    return configuration if len(kept) == len(children) else tree.with_children(configuration, path, kept)


def _pruned(level: Children, effect: Effect, match: Match) -> Iterable[Statement]:
    for statement in level:
        if not _goes(effect, statement, match):
            inner = tuple(_pruned(statement.children, effect, match))
            yield replace(statement, children=inner) if inner != statement.children else statement


def _goes(effect: Effect, statement: Statement, match: Match) -> bool:
    return any(fnmatchcase(statement.command, name) for name in effect.removes) and _same(
        effect, statement, match
    )


def _same(effect: Effect, statement: Statement, match: Match) -> bool:
    return all(
        statement.params.get(theirs, statement.params.get(mine)) == match.params.get(mine)
        for mine, theirs in effect.same
    )
