"""A Graph Store in memory behind HTTP on 127.0.0.1, and fails when told to, as stores do."""

import base64
import hashlib
import json
import re
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

USER, PASSWORD, TOKEN = "dba", "秘密 pass", "a.token"


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    graph: str
    body: bytes
    authorization: str


@dataclass(slots=True)
class FakeStore:
    """What it holds and has been asked; `trouble` says for each request, by its number, what goes wrong with it.

    Trouble is a status, "cut" (before an answer), "lost" (done, but cut before the answer), "slow", or an answer's
    (status, headers, body).
    """

    url: str = ""
    graphs: dict[str, set[bytes]] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    trouble: Callable[[int, Request], object] = lambda number, request: None
    scheme: str = ""
    most: int = 1 << 30  # bytes of a request
    nonce_uses: int = 1 << 30  # requests that a nonce of digest is good for
    nonces: dict[str, int] = field(default_factory=dict)

    def done(self, method: str) -> list[Request]:
        return [request for request in self.requests if request.method == method]

    def admits(self, request: Request) -> bool:
        if self.scheme == "basic":
            return request.authorization == "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if self.scheme == "bearer":
            return request.authorization == f"Bearer {TOKEN}"
        return not self.scheme or self._digest_fits(request)

    def _digest_fits(self, request: Request) -> bool:
        kind, _, rest = request.authorization.partition(" ")
        given = dict(re.findall(r'(\w+)="?([^",]*)"?', rest))
        if kind != "Digest" or given["nonce"] not in self.nonces:
            return False
        self.nonces[given["nonce"]] += 1
        if self.nonces[given["nonce"]] > self.nonce_uses:
            del self.nonces[given["nonce"]]
            return False

        def h(*parts: str) -> str:
            return hashlib.sha256(":".join(parts).encode()).hexdigest()

        first = h(USER, "store", PASSWORD)
        second = h(request.method, given["uri"])
        return given["response"] == h(first, given["nonce"], given["nc"], given["cnonce"], "auth", second)

    def answer(self, request: Request) -> tuple[int, dict[str, str], bytes]:
        if not self.admits(request):
            nonce = f"nonce{len(self.requests)}"
            challenge = {"basic": 'Basic realm="store"', "bearer": "Bearer"}.get(
                self.scheme, f'Digest realm="store", nonce="{nonce}", qop="auth", algorithm="SHA-256", stale=true'
            )
            self.nonces[nonce] = 0
            return 401, {"WWW-Authenticate": challenge}, b"who are you?"
        if len(request.body) > self.most:
            return 413, {}, b""
        if request.path == "/query":
            count = len(self.graphs.get(request.graph, ()))
            bindings = [{"n": {"type": "literal", "value": str(count)}}]
            return 200, {}, json.dumps({"results": {"bindings": bindings}}).encode()
        if request.path == "/update":
            found = re.fullmatch(rb"COPY GRAPH <([^>]*)> TO (?:GRAPH <([^>]*)>|DEFAULT)", request.body)
            if not found:
                return 400, {}, b"not COPY"
            self.graphs[(found[2] or b"").decode()] = set(self.graphs.get(found[1].decode(), ()))
            return 204, {}, b""
        if request.method == "DELETE":
            return (204 if self.graphs.pop(request.graph, None) else 404), {}, b""
        lines = set(request.body.splitlines())
        if request.method == "PUT":
            self.graphs[request.graph] = lines
        else:
            self.graphs.setdefault(request.graph, set()).update(lines)
        return 204, {}, b""


def _handler(store: FakeStore) -> type[BaseHTTPRequestHandler]:
    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _any(self) -> None:
            parts = urlsplit(self.path)
            query = parse_qs(parts.query)
            asked = re.search(r"GRAPH <([^>]*)>", query.get("query", [""])[0])
            graph = query["graph"][0] if "graph" in query else asked[1] if asked else ""
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            request = Request(self.command, parts.path, graph, body, self.headers.get("Authorization", ""))
            store.requests.append(request)
            trouble = store.trouble(len(store.requests), request)
            if trouble == "cut":
                return self._cut()
            if trouble == "slow":
                time.sleep(0.6)
            if isinstance(trouble, int):
                trouble = (trouble, {}, b"<h1>no</h1>")
            status, headers, content = trouble if isinstance(trouble, tuple) else store.answer(request)
            if trouble == "lost":
                return self._cut()
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)
            return None

        do_GET = do_POST = do_PUT = do_DELETE = _any  # noqa: N815 (names of the library)

        def _cut(self) -> None:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    return Answers


@contextmanager
def fake_store(**settings: object) -> Iterator[FakeStore]:
    """The store, running until the block ends."""
    store = FakeStore(**settings)  # type: ignore[arg-type]
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(store))
    server.daemon_threads = True
    store.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield store
    finally:
        server.shutdown()
        server.server_close()
