"""The way to one member: its session, opened when first needed and again after it was lost."""

from __future__ import annotations

from collections.abc import Callable

from tasks.sessions.protocol import Session


class Link:
    """Holds at most one session with a member.

    Args:
        member: device name.
        open_session: logs in; raises ConnectError.
    """

    def __init__(self, member: str, open_session: Callable[[], Session]) -> None:
        self.member = member
        self._open = open_session
        self._session: Session | None = None
        self._on_trial: Session | None = None

    def session(self) -> Session:
        """Give the session; log in if there is none."""
        if self._session is None:
            self._session = self._open()
        return self._session

    def drop(self) -> None:
        """End the session: its candidate and a trial bound to it are gone."""
        if self._session is not None:
            self._session.close()
        self._session = self._on_trial = None

    def bind(self) -> None:
        """Remember that the trial was begun in the session of now."""
        self._on_trial = self._session

    @property
    def holds_trial(self) -> bool:
        """Tell whether the session that began the trial is still the one in use."""
        return self._on_trial is not None and self._on_trial is self._session
