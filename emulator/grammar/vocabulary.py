"""Lines outside the grammar: which leading keywords the manual knows per view, and which lines open a view.

Source: `vocabulary.tsv` (leading keywords of every command of the command reference) and `foreign-views.tsv`
(lines seen to open a view, and what they add to the prompt).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from emulator.grammar.commands import text_of

EVERYWHERE = ("All views", "All views except the user")
_GENERAL = {"All views", "All views except the user", "System", "User"}

TITLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("interface", ("interface", "sub-interface")),
    ("mpls ldp", ("MPLS-LDP", "MPLS-LDP-IPv4")),
    ("mpls l2vpn", ("MPLS-L2VPN",)),
    ("mpls", ("MPLS",)),
    ("ip vpn-instance", ("VPN instance",)),
    ("isis", ("IS-IS",)),
    ("route-policy", ("Route-policy",)),
    ("traffic behavior", ("Traffic behavior",)),
    ("traffic classifier", ("Traffic classifier",)),
    ("traffic policy", ("Traffic policy",)),
    ("qos-profile", ("QoS profile",)),
    ("tunnel-policy", ("Tunnel policy",)),
    ("l2tp-group", ("L2TP group",)),
    ("radius-server group", ("RADIUS server group",)),
    ("slot", ("Slot",)),
)
"""Vocabulary titles of foreign views by the keywords that open them; without a row, every title."""


NESTED: dict[str, tuple[str, ...]] = {
    "aaa": (
        "accounting-scheme",
        "authentication-scheme",
        "authorization-scheme",
        "recording-scheme",
        "user-group",
    ),
    "vsi": ("pwsignal", "bgp-ad"),
    "vsi-ldp": ("peer <> pw",),
    "isis": ("topology", "frr"),
    "ospf": ("frr",),
    "ospfv3": ("frr",),
    "bridge-domain": ("evpn",),
}
"""Leading words of foreign lines that open a view inside one of ours; elsewhere in ours none does."""


@dataclass(frozen=True, slots=True)
class Opener:
    """A line that opens a foreign view: its pattern (`<>` any word) and what it adds to the prompt."""

    words: tuple[str, ...]
    suffix: str

    def fits(self, words: list[str]) -> bool:
        """Tell whether a line is of this pattern."""
        return len(words) == len(self.words) and all(
            mine in ("<>", word.lower()) for mine, word in zip(self.words, words, strict=True)
        )

    def prompt(self, words: list[str]) -> str:
        """Give what the line adds to the prompt."""
        if "<>" not in self.suffix:
            return self.suffix
        values = [word for mine, word in zip(self.words, words, strict=True) if mine == "<>"]
        before = self.suffix.split("<>")[0].rstrip("-").rpartition("-")[2]
        named = [
            words[i + 1]
            for i, mine in enumerate(self.words[:-1])
            if mine == before and self.words[i + 1] == "<>"
        ]
        return self.suffix.replace("<>", (named or values[-1:] or [""])[0].strip('"'))

    def view(self, words: list[str]) -> str:
        """Id of the view: the keywords that open it."""
        typed = " ".join(words[:2]).lower()
        known = typed if any(typed == prefix for prefix, _ in TITLES) else ""
        return "foreign:" + (known or " ".join(word for word in self.words if word != "<>"))


_VERBS = frozenset({"display", "reset"})
"""Their second keyword tells the command; the manual's index names them alone too."""


class Vocabulary:
    """The leading keywords of the manual's commands."""

    @cached_property
    def _rows(self) -> dict[str, str]:
        lines = text_of("vocabulary.tsv").splitlines()
        return dict(line.split("\t") for line in lines if not line.startswith("#"))

    @cached_property
    def _openers(self) -> dict[tuple[str, int], list[Opener]]:
        openers: dict[tuple[str, int], list[Opener]] = {}
        for line in text_of("foreign-views.tsv").splitlines():
            if not line.startswith("#"):
                scope, typed, suffix, _ = line.split("\t")
                words = tuple(typed.lower().split())
                openers.setdefault((scope, len(words)), []).append(Opener(words, suffix))
        return openers

    @lru_cache(maxsize=256)  # noqa: B019 - one vocabulary lives as long as the process
    def heads(self, titles: tuple[str, ...]) -> dict[str, set[str]]:
        """Give the second keywords by first keyword; an empty second keyword where one word is enough.

        Args:
            titles: views of the vocabulary; `*` for all but the general ones.
        """
        if "*" in titles:
            titles = tuple(title for title in self._rows if title not in _GENERAL)
        heads: dict[str, set[str]] = {}
        for title in titles:
            for entry in re.split(r"\s*;\s*", self._rows[title]):
                first, _, second = entry.partition(" ")
                if not second and first.lower() in _VERBS:
                    continue
                heads.setdefault(first.lower(), set()).add(second.lower())
        return heads

    def opener(self, line: str, view: str) -> Opener | None:
        """Give the view that a line outside the grammar opens, or nothing.

        Args:
            line: canonical line.
            view: id of the view in which it is typed.
        """
        words = line.split()
        scope = "system" if view == "system" else "nested"
        fitting = [o for o in self._openers.get((scope, len(words)), ()) if o.fits(words)]
        if scope == "nested" and not view.startswith("foreign:"):
            heads = NESTED.get(view, ())
            fitting = [o for o in fitting if " ".join(o.words).startswith(heads)]
        return max(fitting, key=lambda opener: len(opener.words) - opener.words.count("<>"), default=None)


def titles_of(view: str) -> tuple[str, ...]:
    """Give the vocabulary titles of a foreign view id such as `foreign:traffic policy`."""
    opened = view.removeprefix("foreign:")
    return next((titles for prefix, titles in TITLES if opened == prefix), ("*",))
