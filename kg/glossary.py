"""The ontology → one page for people, as HTML and as Markdown, in both languages, with an anchor for each term."""

from collections.abc import Iterable
from functools import cache
from importlib import resources
from xml.etree import ElementTree

from kg.ontology import Ontology, Term, Words, read_ontology
from kg.vocabulary import BASE

# Titles of the page, and which terms stand under each.
_PARTS = {
    "classes": ("Class",),
    "objects": ("ObjectProperty",),
    "values": ("DatatypeProperty", "AnnotationProperty"),
    "datatypes": ("Datatype",),
}
_ROWS = ("above", "below", "domain", "range", "inverse", "traits", "apart", "from", "to", "examples", "see_also")


def to_html(base: str = BASE, *, home: str = "") -> str:
    """A whole page that needs no script and no network; `#attended` leads to kg:attended, as its IRI does.

    It begins with a link to `home`, where it is one page of several.
    """
    whole = _Page(read_ontology(base))
    html = ElementTree.Element("html", {"lang": "zh-CN"})
    head = _put(html, "head")
    _put(head, "meta", charset="utf-8")
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    _put(head, "meta", content=policy, **{"http-equiv": "Content-Security-Policy"})
    _put(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    _put(head, "link", rel="icon", href="data:,")
    _put(head, "title", f"{whole.ontology.title.zh} · {whole.ontology.title.en}")
    _put(head, "style", "\n" + _asset("page.css"))
    main = _put(_put(html, "body"), "main")
    if home:
        whole.lead_home(main, home)
    whole.write(main)
    return "<!DOCTYPE html>\n" + ElementTree.tostring(html, encoding="unicode", method="html") + "\n"


def to_markdown(base: str = BASE) -> str:
    """The same as tables, a line a term."""
    found = read_ontology(base)
    lines = [
        f"# {found.title.zh} · {found.title.en}",
        "",
        "<!-- Made by `kg ontology --format md`; a test compares. -->",
        "",
        found.description.zh,
        "",
        found.description.en,
        "",
        f"`kg:` stands for `{found.iri}#`, version {found.version}. `kg ontology -o ontology.html` writes a page",
        "with all that there is to say of each term: what it is a case of, its inverse, what it excludes, an example.",
    ]  # fmt: skip
    for part, kinds in _PARTS.items():
        terms = [term for term in found.terms if term.kind in kinds and term.ours]
        lines += ["", f"## {_words(part).zh} · {_words(part).en}", ""]
        lines += _table_of_classes(terms) if part in ("classes", "datatypes") else _table_of_properties(terms)
    lines += ["", f"## {_words('others').zh} · {_words('others').en}", ""]
    lines += _table_of_properties([term for term in found.terms if not term.ours])
    return "\n".join(lines) + "\n"


def _table_of_classes(terms: Iterable[Term]) -> list[str]:
    rows = [(f"`{term.name}`", term.label.zh, _said(term.comment), _codes(term.above)) for term in terms]
    return _lines(("term", "名称", "meaning", "a case of"), rows)


def _table_of_properties(terms: Iterable[Term]) -> list[str]:
    rows = [
        (f"`{one.name}`", one.label.zh, _said(one.comment), _codes(one.domain), _codes(one.range)) for one in terms
    ]
    return _lines(("term", "名称", "meaning", "from", "to"), rows)


def _lines(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *rows)]


def _said(words: Words) -> str:
    return f"{words.zh} {words.en}".replace("|", "\\|")


def _codes(names: Iterable[str]) -> str:
    return " ".join(f"`{name}`" for name in names)


class _Page:
    """The parts of the page; every text becomes a node of a tree, so that none can be read as markup."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self._terms = {term.name: term for term in ontology.terms}

    def lead_home(self, main: ElementTree.Element, home: str) -> None:
        self._both(_put(_put(main, "p", **{"class": "home"}), "a", href=home), _words("home"))

    def write(self, main: ElementTree.Element) -> None:
        self._head(main)
        self._index(main)
        for part, kinds in _PARTS.items():
            self._part(main, part, [term for term in self.ontology.terms if term.kind in kinds and term.ours])
        self._part(main, "others", [term for term in self.ontology.terms if not term.ours])

    def _head(self, main: ElementTree.Element) -> None:
        self._both(_put(main, "h1"), self.ontology.title)
        choice = _put(main, "div", **{"class": "languages", "role": "group"})
        for ident, key, lang in (("both", "both", "zh"), ("only-zh", "only-zh", "zh"), ("only-en", "only-en", "en")):
            label = _put(choice, "label")
            checked = {"checked": "checked"} if ident == "both" else {}
            _put(label, "input", type="radio", name="language", id=ident, **checked)
            _put(label, "span", _words(key).zh if lang == "zh" else _words(key).en, lang=lang)
        about = _put(main, "div", **{"class": "about"})
        self._both(about, self.ontology.description, "p")
        facts = _put(main, "dl")
        self._row(facts, "namespace", [(f"{self.ontology.iri}#", "")])
        self._row(facts, "version", [(self.ontology.version, "")])
        self._row(facts, "licence", [(self.ontology.licence, self.ontology.licence)])

    def _index(self, main: ElementTree.Element) -> None:
        self._both(_put(main, "h2", id="contents"), _words("contents"))
        tree = _put(main, "nav", **{"class": "tree"})
        classes = [term for term in self.ontology.terms if term.kind == "Class" and term.ours]
        self._tree(tree, [term for term in classes if not any(self._is_ours(name) for name in term.above)], classes)
        for part in ("objects", "values", "datatypes"):
            self._both(_put(main, "p", **{"class": "soft"}), _words(part))
            index = _put(main, "ul", **{"class": "index"})
            for term in self.ontology.terms:
                if term.kind in _PARTS[part] and term.ours:
                    self._link(_put(index, "li"), term.name)

    def _tree(self, where: ElementTree.Element, terms: list[Term], classes: list[Term]) -> None:
        branch = _put(where, "ul")
        for term in terms:
            leaf = _put(branch, "li")
            self._link(leaf, term.name)
            _put(leaf, "span", f" {term.label.zh}", lang="zh")
            if below := [one for one in classes if term.name in one.above]:
                self._tree(leaf, below, classes)

    def _part(self, main: ElementTree.Element, part: str, terms: list[Term]) -> None:
        self._both(_put(main, "h2", id=part), _words(part))
        for term in terms:
            self._term(_put(main, "section", id=term.anchor, **{"class": "term"}), term)

    def _term(self, section: ElementTree.Element, term: Term) -> None:
        title = _put(section, "h3")
        self._both(title, term.label)
        _put(_put(title, "a", href=f"#{term.anchor}"), "code", term.name)
        self._both(_put(title, "span", **{"class": "kind"}), _words(term.kind))
        self._both(section, term.comment, "p")
        if term.note:
            self._both(section, term.note, "p", "note")
        rows = _put(section, "dl")
        for key in _ROWS:
            self._row_of_term(rows, key, term)

    def _row_of_term(self, rows: ElementTree.Element, key: str, term: Term) -> None:
        values = self._values(key, term)
        if not values:
            return
        self._both(_put(rows, "dt"), _words(key))
        cell = _put(rows, "dd")
        for value in values:
            if key == "examples":
                _put(cell, "span", value, lang="zh", **{"class": "example"})
            elif key == "traits":
                self._both(_put(cell, "span"), _words(value))
            else:
                self._link(cell, value)

    def _values(self, key: str, term: Term) -> tuple[str, ...]:
        """What stands in that row: names of terms, of traits, or examples."""
        terms = self.ontology.terms
        if key == "below":
            return tuple(one.name for one in terms if term.name in one.above)
        if key == "from":
            return tuple(one.name for one in terms if term.name in one.domain)
        if key == "to":
            return tuple(one.name for one in terms if term.name in one.range)
        if key == "inverse":
            return (term.inverse,) if term.inverse else ()
        found: tuple[str, ...] = getattr(term, key)
        return found

    def _row(self, rows: ElementTree.Element, key: str, values: list[tuple[str, str]]) -> None:
        self._both(_put(rows, "dt"), _words(key))
        cell = _put(rows, "dd")
        for text, target in values:
            if target.startswith("https://"):
                _put(cell, "a", text, href=target)
            else:
                _put(cell, "code", text)

    def _link(self, where: ElementTree.Element, name: str) -> None:
        """The name, leading to where the page has the term, if it has it."""
        term = self._terms.get(name)
        _put(_put(where, "a", href=f"#{term.anchor}") if term else where, "code", name)

    def _is_ours(self, name: str) -> bool:
        return name.startswith("kg:")

    def _both(self, where: ElementTree.Element, words: Words, tag: str = "span", name: str = "") -> None:
        extra = {"class": name or "word"} if tag == "span" or name else {}
        _put(where, tag, words.zh, lang="zh", **extra)
        _put(where, tag, words.en, lang="en", **extra)


def _put(where: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
    """A new element at the end of another."""
    element = ElementTree.SubElement(where, tag, attributes)
    element.text = text or None
    return element


def _words(key: str) -> Words:
    return _table()[key]


@cache
def _table() -> dict[str, Words]:
    rows = [line.split("\t") for line in _asset("words.tsv").splitlines()[1:]]
    return {key: Words(zh, en) for key, zh, en in rows}


def _asset(name: str) -> str:
    return resources.files("kg").joinpath("data", "ontology", name).read_text(encoding="utf-8")
