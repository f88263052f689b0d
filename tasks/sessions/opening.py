"""Open a session over SSH with the driver that the target names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

from inventory.errors import IntentError
from tasks.sessions.dialogue import Dialogue
from tasks.sessions.masking import SecretBook
from tasks.sessions.protocol import DRIVERS, SecretResolver, Session, Target
from tasks.sessions.vrp import VrpSession


def open_session(
    target: Target,
    resolve: SecretResolver | None = None,
    before_login: Callable[[], None] = lambda: None,
    before_dial: Callable[[], None] = lambda: None,
) -> Session:
    """Connect, check the host key, log in, and switch paging off.

    Args:
        target: where the device is and how to log in; `target.driver` chooses the library.
        resolve: gives the values behind `<secret:NAME>`, asked at the moment of writing.
        before_login: called before the device is told who is there; keys are agreed on meanwhile.
        before_dial: called when all is ready for the first packet; what it raises keeps it from being sent.

    Raises:
        ConnectError: unreachable, unknown host key, wrong password, or no VRP prompt.
        IntentError: there is no such driver.
    """
    if target.driver not in DRIVERS:
        raise IntentError(
            f"no driver `{target.driver}`",
            wanted=" or ".join(DRIVERS),
            found=target.driver,
            member=target.member,
        )
    from tasks.sessions.paramiko_channel import Login

    login = Login(target)
    before_dial()
    with login.opening():
        login.begin()
        adapter = import_module(f"tasks.sessions.{target.driver}_channel")  # loaded only when it is used
        before_login()
        channel = adapter.open_channel(login)
    secrets = SecretBook(resolve)
    dialogue = Dialogue(channel, target.member, timeout_s=target.timeout_s, mask=secrets.mask)
    dialogue.login()
    return VrpSession(dialogue, secrets)


def shown_key(target: Target, known: Sequence[str] = ()) -> str:
    """Return the key that a device shows now, as `ssh-ed25519 AAAA...`, without logging in on it.

    Args:
        target: where the device is; its jump hosts are logged in on, and their keys checked.
        known: keys that are known; one of their types is asked for.

    Raises:
        ConnectError: nobody there, or no way through the jump hosts.
    """
    from tasks.sessions.paramiko_channel import Login

    login = Login(target, keys=known)
    with login.opening():
        key = login.shown_key()
    login.close()
    return key
