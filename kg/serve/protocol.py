"""The query operation of the SPARQL 1.1 Protocol: a request → what it asks, or why it asks nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from kg.errors import QueryError

FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
MOST_FIELDS = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and the graphs that it is put to; None stands for those of the store."""

    query: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


class RefusedError(QueryError):
    """A request that is not answered: the HTTP status, and one line that says why; headers that go with it."""

    def __init__(self, status: int, why: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(why)
        self.status = status
        self.headers = dict(headers or {})


def read_request(method: str, query_string: bytes, content_type: str, body: bytes) -> Asked | None:
    """What the request asks; None for a GET that asks nothing, which gets the description of the service.

    Raises RefusedError: 400 for what breaks the protocol, 403 for an update, 405 for a method, 415 for a media type.
    """
    url = fields(query_string)
    if method in ("GET", "HEAD"):
        return _asked(url) if url else None
    if method != "POST":
        raise RefusedError(405, f"{method} asks nothing here; use GET or POST", {"Allow": "GET, HEAD, POST"})
    media, charset = _content_type(content_type)
    if media == UPDATE:
        raise _read_only()
    if charset not in ("", "utf-8", "utf8"):
        raise RefusedError(415, f"a query is sent in UTF-8, not in {charset}")
    if media == FORM:
        return _asked([*url, *fields(body)])
    if media == DIRECT:
        if any(name == "query" for name, _ in url):
            raise RefusedError(400, "two queries: one in the address and one in the body")
        return _asked([*url, ("query", _text(body))])
    raise RefusedError(415, f"a query is sent as {FORM} or {DIRECT}, not as {media or 'nothing'}")


def fields(encoded: bytes) -> list[tuple[str, str]]:
    """The names and values of a query string or a form; RefusedError if they are not UTF-8, or far too many."""
    try:
        return parse_qsl(
            encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
        )
    except UnicodeError as error:
        raise RefusedError(400, "the fields of the request are not percent-encoded UTF-8") from error
    except ValueError as error:
        raise RefusedError(400, f"more than {MOST_FIELDS} fields") from error


def _asked(pairs: Sequence[tuple[str, str]]) -> Asked:
    values = {name: tuple(value for one, value in pairs if one == name) for name, _ in pairs}
    if "update" in values or "using-graph-uri" in values or "using-named-graph-uri" in values:
        raise _read_only()
    queries = values.get("query", ())
    if len(queries) != 1:
        raise RefusedError(400, "two queries in one request" if queries else "the field `query` is missing")
    return Asked(queries[0], _graphs(values, "default-graph-uri"), _graphs(values, "named-graph-uri"))


def _graphs(values: Mapping[str, tuple[str, ...]], name: str) -> tuple[str, ...] | None:
    given = values.get(name)
    for iri in given or ():
        if not iri.partition(":")[1] or any(char in '<>"{}|^`\\' or char <= " " for char in iri):
            raise RefusedError(400, f"{name}: {iri[:200]!r} is no absolute IRI")
    return given


def _content_type(header: str) -> tuple[str, str]:
    media, *parameters = (part.strip().lower() for part in header.split(";"))
    pairs = dict(part.partition("=")[::2] for part in parameters)
    return media, pairs.get("charset", "").strip('"')


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(400, "the query is not valid UTF-8") from error


def _read_only() -> RefusedError:
    return RefusedError(403, "this endpoint is read-only: no update is taken")
