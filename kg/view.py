"""Assembly → one HTML page: the graph to look at and, for each fact, the sentence that says it. It needs no network."""

import base64
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from math import ceil, sqrt
from pathlib import Path
from typing import Any

from kg.layout import Box, layout
from kg.model import RELATIONS, Assembly, Date, Entity, Quotation, Statement
from kg.project import WITHIN, Passage, Texts, Triple, label, modality, observations, predicates, triples

LIMIT = 2000  # nodes that a browser draws without a pause, and that a reader can still tell apart

_VIEW = Path(__file__).parent / "data" / "view"
_SLOT = re.compile(r"<kg:(\w+)>")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ATOM = re.compile(r"[0-9A-Za-z]+|.", re.DOTALL)
_LINE = 9  # characters of a label before it wraps
_INK, _GROUND, _FACT, _BACKGROUND = "#1d2733", "#f6f5f1", "#8a96a3", "#c3c9cf"
_FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif'

_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {
        "borderWidth": 1,
        "borderWidthSelected": 4,
        "scaling": {"label": {"drawThreshold": 5, "maxVisible": 40}},
        "font": {"face": _FONT, "color": _INK, "strokeWidth": 4, "strokeColor": _GROUND},
    },
    "edges": {
        "smooth": False,
        "selectionWidth": 1.5,
        "hoverWidth": 1.0,
        "arrowStrikethrough": False,
        "font": {"face": _FONT, "size": 13, "color": _INK, "strokeWidth": 5, "strokeColor": _GROUND},
    },
    "interaction": {
        "hover": True,
        "multiselect": False,
        "hideEdgesOnDrag": False,
        "selectConnectedEdges": False,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
}


def to_html(assembly: Assembly, *, title: str = "知识图谱", limit: int = LIMIT) -> str:
    """A whole page that opens offline: same assembly, same bytes; no text of the news can act as markup or script.

    Of more than `limit` entities only the most connected are shown, and the page says so. Write it as UTF-8.
    """
    shown = _most_connected(assembly, limit)
    book, links = _book(assembly, shown)
    page = _render(title, *_drawing(shown, book, links))
    scripts = {"vis": _vis_script(), "page": _page_script()}
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in scripts.values())
    slots = scripts | {
        "policy": "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        f"script-src {hashes}",
        "style": _read("page.css"),
        "facts": _json(book),
    }
    # One pass: what is filled in is not searched for slots again.
    return _SLOT.sub(lambda slot: slots[slot[1]], page)


def _read(name: str) -> str:
    return (_VIEW / name).read_text(encoding="utf-8")


def _table(name: str) -> list[dict[str, str]]:
    head, *rows = (line.split("\t") for line in _read(name).splitlines())
    return [dict(zip(head, row, strict=True)) for row in rows]


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _json(value: object) -> str:
    r"""JSON that stands safely inside a <script>: nothing in it can end the element or a line of JavaScript.

    >>> _json("</script>&")
    '"\\u003c/script\\u003e\\u0026"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return _SURROGATE.sub(lambda lone: f"\\u{ord(lone[0]):04x}", text)


# What is shown


def _most_connected(assembly: Assembly, limit: int) -> tuple[Entity, ...]:
    """At most `limit` entities, those of most statements first chosen, in the order of the assembly."""
    if len(assembly.entities) <= limit:
        return assembly.entities
    degree = Counter(one.subject for one in assembly.statements)
    degree.update(one.object for one in assembly.statements if isinstance(one.object, str))
    chosen = sorted(assembly.entities, key=lambda entity: (-degree[entity.id], entity.id))[:limit]
    ids = {entity.id for entity in chosen}
    return tuple(entity for entity in assembly.entities if entity.id in ids)


class _Sentences:
    """The sentences that the page quotes, each once: number by place in its article."""

    def __init__(self, assembly: Assembly) -> None:
        self.texts = Texts(assembly.documents)
        self.articles = {document.id: number for number, document in enumerate(assembly.documents)}
        self.rows: list[tuple[int, str]] = []
        self._numbers: dict[tuple[str, int, int], int] = {}

    def number(self, passage: Passage) -> int:
        """The number of the passage's sentence, given to it when it is first asked for."""
        key = (passage.document, passage.start, passage.end)
        if key not in self._numbers:
            self._numbers[key] = len(self.rows)
            text = self.texts.documents[passage.document].text
            self.rows.append((self.articles[passage.document], text[passage.start : passage.end]))
        return self._numbers[key]


def _book(assembly: Assembly, shown: tuple[Entity, ...]) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """All that the page tells, as JSON; and for each pair of linked nodes the numbers of its facts."""
    ids = {entity.id for entity in shown}
    names = {entity.id: entity.name for entity in assembly.entities}
    sentences = _Sentences(assembly)
    by_triple = triples(assembly)
    facts: list[dict[str, Any]] = []
    links: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for statement in assembly.statements:
        told = isinstance(statement.object, Date) or statement.object in ids
        if statement.subject in ids and told:
            facts.append(_fact(statement, by_triple, names, sentences))
    facts.extend(
        {"s": part, "p": WITHIN, "o": whole, "e": [], "planned": False}
        for part, whole in assembly.within
        if part in ids and whole in ids
    )
    for number, fact in enumerate(facts):
        if "o" in fact and fact["o"] != fact["s"]:
            links[min(fact["s"], fact["o"]), max(fact["s"], fact["o"])].append(number)
    mentioned: defaultdict[str, list[int]] = defaultdict(list)
    for document, entity in assembly.mentions:
        mentioned[entity].append(sentences.articles[document])
    kinds = {row["name"]: row["zh"] for row in _table("kinds.tsv")}
    counts: Counter[str] = Counter(entity.type for entity in shown)
    numbered = {f"{a} {b}": found for (a, b), found in links.items()}
    book = {
        "types": [row | {"count": counts[row["name"]]} for row in _table("types.tsv")],
        "predicates": [
            {"name": one.name, "zh": one.zh, "inverse": one.inverse}
            for one in sorted(predicates().values(), key=lambda one: _rank(one.name))
        ],
        "within": WITHIN,
        "total": {
            "entities": len(assembly.entities), "facts": len(assembly.statements), "articles": len(assembly.documents),
        },
        "shownFacts": sum(fact["p"] != WITHIN for fact in facts),
        "entities": [
            {
                "id": entity.id, "name": entity.name, "type": entity.type, "kind": kinds.get(entity.kind, ""),
                "aliases": entity.aliases, "articles": sorted(mentioned[entity.id]),
            }
            for entity in shown
        ],
        "facts": facts,
        "links": numbered,
        "quotations": [_quotation(one, ids, sentences) for one in assembly.quotations if one.speaker in ids],
        "tenures": [
            {
                "person": one.person, "office": one.office, "begin": one.begin, "end": one.end, "acting": one.acting,
                "first": one.attested[0] if one.attested else "", "last": one.attested[-1] if one.attested else "",
            }
            for one in assembly.tenures
            if one.person in ids and one.office in ids
        ],
        "articles": [
            {"name": one.name, "title": one.title, "outlet": one.source, "date": one.published, "url": one.url}
            for one in assembly.documents
        ],
        "sentences": sentences.rows,
    }
    return book, numbered


def _rank(predicate: str) -> int:
    """The place of a predicate in the panel: the order of the model, offices first; others after it."""
    return RELATIONS.index(predicate) if predicate in RELATIONS else len(RELATIONS)


def _fact(
    statement: Statement,
    by_triple: Mapping[Triple, Statement],
    names: Mapping[str, str],
    sentences: _Sentences,
) -> dict[str, Any]:
    """A statement with the sentences that say it, those that assert it before those that plan it."""
    told: list[tuple[bool, Passage]] = []
    because: list[str] = []
    for evidence, way in observations(statement, by_triple):
        told.extend((evidence.modality == "planned", one) for one in sentences.texts.passages(evidence))
        because.extend(f"{names[s]} {label(p)} {names.get(o, o)}" for s, p, o in way[:1])
    sources: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
    for _, one in sorted(told, key=lambda pair: (pair[0], pair[1].document, pair[1].start)):
        sources[sentences.number(one)].update(one.marks)
    fact: dict[str, Any] = {
        "s": statement.subject, "p": statement.predicate, "planned": modality(statement) == "planned",
        "e": [(number, sorted(marks)) for number, marks in sources.items()],
    }
    if isinstance(statement.object, Date):
        fact["d"] = statement.object.value
    else:
        fact["o"] = statement.object
    if because:
        fact["because"] = list(dict.fromkeys(because))
    return fact


def _quotation(quotation: Quotation, ids: set[str], sentences: _Sentences) -> dict[str, Any]:
    passage = sentences.texts.passage(quotation.span)
    return {
        "speaker": quotation.speaker,
        "about": [entity for entity in quotation.about if entity in ids],
        "sentence": sentences.number(passage),
        "marks": passage.marks,
    }


# How it is drawn


def _wrap(name: str) -> str:
    """The name in lines of about equal length, three at most.

    >>> _wrap("长三角生态绿色一体化发展示范区").split()
    ['长三角生态绿色一', '体化发展示范区']
    """
    width = ceil(len(name) / ceil(len(name) / _LINE)) if name else 1
    lines, left = [""], len(name)
    for atom in _ATOM.findall(name.replace("\n", " ")):  # 2020 stays whole
        full = len(lines[-1]) >= width or len(lines[-1]) + len(atom) > width + 1
        if full and lines[-1] and left > 2:  # no line of one or two characters at the end
            lines.append("")
        lines[-1] += atom if len(atom) <= 2 * _LINE else atom[: 2 * _LINE] + "…"
        left -= len(atom)
    return "\n".join(lines[:3]) + ("…" if len(lines) > 3 else "")


def _width(line: str, font: float) -> float:
    return sum(font * (0.56 if character.isascii() else 1.0) for character in line)


def _drawing(
    shown: Iterable[Entity], book: Mapping[str, Any], links: Mapping[str, list[int]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The nodes at their places and the edges, one for each pair of linked nodes, as vis-network takes them."""
    facts = book["facts"]
    degree: Counter[str] = Counter()
    neighbours: dict[str, list[str]] = {entity.id: [] for entity in shown}
    edges = [_edge(pair, [facts[number] for number in numbers]) for pair, numbers in links.items()]
    for edge in edges:
        neighbours[edge["from"]].append(edge["to"])
        neighbours[edge["to"]].append(edge["from"])
    for fact in facts:
        if fact["p"] != WITHIN:
            degree.update((fact["s"], fact["o"]) if "o" in fact else (fact["s"],))
    styles = {row["name"]: row for row in book["types"]}
    nodes = [_node(entity, degree[entity.id], styles[entity.type]) for entity in shown]
    boxes: dict[str, Box] = {}
    drops: dict[str, float] = {}
    for node in nodes:
        lines, font = node["label"].split("\n"), node["font"]["size"]
        height = font * 1.25 * len(lines) + 4
        width = max(2 * node["size"], *(_width(line, font) for line in lines))
        boxes[node["id"]] = (width / 2 + 5, node["size"] + height / 2 + 4)
        drops[node["id"]] = height / 2  # the label hangs below the sign, so the sign stands above the middle
    points = layout(neighbours, boxes)
    for node in nodes:
        x, y = points[node["id"]]
        node["x"], node["y"] = round(x), round(y - drops[node["id"]])
    return nodes, edges


def _node(entity: Entity, degree: int, style: Mapping[str, str]) -> dict[str, Any]:
    weight = sqrt(degree)
    return {
        "id": entity.id,
        "label": _wrap(entity.name) or " ",
        "shape": style["shape"],
        "size": round(min(7.5 + 3.2 * weight, 36), 1),
        "color": {
            "background": style["colour"], "border": style["colour"],
            "highlight": {"background": style["colour"], "border": _INK},
            "hover": {"background": style["colour"], "border": _INK},
        },
        "font": {"size": round(13.5 + min(9.0, 1.6 * weight), 1)},
    }


def _edge(pair: str, facts: list[dict[str, Any]]) -> dict[str, Any]:
    """One line for all facts between two nodes: dashed if all are planned, dotted if there is background alone."""
    spoken = [fact for fact in facts if fact["p"] != WITHIN]
    said = "planned" if all(fact["planned"] for fact in spoken) else "asserted"
    line = said if spoken else WITHIN
    first = (spoken or facts)[0]
    both = any(fact["s"] != first["s"] for fact in spoken)
    return {
        "id": pair,
        "from": first["s"],
        "to": first["o"],
        "arrows": {
            "to": {"enabled": True, "scaleFactor": 0.45}, "from": {"enabled": both, "scaleFactor": 0.45},
        },
        "line": line,
        "words": "、".join(dict.fromkeys(label(fact["p"]) for fact in spoken or facts)),
        "dashes": {"asserted": False, "planned": [7, 5], WITHIN: [1.5, 5]}[line],
        "width": round(min(1.1 + 0.5 * (len(spoken) - 1), 4.0), 1) if spoken else 1.0,
        "color": {"color": _BACKGROUND if line == WITHIN else _FACT},
    }


# The page


def _render(title: str, nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> str:
    """The page with its drawing, by pyvis, over a template of ours: pyvis's own asks for files from the network."""
    from pyvis.network import Network  # late: it pulls in IPython

    network = Network(directed=True, heading=_SURROGATE.sub("\ufffd", title))
    network.set_template_dir(str(_VIEW), "page.html")
    network.options = _OPTIONS
    network.nodes = nodes  # add_node and add_edge look through all nodes at each call
    network.edges = edges
    return str(network.generate_html())


def _page_script() -> str:
    """The page's own scripts, joined in one function so that they share their names with nobody else."""
    parts = "\n".join(_read(f"{name}.js") for name in ("book", "panel", "drawing", "search"))
    return f'(function () {{\n"use strict";\n{parts}}}());\n'


def _vis_script() -> str:
    """The vis-network that pyvis brings, without the pointer to a source map that a browser would ask for."""
    import pyvis

    found = sorted(_libraries(Path(pyvis.__file__).parent))
    return found[-1].read_text(encoding="utf-8").split("//# sourceMappingURL")[0]


def _libraries(folder: Path) -> Iterator[Path]:
    yield from (folder / "templates" / "lib").glob("vis-*/vis-network.min.js")
