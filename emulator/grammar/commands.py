"""Commands and views as the data files describe them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from typing import Any, NamedTuple

from emulator.grammar import values
from emulator.grammar.model import Kind
from emulator.grammar.syntax import Form

_PARAM = re.compile(r"<([a-z0-9-]+)>")


class KeyParameter(NamedTuple):
    """A parameter that tells one instance of a command from another.

    Args:
        name: of the parameter.
        condition: parameter without which it tells nothing; empty for none.
        fold: letter case makes no difference.
    """

    name: str
    condition: str
    fold: bool


@dataclass(frozen=True)
class Command:
    """One command of the grammar: a row of `commands.json`.

    Args:
        id: stable key, e.g. `rbs.peer`.
        kind: `config`, `view`, `exec` or `display`.
        views: ids or `@group` names of the views in which it is typed.
        syntax: its forms.
        undo: its undo forms.
        enters: view that it opens; `if-*` depends on the interface.
        params: type of each parameter, in the notation of `values`.
        choices: names under which alternative keywords are stored too.
        key: parameters that tell one instance from another; empty when a second line replaces the first.
        slot: commands of one slot replace each other; the id when it shares its slot with none.
        rank: place among the lines of its view.
        ranks: places in views where it differs.
        sort: parameter by whose number lines of one rank are ordered.
        hidden: canonical line that is the default and never stored.
        default: canonical line of a default that is stored when typed.
        fill: parameters that are printed although not typed.
        merge: how a second line joins the first: `options` or `vlans`.
        inverse: the feature is on by default; what is stored is the undo form.
        saved: false for an action that is typed in a configuration view and never stored.
        show: how the line is printed when it differs from what is typed.
        page: title of the manual page.
        inert: why the line has no effect on the emulated protocols and displays; empty where it has.
    """

    id: str
    kind: Kind
    views: tuple[str, ...]
    syntax: tuple[Form, ...]
    undo: tuple[Form, ...] = ()
    enters: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, list[str]] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    slot: str = ""
    rank: int = 9000
    ranks: Mapping[str, int] = field(default_factory=dict)
    sort: str = ""
    hidden: str = ""
    default: str = ""
    fill: Mapping[str, str] = field(default_factory=dict)
    merge: str = ""
    inverse: bool = False
    saved: bool = True
    show: str = ""
    page: str = ""
    inert: str = ""

    def value(self, name: str) -> values.Value:
        """Return the type of a parameter."""
        return values.value(self.params[name])

    @cached_property
    def key_parameters(self) -> tuple[KeyParameter, ...]:
        """The parameters of `key`."""
        parts = (name.partition("?") for name in self.key)
        return tuple(
            KeyParameter(name, condition, name in self.params and self.value(name).fold)
            for name, _, condition in parts
        )

    @cached_property
    def secrets(self) -> tuple[str, ...]:
        """Names of the parameters that hold a secret."""
        return tuple(name for name, kind in self.params.items() if kind.startswith("secret"))

    @cached_property
    def choice_of(self) -> dict[str, tuple[str, ...]]:
        """Names of the choices that each keyword belongs to."""
        names: dict[str, tuple[str, ...]] = {}
        for name, words in self.choices.items():
            for word in words:
                names[word] = (*names.get(word, ()), name)
        return names

    def named(self, params: Mapping[str, str]) -> Mapping[str, str]:
        """Add what is derived from the parameters of a line: the names of choices, the parts of a prefix."""
        if not self.choices and "prefix" not in self.params:
            return params
        full = dict(params)
        for word in params:
            for name in self.choice_of.get(word, ()):
                full[name] = word
        if "prefix" in full and "prefix" in self.params:
            full["ipv6"], full["len"] = full["prefix"].split("/")
        elif "prefix" in self.params and {"ipv6", "len"} <= full.keys():
            full["prefix"] = f"{full['ipv6']}/{full['len']}"
        return full

    def line(self, params: Mapping[str, str], form: Form | None = None) -> str:
        """Print the canonical line of these parameters."""
        if self.show:
            return _fill(self.show, params)
        return (form or self.form_of(params)).render(params)

    def form_of(self, params: Mapping[str, str]) -> Form:
        """Return the form that prints most of these parameters."""
        fitting = [
            form for form in self.syntax if set(_PARAM.findall(_required(form.notation))) <= set(params)
        ]
        return max(fitting, key=lambda form: len(form.render(params)))

    def same(self, name: str, left: str | None, right: str | None) -> bool:
        """Tell whether two values of a parameter mean the same."""
        if left is None or right is None or name not in self.params or not self.value(name).fold:
            return left == right
        return left.casefold() == right.casefold()


def _required(notation: str) -> str:
    """Strip the bracketed parts of a form."""
    while True:
        shorter = re.sub(r"[\[{] [^\[\]{}]* [\]}]", "", notation)
        if shorter == notation:
            return notation
        notation = shorter


def _fill(template: str, params: Mapping[str, str]) -> str:
    return re.sub(r"\{([a-z0-9-]+)\}", lambda found: params[found[1]], template)


@dataclass(frozen=True, slots=True)
class View:
    """One view: a row of `views.json`.

    Args:
        id: stable key, e.g. `ospf-area`.
        suffix: what it adds to its parent's prompt, with `<x>` for parameters of the line that opens it.
        vocabulary: titles of its views in the vocabulary; `*` for every one.
        parent: id of the view in which it is opened.
    """

    id: str
    suffix: str
    vocabulary: tuple[str, ...]
    parent: str = "system"

    def prompt(self, params: Mapping[str, str]) -> str:
        """Return what the view adds to the prompt."""
        return re.sub(r"-?<([a-z0-9-]+)>", lambda found: _prompt_part(found, params), self.suffix)


def _prompt_part(found: re.Match[str], params: Mapping[str, str]) -> str:
    text = params.get(found[1], "").strip('"')
    return found[0].replace(f"<{found[1]}>", text) if text else ""


def text_of(name: str) -> str:
    """Read a data file of the grammar."""
    return resources.files("emulator.grammar").joinpath(name).read_text(encoding="utf-8")


def commands() -> list[Command]:
    """Load the commands."""
    return [_command(row) for row in json.loads(text_of("commands.json"))]


def _command(row: dict[str, Any]) -> Command:
    for name in ("views", "key"):
        row[name] = tuple(row.get(name, ()))
    for name in ("syntax", "undo"):
        row[name] = tuple(Form(notation) for notation in row.get(name, ()))
    row.setdefault("slot", row["id"])
    return Command(**row)


def views() -> tuple[dict[str, View], dict[str, list[str]]]:
    """Load the views by id, and the groups of views by name."""
    data = json.loads(text_of("views.json"))
    rows = ({**row, "vocabulary": tuple(row["vocabulary"])} for row in data["views"])
    return {row["id"]: View(**row) for row in rows}, data["groups"]
