"""Deliver an alert to a route, whatever its kind."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import entry_points

from inventory.errors import HotpairError, IntentError
from inventory.model.types import SecretRef
from inventory.secrets import Secret
from runbooks.alerts.mail import send_mail
from runbooks.alerts.model import Alert
from runbooks.alerts.outbox import DeliveryError, NotTakenError
from runbooks.alerts.settings import Alerts, Command, Plugin, Route
from runbooks.alerts.syslog import send_syslog
from runbooks.alerts.webhook import send_webhook

GROUP = "hotpair.alerts"
"""Group of the entry points of other packages: functions of an alert (plain values) and their options."""
PluginFunction = Callable[[Mapping[str, object], Mapping[str, str]], object]
_LAST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends alerts; knows the secrets and the functions of other packages that the routes name.

    Args:
        secrets: by name.
        plugins: by name of the entry point.
    """

    secrets: Mapping[str, Secret] = field(default_factory=dict)
    plugins: Mapping[str, PluginFunction] = field(default_factory=dict)

    def __call__(self, route: Route, alert: Alert) -> None:
        """Send an alert on a route.

        Raises:
            DeliveryError: the route did not take it.
        """
        if route.webhook is not None:
            send_webhook(route.webhook, alert, self._secret(route.webhook.key))
        if route.syslog is not None:
            send_syslog(route.syslog, alert)
        if route.mail is not None:
            send_mail(route.mail, alert, self._secret(route.mail.password))
        if route.command is not None:
            send_to_command(route.command, alert)
        if route.plugin is not None:
            self._to_plugin(route.plugin, alert)

    def _secret(self, ref: SecretRef | None) -> Secret | None:
        return None if ref is None else self.secrets[ref.secret]

    def _to_plugin(self, plugin: Plugin, alert: Alert) -> None:
        try:
            self.plugins[plugin.name](alert.as_dict(), plugin.options)
        except OSError as error:  # what it talks to is away
            raise DeliveryError(f"{plugin.name}: {type(error).__name__}: {error}") from None
        except Exception as error:  # noqa: BLE001 - code of others; its fault is that of a route
            raise NotTakenError(f"{plugin.name}: {type(error).__name__}: {error}") from None


def sender_for(alerts: Alerts, secrets: Callable[[str], Secret]) -> Sender:
    """Look up every secret and every function that the routes name, before anything is watched.

    Raises:
        IntentError: there is no such secret, or no package offers such a function.
    """
    refs = (
        ref
        for route in alerts.routes
        for ref in (route.webhook and route.webhook.key, route.mail and route.mail.password)
        if ref
    )
    plugins = {route.plugin.name: _plugin(route.plugin.name) for route in alerts.routes if route.plugin}
    return Sender({ref.secret: secrets(ref.secret) for ref in refs}, plugins)


def _plugin(name: str) -> PluginFunction:
    found = {one.name: one for one in entry_points(group=GROUP)}
    if name not in found:
        raise IntentError(
            f"no package offers the alert plugin {name}",
            wanted=", ".join(sorted(found)) or f"an entry point of the group {GROUP}",
            found=name,
        )
    try:
        function: PluginFunction = found[name].load()
    except HotpairError:
        raise
    except Exception as error:
        raise IntentError(f"the alert plugin {name} cannot be loaded", found=str(error)) from error
    return function


def send_to_command(command: Command, alert: Alert) -> None:
    """Give an alert to a program on its standard input.

    Raises:
        DeliveryError: it cannot be run, took too long, or ended with another code than 0; a `NotTakenError`
            in the last case, unless the code is 75 (`EX_TEMPFAIL`).
    """
    program = command.run[0]
    try:
        done = subprocess.run(
            command.run,
            input=(alert.as_json() + "\n").encode(),
            capture_output=True,
            timeout=command.timeout_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise DeliveryError(f"{program} took longer than {command.timeout_s:g} s") from None
    except OSError as error:
        raise DeliveryError(f"{program}: {error.strerror}") from None
    if done.returncode:
        words = " ".join(done.stderr.decode(errors="replace").split())[-_LAST_WORDS:]
        kind = DeliveryError if done.returncode == os.EX_TEMPFAIL else NotTakenError
        raise kind(f"{program} ended with {done.returncode}" + (f": {words}" if words else ""))
