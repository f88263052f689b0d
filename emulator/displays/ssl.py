"""`display ssl policy` (command reference).

What stands in a certificate is made up from the device's name: the emulator loads none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from emulator.config.statement import Statement
    from emulator.displays.view import DeviceView

_CERTIFICATE = re.compile(r"certificate load (?P<kind>\w+)-(?:cert|chain) \S+ key-pair (?P<key>\w+) ")


def policies(params: Mapping[str, str], view: DeviceView) -> list[str]:
    """Show every SSL policy, or one."""
    wanted = params.get("name", "").lower()
    found = [line for line in view.running.all("ssl.policy") if wanted in ("", line.params["name"].lower())]
    if wanted and not found:
        return ["Error: The SSL policy does not exist."]
    return [text for line in found for text in _policy(line, view)]


def _policy(line: Statement, view: DeviceView) -> list[str]:
    loaded, trusted = line.first("ssl.cert"), line.first("ssl.ca")
    found = _CERTIFICATE.match(loaded.text) if loaded else None
    facts = [
        ("SSL Policy Name", line.params["name"]),
        ("Policy Applicants", ""),  # no page has the word for a backup service
        ("Key-pair Type", found["key"].upper() if found else ""),
        ("Certificate File Type", found["kind"].upper() if found else ""),
        ("Certificate Type", "certificate" if loaded else ""),
        ("Certificate Filename", loaded.params["file"] if loaded else ""),
        ("Key-file Filename", loaded.params.get("key-file", "") if loaded else ""),
        ("auth-code", "******" if loaded else ""),
        ("MAC", "******" if loaded else ""),
        ("Issuer name", "emulated-ca" if loaded else ""),
        ("Subject name", view.name if loaded else ""),
        ("Validity Not Before", f"{view.clock.epoch:%Y}-01-01 00:00:00Z" if loaded else ""),
        ("Validity Not After", f"{view.clock.epoch.year + 10}-01-01 00:00:00Z" if loaded else ""),
        ("CRL File", ""),
        ("Trusted-CA File", trusted.params["file"] if trusted else ""),
    ]
    return [f"{label:>22}: {value}".rstrip() for label, value in facts]
