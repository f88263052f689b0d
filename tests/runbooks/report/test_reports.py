"""One run, every form of report: complete, escaped, and the same verdict everywhere."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from rich.console import Console

from inventory.errors import IntentError
from parsers.api import parse
from runbooks.hitless.model import EntryLoss, Hit, Hitless, Row, Spread, Verdict
from runbooks.report.as_csv import COLUMNS, to_csv
from runbooks.report.as_json import SCHEMA_PATH, run_as_dict, to_json
from runbooks.report.evidence import load_evidence, require_unchanged, save_run
from runbooks.report.html import drift_lines, to_html
from runbooks.report.junit import to_junit
from runbooks.report.markdown import to_markdown
from runbooks.report.picture import links_of
from runbooks.report.roles import LINES_SHOWN, Role, roles_of
from runbooks.report.run import Change, Run, RunKind, took_away, worst
from runbooks.report.terminal import run_view, summary
from tasks.checks.model import DRIFT, Complaint, Observation, Outcome
from tasks.transaction.machine import State
from tests.runbooks.report.runs import HOSTILE, RBS_TEXT, START, observation, result, run


@pytest.fixture
def mixed() -> Run:
    return run(
        result(Outcome.SUCCESS, after=3.2),
        result(Outcome.FAILURE, HOSTILE, after=9.0),
        result(Outcome.ERROR, HOSTILE),
        result(Outcome.SKIPPED, note="waived until 2026-04-01 by netops"),
        observations=(observation(), observation(member="core-2")),
        changes=(Change("core-1", ("bfd", "quit"), ("hitless", "service-affecting")), Change("core-2")),
    )


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        ([], Outcome.ERROR),
        ([Outcome.SKIPPED], Outcome.ERROR),
        ([Outcome.SUCCESS, Outcome.SKIPPED], Outcome.SUCCESS),
        ([Outcome.SUCCESS, Outcome.ERROR], Outcome.ERROR),
        ([Outcome.SUCCESS, Outcome.UNSET], Outcome.ERROR),
        ([Outcome.ERROR, Outcome.FAILURE, Outcome.SUCCESS], Outcome.FAILURE),
    ],
)
def test_verdict_is_the_worst_end_and_nothing_examined_is_an_error(
    outcomes: list[Outcome], verdict: Outcome
) -> None:
    assert worst(outcomes) is verdict


def test_a_deployment_with_nothing_to_do_is_no_error_and_any_other_run_that_saw_nothing_is_one() -> None:
    assert replace(run(), outcome=State.NOTHING.value).verdict is Outcome.SKIPPED
    for state in set(State) - {State.NOTHING}:
        assert replace(run(), outcome=state.value).verdict is Outcome.ERROR
    failed = replace(run(result(Outcome.FAILURE)), outcome=State.NOTHING.value)
    assert failed.verdict is Outcome.FAILURE


def test_a_deployment_that_took_the_pair_away_has_nothing_to_judge_and_one_taken_back_has() -> None:
    gone = replace(run(result(Outcome.SKIPPED)), kind=RunKind.DEPLOY, outcome=State.DONE.value)
    assert gone.verdict is Outcome.SKIPPED
    assert took_away(gone.kind, gone.outcome, gone.verdict)
    assert replace(gone, outcome=State.ROLLED_BACK.value).verdict is Outcome.ERROR
    assert replace(gone, kind=RunKind.CHECK).verdict is Outcome.ERROR
    there = replace(
        run(result(Outcome.SKIPPED), result(Outcome.SUCCESS)), kind=RunKind.DEPLOY, outcome="done"
    )
    assert not took_away(there.kind, there.outcome, there.verdict)


def test_json_follows_the_shipped_schema(mixed: Run) -> None:
    values = json.loads(to_json(mixed))
    jsonschema.validate(values, json.loads(SCHEMA_PATH.read_text(encoding="utf-8")))
    assert values["schema_version"] == 1
    assert values["verdict"] == "failure"
    assert values["counts"] == {"success": 1, "failure": 1, "error": 1, "skipped": 1, "unset": 0}
    assert values["results"][1]["complaints"][0]["found"] == HOSTILE.found
    assert [entry["member"] for entry in values["evidence"]] == ["core-1", "core-2"]


def test_a_sampled_run_tells_both_verdicts_and_its_time_line_in_every_form(mixed: Run) -> None:
    spread = Spread(9, 1.0, 1.0, 1.5, 2.0)
    hit = Hit("core-1", "BFD <b>", "up", "down", 3.0, 0.5, 2.5, "b on trial")
    sampled = replace(
        mixed,
        hitless=Hitless(
            Verdict.HIT, str(hit), 2.0, ("BFD <b>",), spread, {"core-1": 5}, (hit,),
            (EntryLoss("igmp of RBP p", 2, (), spread),), (Row(3.0, "BFD <b> on core-1: up -> down"),),
        ),
    )  # fmt: skip
    values = json.loads(to_json(sampled))
    jsonschema.validate(values, json.loads(SCHEMA_PATH.read_text(encoding="utf-8")))
    assert values["hitless"]["hits"][0]["after"] == "b on trial"
    console = Console(width=200, record=True, file=io.StringIO())
    console.print(run_view(sampled))
    texts = [
        to_markdown(sampled),
        console.export_text(),
        to_junit(sampled).replace("&lt;", "<").replace("&gt;", ">"),
    ]
    for text in (*texts, to_html(sampled).replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'")):
        assert "control plane: hit, BFD <b> on core-1: up -> down, 0.5 to 2.5 s" in text
        assert "traffic: traffic not measured" in text
        assert "route loss of connectivity min 1, median 1, p95 1.5, max 2 s" in text
        assert re.search(r"\+3\.0 s.*BFD <b> on core-1", text, re.DOTALL)


def test_schema_refuses_a_key_that_it_does_not_know(mixed: Run) -> None:
    schema = json.loads(SCHEMA_PATH.read_text(encoding="utf-8"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**run_as_dict(mixed), "more": 1}, schema)


def test_junit_counts_and_says_why(mixed: Run) -> None:
    suite = ET.fromstring(to_junit(mixed)).find("testsuite")  # noqa: S314 - our own text
    assert suite is not None
    assert {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "4",
        "failures": "1",
        "errors": "1",
        "skipped": "1",
    }
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert "wanted connected" in (failure.get("message") or "")
    skipped = suite.find("testcase/skipped")
    assert skipped is not None
    assert skipped.get("message") == "waived until 2026-04-01 by netops"


def test_markdown_names_verdict_lines_and_complaints(mixed: Run) -> None:
    text = to_markdown(mixed)
    assert text.startswith("# Verify of north-pair: ❌ failure")
    assert "```\nbfd\nquit\n```" in text
    assert "### core-2" not in text
    assert "| ✅ | rbs-connected | RBS north | 3.2 s |" in text
    assert "\\| =HYPERLINK()" in text


def test_csv_has_a_row_for_each_complaint_and_runs_no_formula(mixed: Run) -> None:
    rows = list(csv.reader(io.StringIO(to_csv(mixed))))
    assert tuple(rows[0]) == COLUMNS
    assert [row[4] for row in rows[1:]] == ["success", "failure", "error", "skipped"]
    formula = run(result(Outcome.FAILURE, HOSTILE.__class__("=1+1")))
    assert list(csv.reader(io.StringIO(to_csv(formula))))[1][5] == "'=1+1"


class Outside(HTMLParser):
    """Collects what a page would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "link", "img", "iframe"} or any(name in {"src", "href"} for name, _ in attrs):
            self.found.append(tag)


def test_html_is_self_contained_and_escaped(mixed: Run) -> None:
    page = to_html(mixed)
    outside = Outside()
    outside.feed(page)
    assert outside.found == []
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert page.count('<svg class="pair"') == 2  # lying, and upright for a narrow page
    assert " style=" not in page
    assert "RBS north: connecting" in page
    assert "TCP-State        : Connecting" in page


def test_checks_without_anything_to_judge_are_named_in_one_line() -> None:
    idle = replace(result(Outcome.SKIPPED), check="bfd-up", subject="north-pair")
    empty = run(result(Outcome.SUCCESS), idle)
    assert empty.not_judged == ("bfd-up",)
    assert [link.name for link in links_of(empty)] == ["RBS north"]
    assert "The intent has nothing to judge for <code>bfd-up</code>." in to_html(empty)
    assert "bfd-up" not in to_markdown(empty)


def test_picture_says_what_each_member_was_seen_to_be(mixed: Run) -> None:
    role = Role("RBS north: connecting")
    assert roles_of(mixed) == {"core-1": (role,), "core-2": (role,)}
    assert roles_of(run()) == {"core-1": (), "core-2": ()}


def test_who_is_master_stands_first_and_stands_out() -> None:
    shown = "display e-trunk 7"
    text = "The E-Trunk information\nE-TRUNK-ID : 7\nState : {}\n"
    seen = tuple(
        Observation(member, shown, text.format(state), parse(shown, text.format(state)), START, 0.1)
        for member, state in (("core-1", "Backup"), ("core-2", "Master"))
    )
    roles = roles_of(run(result(Outcome.SUCCESS), observations=(observation(member="core-2"), *seen)))
    assert roles["core-1"] == (Role("E-Trunk 7: backup"),)
    assert roles["core-2"] == (Role("E-Trunk 7: master", leading=True), Role("RBS north: connecting"))


def test_a_box_holds_what_fits_and_says_how_much_does_not() -> None:
    many = tuple(
        replace(one, command=f"{one.command}{index}", parsed=parse(one.command, one.text))
        for index in range(20)
        for one in (observation(RBS_TEXT.replace("north", f"north{index}")),)
    )
    roles = roles_of(run(result(Outcome.SUCCESS), observations=many))["core-1"]
    assert len(roles) == LINES_SHOWN
    assert roles[-1] == Role(f"and {20 - LINES_SHOWN + 1} more")


def test_failures_come_first_and_each_complaint_has_a_row() -> None:
    two = (HOSTILE, replace(HOSTILE, text="another thing", wanted="x1", found="y2"))
    page = to_html(
        run(result(Outcome.SUCCESS), result(Outcome.ERROR, HOSTILE), result(Outcome.FAILURE, *two))
    )
    rows = re.findall(r'<tr class="judged (\w+)">', page)
    assert rows == ["failure", "failure", "error", "success"]
    assert re.search(r"<td>another thing</td><td[^>]*><code>x1</code></td><td[^>]*><code>y2</code>", page)


def test_drift_is_a_diff() -> None:
    lines = (
        Complaint("missing", "bfd", "absent", "core-1", "display current-configuration"),
        Complaint("too much", "absent", "interface Eth-Trunk1 / mtu 1400", "core-2", "display x"),
    )
    drifted = replace(result(Outcome.FAILURE, *lines), check=DRIFT)
    assert drift_lines([drifted]) == {
        "core-1": (("+", "bfd"),),
        "core-2": (("-", "interface Eth-Trunk1 / mtu 1400"),),
    }
    page = to_html(run(drifted))
    assert "<ins>+ bfd</ins>" in page
    assert "<del>- interface Eth-Trunk1 / mtu 1400</del>" in page
    assert "2 differences" in page


def test_a_run_that_waited_for_nothing_shows_no_convergence() -> None:
    assert "Convergence" not in to_html(run(result(Outcome.SUCCESS, after=0.0)))
    assert "Convergence" in to_html(run(result(Outcome.SUCCESS, after=3.0)))


def test_impact_is_marked_without_colour() -> None:
    typed = Change("core-1", ("bfd", "undo shutdown"), ("hitless", "service-affecting"))
    page = to_html(run(result(Outcome.SUCCESS), changes=(typed,)))
    assert "! undo shutdown</span>" in page
    assert re.search(r">\s+bfd</span>", page)


def test_terminal_shows_complaints_and_one_last_line(mixed: Run) -> None:
    console = Console(width=200, record=True, file=io.StringIO())
    console.print(run_view(mixed))
    lines = console.export_text().splitlines()
    assert lines[-1] == "north-pair: failure (1 success, 1 failure, 1 error, 1 skipped) in 12.5 s"
    assert any("FAIL" in line for line in lines)
    assert any("wanted connected" in line for line in lines)


def test_what_does_not_apply_is_not_skipped() -> None:
    idle = [replace(result(Outcome.SKIPPED), check=name, subject="north-pair") for name in ("bfd-up", "vrrp")]
    known = replace(result(Outcome.SKIPPED, note="known"), check="saved")
    assert str(summary(run(result(Outcome.SUCCESS), *idle, known))) == (
        "north-pair: success (1 success, 1 skipped, 2 do not apply) in 12.5 s"
    )


def test_complaints_have_a_line_each_however_long_by_device() -> None:
    said = [Complaint(f"{device} is wrong {'x' * 120}", device=device) for device in ("core-2", "core-1")]
    console = Console(width=60, record=True, file=io.StringIO(), soft_wrap=True)
    console.print(run_view(run(result(Outcome.FAILURE, *said))))
    lines = [line.strip() for line in console.export_text().splitlines() if "is wrong" in line]
    assert [line.split()[0] for line in lines] == ["core-1", "core-2"]
    assert all(line.endswith(("on core-1", "on core-2")) for line in lines)


def test_evidence_is_kept_and_read_again(mixed: Run, tmp_path: Path) -> None:
    home = save_run(mixed, tmp_path)
    values, observations = load_evidence(home)
    assert values.id == mixed.id
    assert observations == mixed.observations


def test_evidence_that_was_changed_is_refused(mixed: Run, tmp_path: Path) -> None:
    home = save_run(mixed, tmp_path)
    (kept, _) = sorted(home.glob("*.txt"))
    kept.write_text(RBS_TEXT.replace("Connecting", "Connected"), encoding="utf-8")
    with pytest.raises(IntentError, match="changed after it was kept"):
        load_evidence(home)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "changed after it was kept"),
        ("[]", "another version"),
        ("{}", "another version"),
        ('{"schema_version": 9}', "another version"),
        ('{"schema_version": 1}', "changed after it was kept"),
        ('{"schema_version": 1, "evidence": [{}]}', "changed after it was kept"),
    ],
)
def test_a_folder_without_a_run_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "run.json").write_text(text, encoding="utf-8")
    with pytest.raises(IntentError, match=said):
        load_evidence(tmp_path)


@pytest.mark.parametrize("file", ["run.json", "pair.yaml"])
def test_a_file_of_a_run_that_was_edited_is_named(mixed: Run, tmp_path: Path, file: str) -> None:
    intent = tmp_path / "north.yaml"
    intent.write_text("pair: north\n")
    home = save_run(mixed, tmp_path, intent=intent)
    require_unchanged(home, file)
    (home / file).write_text((home / file).read_text().replace("north", "south"))
    with pytest.raises(IntentError, match="changed after it was kept") as told:
        require_unchanged(home, file)
    assert told.value.where == str(home / file)


@pytest.mark.parametrize("name", ["../x", "", ".", "..", "a/b", "/x", "-x", "x\n"])
def test_a_run_stays_in_the_folder_of_runs(mixed: Run, tmp_path: Path, name: str) -> None:
    with pytest.raises(IntentError, match="cannot be kept under that name"):
        save_run(mixed, tmp_path / "runs", name=name)
    assert list(tmp_path.iterdir()) == []
