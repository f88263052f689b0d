"""Many emulated pairs in one process, with their inventory: each a backup service between two routers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from inventory.facts import ConfigTree
from inventory.load import parse_pair
from inventory.model import SIDES, Side
from parsers.tree import read_tree, write_tree
from runbooks.lab import emulated
from runbooks.lab_folder import write_inventory
from tasks.plan import plan_pair
from tests.fixtures.text import text_of
from tests.integration.lab import QUICK, Lab

_SITES = 10
_ROUTER = text_of("configurations/router-of-many.cfg")


@dataclass(frozen=True, slots=True)
class Made:
    """One pair of the fleet.

    Args:
        number: from 0.
    """

    number: int

    @property
    def name(self) -> str:
        return f"p{self.number:03}"

    @property
    def members(self) -> dict[Side, str]:
        return {side: f"P{self.number:03}-{side}" for side in SIDES}

    @property
    def addresses(self) -> dict[Side, str]:
        high, low = divmod(self.number, 200)
        return {"a": f"10.{20 + high}.{low}.1", "b": f"10.{20 + high}.{low}.2"}

    @property
    def site(self) -> str:
        return f"S{self.number % _SITES}"

    @property
    def intent(self) -> str:
        a, b = self.members.values()
        one, other = self.addresses.values()
        return f"""\
pair: {self.name}
members: {{a: {a}, b: {b}}}
site: {self.site}
backup_services:
  - {{name: north, port: 4100, address: {{a: {one}, b: {other}}}}}
"""

    def bare(self, side: Side) -> ConfigTree:
        name, own = self.members[side], self.addresses[side]
        return read_tree(_ROUTER.format(name=name, own=own, wire=own.replace("10.", "172.", 1)), name)

    def held(self) -> dict[str, str]:
        """Return the configurations that hold the intent, by router."""
        plan = plan_pair(parse_pair(self.intent, self.name), {side: self.bare(side) for side in SIDES})
        return {one.member: write_tree(one.predicted) for one in (plan.a, plan.b)}


@contextmanager
def fleet(
    home: Path, texts: Mapping[str, str], pairs: list[Made], pace: Sequence[str] = QUICK
) -> Iterator[Lab]:
    """Serve routers, and write the inventory of their pairs.

    Args:
        home: folder of the test.
        texts: configuration by router.
        pairs: those that have a pair file.
        pace: how much faster than ours the routers' time runs.
    """
    files = {}
    for name, text in texts.items():
        files[name] = home / f"{name}.cfg"
        files[name].write_text(text, encoding="utf-8")
    control, folder = home / "control", home / "inventory"
    with emulated(files, ["--control", str(control), *pace]) as devices:
        write_inventory(folder, devices)
        for pair in pairs:
            (folder / "pairs" / f"{pair.name}.yaml").write_text(pair.intent, encoding="utf-8")
        yield Lab(folder, devices, control)
