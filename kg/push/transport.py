"""Requests to a store that try again where it is busy, never go to another host, and fail in one line.

The library is requests: the standard library's digest authentication neither keeps a nonce from request to request nor
knows SHA-256, and its connections are not kept.
"""

import math
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import urljoin, urlsplit

import requests
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth

from kg.errors import StoreError
from kg.push.credentials import Credentials
from kg.table import visible

BUSY = frozenset((429, 502, 503, 504))
TOO_LARGE = 413
_REDIRECTS = frozenset((301, 302, 307, 308))
_MOST_READ, _MOST_SHOWN = 65_536, 300
_LONGEST_WAIT = 120.0
_CONNECT = 10.0
_MARKUP = re.compile(r"<!--.*?-->|<(?:style|script|title)\b.*?</(?:style|script|title)>|<[/!a-z][^<>]*>", re.I | re.S)


class RefusedError(StoreError):
    """The store answered, and it was no."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class UnreachableError(StoreError):
    """The store did not answer, however often it was asked."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a store answered."""

    status: int
    body: bytes
    asks: str = ""  # how one says who one is, by WWW-Authenticate


class Transport:
    """A connection to a store under one's credentials."""

    def __init__(
        self,
        credentials: Credentials,
        *,
        timeout: float = 300.0,
        retries: int = 5,
        tell: Callable[[str], None] = lambda message: None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._session = requests.Session()
        # Of an `auth` that is none, requests would look up netrc by itself.
        self._session.auth = _authorisation(credentials)
        self._credentials, self._timeout, self._retries = credentials, timeout, retries
        self._tell, self._sleep = tell, sleep

    def send(
        self,
        method: str,
        url: str,
        *,
        parameters: Mapping[str, str] | None = None,
        body: bytes | BinaryIO = b"",
        kind: str = "",
        accept: str = "*/*",
    ) -> Reply:
        """The store's answer to a request that may come twice without harm.

        Tries again, ever later, on 429, 502, 503, 504 and where the connection fails or nothing comes back. Raises
        RefusedError for any other answer but 2xx, and UnreachableError where no try was answered.
        """
        headers = {"Accept": accept, "User-Agent": "kg"} | ({"Content-Type": kind} if kind else {})
        for attempt in range(self._retries + 1):
            last = attempt == self._retries
            try:
                reply, wait = self._once(method, url, parameters, body, headers)
            except requests.exceptions.SSLError as error:
                raise UnreachableError(f"{_host(url)}: its certificate is not trusted ({_cause(error)})") from error
            except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError) as error:
                why, wait = _cause(error), None
                if last:
                    raise UnreachableError(f"{_host(url)}: {why}; tried {_times(attempt + 1)}") from error
            except requests.RequestException as error:
                raise UnreachableError(f"{_host(url)}: {_cause(error)}") from error
            else:
                if reply.status < 300:
                    return reply
                if reply.status not in BUSY or last:
                    raise RefusedError(self._refusal(reply, url), reply.status)
                why = f"answers {reply.status}"
            pause = min(wait if wait is not None else 0.5 * 2**attempt, _LONGEST_WAIT)
            self._tell(f"{_host(url)}: {why}; trying again in {pause:.1f} s")
            self._sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _once(
        self,
        method: str,
        url: str,
        parameters: Mapping[str, str] | None,
        body: bytes | BinaryIO,
        headers: Mapping[str, str],
        redirects: int = 3,
    ) -> tuple[Reply, float | None]:
        """One try: the answer, and how long the store asks to wait; a redirect within its host is followed."""
        if not isinstance(body, bytes):
            body.seek(0)
        with self._session.request(
            method,
            url,
            params=dict(parameters or {}),
            data=body,
            headers=dict(headers),
            timeout=(_CONNECT, self._timeout),
            allow_redirects=False,
            stream=True,
        ) as response:
            if response.status_code in _REDIRECTS and "location" in response.headers:
                there = urljoin(response.url, response.headers["location"])
                if not redirects or not _same_host(response.url, there):
                    raise RefusedError(
                        f"{_host(url)} sends us to {visible(there)[:_MOST_SHOWN]}, and credentials and triples go only "
                        "to the host they are meant for; push to that address if you trust it",
                        response.status_code,
                    )
                response.close()
                return self._once(method, there, None, body, headers, redirects - 1)
            content = b""
            for piece in response.iter_content(_MOST_READ):
                content += piece
                if len(content) >= _MOST_READ:
                    break
            asks = response.headers.get("www-authenticate", "").split(" ")[0]
            return Reply(response.status_code, content[:_MOST_READ], asks), _asked_wait(response)

    def _refusal(self, reply: Reply, url: str) -> str:
        """One line: what the store answered, in its words, and for some answers what to do."""
        said = _words(reply.body)
        line = f"{_host(url)} answers {reply.status}" + (f": {said}" if said else "")
        if reply.status == 401:
            asks = f"; it asks for {visible(reply.asks)[:20]}" if reply.asks else ""
            return f"{line} — it does not take us: {self._credentials.told}{asks}"
        if reply.status == 403:
            return f"{line} — it knows us ({self._credentials.told}), and we may not do this"
        if reply.status in (404, 405):
            return f"{line} — is that the store's address, and the kind that --store says?"
        return line


class _Silent(AuthBase):
    """No credentials, and none looked for."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


class _Bearer(AuthBase):
    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def _authorisation(credentials: Credentials) -> AuthBase:
    if credentials.scheme == "basic":  # as bytes: else requests takes them for Latin-1
        return HTTPBasicAuth(credentials.user.encode(), credentials.secret.encode())
    if credentials.scheme == "digest":
        return HTTPDigestAuth(credentials.user, credentials.secret)
    return _Bearer(credentials.secret) if credentials.scheme == "bearer" else _Silent()


def _same_host(one: str, other: str) -> bool:
    """Whether both are served by the same host and port, or the other by its encrypted side."""
    here, there = urlsplit(one), urlsplit(other)
    if here.hostname != there.hostname:
        return False
    ports = {"http": 80, "https": 443}
    here_port, there_port = here.port or ports.get(here.scheme), there.port or ports.get(there.scheme)
    same = (here.scheme, here_port) == (there.scheme, there_port)
    return same or (here.scheme, here_port, there.scheme, there_port) == ("http", 80, "https", 443)


def _asked_wait(response: requests.Response) -> float | None:
    """The seconds of Retry-After; a date there, or nonsense, counts as nothing said."""
    try:
        seconds = float(response.headers.get("retry-after", ""))
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def _words(body: bytes) -> str:
    """The store's own words on one line: without mark-up and control characters, cut where they go on."""
    text = " ".join(visible(_MARKUP.sub(" ", body.decode("utf-8", "replace"))).split())
    return text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 1] + "…"


def _cause(error: BaseException) -> str:
    """What broke, without the objects that the libraries wrap it in."""
    if isinstance(error, requests.ConnectTimeout):
        return "cannot be reached (no connection in time)"
    if isinstance(error, requests.Timeout):
        return "no answer in time"
    inner: BaseException = error
    while (deeper := next((one for one in (inner.__cause__, inner.__context__, *inner.args)
                           if isinstance(one, BaseException)), None)) is not None:  # fmt: skip
        inner = deeper
    if reason := getattr(error.args[0] if error.args else None, "reason", None):
        inner = reason
    text = re.sub(r"<[^<>]*object at 0x[0-9a-f]+>:?|\w+Connection\([^()]*\):?", "", str(inner)).strip()
    return visible(text)[:_MOST_SHOWN] or type(error).__name__


def _host(url: str) -> str:
    return urlsplit(url).netloc


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
