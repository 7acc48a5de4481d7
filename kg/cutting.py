"""Where words begin: jieba's dictionary, through rjieba by default, through jieba itself as the reference.

rjieba cuts as jieba does and is a hundred times faster; jieba is no longer maintained. Both stay behind this module.
"""

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from pathlib import Path
from types import ModuleType


def tag(text: str, segmenter: str = "rjieba") -> list[tuple[str, str]]:
    """The words of a text with jieba's tags, in order, without gaps: "".join of the words is the text.

    >>> [word for word, _ in tag("李强出席会议")]
    ['李强', '出席会议']
    """
    if segmenter == "rjieba":
        found: list[tuple[str, str]] = _rjieba().tag(text)
        return found
    return [(word, flag) for word, flag in _jieba_tagger()(text)]


@lru_cache(maxsize=1 << 16)  # what follows names is much the same from article to article
def known_word(text: str) -> tuple[str, str]:
    """The word of jieba's dictionary with which a text begins, and its tag: no guess at unknown words.

    >>> known_word("开口说话"), known_word("晖致欢迎辞")
    (('开口', 'n'), ('晖', 'nr'))
    """
    cut = _rjieba().tag(text, False)
    return cut[0] if cut else ("", "")


@cache
def _rjieba() -> ModuleType:
    """The library with its dictionary, which is made when it is loaded: so only where words are cut."""
    import rjieba

    return rjieba


@cache
def _jieba_tagger() -> Callable[[str], Iterable[tuple[str, str]]]:
    """jieba.posseg with its cache in a folder of this process: the shared one lies under a fixed name for all users."""
    import tempfile

    import jieba
    import jieba.posseg

    jieba.setLogLevel(60)
    jieba.dt.tmp_dir = str(Path(tempfile.mkdtemp(prefix="kg-jieba-")))
    tagger: Callable[[str], Iterable[tuple[str, str]]] = jieba.posseg.cut
    return tagger
