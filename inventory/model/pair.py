"""A pair: the root of the intent file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pydantic import PrivateAttr, model_validator

from inventory.model.backup_profile import BackupProfile
from inventory.model.backup_service import BackupService
from inventory.model.base import Closed, Side
from inventory.model.bfd import Bfd
from inventory.model.e_trunk import ETrunk
from inventory.model.interface import Interface
from inventory.model.monitor import MonitorGroup, RouteMonitorGroup
from inventory.model.system import System
from inventory.model.types import Hostname, PairName, Prose
from inventory.place import Place


class Members(Closed):
    """The two routers, by their names in the Nornir inventory."""

    a: Hostname
    """The intended master."""
    b: Hostname
    """The intended backup."""

    @model_validator(mode="after")
    def _are_two(self) -> Members:
        if self.a == self.b:
            raise ValueError(f"a pair has two members; both are {self.a}")
        return self

    def of(self, side: Side) -> str:
        """Return the name of one member."""
        return self.a if side == "a" else self.b


class Pair(Closed):
    """What a pair of routers shall be."""

    pair: PairName
    """Name of the pair."""
    description: Prose | None = None
    """For the reader; not configured anywhere."""
    members: Members
    """The two routers."""
    site: PairName | None = None
    """Where they stand; commands on many pairs choose by it."""
    tags: tuple[PairName, ...] = ()
    """Words of your own; commands on many pairs choose by them."""
    system: System = System.model_construct()
    """Lines of the system view."""
    bfd: Bfd | None = None
    """BFD and its sessions."""
    monitor_groups: tuple[MonitorGroup, ...] = ()
    """Interface monitor groups."""
    route_monitor_groups: tuple[RouteMonitorGroup, ...] = ()
    """Route monitor groups."""
    e_trunks: tuple[ETrunk, ...] = ()
    """E-Trunks with their Eth-Trunks."""
    backup_services: tuple[BackupService, ...] = ()
    """Channels between the members."""
    backup_profiles: tuple[BackupProfile, ...] = ()
    """What is backed up over the channels."""
    interfaces: tuple[Interface, ...] = ()
    """Lines of hot backup on interfaces."""

    _source: str = PrivateAttr(default="")
    _lines: Mapping[str, int] = PrivateAttr(default_factory=dict)

    @property
    def name(self) -> str:
        """Name of the pair."""
        return self.pair

    def place(self, path: str) -> Place:
        """Tell where a YAML path such as `e_trunks[0].priority` was written.

        A path that the file does not hold is placed at the nearest part above it that it does hold.
        """
        return self.placing()(path)

    def placing(self) -> Callable[[str], Place]:
        """Return `place` for many paths: what it looks into is fetched once."""
        name, source, lines = self.pair, self._source, self._lines

        def place(path: str) -> Place:
            known = path
            while known and known not in lines:
                known = known[: max(known.rfind("."), known.rfind("["), 0)]
            line = lines.get(known)
            return Place(name if line is None else source, line, path)

        return place

    @property
    def places(self) -> tuple[str, dict[str, int]]:
        """Return the file and the line of each path, as `located` takes them."""
        return self._source, dict(self._lines)

    def located(self, source: str, lines: Mapping[str, int]) -> Pair:
        """Return the same pair with its file and the line of each path."""
        twin = self.model_copy()
        twin._source, twin._lines = source, lines  # noqa: SLF001 - a copy of ourselves
        return twin
