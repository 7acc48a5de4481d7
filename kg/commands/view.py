"""Draw a graph: all of it as a page to walk in, or the answer to a question as page, SVG or PNG; no network is needed.

for example:
  kg view -g out
  kg view --focus 李强 --hops 2 -o li.html --open
  kg view --path 李强 湖州市 -k 3 -o path.svg
  kg view --event 2020年度长三角地区主要领导座谈会 -o event.png
  kg view --timeline 李强 龚正 -o offices.svg
  kg view --map events --since 2019 -o map.png
  kg view --query mine.rq -o answer.svg
"""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.commands.following import add_time, at_least_one, open_store, sliced, times
from kg.commands.options import add_graph, open_assembly, write_file
from kg.commands.terminal import Terminal
from kg.errors import KGError
from kg.project import WITHIN

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.model import Assembly
    from kg.scenes import Scene


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "-o", "--out", metavar="FILE",
        help=".html, .svg or .png (default: OUT/graph.html, for a question OUT/view.html)",
    )
    parser.add_argument("--title", help="heading of the picture")
    parser.add_argument(
        "--limit", type=at_least_one, metavar="N", help="draw at most N things at first, the most connected"
    )
    question = parser.add_mutually_exclusive_group()
    question.add_argument("--focus", "--around", nargs="+", metavar="NAME", help="only what is linked to these things")
    question.add_argument("--path", nargs=2, metavar=("A", "B"), help="the way from one thing to another")
    question.add_argument("--event", metavar="NAME", help="an event, who was there, where it was, what it dealt with")
    question.add_argument("--timeline", nargs="+", metavar="NAME", help="the offices of people, the holders of offices")
    question.add_argument(
        "--map", nargs="?", const="events", metavar="COUNT", help="provinces by events (default), visits or offices"
    )
    question.add_argument("--query", metavar="FILE", help="a query: CONSTRUCT, or SELECT of from, relation, to")
    parser.add_argument("--hops", type=at_least_one, default=1, metavar="N", help="how far around --focus (default: 1)")
    parser.add_argument(
        "-k", type=at_least_one, default=1, metavar="N", help="the N shortest ways of --path (default: 1)"
    )
    add_time(parser)
    parser.add_argument("--open", action="store_true", help="open the file in the browser")
    add_graph(parser)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Write the picture and print where it lies."""
    asked = any((options.focus, options.path, options.event, options.timeline, options.map, options.query))
    path = Path(options.out or Path(options.graph, "view.html" if asked else "graph.html"))
    if path.suffix.lower() not in (".html", ".htm", ".svg", ".png"):
        raise KGError(f"{path}: no picture can be written as {path.suffix or path.name!r}; name it .html, .svg or .png")
    write_file(path, _content(options, path.suffix.lower(), asked, terminal))
    print(path)
    if options.open:
        import webbrowser

        webbrowser.open(path.resolve().as_uri())
    return 0


def _content(options: argparse.Namespace, suffix: str, asked: bool, terminal: Terminal) -> bytes:
    from kg.picture.files import FORMS, as_file

    page = FORMS[suffix] == "html"
    if not asked:
        if not page:
            raise KGError("a whole graph makes no still picture; ask for a part: --focus, --path, --event, --map …")
        return _page(options, None, options.title or "知识图谱")
    if options.timeline or options.map:
        picture, title = _chart(options)
        return as_file(picture, title, FORMS[suffix])
    scene = _scene(options)
    title = options.title or scene.title
    if page and not options.query:
        return _page(options, scene, title, _opening(options, scene))
    from kg.picture.network import draw

    graph = scene.graph
    if options.limit and len(graph) > options.limit:
        raise KGError(f"{len(graph)} things, and --limit is {options.limit}; ask for fewer, or write .html")
    if len(graph) > 150:
        terminal.say(f"{len(graph)} things: too many to read in a still picture; --hops 1, --since, or .html help")
    return as_file(draw(graph, title, columns=scene.columns, marked=scene.marked), title, FORMS[suffix])


def _scene(options: argparse.Namespace) -> "Scene":
    from kg import scenes

    store = open_store(options)
    if options.focus:
        return scenes.around(store, options.focus, options.hops, *times(options))
    if options.path:
        return scenes.way(store, options.path[0], options.path[1], options.k, *times(options))
    if any(times(options)):
        raise KGError("--since and --until go with --focus, --path, --timeline and --map")
    if options.event:
        return scenes.event(store, options.event)
    return scenes.answer(store, options.query, {})


def _chart(options: argparse.Namespace) -> tuple[str, str]:
    """A timeline or a map, and its title."""
    from kg import scenes
    from kg.links import open_links
    from kg.picture.tiles import draw_tiles
    from kg.picture.timeline import draw_timeline

    store = open_store(options)
    since, until = times(options)
    if options.timeline:
        title = options.title or f"任职时间：{'、'.join(options.timeline)}"
        return draw_timeline(scenes.offices(store, options.timeline, since, until), title), title
    counts = scenes.by_province(sliced(open_links(store), options), options.map)
    told, counted = scenes.COUNTED[options.map][1:]
    when = f"（{since or '…'} 至 {until or '…'}）" if since or until else ""
    title = options.title or f"各省级行政区：{told}{when}"
    return draw_tiles(counts, title, f"{counted}；颜色深浅按平方根"), title


def _opening(options: argparse.Namespace, scene: "Scene") -> str:
    """The address at which the page opens: what was asked for, chosen; of several things the overview."""
    if options.path:
        return f"path={','.join(scene.marked)}"
    return scene.marked[0] if len(scene.marked) == 1 else ""


def _page(options: argparse.Namespace, scene: "Scene | None", title: str, opening: str = "") -> bytes:
    """The page to walk in, of the whole graph or of what a question gave."""
    from kg.view import to_html

    assembly = open_assembly(options)
    shown = assembly if scene is None else _of(assembly, scene.graph)
    return to_html(shown, title=title, limit=options.limit, opening=opening).encode()


def _of(assembly: "Assembly", near: "Graph") -> "Assembly":
    """The part of the assembly that is in the graph: its things, its facts and their dates."""
    return replace(
        assembly,
        entities=tuple(one for one in assembly.entities if one.id in near),
        statements=tuple(
            one
            for one in assembly.statements
            if (near.has_edge(one.subject, one.object, one.predicate) if isinstance(one.object, str)
                else one.subject in near)
        ),
        quotations=tuple(
            replace(one, about=tuple(entity for entity in one.about if entity in near))
            for one in assembly.quotations
            if one.speaker in near
        ),
        tenures=tuple(one for one in assembly.tenures if near.has_edge(one.person, one.office, "holdsOffice")),
        mentions=tuple(pair for pair in assembly.mentions if pair[1] in near),
        within=tuple((part, whole) for part, whole in assembly.within if near.has_edge(part, whole, WITHIN)),
    )  # fmt: skip
