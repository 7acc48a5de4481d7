"""A server of one's own for a test: `kg serve` as a process, and requests to it, byte for byte."""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass(frozen=True, slots=True)
class Served:
    url: str
    process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        return int(self.url.rstrip("/").rpartition(":")[2])

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None,
        timeout: float = 60,
    ) -> Reply:  # fmt: skip
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            names = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, names, response.read())
        finally:
            connection.close()

    def get(self, path: str, accept: str = "", **headers: str) -> Reply:
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask("GET", path, headers={**({"Accept": accept} if accept else {}), **more})

    def query(self, text: str, accept: str = "", **fields: str) -> Reply:
        return self.get(f"/sparql?{urlencode({'query': text, **{k.replace('_', '-'): v for k, v in fields.items()}})}",
                        accept)  # fmt: skip

    def end(self, sign: int = signal.SIGTERM) -> int:
        self.process.send_signal(sign)
        return self.process.wait(30)


@contextlib.contextmanager
def served(graph: Path, *options: str, **more: str) -> Iterator[Served]:
    """The server over that result, ended at the end whatever happens; `more` goes into its environment."""
    command = [sys.executable, "-m", "kg", "serve", str(graph), "--port", "0", *options]
    env = {**os.environ, "PYTHONPATH": str(ROOT), **more}
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout and process.stderr
        url = process.stdout.readline().strip()
        assert url.startswith("http://127.0.0.1:"), process.stderr.read()
        yield Served(url, process)
    finally:
        process.terminate()
        try:
            process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def path_of(name: str, **fields: str) -> str:
    """The address of a named query with its parameters."""
    return f"/queries/{quote(name)}?{urlencode(fields)}"
