"""Lines outside the grammar: which leading keywords the manual knows per view.

Source: `vocabulary.tsv` (leading keywords of every command of the command reference).
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from emulator.grammar.commands import text_of
from emulator.grammar.openers import keywords_of

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


_VERBS = frozenset({"display", "reset"})
"""Their second keyword tells the command; the manual's index names them alone too."""


class Vocabulary:
    """The leading keywords of the manual's commands."""

    @cached_property
    def _rows(self) -> dict[str, str]:
        lines = text_of("vocabulary.tsv").splitlines()
        return dict(line.split("\t") for line in lines if not line.startswith("#"))

    @lru_cache(maxsize=256)  # noqa: B019 - one vocabulary lives as long as the process
    def heads(self, titles: tuple[str, ...]) -> dict[str, set[str]]:
        """Return the second keywords by first keyword; an empty second keyword where one word is enough.

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


def titles_of(view: str) -> tuple[str, ...]:
    """Return the vocabulary titles of a foreign view id, e.g. `foreign:traffic policy@-trafficpolicy-<>`."""
    opened = keywords_of(view)
    return next((titles for prefix, titles in TITLES if opened == prefix), ("*",))


def known_as(text: str) -> str:
    """Return the keywords under which there is a title for the view that a line opens; empty for none."""
    words = text.lower().split()
    typed = (" ".join(words[:2]), words[0] if words else "")
    return next((name for name in typed if any(name == prefix for prefix, _ in TITLES)), "")
