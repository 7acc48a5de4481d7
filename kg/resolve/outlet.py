"""Whose paper or site a document stands in: the area of 武汉晚报, the body of 兰州大学新闻网.

What such a text leaves out is its own: 县委书记 in the paper of a county, 校长 on the site of a school.
"""

from dataclasses import dataclass

from kg.knowledge import Knowledge
from kg.model import Name, Page

_HAS_A_PAPER = frozenset({"Province", "Prefecture"})


@dataclass(frozen=True, slots=True)
class Outlet:
    """The rows that its area may be, whether it names that in full, and the body whose site it is, as far as known."""

    areas: tuple[Name, ...] = ()
    full: bool = False
    body: str = ""


def outlet_of(page: Page, knowledge: Knowledge) -> Outlet:
    """What the name of a document's outlet says of where it is from; nothing where it only sounds like an area.

    芙蓉区政府门户网站 is of 芙蓉区, whatever follows; 武汉晚报 is of 武汉市; 江海晨报 need not be of 江海区.
    """
    source = page.document.source
    body = knowledge.patterns["outlet_tail"].sub("", source)
    if body != source and knowledge.patterns["body_with_a_site"].search(body):
        return Outlet(body=body)
    first = next(iter(page.outlet_hits), None)
    if first is None or first.start:
        return Outlet()
    rows = tuple(name for name in first.names if name.code)
    if full := tuple(name for name in rows if name.status == "full"):
        return Outlet(full, full=True)
    paper = knowledge.patterns["paper_of_area"].match(source, first.end)
    return Outlet(tuple(name for name in rows if paper and name.kind in _HAS_A_PAPER))
