"""The routes: what each address asks of a worker, and how the answer goes back."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import anyio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from kg.serve import negotiate
from kg.serve.guard import GRAPH_POLICY, STYLED_POLICY, Guard
from kg.serve.negotiate import HTML, SELECT, TRIPLES, choose
from kg.serve.pages import LANGUAGES, Pages, words
from kg.serve.pool import Done, FailedError, Pool
from kg.serve.protocol import RefusedError, fields, read_request
from kg.serve.worker import Job

MOST_FOUND = 50
_PROBLEM = "application/problem+json"
_COOKIE = "kg-lang"
_FOLDER = Path(str(resources.files("kg"))) / "data" / "serve"
_STATIC = {name: "text/css" if name.endswith("css") else "text/javascript"
           for name in ("site.css", "site.js", "query.js", "editor.js", "results.js")}  # fmt: skip
_PIECE = 1 << 18  # bytes of an answer that are in memory at once
_TITLES = {
    400: "Bad request", 403: "Forbidden", 404: "Not found", 405: "Method not allowed", 406: "Not acceptable",
    413: "Too large", 415: "Unsupported media type", 421: "Misdirected request", 500: "Server error",
    503: "Busy", 504: "Time limit", 507: "Memory limit",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """What the application is told at its start."""

    graph: Path | None = None  # the page that shows it
    most_query: int = 1 << 20  # bytes of a request
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()


class Site:
    """The answers to all addresses: queries go to one pool, pages to another, so that none waits for the other."""

    def __init__(self, queries: Pool, pages: Pool, settings: Settings) -> None:
        self._queries = queries
        self._pages = pages
        self._settings = settings

    async def sparql(self, request: Request) -> Response:
        """The SPARQL 1.1 Protocol; a GET that asks nothing gets the description of the service."""
        body = await _body(request, self._settings.most_query)
        query_string = request.scope["query_string"]
        if len(query_string) > self._settings.most_query:
            raise RefusedError(413, f"the query is longer than {self._settings.most_query >> 10} KB")
        asked = read_request(request.method, query_string, request.headers.get("content-type", ""), body)
        accept = _accept(request)
        if request.method == "GET" and choose(accept, (*SELECT, *TRIPLES, HTML)) == HTML:
            query = f"?{urlencode({'query': asked.query})}" if asked else ""
            return RedirectResponse(f"/{query}", 303, headers={"Vary": "Accept"})  # a person wants the page
        if asked is None:
            media = choose(accept, TRIPLES)
            if media is None:
                raise RefusedError(406, f"the description of the service can be had as {', '.join(TRIPLES)}")
            return await _run(request, self._pages, Job("service", {"accept": accept, "endpoint": str(request.url)}))
        given = {
            "query": asked.query,
            "default_graphs": asked.default_graphs,
            "named_graphs": asked.named_graphs,
            "accept": accept,
        }
        return await _run(request, self._queries, Job("query", given))

    async def queries(self, request: Request) -> Response:
        """The named queries, as JSON."""
        return await _run(request, self._pages, Job("queries", {}))

    async def named(self, request: Request) -> Response:
        """The answer to one of them; the fields are its parameters."""
        pairs = fields(request.scope["query_string"])
        if len({name for name, _ in pairs}) != len(pairs):
            raise RefusedError(400, "a parameter is given twice")
        name, accept = request.path_params["name"], _accept(request)
        if choose(accept, (*SELECT, HTML)) == HTML:
            return RedirectResponse(f"/?{urlencode([('name', name), *pairs])}", 303, headers={"Vary": "Accept"})
        given = {"name": name, "values": dict(pairs), "accept": accept}
        return await _run(request, self._queries, Job("named", given))

    async def thing(self, request: Request) -> Response:
        """Where to read of the thing with that IRI: its page for a browser, its triples for a program."""
        local = request.path_params["local"]
        media = choose(_accept(request), (HTML, *TRIPLES))
        if media is None:
            raise RefusedError(406, f"it can be had as {', '.join((HTML, *TRIPLES))}")
        where = f"/page/{local}" if media == HTML else f"/data/{local}.{_SUFFIX_OF[media]}"
        return RedirectResponse(where, 303, headers={"Vary": "Accept"})

    async def triples(self, request: Request) -> Response:
        """The triples about a thing, in the format of the suffix, else of the Accept header."""
        local, dot, suffix = request.path_params["local"].rpartition(".")
        media = negotiate.SUFFIXES.get(suffix) if dot else None
        given = {"local": local if media else request.path_params["local"], "accept": media or _accept(request)}
        return await _run(request, self._pages, Job("describe", given))

    async def ontology(self, request: Request) -> Response:
        """The vocabulary; its page brings its own policy for its style."""
        response = await _run(request, self._pages, Job("ontology", {"accept": _accept(request)}))
        response.headers["Content-Security-Policy"] = STYLED_POLICY
        return response

    async def home(self, request: Request) -> Response:
        """The page to ask on."""
        return await self._page(request, "home")

    async def page(self, request: Request) -> Response:
        """The page of a thing, an article or any other node."""
        start = request.query_params.get("from", "0")
        return await self._page(
            request, "page", local=request.path_params["local"], group=request.query_params.get("group", ""),
            start=int(start) if start.isascii() and start.isdecimal() and len(start) < 9 else 0,
        )  # fmt: skip

    async def search(self, request: Request) -> Response:
        """Things by name."""
        text = request.query_params.get("q", "")
        limit = request.query_params.get("limit", "")
        most = int(limit) if limit in map(str, range(1, MOST_FOUND)) else MOST_FOUND
        return await self._page(request, "search", text=text, limit=most, accept=_accept(request))

    async def vocabulary(self, request: Request) -> Response:
        """The terms that the query page completes."""
        return await _run(request, self._pages, Job("vocabulary", {}))

    async def graph(self, request: Request) -> Response:
        """The drawing of the graph that the result holds; it brings its own policy for its scripts."""
        page = self._settings.graph
        if page is None or not page.is_file():
            raise RefusedError(404, words()[_language(request)]["no_graph"])
        return FileResponse(page, media_type=HTML, headers={"Content-Security-Policy": GRAPH_POLICY})

    async def static(self, request: Request) -> Response:
        """A style or a script of the pages."""
        name = request.path_params["name"]
        if name not in _STATIC:
            raise HTTPException(404)
        return FileResponse(_FOLDER / name, media_type=_STATIC[name])

    async def _page(self, request: Request, task: str, **given: Any) -> Response:
        if (language := request.query_params.get("lang", "")) in LANGUAGES:
            where = request.url.remove_query_params("lang")
            back = RedirectResponse(f"{where.path}{'?' * bool(where.query)}{where.query}", 303)
            back.set_cookie(_COOKIE, language, max_age=31_536_000, samesite="strict", httponly=True)
            return back
        response = await _run(request, self._pages, Job(task, {**given, "language": _language(request)}))
        response.headers["Vary"] = "Accept, Accept-Language, Cookie"
        return response


def _language(request: Request) -> str:
    """The language of the pages: the one that was chosen, else the first of ours that the browser asks for."""
    chosen = request.cookies.get(_COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    asked = [one.strip()[:2].lower() for one in request.headers.get("accept-language", "").split(",")]
    return next((one for one in asked if one in LANGUAGES), LANGUAGES[0])


_SUFFIX_OF = {media: suffix for suffix, media in negotiate.SUFFIXES.items()}


def application(
    queries: Pool, pages: Pool, settings: Settings, log: Callable[[str], None]
) -> Starlette:
    """The whole as an ASGI application."""
    site = Site(queries, pages, settings)
    routes = [
        Route("/", site.home),
        Route("/page/{local}", site.page),
        Route("/search", site.search),
        Route("/graph", site.graph),
        Route("/vocabulary", site.vocabulary),
        Route("/static/{name}", site.static),
        Route("/sparql", _AnyMethod(site.sparql)),
        Route("/queries", site.queries),
        Route("/queries/{name}", site.named),
        Route("/id/{local}", site.thing),
        Route("/data/{local}", site.triples),
        Route("/ontology", site.ontology),
    ]
    guard = Middleware(Guard, hosts=settings.hosts, origins=settings.origins, log=log)
    return Starlette(
        routes=routes, middleware=[guard], exception_handlers={RefusedError: _refused, HTTPException: _http}
    )


class _AnyMethod:
    """An endpoint that sees every method: the protocol says itself what is wrong with the others."""

    def __init__(self, endpoint: Callable[[Request], Any]) -> None:
        self._endpoint = endpoint

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        response = await self._endpoint(Request(scope, receive, send))
        await response(scope, receive, send)


async def _body(request: Request, most: int) -> bytes:
    """The body of the request; 413 as soon as it is too long."""
    parts, length = [], 0
    async for part in request.stream():
        length += len(part)
        if length > most:
            raise RefusedError(413, f"the query is longer than {most >> 10} KB")
        parts.append(part)
    return b"".join(parts)


def _accept(request: Request) -> str:
    return ",".join(request.headers.getlist("accept"))


async def _run(request: Request, pool: Pool, job: Job) -> Response:
    """The answer of a worker; when the client goes away, the worker does not go on for nobody."""
    running = asyncio.ensure_future(pool.run(job))
    leaving = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({running, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            raise RefusedError(499, "the client went away")
        return await _file(running.result())
    finally:
        leaving.cancel()
        if running.cancel():
            await asyncio.wait({running})
            if not running.cancelled() and running.exception() is None:  # it was done just then, for nobody
                running.result().file.unlink(missing_ok=True)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _file(done: Done) -> Response:
    """The answer from its file, which is gone from the disk as soon as it is open."""
    file = await anyio.open_file(done.file, "rb")
    done.file.unlink()
    length = await file.seek(0, 2)
    await file.seek(0)

    async def parts() -> AsyncIterator[bytes]:
        async with file:
            while part := await file.read(_PIECE):
                yield part

    media = done.media
    if media.startswith("text/") and "charset" not in media:
        media += "; charset=utf-8"
    return StreamingResponse(parts(), headers={
        "Content-Type": media, "Content-Length": str(length), "Vary": "Accept",
    })  # fmt: skip


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)
    more = error.more if isinstance(error, FailedError) else None
    detail = str(error)
    if _is_page(request):  # in the reader's language, unless the query is wrong
        said = words()[_language(request)]
        if error.status == 404 and isinstance(error, FailedError):
            detail = said["not_here"]
        elif error.status == 503:
            detail = said["busy"]
    return _trouble(request, error.status, detail, error.headers, more)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = words()[_language(request)]["not_here"] if error.status_code == 404 else error.detail
    return _trouble(request, error.status_code, detail, error.headers)


def _is_page(request: Request) -> bool:
    """Whether what went wrong is read by a person."""
    return choose(_accept(request), (_PROBLEM, HTML)) == HTML


def _trouble(
    request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None,
    more: Mapping[str, Any] | None = None,
) -> Response:  # fmt: skip
    """What went wrong: a page for a browser, for a program what it can read."""
    if _is_page(request):
        page = Pages(_language(request), "", {}).trouble(status, detail)
        return Response(page.encode("utf-8", "replace"), status, dict(headers or {}), HTML)
    return problem(status, detail, headers, more)


def problem(
    status: int, detail: str, headers: Mapping[str, str] | None = None, more: Mapping[str, Any] | None = None
) -> Response:
    """What went wrong, as RFC 9457 has it."""
    said = {"title": _TITLES.get(status, "Error"), "status": status, "detail": detail, **(more or {})}
    content = json.dumps(said, ensure_ascii=True, indent=1) + "\n"
    return Response(content, status, media_type=_PROBLEM, headers=dict(headers or {}))
