"""Secrets in HashiCorp Vault or OpenBao, key-value engine version 2 (extra `vault`)."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inventory.errors import SecretsError
from inventory.secret_sources import Absent

FIELD = "value"
"""Key of the secret's text where the path names none."""
TIMEOUT_S = 10


@dataclass(frozen=True)
class VaultSource:
    """Secrets by their path, as `secret/hotpair/{name}` or `secret/hotpair/{name}#password`.

    The server, token, namespace and certificates are those of Vault's own client: `VAULT_ADDR`, `VAULT_TOKEN`
    or `~/.vault-token`, `VAULT_NAMESPACE`, `VAULT_CACERT`.

    Args:
        path: mount, path below it with `{name}` for the secret's name, and the key after `#`.
        environ: the environment.
    """

    path: str
    environ: Mapping[str, str]

    def find(self, name: str) -> str | Absent:
        """Ask the server.

        Raises:
            SecretsError: the extra is not installed, the path is none, or the server is away or refuses.
        """
        mount, path, key = self._place(name)
        data = self._read(mount, path)
        if data is None:
            return Absent("it is not there, or its newest version is deleted")
        value = data.get(key)
        return value if isinstance(value, str) else Absent(f"it has no text {key!r}")

    def _place(self, name: str) -> tuple[str, str, str]:
        whole, _, key = self.path.partition("#")
        mount, _, path = whole.strip("/").partition("/")
        if not mount or "{name}" not in path:
            wanted = "HOTPAIR_SECRETS_VAULT='MOUNT/PATH/{name}#KEY'"
            raise SecretsError("the path in Vault names no secret", wanted=wanted, found=self.path)
        return mount, path.replace("{name}", name), key or FIELD

    def _read(self, mount: str, path: str) -> Mapping[str, Any] | None:
        """Read one secret; nothing where there is none."""
        try:
            hvac = importlib.import_module("hvac")
        except ImportError:
            raise SecretsError("Vault needs the extra: pip install 'hotpair[vault]'") from None
        requests = importlib.import_module("requests")
        where = self.environ.get("VAULT_ADDR", "")
        if not where:
            raise SecretsError("Vault has no address", wanted="VAULT_ADDR in the environment")
        client = hvac.Client(
            url=where,
            token=self.environ.get("VAULT_TOKEN"),
            namespace=self.environ.get("VAULT_NAMESPACE"),
            verify=self.environ.get("VAULT_CACERT") or True,
            timeout=TIMEOUT_S,
        )
        try:
            answer = client.secrets.kv.v2.read_secret_version(
                path=path, mount_point=mount, raise_on_deleted_version=False
            )
        except hvac.exceptions.InvalidPath:
            return None
        except hvac.exceptions.Forbidden:
            raise SecretsError("Vault refuses the token", where=f"{where} {mount}/{path}") from None
        except (hvac.exceptions.VaultError, requests.exceptions.RequestException) as error:
            raise SecretsError(
                "Vault did not answer", found=type(error).__name__, where=f"{where} {mount}/{path}"
            ) from None
        data: Mapping[str, Any] | None = answer["data"]["data"]
        return data

    def __str__(self) -> str:
        """Say where names are looked for."""
        return f"Vault ({self.path})"
