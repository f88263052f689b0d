"""Units, rules and container files of `deploy/` are read without complaint by their own programs."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from hotpair.exit_codes import ExitCode
from runbooks.watch.figures import figure_names
from tests.integration.processes import heard, started

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
INSTALLED = "/opt/hotpair/bin/hotpair"


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def read_by(*words: str | Path) -> str:
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stderr


def test_systemd_reads_the_units_without_a_word(tmp_path: Path) -> None:
    verify = tool("systemd-analyze")
    units = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
    assert len(units) == 3
    for unit in units:
        text = unit.read_text(encoding="utf-8").replace(INSTALLED, "/bin/true")
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    # A misspelled key or value ends with 0 too: any word on standard error is a fault.
    assert read_by(verify, "verify", *(tmp_path / unit.name for unit in units)) == ""


def unit_values(unit: Path, key: str) -> list[str]:
    lines = unit.read_text(encoding="utf-8").splitlines()
    return [value for line in lines for name, _, value in (line.partition("="),) if name == key]


@pytest.mark.parametrize("unit", ["hotpair-watch.service", "hotpair-check.service"])
def test_a_unit_may_write_where_the_page_lets_figures_go(unit: str) -> None:
    page = (DEPLOY.parent / "docs" / "watch.md").read_text(encoding="utf-8")
    (figures,) = re.findall(r"^  file: (/\S+)/[^/\s]+\.prom$", page, re.MULTILINE)
    assert figures in [place.removeprefix("-") for place in unit_values(DEPLOY / unit, "ReadWritePaths")]


def test_a_wrong_file_is_no_reason_to_start_again_and_a_round_that_hangs_ends() -> None:
    assert unit_values(DEPLOY / "hotpair-watch.service", "RestartPreventExitStatus") == [
        str(int(ExitCode.USAGE))
    ]
    assert unit_values(DEPLOY / "hotpair-check.service", "SuccessExitStatus") == [str(int(ExitCode.FINDINGS))]
    assert unit_values(DEPLOY / "hotpair-check.service", "TimeoutStartSec") == ["30min"]


def test_the_cron_job_asks_for_no_more_than_a_restricted_pod_has() -> None:
    job = YAML(typ="safe").load((DEPLOY / "cronjob.yaml").read_text(encoding="utf-8"))
    pod = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    (container,) = pod["containers"]
    assert container["securityContext"]["allowPrivilegeEscalation"] is False
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}


def test_somebody_is_told_when_nobody_tells_figures_any_more() -> None:
    rules = YAML(typ="safe").load((DEPLOY / "prometheus-rules.yaml").read_text(encoding="utf-8"))
    assert any(rule["expr"].startswith("absent(") for rule in rules["groups"][0]["rules"])


def test_prometheus_reads_the_rules() -> None:
    read_by(tool("promtool"), "check", "rules", DEPLOY / "prometheus-rules.yaml")


def test_kubernetes_takes_the_cron_job() -> None:
    read_by(tool("kubernetes-validate"), "--strict", DEPLOY / "cronjob.yaml")


def test_the_container_file_has_no_findings() -> None:
    read_by(tool("hadolint"), DEPLOY / "Containerfile")


def test_the_topology_of_containerlab_serves_its_pair(tmp_path: Path) -> None:
    """Its command, as a container would run it: the folders that it binds stand for those of the image."""
    home = DEPLOY / "containerlab"
    nodes = YAML(typ="safe").load((home / "hotpair.clab.yml").read_text(encoding="utf-8"))["topology"][
        "nodes"
    ]
    assert nodes["desk"]["network-mode"] == "container:routers"
    words = str(nodes["routers"]["cmd"])
    for bind in nodes["routers"]["binds"]:
        here, there, *_ = bind.split(":")
        place = tmp_path / here if here == "inventory" else home / here
        assert place.exists() or here == "inventory"
        words = words.replace(there, str(place))
    with started(*words.split(), folder=tmp_path) as process:
        heard(process.stdout, '"AGG2"')
        hosts = YAML(typ="safe").load((tmp_path / "inventory" / "hosts.yaml").read_text(encoding="utf-8"))
    assert sorted(hosts) == ["AGG1", "AGG2"]


def test_the_rules_name_figures_that_there_are() -> None:
    text = (DEPLOY / "prometheus-rules.yaml").read_text(encoding="utf-8")
    named = set(re.findall(r"hotpair_[a-z_]+", text))
    assert named
    assert named <= set(figure_names())
