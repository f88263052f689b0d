"""The pages: a table of paths, each a function from a request to what its template shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment
from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from hotpair.pages import views
from hotpair.pages.access import ENTER, Access, AccessControl, Guard
from hotpair.pages.live import events
from hotpair.pages.source import Source
from inventory.errors import ArchiveError, HotpairError, IntentError
from runbooks.report.html import environment
from runbooks.report.marks import MARK
from runbooks.report.over_time import ago
from runbooks.report.transactions import standing, told

STATIC = Path(__file__).with_name("static")
View = Callable[[Source, Request], dict[str, Any]]
_PAGES: tuple[tuple[str, str, View], ...] = (
    ("/", "fleet.html.j2", views.fleet),
    ("/findings", "findings.html.j2", views.all_findings),
    ("/runs", "runs.html.j2", views.runs),
    ("/run/{run:path}", "run_page.html.j2", views.run),
    ("/compare", "compare.html.j2", views.compare),
    ("/proof", "proof.html.j2", views.proof),
    ("/due", "due.html.j2", views.due),
    ("/transactions", "transactions.html.j2", views.transactions),
    ("/transaction/{id}", "transaction.html.j2", views.transaction),
    ("/pair/{pair:path}", "pair.html.j2", views.pair),
)


def pages(source: Source, access: Access, *, metrics: bool = False) -> ASGIApp:
    """Make the application.

    Args:
        source: what is shown.
        access: who may look.
        metrics: whether `/metrics` is there, for Prometheus.

    Raises:
        IntentError: metrics are wanted, and the package that they need is not installed.
    """
    made = _environment()
    door = AccessControl(access)

    async def ask(request: Request) -> Response:
        if request.method == "POST":
            let_in = await door.take(request)
            if let_in is not None:
                return let_in
        wrong = request.method == "POST"
        return _shown(made, "enter.html.j2", {"wrong": wrong}, 401 if wrong else 200)

    def stream(request: Request) -> Response:
        transaction = request.path_params["id"]
        return EventSourceResponse(events(lambda: source.transaction(transaction)))

    routes = [Route(path, _page(made, source, template, view)) for path, template, view in _PAGES]
    routes += [
        Route(ENTER, ask, methods=["GET", "POST"]),
        Route("/transaction/{id}/events", stream),
        Route("/style.css", _text(_style(made), "text/css")),
        Route("/icon.svg", _text((STATIC / "icon.svg").read_text(encoding="utf-8"), "image/svg+xml")),
        Route("/hotpair.js", _text((STATIC / "hotpair.js").read_text(encoding="utf-8"), "text/javascript")),
    ]
    if metrics:
        routes.append(Route("/metrics", _figures(source)))
    handlers = {HTTPException: _no_such_page(made), Exception: _own_fault(made)}
    return Guard(Starlette(routes=routes, exception_handlers=handlers), access)


def _figures(source: Source) -> Callable[[Request], Response]:
    """Make an endpoint of the figures of all pairs; without an archive they say that it could not be read."""
    from runbooks.watch.figures import CONTENT_TYPE, no_figures, text_of

    def answer(_request: Request) -> Response:
        try:
            with source.archive() as archive:
                told = text_of(archive)
        except HotpairError:
            told = no_figures()
        return Response(told, media_type=CONTENT_TYPE)

    return answer


def _page(made: Environment, source: Source, template: str, view: View) -> Callable[[Request], Response]:
    """Make an endpoint of a view; what it raises becomes a page that says so."""

    def answer(request: Request) -> Response:
        try:
            return _shown(made, template, {**view(source, request), "path": request.url.path})
        except HotpairError as error:
            return _shown(made, "trouble.html.j2", {"error": error}, _status(error))

    return answer


def _status(error: HotpairError) -> int:
    if isinstance(error, IntentError):
        return 404
    return 503 if isinstance(error, ArchiveError) else 500


def _no_such_page(made: Environment) -> Callable[[Request, Exception], Response]:
    def answer(_request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        what = "there is no such page" if status == 404 else "that cannot be asked of this page"  # noqa: PLR2004
        return _shown(made, "trouble.html.j2", {"error": IntentError(what)}, status)

    return answer


def _own_fault(made: Environment) -> Callable[[Request, Exception], Response]:
    def answer(_request: Request, error: Exception) -> Response:
        sentence = f"a fault of Hotpair itself: {type(error).__name__}; please report it"
        return _shown(made, "trouble.html.j2", {"error": HotpairError(sentence)}, 500)

    return answer


def _shown(made: Environment, template: str, values: dict[str, Any], status: int = 200) -> Response:
    return HTMLResponse(made.get_template(template).render(values, now=datetime.now(UTC)), status)


def _text(text: str, kind: str) -> Callable[[Request], Response]:
    return lambda _request: Response(text, media_type=kind)


def _style(made: Environment) -> str:
    """Return the style of the reports, and what the pages add to it."""
    return "\n".join(made.get_template(name).render() for name in ("style.css", "pages.css"))


def _environment() -> Environment:
    made = environment("hotpair.pages", "runbooks.report")
    made.filters.update(moment=_moment, minute=_minute, after=_after, told=told, standing=standing)
    made.globals.update(MARK=MARK, ago=ago)
    return made


def _minute(value: datetime | None) -> str:
    """Write a moment in UTC to the minute, for tables; nothing as a dash."""
    return "-" if value is None else f"{value.astimezone(UTC):%Y-%m-%d %H:%M}"


def _after(value: str, first: str) -> str:
    """Write how long after the first moment another one is."""
    return f"+{(datetime.fromisoformat(value) - datetime.fromisoformat(first)).total_seconds():.1f} s"


def _moment(value: datetime | str | None) -> str:
    """Write a moment in UTC; nothing as a dash."""
    if not value:
        return "-"
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}Z"
