"""The page itself: the template, scripts and data put together into one file that asks for nothing."""

import base64
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from types import ModuleType
from typing import Any

from kg.model import Assembly
from kg.view.assets import FOLDER, rows, text
from kg.view.book import Book, degrees, linked
from kg.view.drawing import most_connected, place, sign

LIMIT = 2000  # things that are all drawn at once; of more, the page opens on a part
OPENING = 600  # as many of the most connected: what a reader can still tell apart

SCRIPTS = (
    "words", "book", "state", "build", "drawing", "paint", "layers", "address", "panel", "timeline", "search", "path",
    "filter", "list", "export", "keys", "start",
)  # fmt: skip
STYLES = ("page", "panel", "controls")

_SLOT = re.compile(r"<kg:(\w+)>")
_SURROGATE = re.compile("[\ud800-\udfff]")


def to_html(assembly: Assembly, *, title: str = "知识图谱", limit: int | None = None, opening: str = "") -> str:
    """A whole page that opens offline: same assembly, same bytes; no text of the news can act as markup or script.

    The page knows everything; at first it draws all entities up to LIMIT, and of more the OPENING most connected, and
    says so. A `limit` of yours draws at most so many. `opening` is the address, without #, that a page opened without
    one goes to: `person-…`, `path=A,B`. Write it as UTF-8.
    """
    degree = degrees(assembly)
    signs = {entity.id: sign(entity.name, degree[entity.id]) for entity in assembly.entities}
    if limit is None:
        limit = LIMIT if len(assembly.entities) <= LIMIT else OPENING
    drawn = most_connected(assembly.entities, degree, limit)
    shown = {entity.id for entity in drawn}
    points = place({entity.id: signs[entity.id] for entity in drawn}, linked(assembly, shown))
    book = Book(assembly, signs)
    nodes = [
        {"id": number, "x": points[entity.id][0], "y": points[entity.id][1]}
        for number, entity in enumerate(assembly.entities)
        if entity.id in shown
    ]
    return _fill(_render(title, nodes), book, opening)


def _fill(page: str, book: Book, opening: str) -> str:
    """The page with its scripts, styles and data; the policy lets run what is in it and nothing else."""
    scripts = {"vis": _vis_script(), "page": _page_script()}
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in scripts.values())
    slots = scripts | {
        "policy": "default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; base-uri 'none'; "
        f"form-action 'none'; script-src {hashes}",
        "style": "".join(text(f"{name}.css") for name in STYLES),
        "opening": escape(opening),
        "words": _json({row["key"]: (row["zh"], row["en"]) for row in rows("words.tsv")}),
        "facts": _json(book.contents),
        "sentences": _json(book.sentences),
    }
    # One pass: what is filled in is not searched for slots again.
    return _SLOT.sub(lambda slot: slots[slot[1]], page)


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _json(value: object) -> str:
    r"""JSON that stands safely inside a <script>: nothing in it can end the element or a line of JavaScript.

    >>> _json("</script>&")
    '"\\u003c/script\\u003e\\u0026"'
    """
    told = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for character in "<>&\u2028\u2029":
        told = told.replace(character, f"\\u{ord(character):04x}")
    return _SURROGATE.sub(lambda lone: f"\\u{ord(lone[0]):04x}", told)


def _render(title: str, nodes: list[dict[str, Any]]) -> str:
    """The page with its drawing, by pyvis, over a template of ours: pyvis's own asks for files from the network."""
    with _without_notebooks():
        from pyvis.network import Network

        network = Network(directed=True, heading=_SURROGATE.sub("\ufffd", title))
        network.set_template_dir(str(FOLDER), "page.html")
        network.options = json.loads(text("options.json"))
        network.nodes = nodes  # add_node looks through all nodes at each call; the edges are told by the facts
        return str(network.generate_html())


@contextmanager
def _without_notebooks() -> Iterator[None]:
    """An import of pyvis without what it wants for notebooks, pickles and networkx graphs: half a second, 500 modules.

    Who imports pyvis afterwards gets it whole.
    """
    wanted = ("IPython", "IPython.display", "jsonpickle", "networkx")
    absent = [name for name in wanted if name not in sys.modules]
    if "pyvis" in sys.modules or not absent:
        yield
        return
    for name in absent:
        sys.modules[name] = ModuleType(name)
    vars(sys.modules["IPython.display"]).setdefault("IFrame", None)
    try:
        yield
    finally:
        for name in [*absent, *(name for name in sys.modules if name.partition(".")[0] == "pyvis")]:
            del sys.modules[name]


def _page_script() -> str:
    """The page's own scripts, joined in one function so that they share their names with nobody else."""
    parts = "\n".join(text(f"{name}.js") for name in SCRIPTS)
    return f'(function () {{\n"use strict";\n{parts}}}());\n'


def _vis_script() -> str:
    """The vis-network that pyvis brings, without the pointer to a source map that a browser would ask for."""
    from importlib.util import find_spec

    spec = find_spec("pyvis")  # found, not imported
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pyvis")
    found = sorted((Path(spec.origin).parent / "templates" / "lib").glob("vis-*/vis-network.min.js"))
    return found[-1].read_text(encoding="utf-8").split("//# sourceMappingURL")[0]
