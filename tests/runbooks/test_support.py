"""A bundle holds what helps and no secret, wherever one was planted."""

from __future__ import annotations

import json
import tarfile
import zlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from hotpair.__main__ import run
from runbooks.archive.opening import open_archive
from runbooks.archive.store import Origin, RunInputs, keep_run
from runbooks.archive.tables import blobs, runs
from tests.runbooks.fleet.memory import checked, held
from tests.runbooks.pairs import INTENT

KEY, LOGIN, TOKEN = 'West"key-9', "L0gin-of-all", "t0ken-by-environment"
HOOK, DATABASE = "h00k-of-a-vault", "db-url-of-a-vault"
VAULT = f"case {{name}} in noc-hook) printf {HOOK};; fleet-db) printf {DATABASE};; *) exit 1;; esac"
"""A place that tells no names: what is in it is found where something names it."""
CIPHER = "%^%#Wd4]k>#qabcdefgh%^%#"
HOSTS = """\
west-1: {hostname: 192.0.2.1, username: ops, data: {password: {secret: login}}}
west-2:
  hostname: 192.0.2.2
  password: typed-in-clear
  data: {password: {secret: by-environment}}
"""
# In forms in which nobody keeps a secret, and somebody does.
WATCH = """\
groups: [{name: all, every: 5 min}]
alerts:
  routes:
    - {name: noc, webhook: {url: "https://noc.example.net/", key: {secret: noc-hook}}}
    - {name: chat, webhook: {url: "https://hooks.example.net/services/T000/ch4t-path"}}
    - {name: pager, command: {run: [/usr/bin/page, --token, p4ge-token]}}
    - {name: desk, plugin: {name: desk, options: {api_key: d3sk-option}}}
"""
GROUPS = """\
ne40e: {password: gr0up-clear, connection_options: {netmiko: {extras: {secret: n3tmiko-extra}}}}
servers: {data: {netbox: "https://ops:n3tbox-pass@netbox.example.net"}}
"""
STRAY = (
    "ch4t-path",
    "p4ge-token",
    "d3sk-option",
    "gr0up-clear",
    "n3tmiko-extra",
    "n3tbox-pass",
    "publ1c-read",
)


@pytest.fixture
def inventory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "inventory"
    (folder / "pairs").mkdir(parents=True)
    (folder / "journals").mkdir()
    (folder / "pairs" / "west.yaml").write_text(INTENT, encoding="utf-8")
    (folder / "hosts.yaml").write_text(HOSTS, encoding="utf-8")
    (folder / "secrets.yaml").write_text(f"west-key: '{KEY}'\nlogin: {LOGIN}\n", encoding="utf-8")
    (folder / "secrets.yaml").chmod(0o600)
    monkeypatch.setenv("HOTPAIR_SECRET_BY_ENVIRONMENT", TOKEN)
    monkeypatch.setenv("HOTPAIR_SECRETS_COMMAND", f"sh -c '{VAULT}'")
    entry = {
        "reply": f"security-key cipher {CIPHER}",
        "typed": KEY,
        "other": LOGIN.upper(),
        "more": TOKEN,
        "said": f"{HOOK} and {DATABASE}",
        "line": "snmp-agent community read publ1c-read",
    }
    (folder / "journals" / "hp-0.jsonl").write_text(json.dumps(entry) + "\n", encoding="utf-8")
    (folder / "watch.yaml").write_text(WATCH, encoding="utf-8")
    (folder / "hotpair.toml").write_text('# archive = "secret:fleet-db"\n', encoding="utf-8")
    (folder / "groups.yaml").write_text(GROUPS, encoding="utf-8")
    (folder / "policy.yaml").write_text(f"# {TOKEN}\nchecks: {{tags: [rbs]}}\n", encoding="utf-8")
    with open_archive(folder / "archive.db") as archive:
        keep_run(archive, checked(held()), Origin(), RunInputs(INTENT))
    return folder


def test_no_planted_secret_is_in_the_bundle(inventory: Path, tmp_path: Path) -> None:
    file = tmp_path / "case.tar.gz"

    assert run(["support", "west", "-i", str(inventory), "--out", str(file)]) == 0

    assert file.stat().st_mode & 0o777 == 0o600
    with tarfile.open(file) as bundle:
        texts = {one.name: bundle.extractfile(one).read().decode() for one in bundle}  # type: ignore[union-attr]
    told = "\n".join(texts.values())
    for secret in (
        KEY,
        KEY.replace('"', '\\"'),
        LOGIN,
        LOGIN.upper(),
        TOKEN,
        HOOK,
        DATABASE,
        "typed-in-clear",
        CIPHER,
        *STRAY,
    ):
        assert secret not in told
    assert "<secret:west-key>" in texts["hotpair-support/journals/hp-0.jsonl"]
    assert "secrets.yaml" not in " ".join(texts)
    assert {"hotpair-support/versions.txt", "hotpair-support/pairs/west.yaml"} <= texts.keys()
    assert any(
        "display current-configuration" in text and "sysname west-1" in text for text in texts.values()
    )


def test_a_file_that_is_there_is_never_written_over(inventory: Path, tmp_path: Path) -> None:
    file = tmp_path / "case.tar.gz"
    file.write_text("mine", encoding="utf-8")
    assert run(["support", "-i", str(inventory), "--out", str(file)]) == 2
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_damaged_archive_is_told_in_the_bundle(inventory: Path, tmp_path: Path) -> None:
    for path in inventory.glob("archive.db*"):
        path.write_bytes(b"no database at all")
    file = tmp_path / "case.tar.gz"
    assert run(["support", "-i", str(inventory), "--out", str(file)]) == 0
    with tarfile.open(file) as bundle:
        assert "hotpair-support/archive-error.txt" in bundle.getnames()


def test_a_run_that_is_not_as_it_was_kept_keeps_no_other_out(inventory: Path, tmp_path: Path) -> None:
    with open_archive(inventory / "archive.db") as archive:
        first = checked(held())
        later = replace(first, id="later", started_at=first.started_at + timedelta(days=1), results=())
        keep_run(archive, later, Origin(), RunInputs(INTENT))
        with archive.writing() as connection:
            bad = select(runs.c.results).where(runs.c.id == "later").scalar_subquery()
            connection.execute(update(blobs).where(blobs.c.number == bad).values(data=zlib.compress(b"{}")))
    file = tmp_path / "case.tar.gz"
    assert run(["support", "west", "-i", str(inventory), "--out", str(file)]) == 0
    with tarfile.open(file) as bundle:
        names = bundle.getnames()
    assert [name for name in names if "later" in name] == ["hotpair-support/runs/later/not-read.txt"]
    assert sum(name.endswith("run.json") for name in names) == 1


@pytest.mark.parametrize("archived", [True, False])
def test_a_pair_that_is_none_is_told_and_nothing_is_written(
    inventory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, archived: bool
) -> None:
    if not archived:
        (inventory / "archive.db").unlink()
    file = tmp_path / "case.tar.gz"
    (inventory / "pairs" / "fresh.yaml").write_text(
        "pair: fresh\nmembers: {a: F1, b: F2}\n", encoding="utf-8"
    )
    assert run(["support", "fresh", "weast", "-i", str(inventory), "--out", str(file)]) == 2
    assert "no pair is named weast; did you mean 'west'?" in capsys.readouterr().err
    assert not file.exists()
