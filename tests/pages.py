"""The documentation as written and as run: pages of Markdown with blocks; docs/README.md has their rules."""

import contextlib
import importlib.util
import io
import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"

_BLOCK = re.compile(
    r"^(?P<notes>(?:<!--[^\n]*-->\n+)*)```(?P<language>\w*)\n(?P<body>.*?)^```$"
    r"(?:\n+```output\n(?P<output>.*?)^```$)?",
    re.DOTALL | re.MULTILINE,
)
_NOTE = re.compile(r"<!-- (?P<key>needs|file|background|not run): (?P<value>.+?) -->")
_PAGE_NEEDS = re.compile(r"^<!-- page needs: (?P<value>.+?) -->$", re.MULTILINE)
_PROMPT = re.compile(r"^\$ (?P<command>(?:[^\n]*\\\n)*[^\n]*)\n(?P<output>(?:(?!\$ )[^\n]*\n)*)", re.MULTILINE)
_SECONDS = re.compile(r"\d[\d,]*(?:\.\d+)? s\b")
RUN = ("console", "sh", "python", "sparql")
READ = ("toml", "json", "turtle")
SHOWN = ("text", "csv", "tsv", "html", "xml", "yaml", "bibtex")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, its text, what it prints (of `python`), and what the comments before it say."""

    language: str
    body: str
    output: str | None
    notes: Mapping[str, str]
    source: str

    @property
    def title(self) -> str:
        """A short name for a test."""
        first = self.body.strip().splitlines()[0] if self.body.strip() else "empty"
        return f"{self.language}: {first.removeprefix('$ ')[:70]}"


@dataclass(frozen=True, slots=True)
class Page:
    """A page, its blocks in order, and what all of it needs."""

    path: Path
    blocks: tuple[Block, ...]
    needs: str

    @property
    def name(self) -> str:
        """Its path from the root of the project."""
        return self.path.relative_to(ROOT).as_posix()


def read_page(path: Path) -> Page:
    text = path.read_text(encoding="utf-8")
    whole = _PAGE_NEEDS.search(text)
    return Page(path, tuple(read_blocks(text)), whole["value"] if whole else "")


def read_blocks(text: str) -> Iterator[Block]:
    for found in _BLOCK.finditer(text):
        notes = {note["key"]: note["value"] for note in _NOTE.finditer(found["notes"])}
        yield Block(found["language"], found["body"], found["output"], notes, found[0])


def prompts(block: Block) -> list[tuple[str, str]]:
    """The commands of a `console` block, each with what it printed."""
    return [(found["command"], found["output"]) for found in _PROMPT.finditer(block.body)]


def missing(needs: str) -> str:
    """The first of the comma-separated needs that is not met here, else nothing."""
    for need in filter(None, (one.strip() for one in needs.split(","))):
        kind, _, value = need.partition(" ")
        if not _MEETS[kind](value):
            return need
    return ""


_MEETS: dict[str, Callable[[str], bool]] = {
    "command": lambda value: shutil.which(value, path=environment()["PATH"]) is not None,
    "module": lambda value: importlib.util.find_spec(value) is not None,
    "shared": lambda value: (SHARED / value).exists(),
    "variable": lambda value: bool(os.environ.get(value)),
}


def alike(text: str) -> str:
    """The text without what differs from run to run: seconds."""
    return _SECONDS.sub("N s", text)


@dataclass(slots=True)
class Tour:
    """One page being followed from top to bottom in a folder of its own; what was run is not run again."""

    page: Page
    place: Path
    printed: list[str] = field(default_factory=list)
    names: dict[str, object] = field(default_factory=lambda: {"__name__": "__main__"})
    ports: dict[str, str] = field(default_factory=dict)
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def run_to(self, index: int) -> str:
        """Run what was not yet run up to this block, and give the block as it should stand in the page."""
        while len(self.printed) <= index:
            block = self.page.blocks[len(self.printed)]
            skipped = "not run" in block.notes or missing(block.notes.get("needs", ""))
            self.printed.append(block.source)  # stays if the block fails, which then fails but once
            if not skipped:
                self.printed[-1] = self.run(block)
        return self.printed[index]

    def run(self, block: Block) -> str:
        if "file" in block.notes:
            path = self.place / block.notes["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.body, encoding="utf-8")
        if "background" in block.notes:
            self.start(block.body, block.notes["background"].removeprefix("port "))
        elif block.language == "console":
            body = "".join(f"$ {command}\n{self.shell(command)}" for command, _ in prompts(block))
            return block.source.replace(f"```console\n{block.body}```", f"```console\n{body}```")
        elif block.language == "sh" and "file" not in block.notes:
            self.shell(f"set -e\n{block.body}", must=True)
        elif block.language == "python" and "file" not in block.notes:
            printed = self.python(block.body)
            return block.source.replace(f"```output\n{block.output}```", f"```output\n{printed}```")
        elif block.language == "sparql":
            self.shell(f"kg query {shlex.quote(block.body)} >/dev/null || [ $? = 1 ]", must=True)
        else:
            check(block)
        return block.source

    def shell(self, command: str, *, must: bool = False) -> str:
        """What the command prints, `kg` and `python` being ours."""
        done = subprocess.run(
            ["bash", "-c", self.with_ports(_OURS + command)],
            cwd=self.place, env=environment(), capture_output=True, text=True, encoding="utf-8",
        )  # fmt: skip
        assert not must or done.returncode == 0, f"{command}\n{done.stderr}"
        printed = done.stdout if done.stdout.endswith("\n") or not done.stdout else done.stdout + "\n"
        return self.without_ports(printed)

    def python(self, code: str) -> str:
        printed = io.StringIO()
        with contextlib.chdir(self.place), contextlib.redirect_stdout(printed):
            exec(compile(self.with_ports(code), self.page.name, "exec"), self.names)
        return self.without_ports(printed.getvalue())

    def start(self, command: str, port: str) -> None:
        """Start what goes on running until the page ends, on a free port, and wait until it answers there."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.ports[port] = str(free.getsockname()[1])
        process = subprocess.Popen(
            ["bash", "-c", self.with_ports(_OURS + command)], cwd=self.place, env=environment(),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        self.running.append(process)
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", int(self.ports[port]))) == 0:
                    return
            assert process.poll() is None, f"{command} ended with {process.returncode}"
            time.sleep(0.1)
        raise AssertionError(f"{command} does not answer on its port")

    def end(self) -> None:
        for process in self.running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=20)

    def with_ports(self, text: str) -> str:
        for shown, real in self.ports.items():
            text = text.replace(shown, real)
        return text

    def without_ports(self, text: str) -> str:
        for shown, real in self.ports.items():
            text = text.replace(real, shown)
        return text


_OURS = (
    f'kg() {{ "{sys.executable}" -m kg "$@"; }}; python() {{ "{sys.executable}" "$@"; }}; export -f kg python\n'
)


def environment() -> dict[str, str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"  # what pip installs
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "COLUMNS": "100", "NO_COLOR": "1"}


def check(block: Block) -> None:
    """What is only shown is at least well formed."""
    if block.language == "toml":
        tomllib.loads(block.body)
    elif block.language == "json":
        json.loads(block.body)
    elif block.language == "turtle":
        import rdflib

        rdflib.Graph().parse(data=block.body, format="turtle")
    else:
        assert block.language in (*RUN, *SHOWN), f"```{block.language}: see docs/README.md for the languages of blocks"
