"""A pair file that is right, and what is found in one that is not."""

from __future__ import annotations

import pytest

from inventory.load import parse_pair
from inventory.problems import InvalidIntentError, Problem

GOOD = """\
pair: harbour
members: {a: north, b: south}
system:
  lacp:
    e_trunk_system_id: E0-FC01-2
bfd:
  sessions:
    - name: keel
      address: {a: 198.51.100.1, b: 198.51.100.2}
      discriminator: {a: 41, b: 42}
e_trunks:
  - id: 3
    address: {a: 198.51.100.1, b: 198.51.100.2}
    priority: {a: 5, b: 6}
    security_key: {secret: harbour-key}
    bfd: keel
    members:
      - {eth_trunk: 30, mode: lacp-static, ports: {a: [ge 0/1/0], b: [ge 0/1/1]}}
backup_services:
  - {name: quay, address: {a: 198.51.100.1, b: 198.51.100.2}, port: 2020}
backup_profiles:
  - name: crane
    backup_id: 5
    service: quay
    services: [arp]
    track: {e_trunk: {e_trunk: 3, eth_trunk: 30}}
    interfaces: [eth-trunk 30]
"""


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(InvalidIntentError) as caught:
        parse_pair(text, "harbour.yaml")
    return caught.value.problems
