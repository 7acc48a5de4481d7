"""Text → Page: what the recognisers look at. The characters are changed one for one, so offsets never move."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import accumulate

from kg.cutting import tag
from kg.knowledge import Knowledge
from kg.model import Document, Hit, Page, Sentence

# HTML that survived a careless export: 「会议&nbsp;指出」, 「<p>」. Blanked, never cut out.
_LEFTOVER = re.compile(
    r"&(?:nbsp|ensp|emsp|amp|quot|lt|gt|#\d{1,5});|</?[a-zA-Z][a-zA-Z0-9]{0,9}(?:\s[^<>\n]{0,200})?/?>"
)
_SENTENCE = re.compile(r"[^。！？\n]*(?:[。！？]+[”’）》]*|\n|$)")
# The marks of numbers are half-width, whatever was typed: 1,000, 12:30. Written with the mark first, for speed.
_DIGIT_MARK = re.compile(r"[，：](?<=\d.)(?=\d)")
_STRAIGHT = re.compile(r'"')
_BLANKS = "\u3000\u00a0\t\r\u2002\u2003\ufeff"
_PREFECTURE = 4  # digits of a code that say in which prefecture a division lies
_GIVEN_UP = "F"  # with which the codes of divisions begin that are no more
_HOLD_TOWNSHIPS = frozenset({"Prefecture", "County"})
_FULL_WIDTH = "".join(c for c in map(chr, range(ord("０"), ord("ｚ") + 1)) if c.isalnum())


def look_up_form(text: str, knowledge: Knowledge) -> str:
    """The text as it is looked up: simplified, half-width digits and letters, full-width punctuation; same length."""
    if "&" in text or "<" in text:
        text = _LEFTOVER.sub(lambda m: " " * len(m.group()), text)
    look = _replacing(knowledge)(text)
    if "." in look:
        look = knowledge.patterns["closing_point"].sub("。", look)
    if '"' in look:
        marks = iter("“”" * (look.count('"') // 2 + 1))
        look = _STRAIGHT.sub(lambda m: next(marks), look)
    return _DIGIT_MARK.sub(lambda m: "," if m.group() == "，" else ":", look)


@cache
def _replacing(knowledge: Knowledge) -> Callable[[str], str]:
    """What puts the characters to look up in place of those of a text.

    A regular expression finds the few to replace: str.translate would ask for each character, and take far longer.
    """
    characters = {
        **dict.fromkeys(_BLANKS, " "),
        **{character: unicodedata.normalize("NFKC", character) for character in _FULL_WIDTH},
        **knowledge.characters,
    }
    first_plane = re.escape("".join(character for character in characters if character <= "\uffff"))
    pattern = re.compile(f"[{first_plane}\U00010000-\U0010ffff]")  # a set of single rare characters would be slow
    return lambda text: pattern.sub(lambda match: characters.get(match.group(), match.group()), text)


def sentences(look: str, knowledge: Knowledge) -> Iterator[Sentence]:
    r"""The sentences of a text in order: they don't overlap, hold no line break, and leave out blank stretches only.

    >>> from kg.knowledge import load
    >>> look = "会议指出。会后\n他说"
    >>> [look[sentence.start : sentence.end] for sentence in sentences(look, load())]
    ['会议指出。', '会后', '他说']
    """
    line = 0
    found = knowledge.patterns["dateline"].finditer(look)
    datelines = {match.start(): match.end() for match in found if match.group().strip()}
    for match in _SENTENCE.finditer(look):
        start, end = match.span()
        if start in datelines and datelines[start] < end:
            yield Sentence(start, datelines[start], line, dateline=True)
            start = datelines[start]
        stop = end - 1 if look[end - 1 : end] == "\n" else end
        body = look[start:stop]
        if bare := body.strip():
            left = start + body.index(bare)
            yield Sentence(left, left + len(bare), line)
        if stop != end:
            line += 1


def segment(document: Document, knowledge: Knowledge) -> Page:
    """The page of a document: its look-up form, sentences, jieba's tokens and where the tables' names stand."""
    look = look_up_form(document.text, knowledge)
    words, tags = zip(*tag(look, knowledge.segmenter), strict=True) if look else ((), ())
    cuts = tuple(accumulate(map(len, words), initial=0))
    scans = (knowledge.scan(text) for text in (look, document.title, document.source))
    hits, title_hits, outlet_hits = (tuple(_in_place(found)) for found in scans)
    return Page(document, look, tuple(sentences(look, knowledge)), cuts, tags, hits, title_hits, outlet_hits)


def _in_place(hits: Iterable[Hit]) -> Iterator[Hit]:
    """The hits without the townships of other prefectures: 黄陂区|蔡店乡 is not the one elsewhere."""
    before = None
    for hit in hits:
        if hit.names[0].kind == "Township" and before and before.end == hit.start:
            above = (name.code.removeprefix(_GIVEN_UP) for name in before.names if name.kind in _HOLD_TOWNSHIPS)
            stems = tuple(code[:_PREFECTURE] for code in above)
            if stems and not any(name.code.startswith(stems) for name in hit.names):
                before = None
                continue
        before = hit
        yield hit
