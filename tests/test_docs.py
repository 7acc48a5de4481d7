"""The README is true: every command is in it, and what its console blocks show is what the commands print.

`KG_FIX=1 python -m pytest tests/test_docs.py` writes the present output into the README.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from kg.cli import COMMANDS

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
SHARED = ROOT.parent / "shared"
_BLOCK = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", re.DOTALL)
_SECONDS = re.compile(r"\d+\.\d+ s\b")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the seeds, their graph and the gold, as the tour supposes; beside it ../shared, where that is."""
    folder = tmp_path_factory.mktemp("tour") / "kg"
    folder.mkdir()
    if SHARED.exists():
        (folder.parent / "shared").symlink_to(SHARED)
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copytree(ROOT / "tests" / "gold", folder / "tests" / "gold")
    assert run("kg build seeds -o out", folder)
    return folder


def run(command: str, place: Path) -> str:
    """What a line of shell prints, `kg` being ours."""
    line = f'kg() {{ "{sys.executable}" -m kg "$@"; }}; {command}'
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(["bash", "-c", line], cwd=place, env=env, capture_output=True, text=True).stdout


def blocks() -> list[tuple[str, str]]:
    text = README.read_text(encoding="utf-8")
    return [(found["command"], found["output"]) for found in _BLOCK.finditer(text)]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"kg {command}" in README.read_text(encoding="utf-8")


@pytest.mark.parametrize(("command", "output"), blocks(), ids=[command for command, _ in blocks()])
def test_what_the_readme_shows_is_printed(command: str, output: str, place: Path) -> None:
    if "jq" in command and shutil.which("jq") is None:
        pytest.skip("jq is not installed")
    if "../shared" in command and not SHARED.exists():
        pytest.skip("the gold of ../shared is not at hand")
    printed = run(command, place)
    if os.environ.get("KG_FIX"):
        text = README.read_text(encoding="utf-8")
        README.write_text(text.replace(f"$ {command}\n{output}```", f"$ {command}\n{printed}```"), encoding="utf-8")
    else:
        assert _SECONDS.sub("", printed) == _SECONDS.sub("", output)


def test_the_readme_tells_how_to_do_without_make() -> None:
    text, makefile = README.read_text(encoding="utf-8"), (ROOT / "Makefile").read_text(encoding="utf-8")
    for line in ("venv --without-pip", "kg build seeds -o out"):
        assert line in text and line in makefile
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_dependencies_are_told() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for dependency in project["dependencies"]:
        name = re.split(r"[><=]", dependency)[0]
        assert f"| {name} |" in README.read_text(encoding="utf-8")
