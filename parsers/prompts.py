"""Prompts of VRP8: which view a session is in, and where a reply ends.

Source: Huawei NE40E configuration guide, "CLI Overview" and "Configuration Management"; `~` and `*` belong to
the session's candidate and not to the view, so they are read but nothing is concluded from them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

LOGIN_PROMPT = re.compile(r"<[~*]?(?P<host>[^<>\r\n]{1,246})>[ \t]*")
"""A user-view prompt of a device whose name is not known yet."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt.

    Args:
        user_view: whether it is `<HOST>`; otherwise it is `[~HOST...]`.
        suffix: what follows the host name, e.g. `""` in the system view, `-Eth-Trunk1` in an interface view.
        dirty: whether the session holds uncommitted changes (`*`); false for `~` and for no flag.
        two_stage: whether a flag was shown; a configuration view without one takes effect line by line.
    """

    user_view: bool
    suffix: str = ""
    dirty: bool = False
    two_stage: bool = True

    def shown(self, host: str) -> str:
        """Return the prompt as the device shows it.

        Args:
            host: name that the device showed at login.

        >>> Prompt(user_view=False, suffix="-Eth-Trunk1", dirty=True).shown("DeviceA")
        '[*DeviceA-Eth-Trunk1]'
        """
        if self.user_view:
            return f"<{'*' if self.dirty else ''}{host}>"
        flag = "*" if self.dirty else "~" if self.two_stage else ""
        return f"[{flag}{host}{self.suffix}]"


@lru_cache(maxsize=1024)
def prompt_pattern(host: str) -> re.Pattern[str]:
    """Return the expression of every prompt of one device, to be matched against a whole line.

    The host name is known, so that `[Y/N]`, `[V800R012C10]` or a banner is never taken for a prompt.

    Args:
        host: name that the device showed at login.
    """
    name = re.escape(host)
    return re.compile(
        rf"(?:<(?P<user>[~*]?){name}>|\[(?P<flag>[~*]?){name}(?P<suffix>(?:-[^\r\n]*)?)\])[ \t]*"
    )


@lru_cache(maxsize=256)
def read_prompt(host: str, line: str) -> Prompt | None:
    """Read a line as a prompt of this device; nothing when it is not one.

    Args:
        host: name that the device showed at login.
        line: the whole line, without its end.
    """
    match = prompt_pattern(host).fullmatch(line)
    if match is None:
        return None
    if match["user"] is not None:
        return Prompt(user_view=True, dirty=match["user"] == "*")
    return Prompt(
        user_view=False, suffix=match["suffix"], dirty=match["flag"] == "*", two_stage=match["flag"] != ""
    )


# Spellings of one view that differ by release (number of manual samples in brackets): what a plan expects,
# and what else the device may show. Compared without letter case.
SUFFIX_SPELLINGS = (
    ("-rm-backup-srv-", "-rm-backup-service-"),  # remote-backup-service (44/12)
    ("-bfd-session-", "-session-"),  # bfd NAME bind ... (56/15)
)


def same_view(expected: str, shown: str) -> bool:
    """Tell whether a shown prompt suffix is the expected view in one of its spellings.

    >>> same_view("-rm-backup-srv-rbs1", "-rm-backup-service-rbs1")
    True
    >>> same_view("-Eth-Trunk1", "-Eth-Trunk10")
    False
    """
    expected, shown = expected.lower(), shown.lower()
    return expected == shown or any(
        expected.startswith(ours) and shown == theirs + expected.removeprefix(ours)
        for ours, theirs in SUFFIX_SPELLINGS
    )
