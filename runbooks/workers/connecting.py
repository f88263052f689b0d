"""The way to the Temporal server: by Temporal's own variables and profile, as its other programs go."""

from __future__ import annotations

from dataclasses import dataclass

from inventory.errors import DeviceError, IntentError
from runbooks import interrupts

try:
    from temporalio.client import Client
    from temporalio.envconfig import ClientConfig
    from temporalio.service import RPCError, TLSConfig

    from runbooks.workers.quiet import silent_runtime
except ImportError as error:
    raise IntentError(
        "this needs a package that is not installed", wanted="pip install 'hotpair[temporal]'"
    ) from error

LOCAL = "localhost:7233"


@dataclass(frozen=True, slots=True)
class Server:
    """A Temporal server; where nothing is said, what `TEMPORAL_ADDRESS` and its like say.

    Args:
        address: `HOST:PORT`; empty for what the environment says, and `localhost:7233` without it.
        namespace: of the fleet; empty for what the environment says, and `default` without it.
    """

    address: str = ""
    namespace: str = ""


async def connected(server: Server, identity: str) -> Client:
    """Connect to the server; keys and certificates are read from Temporal's variables and profile alone.

    Args:
        server: where.
        identity: what the server calls this process.

    Raises:
        IntentError: the profile is wrong.
        DeviceError: the server is out of reach, or refuses.
    """
    interrupts.raise_if_interrupted()
    try:
        settings = ClientConfig.load_client_connect_config()
    except (RuntimeError, ValueError) as error:
        raise IntentError("Temporal's profile cannot be read", found=_line(error)) from None
    address = server.address or settings.get("target_host") or LOCAL
    namespace = server.namespace or settings.get("namespace") or "default"
    tls: TLSConfig | bool | None = settings.get("tls")
    try:
        return await Client.connect(
            address,
            namespace=namespace,
            tls=tls,
            api_key=settings.get("api_key"),
            identity=identity,
            runtime=silent_runtime(),
        )
    except (RuntimeError, RPCError, ValueError) as error:
        raise DeviceError(
            "the Temporal server gives no answer",
            wanted=f"a server, namespace {namespace}",
            found=_why(error, address),
            where=address,
            next_command="temporal server start-dev",
        ) from None


_REASONS = (
    ("ConnectionRefused", "no server listens at {address}"),
    ("dns error", "no such host: {address}"),
    ("failed to lookup address", "no such host: {address}"),
    ("NetworkUnreachable", "no way to {address}"),
    ("HostUnreachable", "no way to {address}"),
    ("PermissionDenied", "this host may not connect to {address}"),
    ("InvalidUri", "{address} is no HOST:PORT"),
    ("invalid format", "{address} is no HOST:PORT"),
    ("invalid port", "{address} is no HOST:PORT"),
    ("InvalidCertificate", "the certificate of {address} is not trusted"),
    ("InvalidContentType", "{address} does not speak TLS"),
    ("TimedOut", "no answer from {address} in time"),
    ("Elapsed", "no answer from {address} in time"),
    ("transport::Error", "{address} does not speak the protocol of a Temporal server"),
)
"""What Temporal's library shows of its own insides, and what it means; the first that fits."""


def _why(error: Exception, address: str) -> str:
    """Say why there is no way to a server; words that the server itself says stay."""
    said = _line(error)
    meant = next((text for mark, text in _REASONS if mark in said), "")
    return meant.format(address=address) or said


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:400]
