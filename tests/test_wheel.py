"""What users install: the wheel holds everything that a build needs, and works outside the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = "6月5日，上海市委书记李强在浙江省湖州市调研。\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (found,) = folder.glob("*.whl")
    return found


def test_it_holds_the_code_the_knowledge_and_the_ontology(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    inside = {str(path.relative_to(ROOT)) for path in (ROOT / "kg").rglob("*") if path.is_file()}
    wanted = {name for name in inside if "__pycache__" not in name}
    assert "kg/ontology.ttl" in names
    assert wanted <= names
    assert not [name for name in names if name.startswith(("tests/", "seeds/", "notebooks/"))]


def test_it_builds_a_graph_where_there_is_no_checkout(wheel: Path, tmp_path: Path) -> None:
    site, home = tmp_path / "site", tmp_path / "home"
    zipfile.ZipFile(wheel).extractall(site)
    home.mkdir()
    (home / "news.txt").write_text(TEXT, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(site), "HOME": str(home), "XDG_CACHE_HOME": str(home / ".cache")}
    code = f"import kg, sys; assert kg.__file__.startswith({str(site)!r}); from kg.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", code, "build", "news.txt", "-o", "out"]
    done = subprocess.run(command, cwd=home, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "上海市委书记" in (home / "out" / "graph.ttl").read_text(encoding="utf-8")
    assert {path.name for path in home.iterdir()} == {".cache", "news.txt", "out"}  # no log
    assert [path.name for path in (home / ".cache").iterdir()] == ["kg"]  # nothing of jieba's


def test_the_command_is_declared(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (name,) = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
    assert "kg = kg.__main__:run" in archive.read(name).decode()
