"""The pages: what was read of the graph, as HTML that no text of the news can break out of."""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup, escape

from kg.explain import Passage
from kg.project import predicates
from kg.query import NamedQuery
from kg.serve.reading import MANY, ArticlePage, EntityPage, NodePage
from kg.serve.search import Found
from kg.serve.terms import TermOf
from kg.table import visible

LANGUAGES = ("zh", "en")
_LONGEST = 300  # characters of a name in a list
_WEB = re.compile(r"https?://[^\s]+")
_FOLDER = Path(str(resources.files("kg"))) / "data" / "serve"


class Pages:
    """Templates with the words of one language; each method gives a whole page."""

    def __init__(self, language: str, base: str, terms: Mapping[str, TermOf]) -> None:
        self._language = language if language in LANGUAGES else LANGUAGES[0]
        self._terms = terms
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(_FOLDER), autoescape=True, undefined=jinja2.StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        self._environment.filters |= {
            "shown": shown, "whole": visible, "marked": marked, "path": lambda text: quote(text, safe=""),
            "web": lambda url: url if _WEB.fullmatch(url) else "", "heading": lambda text: text[:1].upper() + text[1:],
        }  # fmt: skip
        self._environment.globals |= {
            "w": words()[self._language], "language": self._language, "other": _other(self._language),
            "term": self._term, "relation": self._relation, "base": base, "many": MANY,
        }  # fmt: skip

    def home(self, queries: tuple[NamedQuery, ...], size: int) -> str:
        """The page to ask on."""
        script = {"language": self._language, "words": words()[self._language]}
        return self._render("query.html", queries=queries, size=size, script=script)

    def thing(self, page: EntityPage | ArticlePage | NodePage, group: str = "") -> str:
        """What the graph knows of a node."""
        name = {EntityPage: "entity.html", ArticlePage: "article.html", NodePage: "node.html"}[type(page)]
        return self._render(name, page=page, group=group)

    def search(self, text: str, found: tuple[Found, ...], more: bool) -> str:
        """What was found by name."""
        return self._render("search.html", text=text, found=found, more=more)

    def trouble(self, status: int, detail: str) -> str:
        """What went wrong."""
        return self._render("trouble.html", status=status, detail=detail)

    def _render(self, name: str, **given: Any) -> str:
        return self._environment.get_template(name).render(**given)

    def _term(self, name: str) -> str:
        """A term of the ontology in the language of the page, else its own name."""
        one = self._terms.get(name if ":" in name else f"kg:{name}")
        return (one.zh if self._language == "zh" else one.en) or name if one else name

    def _relation(self, predicate: str, side: str) -> str:
        """The heading over facts: 出席 where the thing attended, 出席者 where it was attended."""
        if side == "in":
            return words()[self._language][f"in_{predicate}"]
        known = predicates()[predicate]
        return known.zh if self._language == "zh" else known.en


def shown(text: str, most: int = _LONGEST) -> str:
    r"""The text on one line and not too long, every unseen character as its code.

    >>> shown("甲\u202e乙")
    '甲\\u202e乙'
    """
    return visible(text[:most]) + ("…" if len(text) > most else "")


def marked(passage: Passage) -> Markup:
    """The sentence with the words that say the fact in a <mark>."""
    start, end = passage.start, passage.end
    before, within, after = (passage.sentence[part] for part in (slice(start), slice(start, end), slice(end, None)))
    return Markup("{}<mark>{}</mark>{}").format(*(escape(visible(part)) for part in (before, within, after)))


def _other(language: str) -> str:
    return next(one for one in LANGUAGES if one != language)


@cache
def words() -> dict[str, dict[str, str]]:
    """What pages say, by language and key."""
    head, *rows = (line.split("\t") for line in (_FOLDER / "words.tsv").read_text(encoding="utf-8").splitlines())
    return {language: {row[0]: row[at] for row in rows} for at, language in enumerate(head) if at}


def as_json(found: tuple[Found, ...]) -> str:
    """What was found, for the page's own script and for programs."""
    rows = [{"id": one.id, "type": one.type, "name": one.name, "alias": one.alias, "articles": one.articles}
            for one in found]  # fmt: skip
    return json.dumps(rows, ensure_ascii=True)
