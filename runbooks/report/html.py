"""A run as one self-contained HTML page: no script, no font, no picture from elsewhere."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup

from runbooks.report.as_json import digest
from runbooks.report.picture import picture
from runbooks.report.roles import roles_of
from runbooks.report.run import Run
from tasks.checks.model import Outcome


def to_html(run: Run) -> str:
    """Give a run as an HTML page that can be attached to a ticket, opened offline and printed."""
    template = _environment().get_template("run.html.j2")
    waited = [result for result in run.results if result.converged_after_s is not None]
    return template.render(
        run=run,
        Outcome=Outcome,
        # Ours, with every text set through ElementTree, which escapes it.
        picture=Markup(picture(run, roles_of(run))),  # noqa: S704 - built by ElementTree, escaped there
        digest=digest,
        timeline=sorted(waited, key=lambda result: result.converged_after_s or 0),
        longest=max((result.converged_after_s or 0 for result in waited), default=0) or 1,
    )


def _environment() -> Environment:
    """Make the template environment; everything is escaped."""
    return Environment(
        loader=PackageLoader("runbooks.report"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
