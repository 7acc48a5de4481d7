"""Elements of SVG as text: numbers short and fixed, every text escaped, fonts that have Chinese letters asked for."""

import re
from collections.abc import Iterable
from html import escape

# Those with Chinese letters first; after them what is nearly everywhere, from which a renderer falls back to any other.
FONTS = (
    "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC','WenQuanYi Micro Hei','WenQuanYi Zen Hei',"
    "'SimHei','Noto Serif CJK SC','DejaVu Sans','Liberation Sans','Arial',sans-serif"
)
INK, PALE, RULE = "#222222", "#6b6b6b", "#d9d9d9"

# What XML cannot hold, and what turns the direction of a line.
_NOT_TEXT = re.compile(
    "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def number(value: float) -> str:
    """The number with at most one digit after the point.

    >>> number(3.0), number(2.46), number(-0.01)
    ('3', '2.5', '0')
    """
    return f"{round(value, 1) + 0.0:g}"


def attributes(**values: str | float) -> str:
    """Attributes as text, in the order given; `_` in a name is `-`."""
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value) if isinstance(value, str) else number(value)}"'
        for name, value in values.items()
    )


def element(name: str, content: str = "", **values: str | float) -> str:
    """An element with its attributes and content, which is markup already."""
    return f"<{name}{attributes(**values)}>{content}</{name}>" if content else f"<{name}{attributes(**values)}/>"


def text(words: str, x: float, y: float, *, size: float = 13, colour: str = INK, **more: str | float) -> str:
    """Words at a point, shown as they are whatever is in them."""
    return element("text", plain(words), x=x, y=y, font_size=size, fill=colour, **more)


def plain(words: str) -> str:
    """Words as content of an element."""
    return escape(_NOT_TEXT.sub("\ufffd", words), quote=False)


def width(words: str, size: float) -> float:
    """About how wide the words are drawn: a Chinese letter is as wide as high, others a little over half of that."""
    return sum(size * (0.58 if character.isascii() else 1.0) for character in words)


def document(wide: float, high: float, title: str, parts: Iterable[str]) -> str:
    """A whole picture with a white ground, a title for those who cannot see it, and each part on a line."""
    ground = element("rect", width=wide, height=high, fill="#ffffff")
    head = attributes(
        xmlns="http://www.w3.org/2000/svg", width=wide, height=high, viewBox=f"0 0 {number(wide)} {number(high)}",
        role="img", font_family=FONTS,
    )  # fmt: skip
    body = "\n".join((f"<title>{plain(title)}</title>", ground, *parts))
    return f"<svg{head}>\n{body}\n</svg>\n"
