"""The displays of the worked example parse whole, the one with collapsed blanks included."""

from __future__ import annotations

from parsers.api import parse
from parsers.records.eth_trunk import EthTrunk, EthTrunkPartner, EthTrunkPort
from parsers.records.remote_backup import RemoteBackupProfile, RemoteBackupService
from tests.fixtures.text import text_of


def test_service() -> None:
    parsed = parse(
        "display remote-backup-service service1", text_of("seed-002/DeviceA-remote-backup-service.txt")
    )

    assert parsed.unparsed == ()
    assert parsed.records == (
        RemoteBackupService(
            name="service1",
            index=1,
            tcp_state="connected",
            peer_ip="3.3.3.3",
            source_ip="1.1.1.1",
            tcp_port=1025,
            last_up_time="2018-05-29 03:21:36",
        ),
    )


def test_profile() -> None:
    parsed = parse(
        "display remote-backup-profile profile1", text_of("seed-002/DeviceA-remote-backup-profile.txt")
    )

    assert parsed.unparsed == ()
    assert parsed.records == (
        RemoteBackupProfile(
            name="profile1",
            index="0x1000",
            services=("igmp",),
            remote_backup_service="service1",
            backup_id=10,
            track_protocol="E-TRUNK",
            e_trunk_id=1,
            eth_trunk_id=1,
            interfaces=("Eth-Trunk1",),
            forwarding_configured="Slave Forwarding",
            backup_mode="hot",
        ),
    )


def test_trunk_of_the_backup_with_collapsed_blanks() -> None:
    parsed = parse("display eth-trunk", text_of("seed-002/DeviceB-eth-trunk.txt"))

    assert parsed.unparsed == ()
    assert parsed.records == (
        EthTrunk(
            name="Eth-Trunk1",
            lag_id=1,
            working_mode="static",
            preempt_delay="Disabled",
            hash_arithmetic="According to flow",
            system_priority=32768,
            system_id="00e0-fc12-3456",
            system_id_from="local",
            least_active_links=1,
            max_active_links=16,
            operate_status="down",
            up_ports=0,
            timeout_period="Slow",
            port_key_mode="Auto",
            ports=(
                EthTrunkPort(
                    name="GigabitEthernet0/1/3",
                    status="unselect",
                    flags="hr",
                    port_type="1GE",
                    port_priority=32768,
                    port_number=32769,
                    port_key=305,
                    port_state="10110000",
                    weight=1,
                ),
            ),
            partners=(
                EthTrunkPartner(
                    name="GigabitEthernet0/1/3",
                    system_priority=32768,
                    system_id="00e0-fc12-3456",
                    port_priority=32768,
                    port_number=2,
                    port_key=305,
                    port_state="10100000",
                ),
            ),
        ),
    )


def test_trunk_of_the_master_is_up() -> None:
    (trunk,) = parse("display eth-trunk", text_of("seed-002/DeviceA-eth-trunk.txt")).records

    assert (trunk.operate_status, trunk.ports[0].status, trunk.ports[0].flags) == ("up", "selected", "hr")
