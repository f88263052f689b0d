"""A run as JUnit XML, for pipelines that read test reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as ET

from runbooks.report.run import Run
from tasks.checks.model import CheckResult, Outcome

_ELEMENT_OF = {
    Outcome.FAILURE: "failure",
    Outcome.ERROR: "error",
    Outcome.UNSET: "error",
    Outcome.SKIPPED: "skipped",
}


def to_junit(run: Run) -> str:
    """Return a run as JUnit XML: one suite, one case a check."""
    return to_junit_suites([run], {})


def to_junit_suites(runs: Iterable[Run], errors: Mapping[str, str]) -> str:
    """Return runs as JUnit XML: one suite a pair; a pair that could not be looked at is an error.

    Args:
        runs: of pairs.
        errors: why a pair was not looked at, by its name.
    """
    suites = ET.Element("testsuites", name="hotpair")
    for run in runs:
        suites.append(_suite(run))
    for pair, why in errors.items():
        suite = ET.SubElement(suites, "testsuite", name=f"hotpair.{pair}", tests="1", errors="1")
        case = ET.SubElement(suite, "testcase", classname=pair, name="no result")
        ET.SubElement(case, "error", message=_xml_text(why))
    ET.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suites, encoding="unicode") + "\n"


def _suite(run: Run) -> ET.Element:
    suite = ET.Element(
        "testsuite",
        name=f"hotpair.{run.pair}",
        tests=str(len(run.results)),
        failures=str(run.count(Outcome.FAILURE)),
        errors=str(run.count(Outcome.ERROR) + run.count(Outcome.UNSET)),
        skipped=str(run.count(Outcome.SKIPPED)),
        time=f"{run.seconds:.3f}",
        timestamp=run.started_at.isoformat(timespec="seconds"),
    )
    for result in run.results:
        _add_case(suite, run.pair, result)
    if run.hitless is not None:
        said = "\n".join((*run.hitless.lines(), *run.hitless.told()))
        ET.SubElement(suite, "system-out").text = _xml_text(said)
    return suite


def _add_case(suite: ET.Element, pair: str, result: CheckResult) -> None:
    """Add one check as a test case."""
    case = ET.SubElement(
        suite,
        "testcase",
        classname=f"{pair}.{result.check}",
        name=f"{result.check}: {result.subject}",
        time=f"{result.converged_after_s or 0:.3f}",
    )
    element = _ELEMENT_OF.get(result.outcome)
    if element is not None:
        said = [str(complaint) for complaint in result.complaints]
        said += [result.note] if result.note or not said else []
        said += [f"next: {result.next_command}"] if result.next_command else []
        ET.SubElement(case, element, message=_xml_text(said[0])).text = _xml_text("\n".join(said))


def _xml_text(text: str) -> str:
    """Replace characters that XML 1.0 cannot hold, which raw device output may."""
    return "".join(char if char in "\t\n" or char >= " " else "\ufffd" for char in text)
