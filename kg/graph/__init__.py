"""The graph as a network to follow, on networkx: ways, neighbours, slices of time, simpler networks, ranks, careers.

Every function takes a graph of `to_networkx` (all evidence, from an assembly) or of `kg.links` (light, from a store).
"""

from typing import TYPE_CHECKING

from kg.graph.careers import Overlap, Service, career, overlap, shared_events
from kg.graph.facts import Fact, Source, days_of, to_networkx
from kg.graph.projections import PROJECTIONS, linked, posts, spoken, together
from kg.graph.ranks import MEASURES, centrality, communities
from kg.graph.slices import at, between, bounds
from kg.graph.walk import (
    Path,
    Step,
    explain_path,
    find,
    neighbourhood,
    only,
    part,
    shortest_path,
    shortest_paths,
    ways,
)

if TYPE_CHECKING:  # names for types alone: networkx is imported late
    from kg.graph.facts import Graph as Graph
    from kg.graph.facts import Simple as Simple

__all__ = [
    "MEASURES", "PROJECTIONS", "Fact", "Overlap", "Path", "Service", "Source", "Step", "at", "between",
    "bounds", "career", "centrality", "communities", "days_of", "explain_path", "find", "linked",
    "neighbourhood", "only", "overlap", "part", "posts", "shared_events", "shortest_path", "shortest_paths", "spoken",
    "to_networkx", "together", "ways",
]  # fmt: skip
