"""A picture as a file: SVG as it is, PNG by resvg, or a page of HTML around it that needs no network."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

from kg.errors import QueryError
from kg.picture.svg import document, plain, text

Form = Literal["svg", "png", "html"]
FORMS: Mapping[str, Form] = {".svg": "svg", ".png": "png", ".html": "html", ".htm": "html"}

_ZOOM = 2.0  # two pixels to a unit: sharp in print
_PAGE = """<!DOCTYPE html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>body {{ margin: 1rem; text-align: center; background: #fff }} svg {{ max-width: 100%; height: auto }}</style>
</head>
<body>
{picture}</body>
</html>
"""


def as_file(picture: str, title: str, form: Form) -> bytes:
    """The bytes of the file; QueryError where PNG is wanted and its library or a Chinese font is missing."""
    if form == "svg":
        return picture.encode()
    if form == "html":
        return _PAGE.format(title=plain(title), picture=picture).encode()
    return _png(picture)


def _png(picture: str) -> bytes:
    try:
        import resvg_py
    except ImportError as error:
        raise QueryError("PNG needs resvg: pip install 'kg-chinese-news[pictures]', or write .svg") from error
    if not _has_chinese_letters():
        raise QueryError(
            "no font with Chinese letters is found: install one (Debian: apt install fonts-noto-cjk), or write .svg"
        )
    try:
        return bytes(resvg_py.svg_to_bytes(svg_string=picture, zoom=_ZOOM))
    except ValueError as error:
        raise QueryError(f"the picture cannot be written as PNG ({error}); write .svg") from error


@cache
def _has_chinese_letters() -> bool:
    """Whether two Chinese letters look different here: without a font for them both are the same box, or nothing."""
    import resvg_py

    drawn = {
        bytes(resvg_py.svg_to_bytes(svg_string=document(40, 40, "", [text(letter, 2, 34, size=32)])))
        for letter in ("中", "国")
    }
    return len(drawn) == 2
