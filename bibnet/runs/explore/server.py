"""The explorer as a web application for this computer alone: pages and CSV files, only read."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from bibnet.report.explorer.explorer_page import explorer_html, explorer_policy, faults_html
from bibnet.runs.explore.answer_view import answer_view, explorer_view
from bibnet.runs.explore.answers import Answers
from bibnet.runs.explore.csv_files import csv_files, written
from bibnet.runs.explore.filters import Filters, read_filters
from bibnet.runs.explore.own_origin import OwnOrigin
from bibnet.runs.explore.run_folder import RunFolder
from bibnet.runs.explore.works_database import WorksDatabase
from bibnet.runs.tables import open_tables
from bibnet.schema.errors import UsageError
from bibnet.storage.engine import open_engine

HOSTS = ("127.0.0.1", "localhost")
CSV = ".csv"


@dataclass(frozen=True)
class OpenExplorer:
    """An opened explorer: the application, the number of its works, how its folder has changed."""

    app: Starlette
    works: int
    changes: tuple[str, ...]


@contextmanager
def explorer_of(folder: Path) -> Iterator[OpenExplorer]:
    """Open a finished run as an application, and give its memory back at the end.

    Raises InputError if the folder is not a finished run or one of an earlier version.
    """
    run = RunFolder(folder)
    with TemporaryDirectory(prefix="bibnet-serve-") as spill:
        engine = open_engine(Path(spill))
        try:
            tables = open_tables(engine, folder, run.manifest["query"]["sides"])
            database = WorksDatabase(engine, tables, Path(spill))
            try:
                app = _application(_Answerer(run, database))
                yield OpenExplorer(app, len(database), tuple(run.changes()))
            finally:
                database.close()
        finally:
            engine.close()


class _Answerer:
    """Answers requests from one opened run."""

    def __init__(self, run: RunFolder, database: WorksDatabase):
        self._run, self._database = run, database
        self._view = explorer_view(run.manifest, database)
        self._files = csv_files(database)
        self._policy = {"Content-Security-Policy": explorer_policy()}

    def page(self, request: Request) -> Response:
        """The page of the works that fit the address, or what is wrong with it."""
        try:
            filters = self._filters(request)
        except UsageError as error:
            return HTMLResponse(faults_html(self._view, error.faults), 400, self._policy)
        if filters.address.removeprefix("?") != request.url.query:
            # What a form sends has names and empty fields: one choice has one address.
            return RedirectResponse(f"/{filters.address}", 303)
        answer = answer_view(self._database, filters)
        html = explorer_html(self._view, answer, self._run.changes())
        return HTMLResponse(html, headers=self._policy)

    def file(self, request: Request) -> Response:
        """A CSV file of the works that fit the address."""
        name = request.path_params["name"]
        if name not in self._files:
            return PlainTextResponse(f"no such file; there are: {', '.join(self._files)}", 404)
        try:
            filters = self._filters(request)
        except UsageError as error:
            return PlainTextResponse("\n".join(map(str, error.faults)), 400)
        lines = self._files[name](Answers(self._database, filters))
        named = {"Content-Disposition": f'attachment; filename="{name}{CSV}"'}
        return StreamingResponse(written(lines), media_type="text/csv", headers=named)

    def _filters(self, request: Request) -> Filters:
        return read_filters(request.query_params.multi_items(), self._database)


def _application(answerer: _Answerer) -> Starlette:
    return Starlette(
        routes=[
            Route("/", answerer.page, methods=["GET"]),
            Route(f"/{{name}}{CSV}", answerer.file, methods=["GET"]),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=list(HOSTS), www_redirect=False),
            Middleware(OwnOrigin),
        ],
    )
