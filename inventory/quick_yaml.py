"""Ordinary YAML read by libyaml: values and lines, 20 times faster than by the reader that keeps comments.

Libyaml composes nodes, each with its line. What its scalars mean is said here, as YAML 1.2 says it: `on`,
`off`, `yes`, `no` and `12:30:00` are texts. Whatever is not ordinary (tags, anchors, merged keys, moments,
two keys of one name, text that libyaml refuses) is left to the other reader, which knows what it means or
what is wrong.
"""

from __future__ import annotations

import re
from typing import Any

from yaml import ScalarNode, SequenceNode, YAMLError  # type: ignore[import-untyped]

try:
    from yaml.cyaml import CParser  # type: ignore[import-untyped]
except ImportError:  # PyYAML was built without libyaml
    CParser = None

_PLAIN = "plain"
_TEXT = "tag:yaml.org,2002:str"
_WORDS: dict[str, object] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_ODD = re.compile(
    r"""[-+]?(?:0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+)     # a number in another spelling
    | [-+]?[0-9_]*\.?[0-9_]*(?:[eE][-+]?[0-9]+)?
    | [-+]?\.(?:inf|nan)
    | [0-9]{4}-[0-9]{1,2}-[0-9].*                       # a moment
    | << | =                                            # marks of YAML's own""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_APART = re.compile(
    r"""
    (?:^|\n)%                         # a directive may change what scalars mean
    | [\t\x85\u2028\u2029] | \r(?!\n)  # blanks and line ends of other kinds
    | (?:^|[ \n,[{])(?:[&*!]\S|!\s|!$)  # anchors and tags
    """,
    re.VERBOSE,
)
"""What both readers take differently, or may."""


class UnusualError(Exception):
    """A document that this reader leaves to the other one."""


class _Nodes(CParser or object):  # type: ignore[misc] # PyYAML ships no types
    """Libyaml's nodes; scalars without quotes and tag are marked. Their place decides nothing."""

    def resolve(self, kind: type, _value: object, implicit: object) -> str | None:
        """Return the tag of a node that has none."""
        if kind is ScalarNode:
            return _PLAIN if isinstance(implicit, tuple) and implicit[0] else _TEXT
        return None

    def descend_resolver(self, _parent: object, _index: object) -> None:
        """Go to a node below."""

    def ascend_resolver(self) -> None:
        """Come back from it."""


def read_quickly(text: str) -> tuple[object, dict[str, int]]:
    """Read a document as plain values, with the line of each path.

    Raises:
        UnusualError: the other reader has to read it.
        RecursionError: values lie within each other without end.
    """
    if CParser is None or _is_apart(text):
        raise UnusualError
    nodes = _Nodes(text)
    try:
        root = nodes.get_single_node()
    except (YAMLError, ValueError):
        raise UnusualError from None
    finally:
        nodes.dispose()
    lines: dict[str, int] = {}
    return (None if root is None else _value(root, "", lines)), lines


def _is_apart(text: str) -> bool:
    """Tell whether a document holds what both readers may take differently."""
    seldom = not text.isascii() or any(character in text for character in "%&*!\t\r")
    return seldom and _APART.search(text) is not None


def _value(node: Any, path: str, lines: dict[str, int]) -> object:
    """Return the value of a node; write the line of each path below it into `lines`."""
    kind, tag = type(node), node.tag
    if kind is ScalarNode:
        return _scalar(tag, node)
    if tag is not None:
        raise UnusualError
    if kind is SequenceNode:
        return _items(node, path, lines)
    values: dict[str, object] = {}
    given = set()
    for key_node, below_node in node.value:
        if type(key_node) is not ScalarNode:
            raise UnusualError
        key = _scalar(key_node.tag, key_node)
        if key in given:
            raise UnusualError
        given.add(key)
        name = name_of(key)
        below = f"{path}.{name}" if path else name
        lines[below] = key_node.start_mark.line + 1
        values[name] = _value(below_node, below, lines)
    return values


def name_of(key: object) -> str:
    """Return a key as it is written.

    >>> name_of(None), name_of(True), name_of(7)
    ('null', 'true', '7')
    """
    plain = {None: "null", True: "true", False: "false"}
    return plain[key] if key is None or isinstance(key, bool) else str(key)


def _items(node: Any, path: str, lines: dict[str, int]) -> list[object]:
    """Return the values of a sequence."""
    items = []
    for index, item in enumerate(node.value):
        below = f"{path}[{index}]"
        lines[below] = item.start_mark.line + 1
        items.append(_value(item, below, lines))
    return items


def _scalar(tag: str, node: Any) -> object:
    """Return the value of a scalar."""
    text: str = node.value
    if tag == _TEXT:
        if not node.style:
            raise UnusualError  # tagged as a text
        return text
    if tag != _PLAIN:
        raise UnusualError
    if text in _WORDS:
        return _WORDS[text]
    if text[0].isalpha():
        return text
    if _NUMBER.fullmatch(text):
        return int(text)
    if _ODD.fullmatch(text):
        raise UnusualError
    return text
