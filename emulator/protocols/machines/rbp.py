"""Backup profiles: roles that take effect a moment after their cause."""

from __future__ import annotations

from dataclasses import dataclass, field

from emulator.protocols.states import (
    Role,
)


@dataclass(slots=True)
class Follower:
    """A role that takes effect a moment after its cause."""

    role: Role = Role.UNKNOWN
    due: Role | None = None
    due_at: float = 0.0


@dataclass(slots=True)
class Profile:
    """A running profile: its role by each tracked source, and the peer's."""

    own: list[Follower] = field(default_factory=list)
    peer: list[Follower] = field(default_factory=list)

    @property
    def role(self) -> Role:
        """Return the role by the first source."""
        return self.own[0].role if self.own else Role.UNKNOWN
