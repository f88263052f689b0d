"""Nornir inventory of hot backup pairs: Nornir's own files, and the pair files below `pairs/` beside them.

    InitNornir(inventory={"plugin": "HotpairInventory", "options": {"directory": "inventory"}})

Every host of a pair has `host["pair"]` and `host["member"]` (`a` or `b`), and `host["pairs"]` when it has
several partners; `nornir.inventory.defaults.data["pairs"]` holds the pairs by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

from nornir.core.inventory import Inventory
from pydantic import ValidationError

from inventory.explain import nearest
from inventory.host_access import (
    access,
    read_login,
    set_connections,
)
from inventory.load import load_around, load_pairs, uncollected
from inventory.model import SIDES, Pair, Side, other
from inventory.nornir_files import HOSTS, NornirFiles, read_nornir
from inventory.problems import InvalidIntentError, Problem
from inventory.sources.settings import read_sourced


class HotpairInventory:
    """Reads `hosts.yaml`, `groups.yaml`, `defaults.yaml` and the pair files below `pairs/` of a directory.

    Args:
        directory: where the files are.
        driver: library that connects, before what the files say.
        broken: what happens to pairs whose file or hosts are wrong: `refuse` the whole inventory, or `keep`
            the others and give what is wrong as `defaults.data["broken_pairs"]`.
        pair: the one pair that is asked for; no other file is read but those of pairs that share its routers.
    """

    def __init__(
        self,
        directory: str,
        driver: str | None = None,
        broken: Literal["refuse", "keep"] = "refuse",
        pair: str | None = None,
    ) -> None:
        self.directory = Path(directory).expanduser()
        self.driver = driver
        self.broken = broken
        self.pair = pair

    def load(self) -> Inventory:
        """Read the inventory.

        Raises:
            IntentError: Nornir's own files are wrong; or, unless the others are kept, a pair file is wrong, a
                member is no host, or a host cannot be reached as described.
        """
        with uncollected():
            return self._read()

    def _read(self) -> Inventory:
        """Read the files, and tell each host what it is a member of."""
        sourced = read_sourced(self.directory)
        files = read_nornir(self.directory, sourced)
        home = self.directory / "pairs"
        read = load_pairs(home, sourced) if self.pair is None else load_around(home, self.pair, sourced)
        broken = dict(read.broken)
        for pair in read.good.values():
            problems = [one for side in SIDES for one in self._assign(pair, side, files)]
            if problems:
                broken[pair.name] = InvalidIntentError(f"pair {pair.name}", problems)
        if broken and self.broken == "refuse":
            every = (problem for error in broken.values() for problem in error.problems)
            raise InvalidIntentError(str(self.directory), every)
        if self.pair is None:
            self._connect_others(files.inventory)
        data = files.inventory.defaults.data
        data["pairs"] = {name: pair for name, pair in read.good.items() if name not in broken}
        data["broken_pairs"] = broken
        return files.inventory

    def _connect_others(self, inventory: Inventory) -> None:
        """Tell hosts of no pair how they are reached: their transactions are taken up all the same."""
        for host in inventory.hosts.values():
            if "pair" not in host.data:
                with suppress(ValidationError, LookupError):  # who dials it is told
                    how = access(host, self.driver)
                    set_connections(host, how, inventory.hosts, self.directory)
                    host.data["driver"] = how.driver

    def _assign(self, pair: Pair, side: Side, files: NornirFiles) -> Iterator[Problem]:
        """Tell a host that it is a member, and how it is reached; give what is wrong."""
        name = pair.members.of(side)
        host = files.inventory.hosts.get(name)
        if host is None:
            beside = pair.members.of(other(side))  # it is named already, and is no slip of this one
            known = nearest(name, [host for host in files.inventory.hosts if host != beside])
            home = files.sourced or HOSTS
            yield Problem(pair.place(f"members.{side}"), f"no host {name!r} in {home}{known}")
            return
        problems, how = read_login(host, files, self.driver)
        yield from problems
        if problems or how is None:
            return
        data = host.data
        data.setdefault("pair", pair.name)
        data.setdefault("member", side)
        data.setdefault("pairs", {})[pair.name] = side
        data["driver"] = how.driver
        set_connections(host, how, files.inventory.hosts, self.directory)


__all__ = ["HotpairInventory"]
