"""The RSA host key: one for all devices of a process, made when a client first asks for it."""

from __future__ import annotations

from functools import cache

import asyncssh

_SIZE = 2048
_ALGORITHMS = (b"rsa-sha2-512", b"rsa-sha2-256", b"ssh-rsa")
_UNCHOSEN = b"rsa"


@cache
def _rsa() -> asyncssh.SSHKey:
    return asyncssh.generate_private_key("ssh-rsa", key_size=_SIZE)


class RsaOnDemand(asyncssh.SSHKeyPair):
    """An RSA host key that exists once a client has chosen it: making one takes longer than many logins."""

    def __init__(self) -> None:
        super().__init__(_UNCHOSEN, _UNCHOSEN, _ALGORITHMS, _ALGORITHMS, b"", None)

    def set_sig_algorithm(self, sig_algorithm: bytes) -> None:
        """Take the algorithm that a client has chosen, which makes the key."""
        super().set_sig_algorithm(sig_algorithm)
        self.public_data = self.key_public_data = _rsa().public_data

    def sign(self, data: bytes) -> bytes:
        """Sign with the key."""
        return _rsa().sign(data, self.sig_algorithm)
