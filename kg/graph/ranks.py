"""Who stands where in a network: centralities, and the groups that hold together."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from kg.errors import QueryError

if TYPE_CHECKING:
    import networkx

    from kg.graph.facts import Simple

    Numbered = networkx.Graph[int]

_SAMPLE = 500  # sources of shortest ways in a network with more nodes: of all of them would take minutes
_SEED = 1


def centrality(network: Simple, measure: str) -> dict[str, float]:
    """A number for each node, the highest first, ties by id; the same for the same network on every machine.

    QueryError for a measure that is not in MEASURES, or one whose library is not installed.
    """
    if measure not in MEASURES:
        raise QueryError(f"no measure is called {measure!r}; there are {', '.join(MEASURES)}")
    numbered, names = _numbered(network)
    values = MEASURES[measure](numbered)
    # Twelve digits: what is beyond them differs between machines, and must not decide an order.
    rounded = {names[i]: float(f"{value:.12g}") for i, value in values.items()}
    return dict(sorted(rounded.items(), key=lambda item: (-item[1], item[0])))


def communities(network: Simple, *, seed: int = _SEED, resolution: float = 1.0) -> tuple[tuple[str, ...], ...]:
    """Groups that are denser inside than between (Louvain, by weight), the largest first, each sorted by id.

    Equal seeds give equal groups; `resolution` above 1 gives smaller ones. Source: Blondel et al. 2008.
    """
    import networkx

    numbered, names = _numbered(network)
    found = networkx.community.louvain_communities(numbered, weight="weight", resolution=resolution, seed=seed)
    groups = (tuple(sorted(names[i] for i in group)) for group in found)
    return tuple(sorted(groups, key=lambda group: (-len(group), group)))


def _numbered(network: Simple) -> tuple[Numbered, list[str]]:
    """The network with numbers for names: networkx walks over sets, whose order follows the hash of a string."""
    import networkx

    names = sorted(network)
    index = {name: i for i, name in enumerate(names)}
    numbered: Numbered = networkx.Graph()
    numbered.add_nodes_from(range(len(names)))
    for (one, other), weight in sorted(
        (sorted((index[a], index[b])), weight) for a, b, weight in network.edges(data="weight", default=1)
    ):
        numbered.add_edge(one, other, weight=weight)
    return numbered, names


def _degree(network: Numbered, weight: str | None) -> dict[int, float]:
    return dict(network.degree(weight=weight))


def _betweenness(network: Numbered) -> dict[int, float]:
    import networkx

    sources = None if len(network) <= _SAMPLE else _SAMPLE
    found: dict[int, float] = networkx.betweenness_centrality(network, k=sources, seed=_SEED)
    return found


def _harmonic(network: Numbered) -> dict[int, float]:
    import networkx

    count = len(network)
    sources = None if count <= _SAMPLE else random.Random(_SEED).sample(range(count), _SAMPLE)
    scale = 1.0 if sources is None else count / _SAMPLE
    return {node: scale * near for node, near in networkx.harmonic_centrality(network, sources=sources).items()}


def _core(network: Numbered) -> dict[int, float]:
    import networkx

    found: dict[int, int] = networkx.core_number(network)
    return {node: float(core) for node, core in found.items()}


def _pagerank(network: Numbered) -> dict[int, float]:
    import networkx

    try:
        found: dict[int, float] = networkx.pagerank(network)
    except ImportError as error:
        raise QueryError("pagerank needs scipy: pip install 'kg-chinese-news[graph]'") from error
    return found


MEASURES: Mapping[str, Callable[[Numbered], dict[int, float]]] = {
    "degree": partial(_degree, weight=None),  # with how many others
    "strength": partial(_degree, weight="weight"),  # by how many facts, events or sentences in all
    "betweenness": _betweenness,  # on how many shortest ways of others
    "harmonic": _harmonic,  # how near to all others
    "core": _core,  # in how dense a part
    "pagerank": _pagerank,  # how often a walk comes by
}
