"""The bytes of a file that holds one article become its text, and what the format itself says of it.

The text is what a reader sees: a page without menus, Markdown without marks. This module and the libraries, which come
with the extra `formats`, are imported when the first such file is read.
"""

import importlib
import io
import logging
import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from types import ModuleType

from kg.errors import KGError, ReadError
from kg.knowledge import Knowledge
from kg.read.dateline import iso_day
from kg.read.encoding import decode, decode_as

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_CHARSET_WITHIN = 4096  # bytes of a page in which it names its encoding
_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?P<fields>.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(?P<key>\w+)[ \t]*[:：][ \t]*(?P<value>.*?)[ \t]*$", re.MULTILINE)
_ENDS = re.compile(r"[。！？：；”》）.!?]$")  # how the last line of a paragraph ends
_GAP = re.compile(r"(?<=[\u2e80-\u9fff，。；：、）”》]) +(?=\d)|(?<=\d) +(?=[\u2e80-\u9fff])")
_FULL = 0.8  # of the longest line of a page: a shorter one ends a paragraph


def _page(raw: bytes, where: str, knowledge: Knowledge) -> Mapping[str, str]:
    """A page of the web: its article without menus and advertisements, and its meta data."""
    trafilatura = _library("trafilatura", where)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    charset = _CHARSET.search(raw, 0, _CHARSET_WITHIN)
    page = decode_as(raw, charset[1].decode().lower(), where) if charset else decode(raw, where)
    found = trafilatura.bare_extraction(
        page, include_comments=False, with_metadata=True, date_extraction_params={"extensive_search": False}
    )
    if found is None:
        return {"text": ""}
    return {
        "text": found.text or "",
        "title": found.title or "",
        "published": iso_day(found.date or ""),
        "source": found.sitename or "",
        "url": found.url or "",
    }


def _markdown(raw: bytes, where: str, knowledge: Knowledge) -> Mapping[str, str]:
    """Markdown without its marks; a block of `key: value` lines between --- at its head gives fields."""
    markdown_it = _library("markdown_it", where)
    source = decode(raw, where)
    front = _FRONT_MATTER.match(source)
    fields = {m["key"]: m["value"].strip("\"'") for m in _FIELD.finditer(front["fields"])} if front else {}
    blocks: list[str] = []
    heading = ""
    tokens = markdown_it.MarkdownIt().parse(source[front.end() :] if front else source)
    for before, token in pairwise([tokens[0], *tokens] if tokens else []):
        if token.type in {"fence", "code_block"}:
            blocks.append(token.content.rstrip("\n"))
        elif token.type == "inline":
            blocks.append("".join("\n" if child.type.endswith("break") else child.content for child in token.children))
            if before.tag == "h1" and not heading:
                heading = blocks[-1]
    return {"title": heading, **fields, "text": "\n".join(blocks)}


def _word(raw: bytes, where: str, knowledge: Knowledge) -> Mapping[str, str]:
    """A .docx: its paragraphs and the cells of its tables in the order of the page."""
    docx = _library("docx", where)
    try:
        document = docx.Document(io.BytesIO(raw))
    except Exception as error:  # python-docx lets zipfile's, lxml's and its own errors through
        raise ReadError(f"{where}: no Word file (.docx); open it in Word and save it again as .docx or .txt") from error
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, docx.table.Table):
            lines += [" ".join(dict.fromkeys(cell.text for cell in row.cells)) for row in block.rows]
        else:
            lines.append(block.text)
    return {"text": "\n".join(lines)}


def _pdf(raw: bytes, where: str, knowledge: Knowledge) -> Mapping[str, str]:
    """A PDF with text in it: its lines joined to paragraphs again, its signs of radicals (市⻓) as characters."""
    pypdf = _library("pypdf", where)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(raw)).pages]
    except Exception as error:  # pypdf lets errors of many kinds through for broken files
        raise ReadError(f"{where}: this PDF cannot be read ({type(error).__name__}); save its text as .txt") from error
    radicals = {ord(radical): character for radical, (character,) in knowledge.maps["radicals"].items()}
    return {"text": "\n".join(map(join_lines, pages)).translate(radicals)}


def join_lines(page: str) -> str:
    r"""The paragraphs of a page whose lines are as wide as the paper, without the gaps that it sets around figures.

    >>> join_lines("座谈会举行\n6 月 5 日，2020年度长三角地区主要\n领导座谈会在浙江湖州举行。\n会议指出")
    '座谈会举行\n6月5日，2020年度长三角地区主要领导座谈会在浙江湖州举行。\n会议指出'
    """
    lines = [_GAP.sub("", line.strip()) for line in page.splitlines() if line.strip()]
    width = max(map(len, lines), default=0)
    joined = ""
    for line in lines:
        joined += line
        if len(line) < _FULL * width or _ENDS.search(line):
            joined += "\n"
    return joined.rstrip("\n")


def _library(name: str, where: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise KGError(f"{where}: needs {name}; install it with: pip install 'kg-chinese-news[formats]'") from error


READERS: Mapping[str, Callable[[bytes, str, Knowledge], Mapping[str, str]]] = {
    "md": _markdown, "html": _page, "htm": _page, "docx": _word, "pdf": _pdf,
}  # fmt: skip
