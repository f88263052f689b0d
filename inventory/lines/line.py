"""One row of the owned table: a line that an intent can express."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from functools import cached_property
from types import MappingProxyType

from inventory.lines.evidence import Sources
from inventory.lines.form import Form
from inventory.lines.impact import Effect
from inventory.lines.needs import VIEW_OWNERS, Lead, Leaver, Need, Owner
from inventory.lines.presence import Presence
from inventory.lines.relation import Relation
from inventory.lines.values import KINDS, USUAL, Kind


@dataclass(frozen=True, eq=False)
class OwnedLine:
    """A line that an intent can express, with all that is known of it.

    Args:
        id: name of the row, e.g. `rbs.peer`.
        view: view that holds it: `system`, `rbs`, `rbp`, `e-trunk`, `bfd`, `bfd-session`, `monitor-group`,
            `route-monitor-group`, `interface`, `ip-pool`, `vlan`, `vsi`.
        form: the line as the device prints it; see `inventory.lines.form` for the notation.
        undo: the line that takes it away; empty when the device has none.
        page: title of the manual page.
        key: parameters that tell instances apart; empty when a view holds one at most.
        slot: what the instances share when several forms set the same thing; the row's id otherwise.
        opens: view that it opens; empty when it opens none.
        suffix: what the prompt shows in that view after the host name.
        enter: the line that enters the view of an existing instance; the line itself when empty.
        undo_first: rule that forbids to change it in place; empty when a second entry replaces the first.
        default: parameters at which the device acts as without the line.
        shown: the device prints the line even at its default.
        questions: question and answer pairs that the undo line asks, in order; a question is matched by
            the words given.
        kinds: kinds of parameters where they differ from the usual ones.
        implied: parameters that the device adds when they are not given.
        brings: lines that the device puts into the view when the line creates it.
        holder: the line belongs to others; Hotpair only enters its view.
        impact: what typing it does to traffic, and what its undo does.
        evidence: who says that a device takes it.
        relation: how the two members relate in it.
        needs: what must stand before it, in order of their importance.
        leavers: what leaves before it can change.
        live_rule: rule that the operator is told when it changes on an object that is there.
        undone_apart: it names other objects, or the safe teardown names it: undone before its view is (R66).
        apart_from_group: undone by itself, also where the last virtual address takes its group along (R60).
        belongs: objects whose line it is, one of which is enough, where its view does not tell.
        makes: kind of the object that it makes; its owners where it opens their view.
        leads: other objects that who has its object has too.
        watches: parameters that name the BFD session or monitor group that it follows.
        relies: foreign lines that must be there, or must not, for it to work.
        shared: it acts on the whole device: entered when wanted, never taken away but by the way back.
        serves: row of the objects of one kind that it acts on.
    """

    id: str
    view: str
    form: str
    undo: str
    page: str
    _: KW_ONLY
    impact: Effect
    evidence: Sources
    relation: Relation
    key: tuple[str, ...] = ()
    slot: str = ""
    opens: str = ""
    suffix: str = ""
    enter: str = ""
    undo_first: str = ""
    default: Mapping[str, str] | None = None
    shown: bool = False
    questions: tuple[tuple[str, str], ...] = ()
    kinds: Mapping[str, Kind] = field(default_factory=lambda: MappingProxyType({}))
    implied: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    brings: tuple[str, ...] = ()
    holder: bool = False
    needs: tuple[Need, ...] = ()
    leavers: tuple[Leaver, ...] = ()
    live_rule: str = ""
    undone_apart: bool = False
    apart_from_group: bool = False
    belongs: tuple[Owner, ...] = ()
    makes: str = ""
    leads: tuple[Lead, ...] = ()
    watches: tuple[str, ...] = ()
    relies: tuple[Presence, ...] = ()
    shared: bool = False
    serves: str = ""

    @cached_property
    def owners(self) -> tuple[Owner, ...]:
        """Objects whose line it is: its own word, or the object that its view is of.

        A line of an interface that belongs to no object is of who wants the same line there.
        """
        here = (Owner(self.id, ("@interface",)),) if self.view == "interface" else ()
        return self.belongs or VIEW_OWNERS.get(self.view, here)

    @cached_property
    def family(self) -> str:
        """Family of the VRRP group whose line it is: `vrrp` or `vrrp6`; empty where it is of no group."""
        return next((owner.kind for owner in self.belongs if owner.kind in {"vrrp", "vrrp6"}), "")

    @cached_property
    def secrets(self) -> frozenset[str]:
        """Parameters that hold a secret."""
        secret = KINDS["secret"]
        return frozenset(name for name in self._line.params if self._kinds.get(name) is secret)

    @cached_property
    def _kinds(self) -> Mapping[str, Kind]:
        return {**USUAL, **self.kinds}

    @cached_property
    def _line(self) -> Form:
        return Form(self.form, self._kinds)

    @cached_property
    def _undo(self) -> Form:
        return Form(self.undo, self._kinds)

    @cached_property
    def _enter(self) -> Form:
        return Form(self.enter or self.form, self._kinds)

    @cached_property
    def words(self) -> frozenset[str]:
        """Words that stand in every such line: one without them is another."""
        return frozenset(word.lower() for word in self._line.words)

    def text(self, **params: str) -> str:
        """Write the line in the device's spelling.

        Args:
            params: values by parameter name, e.g. `**{"peer-ip": "192.0.2.1", ...}`; an absent optional
                parameter leaves its part away, a flag is present with the value `yes`.
        """
        return self._line.write(params)

    def read(self, text: str) -> dict[str, str] | None:
        """Read the parameters of a line, or nothing when the line is another."""
        return self._line.read(text)

    def undo_text(self, params: Mapping[str, str]) -> str:
        """Write the line that takes an instance away; empty when the device has none."""
        return self._undo.write(params) if self.undo else ""

    def read_enter(self, text: str) -> dict[str, str] | None:
        """Read the parameters of a line that enters the view of an existing instance."""
        return self._enter.read(text)

    def enter_text(self, params: Mapping[str, str]) -> str:
        """Write the line that enters the view of an existing instance."""
        return self._enter.write(params)

    def prompt(self, params: Mapping[str, str]) -> str:
        """Return what the prompt shows after the host name in the view that the line opens."""
        text = self.suffix
        for name, value in params.items():
            text = text.replace(f"<{name}>", value)
        return text

    @property
    def params(self) -> frozenset[str]:
        """Names of its parameters and flags."""
        return self._line.params

    def kind(self, param: str) -> Kind | None:
        """Return the kind of a parameter; nothing for a flag."""
        return self._kinds.get(param)

    def identity(self, params: Mapping[str, str]) -> tuple[str, ...]:
        """Tell the instance from its neighbours in the same view: what it is, then its key values."""
        return (self.slot or self.id, *(self._folded(name, params.get(name, "")) for name in self.key))

    def value(self, params: Mapping[str, str]) -> tuple[str, ...]:
        """Return what makes two readings of the line the same, without letter case and secrets' spelling."""
        whole = {**self.implied, **params}
        return (self.id, *(f"{name}={self._folded(name, whole[name])}" for name in sorted(whole)))

    def is_default(self, params: Mapping[str, str]) -> bool:
        """Tell whether the device acts the same without the line."""
        whole = {**self.implied, **params}
        return self.default is not None and all(whole.get(k) == v for k, v in self.default.items())

    def _folded(self, name: str, value: str) -> str:
        return value.casefold() if name in self._kinds and self._kinds[name].folded else value
