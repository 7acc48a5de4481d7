"""Assembly → one HTML page: the graph to look at and, for each fact, the sentence that says it. It needs no network."""

from kg.view.page import LIMIT, OPENING, to_html

__all__ = ["LIMIT", "OPENING", "to_html"]
