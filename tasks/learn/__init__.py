"""Reading an existing pair back: two configurations in, the intent as YAML out."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from inventory.errors import IntentError
from inventory.facts import ConfigTree
from inventory.lines import Statement
from inventory.model import Pair
from inventory.rules import Finding, Severity, lint
from parsers.ciphertext import hide
from tasks.learn.build import fill
from tasks.learn.merge import merge
from tasks.learn.readable import readable
from tasks.learn.select import Selected, left_alone, select
from tasks.plan.items import Items, read_items
from tasks.render import facts as render
from tasks.render.members import configured_member

__all__ = ["learn", "mistakes"]


def learn(a: ConfigTree, b: ConfigTree, name: str, *, whole: bool = False, known: Pair | None = None) -> str:
    """Write the intent of an existing pair.

    Args:
        a: configuration of the intended master.
        b: configuration of the intended backup.
        name: name of the pair.
        whole: take every line that an intent can hold, not only those that a channel or an E-Trunk leads to.
        known: the pair as its file has it: what no router shows of it stays.

    Returns:
        A pair file: no defaults, equal values once, mirrored values left out, and comments that say what was
        seen and left alone. The pair's own mistakes are kept where an intent can say them; all of them are
        told. The file can always be read.

    Raises:
        IntentError: the configurations hold no pair, or a name that no pair file can hold.
    """
    chosen = select(a, b, whole=whole)
    if not any(selected.items for selected in chosen):
        raise IntentError("the two configurations have no remote backup service or E-Trunk in common")
    sides = tuple(fill(selected.items, name) for selected in chosen)
    members = {"a": _host(a, "MemberA"), "b": _host(b, "MemberB")}
    intent = {"pair": name, "members": members, **_kept(known), **merge(*sides)}
    text, pair, left_out = readable(intent, _yaml)
    comments = [*_under("left out, because no pair can be so:", list(left_out))]
    comments += _under("what the rules say of the two configurations:", _findings(a, b))
    for side, selected in zip(("a", "b"), chosen, strict=True):
        rendered = render(pair, "a" if side == "a" else "b")
        comments += _comment(members[side], selected, rendered)
    return text + "".join(f"# {_plain(line)}".rstrip() + "\n" for line in comments)


_KEPT = {"description", "members", "site", "tags"}
"""Keys of a pair file of which no configuration says anything."""


def _kept(known: Pair | None) -> dict[str, Any]:
    """Return what a pair file says and no configuration does: by which it is chosen and found."""
    if known is None:
        return {}
    return known.model_dump(mode="json", include=_KEPT, exclude_defaults=True)


_HEAD = frozenset({"pair", *_KEPT})
"""Keys that stand together at the top."""


def mistakes(a: ConfigTree, b: ConfigTree) -> tuple[Finding, ...]:
    """Return the findings of a pair for which it would not be deployed.

    Args:
        a: configuration of the intended master.
        b: configuration of the intended backup.
    """
    members = configured_member(_host(a, "MemberA"), a), configured_member(_host(b, "MemberB"), b)
    return tuple(one for one in lint(*members) if one.severity is Severity.ERROR)


def _findings(a: ConfigTree, b: ConfigTree) -> list[str]:
    return [f"{one.rule}: {one.message}; {', '.join(map(str, one.places))}" for one in mistakes(a, b)]


def _plain(line: str) -> str:
    """Spell what a terminal would act on, and YAML would not read: a comment is text."""
    return "".join(one if one.isprintable() else f"\\x{ord(one):02x}" for one in line)


def _host(tree: ConfigTree, otherwise: str) -> str:
    names = (line.text.partition(" ")[2] for line in tree.lines if line.text.startswith("sysname "))
    return next(names, otherwise)


def _comment(member: str, selected: Selected, rendered: Iterable[Statement]) -> Iterator[str]:
    """Say what of a member the intent does not hold."""
    wanted = read_items(rendered)
    yield from _under(
        f"{member}: lines of the pair that an intent cannot say, left alone:", _beyond(selected.items, wanted)
    )
    yield from _under(
        f"{member}: lines that the intent adds, because it is the same or mirrored on both members:",
        _beyond(wanted, selected.items),
    )
    used = [f"{text}: {line}" for text, lines in selected.shared.items() for line in lines]
    yield from _under(
        f"{member}: shared with others, who stay; it is not taken away with the pair while they use it:", used
    )
    yield from _under(f"{member}: seen and left alone:", list(left_alone(selected)))


def _under(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield title
        yield from (f"  {hide(line)}" for line in lines)


def _beyond(some: Items, others: Items) -> list[str]:
    """Return the lines that the first holds and the second does not."""
    return [
        " / ".join((*item.path, item.text))
        for key, item in some.items()
        if not item.row.holder and (key not in others or others[key].value != item.value)
    ]


def _yaml(intent: dict[str, Any]) -> str:
    writer = YAML()
    writer.width = 110
    writer.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    top = CommentedMap()
    for name, value in intent.items():
        top[name] = _styled(value, inline=False)
        if name not in _HEAD:
            top.yaml_set_comment_before_after_key(name, before="\n")
    writer.dump(top, out)
    return out.getvalue()


_SMALL = 3


def _styled(value: Any, *, inline: bool = True) -> Any:
    """Write small things on one line and objects over several."""
    if isinstance(value, dict):
        styled = CommentedMap({name: _styled(held) for name, held in value.items()})
        scalars = not any(isinstance(held, dict | list) for held in value.values())
        if value and (set(value) <= {"a", "b"} or (inline and scalars and len(value) <= _SMALL)):
            styled.fa.set_flow_style()
        return styled
    if isinstance(value, list):
        sequence = CommentedSeq(_styled(held, inline=False) for held in value)
        if not any(isinstance(held, dict) for held in value):
            sequence.fa.set_flow_style()
        return sequence
    return value
