"""What stands before every request: which names the server answers to, which pages of others may ask, which headers.

A page that somebody opens in the browser of this machine can send requests to 127.0.0.1. It cannot read the answers as
long as no header allows it, unless it makes its own name point here (DNS rebinding); hence the Host header must be a
number or a name that was given. What another site's page sends is not answered at all, so that it cannot keep the
workers busy either; links from other sites to pages here work.
"""

import ipaddress
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# The page itself says which scripts by their hashes; both policies hold.
GRAPH_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
STYLED_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": PAGE_POLICY,
    "Cache-Control": "no-cache",
}


class Guard:
    """The application behind the checks; `log` is told of each request in one line."""

    def __init__(
        self, app: ASGIApp, *, hosts: tuple[str, ...], origins: tuple[str, ...], log: Callable[[str], None]
    ) -> None:
        self._app = app
        self._hosts = frozenset(host.lower().rstrip(".") for host in ("localhost", *hosts))
        self._origins = frozenset(origins)
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        headers = Headers(scope=scope)
        origin = headers.get("origin", "")
        shared = self._shares(origin)
        status = 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                out = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    out.setdefault(name, value)
                out.add_vary_header("Origin")
                if shared:
                    out["Access-Control-Allow-Origin"] = "*" if "*" in self._origins else origin
                    out["Cross-Origin-Resource-Policy"] = "cross-origin"
            await send(message)

        await self._inner(scope, headers, shared)(scope, receive, answer)
        path = scope.get("raw_path", b"").decode("ascii", "backslashreplace")
        self._log(f"{scope['method']} {path} {status} {time.perf_counter() - begun:.3f} s")

    def _inner(self, scope: Scope, headers: Headers, shared: bool) -> ASGIApp:
        """What answers the request: the application, or the reason why it does not."""
        if not self._answers_to(headers.get("host", "")):
            return PlainTextResponse("This server does not answer to that name; see --allow-host.\n", 421)
        foreign = headers.get("origin", "") not in ("", f"{scope['scheme']}://{headers.get('host')}")
        embedded = headers.get("sec-fetch-site") == "cross-site" and headers.get("sec-fetch-mode") != "navigate"
        if (foreign or embedded) and not shared:
            return PlainTextResponse("Pages of other sites may not ask this server; see --cors.\n", 403)
        if shared and scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            allowed = {
                "Access-Control-Allow-Methods": "GET, HEAD, POST",
                "Access-Control-Allow-Headers": "Accept, Content-Type",
                "Access-Control-Max-Age": "600",
            }
            return PlainTextResponse("", 204, headers=allowed)
        return self._app

    def _answers_to(self, host: str) -> bool:
        """Whether the Host header is a number, which no name can be made to point to, or one of our names."""
        try:
            name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
            return name in self._hosts or bool(ipaddress.ip_address(name))
        except ValueError:
            return False

    def _shares(self, origin: str) -> bool:
        return bool(origin) and ("*" in self._origins or origin in self._origins)
