"""Hypothesis strategies: lines that the grammar's own notation allows."""

from __future__ import annotations

from hypothesis import strategies as st

from emulator.grammar import load, values
from emulator.grammar.commands import Command
from emulator.grammar.syntax import Choice, Form, Param, Sequence, Word

GRAMMAR = load()

_IPV4 = st.sampled_from(["10.0.1.1", "192.0.2.7", "198.51.100.20", "172.16.4.9"])
_IPV6 = st.sampled_from(["2001:db8::1", "2001:DB8:5::20", "fe80::1", "FE80:0:0::9"])
_NAMES = ("alpha", "Beta", "g-1", "x_2", "n.3")
_INTERFACE = st.sampled_from(
    [
        "GigabitEthernet0/1/1",
        "gi 0/1/2",
        "Eth-Trunk 3",
        "eth-trunk3.10",
        "LoopBack 0",
        "Vlanif100",
        "10GE0/2/1",
    ]
)
_BY_KIND = {
    "ipv6": _IPV6,
    "link-local": st.sampled_from(["fe80::1", "FE80::AB"]),
    "prefix6": st.sampled_from(["2001:db8::1/64", "2001:DB8:9::/48"]),
    "mask": st.sampled_from(["24", "255.255.255.0", "255.255.0.0", "30"]),
    "wildcard": st.sampled_from(["0.0.0.255", "0.0.15.255"]),
    "area": st.sampled_from(["0", "0.0.0.7", "10"]),
    "mac": st.sampled_from(["0-5e00-1", "00E0-FC12-AB"]),
    "time": st.sampled_from(["3:04:05", "23:59:59"]),
    "nsap": st.just("10.0000.0000.0007.00"),
    "interface": _INTERFACE,
    "port-name": st.just("GigabitEthernet 0/1/0"),
    "vlans": st.sampled_from(["10", "10 20 to 30", "7 8 9"]),
    "members": st.just("GigabitEthernet 0/2/1 to 0/2/3"),
    "secret": st.sampled_from(["Hush1", "b@se"]),
}


def value(kind: values.Value) -> st.SearchStrategy[str]:
    """Return texts of a parameter type."""
    if kind.kind == "int":
        return st.integers(kind.low, min(kind.high, kind.low + 3)).map(str)
    if kind.kind == "ipv4":
        return st.just("224.0.0.120" if kind.low == 3758096491 else "239.1.1.1") if kind.low else _IPV4
    if kind.kind == "string":
        fitting = [name for name in _NAMES if kind.read(name)]
        return st.just("file" + kind.suffixes[0]) if kind.suffixes else st.sampled_from(fitting)
    return _BY_KIND[kind.kind]


@st.composite
def line_of(draw: st.DrawFn, command: Command, form: Form) -> str:
    """Return a line of a form."""
    words = draw(_words(command, form.nodes))
    return " ".join(words)


@st.composite
def _words(draw: st.DrawFn, command: Command, nodes: Sequence) -> list[str]:
    words: list[str] = []
    for node in nodes:
        if isinstance(node, Word):
            words.append(node.text)
        elif isinstance(node, Param):
            words.append(draw(value(command.value(node.name))))
        else:
            for branch in draw(_branches(node)):
                words += draw(_words(command, branch))
    return words


@st.composite
def _branches(draw: st.DrawFn, choice: Choice) -> list[Sequence]:
    most = len(choice.branches) if choice.repeated else 1
    least = 0 if choice.optional else 1
    return draw(st.lists(st.sampled_from(choice.branches), min_size=least, max_size=most, unique_by=id))


def stored(view: str) -> list[Command]:
    """Return the commands that leave a line in a view."""
    return [c for c in GRAMMAR.commands_of(view) if c.kind in {"config", "view"} and c.saved]


@st.composite
def typed(draw: st.DrawFn, view: str) -> str:
    """Return a line for a view: mostly right, sometimes an undo form."""
    command = draw(st.sampled_from(stored(view)))
    forms = command.undo if command.undo and draw(st.integers(0, 3)) == 0 else command.syntax
    return draw(line_of(command, draw(st.sampled_from(forms))))
