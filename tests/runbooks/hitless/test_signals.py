"""Which displays of a member tell its entries while somebody looks on."""

from __future__ import annotations

from runbooks.hitless.signals import entry_sources
from tests.tasks.checks.bench import pair_of

PAIR = pair_of("""\
backup_services:
  - {name: chan-5, address: {a: 198.51.100.1, b: 198.51.100.2}, port: 6005}
backup_profiles:
  - name: mixed
    backup_id: 55
    service: chan-5
    services: [igmp, ipsec]
    track: {vrrp: [{vrid: 9, interface: GigabitEthernet1/0/1}]}
    interfaces: {a: [GigabitEthernet1/0/2], b: [GigabitEthernet2/0/2]}
interfaces:
  - name: GigabitEthernet1/0/1
    vrrp: [{vrid: 9, virtual_ips: [192.0.2.254], priority: {a: 120}}]
""")


def test_what_a_member_counts_for_the_whole_of_itself_is_no_entry_of_one_pair() -> None:
    (source,) = entry_sources(PAIR, "b")

    assert source.commands == ("display igmp group interface GigabitEthernet2/0/2",)
