"""SPARQL engines in the flesh, each started in a folder of its own on a free port of 127.0.0.1, and stopped again."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import rdflib
import requests

from kg.store import Store, load

ROOT = Path(__file__).parents[1]
ENGINES = Path(os.environ.get("KG_ENGINES") or ROOT / ".engines") / "root"  # where tools/get_engines.sh unpacks
GRAPH = "https://example.org/news"
TYPE = "http://www.w3.org/2001/XMLSchema#"
PASSWORD = "dba"

Term = tuple[str, str, str]  # value, language, datatype; of an IRI the value alone
Row = tuple[Term | None, ...]
Ask = Callable[[str], list[Row]]


@dataclass(frozen=True, slots=True)
class Server:
    """One that answers over HTTP: how to ask it, and how `kg push` gets to it."""

    ask: Ask
    url: str
    store: str
    environment: Mapping[str, str]


# IN PYTHON


@contextmanager
def in_pyoxigraph(nt: Path, folder: Path) -> Iterator[Ask]:
    store = load(nt, folder / "store")
    yield lambda text: _of_oxigraph(store, text)


def _of_oxigraph(store: Store, text: str) -> list[Row]:
    from kg.query import write_answer

    return rows_of_json(write_answer(store.query(text), "json").encode())


@contextmanager
def in_rdflib(nt: Path, folder: Path) -> Iterator[Ask]:
    graph = rdflib.Graph()
    graph.parse(nt, format="nt")

    def ask(text: str) -> list[Row]:
        return rows_of_json(graph.query(text).serialize(format="json") or b"")

    yield ask


# OXIGRAPH

OXIGRAPH = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")


@contextmanager
def oxigraph_server(nt: Path | None, folder: Path) -> Iterator[Server]:
    place = folder / "oxigraph"
    if nt:
        command = [str(OXIGRAPH), "load", "--location", str(place), "--file", str(nt)]
        subprocess.run(command, check=True, capture_output=True)
    port = free_port()
    command = [str(OXIGRAPH), "serve", "--location", str(place), "--bind", f"127.0.0.1:{port}"]
    with running(command, folder, port):
        url = f"http://127.0.0.1:{port}"
        yield Server(lambda text: asked(f"{url}/query", text), url, "oxigraph", {})


@contextmanager
def in_oxigraph_server(nt: Path, folder: Path) -> Iterator[Ask]:
    with oxigraph_server(nt, folder) as server:
        yield server.ask


# VIRTUOSO

VIRTUOSO = shutil.which("virtuoso-t", path=f"{ENGINES / 'usr/bin'}{os.pathsep}{os.environ.get('PATH', '')}")
_INI = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = .
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
ThreadsPerQuery = 1
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 4
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 100000
MaxQueryExecutionTime = 120
"""


@contextmanager
def virtuoso(nt: Path | None, folder: Path) -> Iterator[Server]:
    place = folder / "virtuoso"
    place.mkdir()
    sql, port = free_port(), free_port()
    (place / "virtuoso.ini").write_text(_INI.format(sql=sql, port=port))
    with running([str(VIRTUOSO), "+foreground", "+configfile", "virtuoso.ini"], place, port):
        if nt:
            shutil.copy(nt, place / "graph.nt")
            isql = Path(str(VIRTUOSO)).with_name("isql-vt")
            load = f"ld_dir('.', 'graph.nt', '{GRAPH}'); rdf_loader_run(); checkpoint;"
            command = [isql, f"127.0.0.1:{sql}", "dba", PASSWORD, "ERRORS=STDOUT", f"exec={load}"]
            done = subprocess.run(command, cwd=place, env=surroundings(), capture_output=True, text=True)
            assert done.returncode == 0 and "Error" not in done.stdout, done.stdout
        url = f"http://127.0.0.1:{port}"
        who = {"KG_PUSH_USER": "dba", "KG_PUSH_PASSWORD": PASSWORD}
        yield Server(lambda text: asked(f"{url}/sparql", text, graph=GRAPH), url, "virtuoso", who)


@contextmanager
def in_virtuoso(nt: Path, folder: Path) -> Iterator[Ask]:
    with virtuoso(nt, folder) as server:
        yield server.ask


# JENA

JAVA = shutil.which("java")
# Of the packages that write logs only the one that writes none: two of them would send all to one another.
_LOGS = re.compile(r"(?:jcl|jul|log4j|osgi)-|slf4j-(?!api|nop)")
_JARS = [jar for jar in sorted((ENGINES / "usr/share/java").glob("*.jar")) if not _LOGS.match(jar.name)]


def jena(command: str, messages: Path, *arguments: str | Path) -> bytes:
    path = ":".join(map(str, (messages, *_JARS)))
    java = [str(JAVA), "-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", path, command]
    done = subprocess.run([*java, *map(str, arguments)], capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def _messages(folder: Path) -> Path:
    """The texts of Jena's XML parser where it looks for them: Debian's build moved its classes, and left its texts."""
    moved = "org/apache/jena/ext/"
    with zipfile.ZipFile(next(jar for jar in _JARS if jar.name == "jena-core.jar")) as jar:
        for name in jar.namelist():
            if name.startswith(f"{moved}xerces/") and name.endswith(".properties"):
                text = folder / name.removeprefix(moved)
                text.parent.mkdir(parents=True, exist_ok=True)
                text.write_bytes(jar.read(name))
    return folder


@contextmanager
def in_jena(nt: Path, folder: Path) -> Iterator[Ask]:
    messages, place, asked = _messages(folder / "messages"), folder / "jena", folder / "query.rq"
    jena("tdb2.tdbloader", messages, "--loc", place, nt)

    def ask(text: str) -> list[Row]:
        asked.write_text(text, encoding="utf-8")
        return rows_of_json(jena("tdb2.tdbquery", messages, "--loc", place, "--query", asked, "--results", "JSON"))

    yield ask


Opened = Callable[[Path, Path], AbstractContextManager[Ask]]
BY_NAME: Mapping[str, Opened] = {
    "pyoxigraph": in_pyoxigraph,
    "rdflib": in_rdflib,
    "oxigraph server": in_oxigraph_server,
    "virtuoso": in_virtuoso,
    "jena": in_jena,
}
SERVERS: Mapping[str, Callable[[Path | None, Path], AbstractContextManager[Server]]] = {
    "oxigraph server": oxigraph_server,
    "virtuoso": virtuoso,
}


def missing(name: str) -> str:
    """What has to be installed before that engine runs, or nothing."""
    lacking = {
        "oxigraph server": "" if OXIGRAPH else "the program oxigraph (pip install oxigraph)",
        "virtuoso": "" if VIRTUOSO else "virtuoso-t (tools/get_engines.sh)",
        "jena": "" if _JARS and JAVA else "java or jena-cmds.jar (tools/get_engines.sh)",
    }
    return lacking.get(name, "")


# WHAT THEY SHARE


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def surroundings() -> dict[str, str]:
    """The environment with the unpacked libraries in it."""
    libraries = [str(ENGINES / part) for part in ("usr/lib/x86_64-linux-gnu", "lib/x86_64-linux-gnu")]
    return {**os.environ, "LD_LIBRARY_PATH": ":".join((*libraries, os.environ.get("LD_LIBRARY_PATH", "")))}


@contextmanager
def running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    """The server, from when it answers on its port to the end of the block."""
    with (folder / "output.txt").open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, env=surroundings(), stdout=output, stderr=output)
    try:
        for _ in range(1200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, (folder / "output.txt").read_text(errors="replace")[-2000:]
            time.sleep(0.1)
        else:
            raise AssertionError(f"{command[0]} does not answer on its port")
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def asked(url: str, text: str, graph: str = "") -> list[Row]:
    """The answer over HTTP, by the SPARQL 1.1 Protocol."""
    form = {"query": text, **({"default-graph-uri": graph} if graph else {})}
    answer = requests.post(url, data=form, headers={"Accept": "application/sparql-results+json"}, timeout=300)
    assert answer.status_code == 200, answer.text[:2000]
    return rows_of_json(answer.content)


def rows_of_json(content: bytes) -> list[Row]:
    """The rows of an answer in the JSON of SPARQL 1.1."""
    answer = json.loads(content)
    names = answer["head"]["vars"]
    return [tuple(_term(row.get(name)) for name in names) for row in answer["results"]["bindings"]]


def _term(found: Mapping[str, str] | None) -> Term | None:
    """The term in the one spelling that all engines' spellings of it come to."""
    if found is None:
        return None
    value, kind = found["value"], found.get("datatype", "").removeprefix(TYPE)
    if kind in ("boolean", "integer", "int", "nonNegativeInteger", "long", "decimal"):
        # A boolean is a number in Virtuoso, a count an xsd:integer here and an xsd:int there.
        value = {"true": "1", "false": "0"}.get(value, value)
        value, kind = str(int(value)) if float(value).is_integer() else value, "number"
    return value, found.get("xml:lang", "").lower(), "" if kind == "string" else kind
