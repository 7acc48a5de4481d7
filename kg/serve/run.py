"""The server: a socket, the workers, and an end without loose ends."""

import asyncio
import logging
import signal
import socket
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn

from kg.errors import KGError
from kg.serve.app import Settings, application
from kg.serve.pool import Limits, Pool
from kg.serve.source import Source

_GRACE = 3  # seconds for answers that are on their way when the server ends
_CONNECTIONS, _BACKLOG = 1000, 2048
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True, slots=True)
class Options:
    """How to serve."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    limits: Limits = field(default_factory=Limits)
    most_query: int = 1 << 20
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()


def serve(path: Path, options: Options, *, ready: Callable[[str], None], log: Callable[[str], None]) -> None:
    """Serve the result until SIGINT or SIGTERM; `ready` is told the address once requests are taken.

    Raises a KGError if the result cannot be opened, or the address is not to be had.
    """
    with _listen(options.host, options.port) as listener, tempfile.TemporaryDirectory(prefix="kg-serve-") as work:
        asyncio.run(_serve(Source(path, Path(work)), Path(work), options, listener, ready, log))


async def _serve(
    source: Source, work: Path, options: Options, listener: socket.socket,
    ready: Callable[[str], None], log: Callable[[str], None],
) -> None:  # fmt: skip
    queries = Pool(source, work, options.workers, options.limits)
    pages = Pool(source, work, 1, options.limits)
    try:
        await queries.open()
        graph = source.path / "graph.html" if source.path.is_dir() else None
        settings = Settings(graph, options.most_query, (options.host, *options.hosts), options.origins)
        app = application(queries, pages, settings, log)
        logging.getLogger("uvicorn.error").addHandler(_Log(log))
        config = uvicorn.Config(
            app, log_config=None, access_log=False, lifespan="off", server_header=False,
            limit_concurrency=_CONNECTIONS, timeout_graceful_shutdown=_GRACE, timeout_keep_alive=15,
            h11_max_incomplete_event_size=1 << 16,
        )  # fmt: skip
        server = _Server(config)

        def end() -> None:
            server.should_exit = True
            ending.add(asyncio.ensure_future(_close(queries, pages)))

        ending: set[asyncio.Future[None]] = set()
        with suppress(NotImplementedError):  # of Windows: Ctrl-C comes as KeyboardInterrupt
            for one in _SIGNALS:
                asyncio.get_running_loop().add_signal_handler(one, end)
        ready(address(options.host, listener.getsockname()[1]))
        await server.serve(sockets=[listener])
    finally:
        await _close(queries, pages)


async def _close(*pools: Pool) -> None:
    for pool in pools:
        await pool.close()


class _Server(uvicorn.Server):
    """A server that leaves the signals to us: uvicorn would send them to itself again at its end."""

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


class _Log(logging.Handler):
    """What the framework has to say, to where we say it."""

    def __init__(self, log: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        self._log(self.format(record))


def _listen(host: str, port: int) -> socket.socket:
    """The listening socket; a KGError that says what to do where it cannot be had."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
    except (OSError, OverflowError) as error:
        raise KGError(f"--host {host} --port {port}: no such address ({error})") from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except (OSError, OverflowError) as error:
        listener.close()
        raise KGError(f"--host {host} --port {port}: cannot listen there ({error}); give another --port") from error
    return listener


def address(host: str, port: int) -> str:
    """The address to open in a browser.

    >>> address("::1", 8000)
    'http://[::1]:8000/'
    """
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"
