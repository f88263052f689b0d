"""BFD sessions and VRRP groups in every state: what the emulator prints is read whole, equal to the state."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from emulator.displays.layouts import Layout
from emulator.protocols.states import (
    BfdState,
    VrrpKind,
    VrrpState,
)
from tests.emulator.displays.states import STATE
from tests.parsers.witness import EVERY_LAYOUT, differences, seen


@EVERY_LAYOUT
@pytest.mark.parametrize("session", BfdState)
def test_bfd(session: BfdState, layout: Layout) -> None:
    sessions = tuple(replace(one, state=session) for one in STATE.bfd)
    state = replace(STATE, bfd=sessions)
    rows = {row.local_discriminator: row for row in seen("display bfd session all", state, layout).records}
    details = {one.name: one for one in seen("display bfd session static verbose", state, layout).records}

    assert len(rows) == len(sessions)
    for one in sessions:
        row = rows[one.local]
        assert (row.remote_discriminator, row.state, row.interface) == (
            one.remote,
            session.lower(),
            one.interface or None,
        )
        record = details.get(one.name)
        assert record is None or differences(record, {
            "state": session.lower(),
            "local_discriminator": one.local,
            "remote_discriminator": one.remote,
            "min_tx_ms": one.min_tx_ms,
            "detect_ms": one.detect_ms,
            "last_diagnostic": one.diagnostic,
            "source_ip": one.source or None,
            "interface": one.interface or None,
            "description": one.description or None,
            "extra": {},
        }) == {}  # fmt: skip


@EVERY_LAYOUT
@pytest.mark.parametrize("session", BfdState)
def test_bfd_counters(session: BfdState, layout: Layout) -> None:
    sessions = tuple(replace(one, state=session) for one in STATE.bfd)
    shown = seen("display bfd statistics session all", replace(STATE, bfd=sessions), layout)
    records = {record.name: record for record in shown.records}

    assert set(records) == {one.name for one in sessions}
    for one in sessions:
        assert differences(records[one.name], {
            "state": session.lower(),
            "state_mark": "w" if one.wait_to_restore else "",
            "hop": "One Hop" if one.interface else "Multi Hop",
            "discriminators": f"{one.local}/{one.remote}",
            "received": one.received,
            "sent": one.sent,
            "down_count": one.downs,
            "extra": {"Send Lsp Ping Count": "0"},
        }) == {}  # fmt: skip


@EVERY_LAYOUT
@pytest.mark.parametrize(("role", "kind"), list(itertools.product(VrrpState, VrrpKind)))
def test_vrrp(role: VrrpState, kind: VrrpKind, layout: Layout) -> None:
    groups = tuple(
        replace(one, state=role, kind=kind, master="" if role is VrrpState.INITIALIZE else one.master)
        for one in STATE.vrrp
    )
    state = replace(STATE, vrrp=groups)
    nobody = {False: "0.0.0.0", True: "::"}  # noqa: S104 - what devices print
    for family, ipv6 in (("vrrp", False), ("vrrp6", True)):
        of_family = {(one.interface, one.vrid): one for one in groups if one.ipv6 is ipv6}
        briefs = seen(f"display {family} brief", state, layout).records
        details = seen(f"display {family}", state, layout).records

        assert {(one.interface, one.vrid) for one in briefs} == set(of_family)
        assert {(one.interface, one.vrid) for one in details} == set(of_family)
        for row in briefs:
            one = of_family[row.interface, row.vrid]
            assert (row.state, row.master_ip) == (role.lower(), one.master or nobody[ipv6])
        for record in details:
            one = of_family[record.interface, record.vrid]
            assert differences(record, {
                "state": role.lower(),
                "config_type": str(kind),
                "master_ip": one.master or nobody[ipv6],
                "local_ip": one.local,
                "virtual_ips": one.virtual,
                "priority_run": one.run_priority,
                "priority_config": one.priority,
                "master_priority": one.master_priority,
                "preempt": "yes" if one.preempt else "no",
                "preempt_delay_s": one.preempt_delay,
                "virtual_mac": one.mac,
                "extra": {},
            }) == {}  # fmt: skip
            assert [(track.object, track.reduced) for track in record.tracks if track.reduced] == [
                (track.object, track.value) for track in one.tracks if track.value
            ]
