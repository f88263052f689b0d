"""The way to one member: its session, opened when first needed and again after it was lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from inventory.errors import ConnectError, HotpairError
from tasks.sessions.protocol import LostReplyError, Session
from tasks.sessions.steps import Ended, Step, together
from tasks.transaction.known import Shown
from tasks.transaction.look import Look
from tasks.transaction.waits import REPLY_S

T = TypeVar("T")
Work = Callable[[Session], Step[T]]


class Link:
    """Holds at most one session with a member.

    Args:
        member: device name.
        open_session: logs in; raises ConnectError.

    `logins` counts the sessions that there were; `last` is the last look in the session of now, and `shown`
    what it was made from. `nameless` is a commit of ours that gets its label with the next look, once;
    `unlabelled` says why one did not. `left` is what the last look showed of what is left there, as long as
    nothing was sent after it.
    """

    def __init__(self, member: str, open_session: Callable[[], Session]) -> None:
        self.member = member
        self.logins = 0
        self.last: Look | None = None
        self.shown: Shown | None = None
        self.nameless: int | None = None
        self.unlabelled = ""
        self.left: Mapping[str, str] | None = None
        self._open = open_session
        self._session: Session | None = None
        self._on_trial: Session | None = None

    def session(self) -> Session:
        """Return the session; log in if there is none.

        Raises:
            HotpairError: there is none to be had, whatever the library calls it.
        """
        if self._session is None:
            try:
                self._session = self._open()
            except HotpairError:
                raise
            except Exception as error:
                raise ConnectError(
                    f"no session with {self.member}: {_told(error)}", member=self.member
                ) from error
            self.logins += 1
        return self._session

    def drop(self) -> None:
        """End the session: its candidate and a trial bound to it are gone."""
        if self._session is not None:
            self._session.close()
        self._session = self._on_trial = self.last = self.shown = self.left = None

    def bind(self) -> None:
        """Remember that the trial was begun in the session of now."""
        self._on_trial = self._session

    def unbind(self) -> None:
        """Remember that the member was seen on no trial: one that begins later is none of ours."""
        self._on_trial = None

    @property
    def is_open(self) -> bool:
        """Tell whether there is a session now."""
        return self._session is not None

    @property
    def holds_trial(self) -> bool:
        """Tell whether the session that began the trial is still the one in use."""
        return self._on_trial is not None and self._on_trial is self._session

    def ask(self, work: Work[T], *, patient: bool = False) -> T:
        """Do something in the session.

        Args:
            work: what.
            patient: wait for a reply as long as it may take; else no longer than `REPLY_S`.

        Raises:
            HotpairError: as the session; an error that the library did not translate is a lost reply.
        """
        return together(self.step(work, patient=patient))[0].result()

    def step(self, work: Work[T], *, patient: bool = False) -> Step[T]:
        """Return something to do in the session as a step, to be done together with the other member's."""
        self.left = None
        try:
            session = self.session()
            session.limit_replies(None if patient else REPLY_S)
            return (yield from work(session))
        except LostReplyError:
            self.drop()
            raise
        except HotpairError:
            raise
        except Exception as error:
            self.drop()
            raise LostReplyError(f"{self.member}: {_told(error)}", member=self.member) from error


def side_by_side(
    links: Mapping[str, Link], work: Mapping[str, Work[T]], *, patient: bool = False
) -> dict[str, Ended[T]]:
    """Do something on several members at the same time, in a fixed order; tell how each ended."""
    sides = sorted(work)
    ended = together(*(links[side].step(work[side], patient=patient) for side in sides))
    return dict(zip(sides, ended, strict=True))


def results(ended: Mapping[str, Ended[T]]) -> dict[str, T]:
    """Return what each member gave, or raise the first error.

    Raises:
        HotpairError: of the first member that ended in one.
    """
    return {side: one.result() for side, one in ended.items()}


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
