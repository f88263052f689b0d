"""The pair drawn: two boxes, the links between them, and what was seen on each, as inline SVG."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from xml.etree import ElementTree as ET

from runbooks.report.roles import Role
from runbooks.report.run import Run, worst
from tasks.checks.model import CheckResult, Outcome

BOX_WIDTH = 260
GAP = 320
ROW = 34
LINE = 20
HEAD = 52
"""From the upper edge of a box to its first line."""
LINKING = {"rbs", "rbp", "e-trunk", "eth-trunk", "bfd", "vrrp"}
"""Tags of checks on what both members share."""


class Way(Enum):
    """How the pair stands: side by side, or one above the other for a narrow page."""

    LYING = "lying"
    UPRIGHT = "upright"


@dataclass(frozen=True, slots=True)
class Link:
    """One thing that ties the members together, with the worst end of its checks.

    Args:
        name: e.g. `RBS service1`.
        outcome: colour and dashes of the line.
    """

    name: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Box:
    """Where a member is drawn.

    Args:
        left, top: corner.
        height: of the frame.
    """

    left: int
    top: int
    height: int


def links_of(run: Run) -> tuple[Link, ...]:
    """Return one link for each thing that ties the members together, in the order of the run."""
    subjects: dict[str, list[CheckResult]] = {}
    for result in run.judged:
        if LINKING & set(result.tags):
            subjects.setdefault(result.subject, []).append(result)
    return tuple(
        Link(subject, worst(result.outcome for result in results)) for subject, results in subjects.items()
    )


def picture(run: Run, roles: dict[str, tuple[Role, ...]], way: Way = Way.LYING) -> str:
    """Draw a run's pair.

    Args:
        run: what was judged.
        roles: by device name, what is written into its box.
        way: how the pair stands.
    """
    links = links_of(run)
    lines = max((len(roles.get(member, ())) for member in run.members), default=0)
    needed = HEAD + LINE * max(lines, 2) + 8
    if way is Way.LYING:
        needed = max(needed, ROW * len(links) + 14)
        size = (2 * BOX_WIDTH + GAP + 4, needed)
        boxes = (Box(2, 2, needed - 4), Box(2 + BOX_WIDTH + GAP, 2, needed - 4))
    else:
        between = ROW * len(links) + 20
        size = (BOX_WIDTH + 84, 2 * needed + between)
        boxes = (Box(42, 2, needed - 4), Box(42, needed + between + 2, needed - 4))
    svg = _sheet(run, size, len(links))
    for index, link in enumerate(links):
        _draw_link(svg, link, index, boxes, way)
    for member, letter, box in zip(run.members, "ab", boxes, strict=True):
        _draw_box(svg, f"{member} ({letter})", roles.get(member, ()), box)
    return ET.tostring(svg, encoding="unicode")


def _sheet(run: Run, size: tuple[int, int], links: int) -> ET.Element:
    width, height = size
    about = f"{run.members[0]} and {run.members[1]} with {links} links"
    return ET.Element(
        "svg", {"class": "pair", "viewBox": f"0 0 {width} {height}", "role": "img", "aria-label": about}
    )


def _draw_box(svg: ET.Element, name: str, roles: tuple[Role, ...], box: Box) -> None:
    """Draw one router with its name and what was seen on it."""
    frame = {"x": str(box.left), "y": str(box.top), "width": str(BOX_WIDTH), "height": str(box.height)}
    ET.SubElement(svg, "rect", {**frame, "rx": "8", "class": "box"})
    _text(svg, box.left + 14, box.top + 26, name, "name")
    for index, role in enumerate(roles):
        css = "role leading" if role.leading else "role"
        _text(svg, box.left + 14, box.top + HEAD - 2 + index * LINE, role.text, css)


def _draw_link(svg: ET.Element, link: Link, index: int, boxes: tuple[Box, Box], way: Way) -> None:
    """Draw one line between the routers with its name beside it."""
    upper, lower = boxes
    if way is Way.LYING:
        y = 30 + index * ROW
        ends = {"x1": str(upper.left + BOX_WIDTH), "x2": str(lower.left), "y1": str(y), "y2": str(y)}
        label = (upper.left + BOX_WIDTH + GAP // 2, y - 5, "middle")
    else:
        x, y = 14 + index * 8, upper.top + upper.height + 24 + index * ROW
        ends = {"x1": str(x), "x2": str(x), "y1": str(upper.top + 20), "y2": str(lower.top + 40)}
        label = (upper.left + 14, y, "start")
        tick = {"x1": str(x), "x2": str(upper.left + 8), "y1": str(y - 4), "y2": str(y - 4)}
        ET.SubElement(svg, "line", {**tick, "class": f"link {link.outcome.value}"})
    ET.SubElement(svg, "line", {**ends, "class": f"link {link.outcome.value}"})
    left, top, anchor = label
    _text(svg, left, top, link.name, "label").set("text-anchor", anchor)


def _text(svg: ET.Element, x: int, y: int, text: str, css: str) -> ET.Element:
    """Write text at a place."""
    element = ET.SubElement(svg, "text", {"x": str(x), "y": str(y), "class": css})
    element.text = text
    return element
