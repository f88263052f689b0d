"""The pair drawn: two boxes, the links between them, and what was seen on each, as inline SVG."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from runbooks.report.run import Run, worst
from tasks.checks.model import CheckResult, Outcome

BOX_WIDTH = 260
BOX_HEIGHT = 118
GAP = 320
ROW = 34
LINKING = {"rbs", "rbp", "e-trunk", "eth-trunk", "bfd", "vrrp"}
"""Tags of checks on what both members share."""


@dataclass(frozen=True, slots=True)
class Link:
    """One thing that ties the members together, with the worst end of its checks.

    Args:
        name: e.g. `RBS service1`.
        outcome: colour of the line.
    """

    name: str
    outcome: Outcome


def links_of(run: Run) -> tuple[Link, ...]:
    """Give one link for each thing that ties the members together, in the order of the run."""
    subjects: dict[str, list[CheckResult]] = {}
    for result in run.judged:
        if LINKING & set(result.tags):
            subjects.setdefault(result.subject, []).append(result)
    return tuple(
        Link(subject, worst(result.outcome for result in results)) for subject, results in subjects.items()
    )


def picture(run: Run, roles: dict[str, tuple[str, ...]]) -> str:
    """Draw a run's pair.

    Args:
        run: what was judged.
        roles: by device name, lines to write into its box, e.g. `("E-Trunk 1: Master",)`.
    """
    links = links_of(run)
    height = max(BOX_HEIGHT, ROW * len(links) + 14)
    svg = ET.Element(
        "svg",
        {
            "viewBox": f"0 0 {2 * BOX_WIDTH + GAP + 4} {height}",
            "role": "img",
            "aria-label": f"{run.members[0]} and {run.members[1]} with {len(links)} links",
        },
    )
    for index, link in enumerate(links):
        _draw_link(svg, link, 30 + index * ROW)
    for index, member in enumerate(run.members):
        _draw_box(svg, member, "a" if index == 0 else "b", roles.get(member, ()), height)
    return ET.tostring(svg, encoding="unicode")


def _draw_box(svg: ET.Element, member: str, letter: str, lines: tuple[str, ...], height: int) -> None:
    """Draw one router with its name and what was seen on it."""
    left = 2 if letter == "a" else 2 + BOX_WIDTH + GAP
    frame = {"x": str(left), "y": "2", "width": str(BOX_WIDTH), "height": str(height - 4), "rx": "8"}
    ET.SubElement(svg, "rect", {**frame, "class": "box"})
    _text(svg, left + 14, 28, f"{member} ({letter})", "name")
    for index, line in enumerate(lines):
        _text(svg, left + 14, 52 + index * 20, line, "role")


def _draw_link(svg: ET.Element, link: Link, y: int) -> None:
    """Draw one line between the routers with its name above it."""
    ends = {"x1": str(2 + BOX_WIDTH), "x2": str(2 + BOX_WIDTH + GAP), "y1": str(y), "y2": str(y)}
    ET.SubElement(svg, "line", {**ends, "class": f"link {link.outcome.value}"})
    label = _text(svg, 2 + BOX_WIDTH + GAP // 2, y - 5, link.name, "label")
    label.set("text-anchor", "middle")


def _text(svg: ET.Element, x: int, y: int, text: str, css: str) -> ET.Element:
    """Write text at a place."""
    element = ET.SubElement(svg, "text", {"x": str(x), "y": str(y), "class": css})
    element.text = text
    return element
