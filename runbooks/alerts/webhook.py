"""Alerts by HTTP: one POST each, signed so that the receiver knows who sent it and when."""

from __future__ import annotations

import hmac
from hashlib import sha256
from http import HTTPStatus
from time import time
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from inventory.errors import reason
from inventory.secrets import Secret
from runbooks.alerts.model import Alert
from runbooks.alerts.outbox import DeliveryError, NotTakenError
from runbooks.alerts.settings import Webhook

TIMEOUT_S = 10.0
_FOR_NOW = frozenset(
    {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.PROXY_AUTHENTICATION_REQUIRED,
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_EARLY,
        HTTPStatus.TOO_MANY_REQUESTS,
    }
)
"""Answers that say nothing of the alert."""
SIGNATURE = "Hotpair-Signature"
"""Header `t=SECONDS,v1=HEX`: HMAC-SHA256 with the key over the seconds, a dot and the body."""


class _NoRedirect(HTTPRedirectHandler):
    """An alert goes where it was told to go, and nowhere else."""

    def redirect_request(self, *_args: object) -> None:
        """Follow no redirect."""


def send_webhook(hook: Webhook, alert: Alert, key: Secret | None) -> None:
    """Post an alert.

    Raises:
        DeliveryError: it was not taken with a status of success; a `NotTakenError` where that may be due to
            this alert.
    """
    body = alert.as_json().encode()
    headers = {"Content-Type": "application/json", "User-Agent": "hotpair", "Hotpair-Alert": alert.id}
    if key is not None:
        headers[SIGNATURE] = sign(body, key, int(time()))
    request = Request(hook.url, data=body, headers=headers, method="POST")  # noqa: S310 - http and https alone
    try:
        build_opener(_NoRedirect).open(request, timeout=TIMEOUT_S).close()
    except HTTPError as error:
        with error:
            kind = NotTakenError if _is_of_the_alert(error.code) else DeliveryError
            raise kind(f"{_server(hook)} answered {error.code} {error.reason}") from None
    except (URLError, OSError, ValueError) as error:
        raise DeliveryError(f"{_server(hook)}: {_why(error)}") from None


def _why(error: Exception) -> str:
    """Say why nothing was delivered, without the numbers of the system."""
    said = getattr(error, "reason", error)
    return reason(said) if isinstance(said, BaseException) else str(said)


def _is_of_the_alert(status: int) -> bool:
    """Tell whether a server may have refused this alert, and not everything for now."""
    return (HTTPStatus.BAD_REQUEST <= status <= HTTPStatus.INTERNAL_SERVER_ERROR) and status not in _FOR_NOW


def _server(hook: Webhook) -> str:
    """Name the server alone: the rest of a URL is often the key to it."""
    parts = urlsplit(hook.url)
    return f"{parts.scheme}://{parts.netloc}"


def sign(body: bytes, key: Secret, at_s: int) -> str:
    """Sign a body.

    Args:
        body: as it is sent.
        key: shared with the receiver.
        at_s: seconds since 1970, so that the receiver can refuse what is old.
    """
    made = hmac.new(key.reveal().encode(), f"{at_s}.".encode() + body, sha256)
    return f"t={at_s},v1={made.hexdigest()}"
