"""Checks, rules, exit codes, displays and commands, as the code has them."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from itertools import pairwise
from typing import Any, get_args, get_type_hints

from hotpair import exit_codes
from hotpair.cli.settings import NOT_IN_FILE, TYPED_ALONE
from hotpair.exit_codes import ExitCode
from inventory.rules.catalog import catalog
from parsers.displays import DISPLAYS
from sitebuild.commands import commands, help_of
from sitebuild.tables import code, codes, table
from tasks.checks.catalog import BUILT_IN
from tasks.checks.explained import EXPLAINED

COMMANDS = """\
# Every command and option

Every command takes `--help`. An option is taken from what is typed, from its variable, from `hotpair.toml`,
or is the default, in this order: [settings](../settings.md).

"""

# ---- checks and rules --------------------------------------------------------------------------------------


def checks() -> str:
    """Write the page of all checks."""
    parts = [
        "# Every check\n\n[What is checked](../checks.md) tells how a check ends, and what each judges.\n\n"
    ]
    for one in (check for door in BUILT_IN for check in door.load()):
        known = EXPLAINED[one.name]
        parts.append(f"## {one.name}\n\n{one.title}.\n\n")
        rows = (
            ("reads", codes(known.reads)),
            ("tags", codes(one.tags)),
            ("why", known.why),
            ("page", known.page),
            ("what to do", known.remedy),
        )
        parts.append(table(("", ""), rows) + "\n")
    return "".join(parts)


def rules(pages: frozenset[str]) -> str:
    """Write the page of all rules.

    Args:
        pages: rules that have a page.
    """
    rows = (
        (
            f"[{one.id}](../rules/{one.id}.md)" if one.id in pages else one.id,
            one.severity or "not linted",
            one.over,
            one.says,
            one.page,
        )
        for one in catalog()
    )
    head = "# Every rule\n\n[The index of rules](../rules.md) tells where each is planned and checked.\n\n"
    return head + table(("Rule", "Severity", "Judged", "Says", "Page of the manual"), rows)


# ---- exit codes and commands -------------------------------------------------------------------------------


def codes_of_exit() -> str:
    """Write the page of exit codes."""
    rows = ((number, code(name), says) for number, name, says in exit_meanings())
    return "# Exit codes\n\n" + table(("Code", "Name", "Meaning"), rows)


def exit_meanings() -> Iterator[tuple[str, str, str]]:
    """Yield number, name and meaning of each exit code."""
    says = dict(_said(exit_codes, ExitCode.__name__))
    for one in ExitCode:
        yield str(int(one)), one.name, says[one.name]


def _said(module: Any, name: str) -> Iterator[tuple[str, str]]:
    """Yield the text below each value of a class."""
    tree = ast.parse(inspect.getsource(module))
    body = next(node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name)
    for line, below in pairwise(body):
        match line, below:
            case ast.Assign(targets=[ast.Name(id=key)]), ast.Expr(value=ast.Constant(value=str(text))):
                yield key, inspect.cleandoc(text)


def page_of_commands() -> str:
    """Write the page of all commands and their options."""
    parts = [COMMANDS]
    for words, command in commands():
        text, examples = help_of(command)
        block = f"\n\n```text\n{examples}\n```" if examples else ""
        parts.append(f"## hotpair {words}\n\n{text}{block}\n\n")
        rows = [_option(one) for one in command.params if one.name != "help"]
        if rows:
            parts.append(table(("Option", "Says", "Default", "Variable", "In the file"), rows) + "\n")
    return "".join(parts)


def _option(one: Any) -> tuple[str, ...]:
    if one.param_type_name == "argument":
        wanted = "" if one.required else "may be left out"
        return code(one.metavar or one.name.upper()), one.help or "", wanted, "", ""
    names = [*one.opts, *one.secondary_opts]
    choices = getattr(one.type_descriptor, "choices", ())
    says = (one.help or "") + (
        f" One of {', '.join(code(str(each)) for each in choices)}." if choices else ""
    )
    long = next(name for name in one.opts if name.startswith("--"))
    in_file = "" if long in TYPED_ALONE or long in NOT_IN_FILE else code(long.removeprefix("--"))
    variables = one.envvar if isinstance(one.envvar, list | tuple) else [one.envvar or ""]
    return codes(names), says, _default(one), codes(filter(None, variables)), in_file


def _default(one: Any) -> str:
    value = getattr(one.default, "value", one.default)
    if value is None or value is False or callable(value) or isinstance(value, list | tuple):
        return ""
    text = str(value)
    return code(text) if re.fullmatch(r"[\w./:,% -]+", text) else ""


# ---- displays ----------------------------------------------------------------------------------------------


def displays() -> str:
    """Write the page of all displays with their records."""
    head = "# Every display and its record\n\n[How displays are read](../displays.md) tells the rest.\n\n"
    rows = ((code(one.syntax), _link(one.record)) for one in DISPLAYS)
    parts = [head, table(("Display", "Record"), rows), "\n"]
    for record in _records(dict.fromkeys(one.record for one in DISPLAYS)):
        doc = inspect.getdoc(record) or ""
        first, _, rest = doc.partition("\n")
        parts.append(f"## {record.__name__}\n\n{first}\n\n")
        says = dict(_arguments(rest))
        hints = get_type_hints(record)
        cells = (
            (code(one.name), _kind(hints[one.name]), _lack(one), says.get(one.name, ""))
            for one in fields(record)
        )
        parts.append(table(("Field", "Type", "Where it is not shown", "Says"), cells) + "\n")
    return "".join(parts)


def _records(given: Any) -> list[type]:
    """Return records and those inside them, each once."""
    found: dict[type, None] = {}
    waiting = list(given)
    while waiting:
        record = waiting.pop(0)
        if record not in found:
            found[record] = None
            waiting += [one for hint in get_type_hints(record).values() for one in _inside(hint)]
    return list(found)


def _inside(hint: Any) -> Iterator[type]:
    if isinstance(hint, type) and is_dataclass(hint):
        yield hint
    for inner in get_args(hint):
        yield from _inside(inner)


def _link(record: type) -> str:
    return f"[{code(record.__name__)}](#{record.__name__.lower()})"


def _kind(hint: Any) -> str:
    """Name a type as a reader knows it."""
    inner = [one for one in get_args(hint) if one not in {type(None), Ellipsis}]
    if isinstance(hint, type) and not inner:
        return (
            _link(hint)
            if is_dataclass(hint)
            else {"str": "text", "int": "number"}.get(hint.__name__, hint.__name__)
        )
    origin = getattr(hint, "__origin__", None)
    if origin is tuple:
        return f"list of {_kind(inner[0])}"
    if inner and "Mapping" in str(origin):
        return "names and values"
    return " or ".join(_kind(one) for one in inner if not callable(one) or isinstance(one, type)) or "text"


def _lack(one: Any) -> str:
    if one.default is MISSING and one.default_factory is MISSING:
        return "always there"
    if one.default in {None, MISSING}:
        return "nothing"
    return code(repr(one.default))


def _arguments(text: str) -> Iterator[tuple[str, str]]:
    """Yield what a docstring says of each argument; several may share a line."""
    section = text.partition("Args:")[2]
    for names, said in re.findall(r"^\s+([a-z_0-9, ]+): (.*(?:\n\s{8,}.*)*)", section, re.MULTILINE):
        yield from ((name.strip(), " ".join(said.split())) for name in names.split(","))
