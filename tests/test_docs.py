"""README and docs/ are true: every command is in them, what their blocks show is what is printed, no link is dead.

`KG_FIX=1 python -m pytest tests/test_docs.py` writes the present output into the pages. docs/README.md has the rules.
"""

import difflib
import os
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pages import ROOT, SHARED, Page, Tour, alike, missing, read_blocks, read_page

from kg import __version__
from kg.cli import COMMANDS

README = ROOT / "README.md"
PAGES = [read_page(path) for path in (*sorted(ROOT.glob("README*.md")), *sorted((ROOT / "docs").rglob("*.md")))]
BLOCKS = [
    # Each block starts the program: those of the README are always run, the other pages take minutes.
    pytest.param(page, i, id=f"{page.name} {block.title}", marks=() if page.path == README else pytest.mark.slow)
    for page in PAGES
    for i, block in enumerate(page.blocks)
]
_LINK = re.compile(r"\]\((?!https?:|#|mailto:)(?P<target>[^)#\s]+)[^)]*\)")
_BUILDS = re.compile(r"^(?:\$ )?kg build .*-o out\b", re.MULTILINE)
_FENCED = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the seeds, their graph and the gold, as every page supposes; beside it ../shared, where that is."""
    folder = tmp_path_factory.mktemp("built") / "kg"
    folder.mkdir()
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copytree(ROOT / "tests" / "gold", folder / "tests" / "gold")
    Tour(PAGES[0], folder).shell("kg build seeds -o out", must=True)
    return folder


@pytest.fixture(scope="module")
def tours(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Tour]]:
    """A tour for each page, begun when its first block is asked for, each in a copy of the folder."""
    begun: dict[str, Tour] = _Tours(built, tmp_path_factory)
    yield begun
    for tour in begun.values():
        tour.end()


class _Tours(dict[str, Tour]):
    def __init__(self, built: Path, factory: pytest.TempPathFactory) -> None:
        super().__init__()
        self.built, self.factory = built, factory

    def __missing__(self, name: str) -> Tour:
        place = self.factory.mktemp("tour") / "kg"
        page = next(page for page in PAGES if page.name == name)
        shutil.copytree(self.built, place, symlinks=True)
        if any(_BUILDS.search(block.body) for block in page.blocks):
            shutil.rmtree(place / "out")  # the page makes its own, and a first build says other things than a second
        if SHARED.exists():
            (place.parent / "shared").symlink_to(SHARED)
        self[name] = Tour(page, place)
        return self[name]


@pytest.mark.parametrize(("page", "index"), BLOCKS)
def test_what_a_page_shows_is_so(page: Page, index: int, tours: dict[str, Tour]) -> None:
    block = page.blocks[index]
    if "not run" in block.notes:
        pytest.skip(f"not run: {block.notes['not run']}")
    if lacking := missing(f"{page.needs},{block.notes.get('needs', '')}"):
        pytest.skip(f"needs {lacking}")
    shown = tours[page.name].run_to(index)
    if os.environ.get("KG_FIX"):
        text = page.path.read_text(encoding="utf-8")
        page.path.write_text(text.replace(block.source, shown), encoding="utf-8")
    elif alike(shown) != alike(block.source):
        lines = difflib.unified_diff(block.source.splitlines(), shown.splitlines(), page.name, "printed", lineterm="")
        pytest.fail("\n".join(lines), pytrace=False)


@pytest.mark.slow
def test_the_pictures_are_what_the_page_draws(tours: dict[str, Tour]) -> None:
    tour = tours["docs/how-to/pictures.md"]
    tour.run_to(len(tour.page.blocks) - 1)
    for kept in sorted((ROOT / "docs" / "pictures").glob("*.svg")):
        drawn = (tour.place / kept.name).read_bytes()
        if os.environ.get("KG_FIX"):
            kept.write_bytes(drawn)
        assert kept.read_bytes() == drawn, kept.name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_link_is_dead(page: Page) -> None:
    text = _FENCED.sub("", page.path.read_text(encoding="utf-8"))
    dead = [found["target"] for found in _LINK.finditer(text) if not (page.path.parent / found["target"]).exists()]
    assert not dead


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_fence_is_a_block_by_the_rules(page: Page) -> None:
    text = page.path.read_text(encoding="utf-8")
    fences = len(re.findall(r"^ *(?:```|~~~)", text, re.MULTILINE))
    blocks = sum(1 + (block.output is not None) for block in page.blocks)
    assert fences == 2 * blocks, "indented, unclosed, or a stray `output`"


def test_the_index_has_every_page() -> None:
    index = ROOT / "docs" / "README.md"
    listed = {(index.parent / found["target"]).resolve() for found in _LINK.finditer(index.read_text(encoding="utf-8"))}
    assert {page.path for page in PAGES if index.parent in page.path.parents} <= {index, *listed}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_shown(command: str) -> None:
    assert any(f"kg {command}" in page.path.read_text(encoding="utf-8") for page in PAGES)


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


def test_the_citation_is_that_of_this_version() -> None:
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
    told = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (told["cff-version"], told["type"]) == ("1.2.0", "software")
    assert (told["version"], told["license"]) == (__version__, project["license"])
    assert told["title"] and told["message"]
    # What version 1.2.0 of the format allows for an author that is no person.
    assert told["authors"] and all({"name"} <= one.keys() <= {"name", "website", "email"} for one in told["authors"])
    assert len(told["keywords"]) == len(set(told["keywords"])) >= 3


# THE RULES THEMSELVES

_EXAMPLE = """
<!-- file: hello.txt -->

```text
one
```

```console
$ cat hello.txt
two
$ echo a \\
  b
a b
```

```python
print(1 + 1)
```

```output
3
```
"""


def tour(text: str, place: Path) -> Tour:
    return Tour(Page(ROOT / "docs" / "x.md", tuple(read_blocks(text)), ""), place)


def test_a_page_is_followed_from_top_to_bottom(tmp_path: Path) -> None:
    text = tour(_EXAMPLE, tmp_path)
    assert "cat hello.txt\none\n$ echo a \\\n  b\na b\n```" in text.run_to(1)
    assert "```output\n2\n```" in text.run_to(2)


def test_a_failing_command_is_no_documentation(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="No such file"):
        tour("```sh\ncat nothing.txt\n```\n", tmp_path).run_to(0)


def test_a_language_must_be_known(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="languages of blocks"):
        tour("```bash\ntrue\n```\n", tmp_path).run_to(0)


def test_needs_are_told_by_name() -> None:
    assert missing("command bash, module kg") == ""
    assert missing("command bash, command no-such-thing, module kg") == "command no-such-thing"


def test_a_background_block_runs_on_a_free_port(tmp_path: Path) -> None:
    text = tour(
        "<!-- background: port 7878 -->\n```sh\nexec python3 -m http.server --bind 127.0.0.1 7878\n```\n\n"
        "```console\n$ python3 -c 'print(7878)'\n```\n",
        tmp_path,
    )
    try:
        assert "$ python3 -c 'print(7878)'\n7878\n" in text.run_to(1)
    finally:
        text.end()


def test_seconds_do_not_count() -> None:
    assert alike("in 2.2 s") == alike("in 11 s") != alike("in 2 m")
