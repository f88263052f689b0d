"""Hosts and pairs from NetBox (extra `netbox`); it is only read."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

from inventory.errors import DeviceError, IntentError
from inventory.model.types import SecretRef
from inventory.sources.model import Sourced, SourcedHost

TIMEOUT_S = 30.0
_BUSY = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}
_SHOWN = 200


class NetBoxSource(BaseModel):
    """Where NetBox is, which devices count, and where they say whose members they are."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str = Field(pattern=r"^https?://[^/\s@]+(/\S*)?$")
    """Of NetBox, without `/api`."""
    token: SecretRef | None = None
    """Secret that holds the token; one that may read is enough."""
    devices: dict[str, str | tuple[str, ...]] = Field(default_factory=dict)
    """Filters as NetBox takes them, e.g. `{tag: hot-backup}` or `{role: bng, site: [ber, fra]}`."""
    pair_field: str | None = None
    """Custom field with the name of the device's pair."""
    member_field: str | None = None
    """Custom field with `a` or `b`."""
    config_context: str | None = None
    """Key of the config context that holds `pair`, `member`, and maybe `intent`, instead."""

    @model_validator(mode="after")
    def _says_where(self) -> NetBoxSource:
        fields = (self.pair_field, self.member_field)
        if (self.config_context is None) == (None in fields) and None not in fields:
            raise ValueError("wanted pair_field and member_field, or config_context")
        if self.config_context is None and None in fields:
            raise ValueError("wanted pair_field and member_field, or config_context")
        return self


def netbox_hosts(source: NetBoxSource, token: str | None) -> Sourced:
    """Ask NetBox for its devices, a page at a time.

    Args:
        source: where and which.
        token: of NetBox.

    Raises:
        IntentError: the extra is not installed, NetBox refuses, or a device says what cannot be.
        DeviceError: NetBox is away, or answers what is none of its answers.
    """
    try:
        pynetbox = importlib.import_module("pynetbox")
    except ImportError:
        raise IntentError("NetBox needs the extra: pip install 'hotpair[netbox]'") from None
    requests = importlib.import_module("requests")
    asked = pynetbox.api(source.url.rstrip("/"), token=token)
    asked.http_session = _session(requests, source.url)
    devices = asked.dcim.devices
    filters = {name: list(one) if isinstance(one, tuple) else one for name, one in source.devices.items()}
    try:
        found = [dict(device) for device in (devices.filter(**filters) if filters else devices.all())]
    except pynetbox.RequestError as error:
        raise _refusal(error, source.url) from None
    except (pynetbox.ContentError, requests.exceptions.RequestException) as error:
        raise DeviceError("NetBox did not answer", found=type(error).__name__, where=source.url) from None
    return Sourced(f"NetBox {source.url}", tuple(_hosts(found, source)))


def _refusal(error: Any, url: str) -> IntentError | DeviceError:
    """Say what NetBox answered: what it names wrong is ours, a server in trouble is not."""
    code, words = error.req.status_code, f"{error.req.status_code} {error.req.reason}"
    if code in _BUSY or code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return DeviceError("NetBox did not answer", found=words, where=url)
    named = error.error if isinstance(error.error, str) and error.error.startswith("{") else ""
    return IntentError("NetBox refuses", found=f"{words} {named}".strip()[:_SHOWN], where=url)


def _session(requests: Any, url: str) -> Any:
    """Return a session that waits no longer than our time, and asks nobody but this NetBox.

    The address of each further page is what NetBox takes for its own. Behind a proxy it may be another host,
    or one without TLS, and the token would be sent there.
    """

    class Session(requests.Session):  # type: ignore[misc]  # the module is loaded when it is needed
        def request(self, method: str, target: str, **options: Any) -> Any:
            if _place(target) != _place(url):
                raise IntentError(
                    "NetBox names another place for its next page; nothing was asked there",
                    wanted=_place(url),
                    found=_place(target),
                    where=url,
                )
            return super().request(method, target, **{"timeout": TIMEOUT_S, **options})

    return Session()


def _place(url: str) -> str:
    """Return the part of an address that tells who is asked."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _hosts(devices: list[dict[str, Any]], source: NetBoxSource) -> Iterator[SourcedHost]:
    for device in devices:
        name = device.get("name")
        if not name:
            raise IntentError("a device has no name", found=f"device {device.get('id')}", where=source.url)
        said = _said(device, source)
        pair, member, intent = said.get("pair"), said.get("member"), said.get("intent")
        if intent is not None and not isinstance(intent, Mapping):
            raise IntentError("the intent holds no keys and values", where=f"{source.url} {name}")
        yield SourcedHost(
            str(name), _entry(device), str(pair or ""), str(_plain(member) or "").lower(), intent
        )


def _said(device: Mapping[str, Any], source: NetBoxSource) -> Mapping[str, Any]:
    """Return what a device says of its pair."""
    if source.config_context is not None:
        held = (device.get("config_context") or {}).get(source.config_context)
        return held if isinstance(held, Mapping) else {}
    fields = device.get("custom_fields") or {}
    for name in (source.pair_field, source.member_field):
        if name not in fields:
            raise IntentError("NetBox has no such custom field of devices", found=name, where=source.url)
    return {"pair": _plain(fields[source.pair_field]), "member": fields[source.member_field]}


def _plain(value: Any) -> Any:
    """Return the value of a field; a selection is an object in some releases."""
    return value.get("value", value.get("name")) if isinstance(value, Mapping) else value


def _entry(device: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `hosts.yaml` would say."""
    address = (device.get("primary_ip") or {}).get("address", "")
    entry: dict[str, Any] = {"hostname": address.partition("/")[0] or device["name"]}
    slugs = {key: (device.get(key) or {}).get("slug") for key in ("platform", "site", "role")}
    if slugs["platform"]:
        entry["platform"] = slugs["platform"]
    return {**entry, "data": {key: slugs[key] for key in ("site", "role") if slugs[key]}}
