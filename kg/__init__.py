"""A knowledge graph builder for Chinese official news.

>>> import kg
>>> graph = kg.build("seeds")  # doctest: +SKIP
>>> graph.show("李强")  # doctest: +SKIP
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.api import Graph, build, open_graph

__version__ = "0.1.0"
__all__ = ["Graph", "build", "open_graph"]


def __getattr__(name: str) -> object:
    """What the package offers, imported when it is first asked for: `import kg` itself costs nothing."""
    if name in __all__:
        from kg import api

        return getattr(api, name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
