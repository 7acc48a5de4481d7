"""The one-way rule of ARCHITECTURE.md: a module imports only from the layers before its own; no stage knows another."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "kg"

LAYERS: tuple[frozenset[str], ...] = tuple(
    frozenset(layer.split())
    for layer in (
        "errors model cite labels layout table cutting letters naming wellformed versions crew",
        "output plain",
        "remember",
        "patterns vocabulary nodes",
        "errata folders project ontology turtle",
        "corrections glossary",
        "packed programs",
        "gather kept scan",
        "knowledge cues",
        "ancestry renamings",
        "seats",
        # the stages
        "read collate segment recognise resolve relate identify correct assemble rdf store reopen graph view",
        "picture",
        "reasons",
        "extract query explain shapes diff check",
        "links",
        "sameness",
        "spread corpus ledger splice",
        "renew",
        "report",
        "rebuild",
        "export push tell pipeline score",
        "scenes",
        "api cluster serve",
        "commands",
        "cli",
        "__main__ __init__",
    )
)
# Libraries that are slow to import, or no longer maintained: each behind one module.
BEHIND = {
    "pyvis": {"view"}, "jieba": {"cutting"}, "rjieba": {"cutting"}, "ahocorasick_rs": {"scan", "knowledge", "cues"},
    "requests": {"push"}, "resvg_py": {"picture"},
}  # fmt: skip


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """The full names of what a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            yield from (f"{module}.{alias.name}" for alias in node.names)


def layer(name: str) -> int:
    (found,) = [i for i, names in enumerate(LAYERS) if name in names]
    return found


def test_every_module_has_one_layer() -> None:
    placed = [name for names in LAYERS for name in names]
    assert sorted(placed) == sorted({name_of(path) for path in modules()})


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down(path: Path) -> None:
    me = name_of(path)
    for imported in imports(path):
        parts = imported.split(".")
        if parts[0] == "kg" and len(parts) > 1 and parts[1] != me:
            assert layer(parts[1]) < layer(me), f"{path} imports {imported}"
        assert me in BEHIND.get(parts[0], {me}), f"{path} imports {imported}"


def test_no_module_is_long() -> None:
    long = {path.name: n for path in modules() if (n := len(path.read_text(encoding="utf-8").splitlines())) > 400}
    assert not long


@pytest.mark.parametrize("statement", ["import kg", "from kg.cli import parser; parser()"])
def test_what_is_slow_is_imported_late(statement: str) -> None:
    code = f"import sys; {statement}; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert not loaded & {"networkx", "rdflib", "pyvis", "IPython", "jieba", "rjieba", "pyoxigraph", "requests"}


def test_a_command_imports_no_other() -> None:
    code = "import sys; from kg.cli import main\n"
    code += "try: main(['show', '--help'])\nexcept SystemExit: print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {name for name in done.stdout.split() if name.startswith("kg.commands.")} == {
        "kg.commands.options", "kg.commands.show", "kg.commands.terminal",
    }  # fmt: skip
