"""Gold against what the program finds in the same texts: facts by type, relation and rule, identities by pair."""

from kg.score.gold import Gold, read_gold
from kg.score.identity import Identity, measure_identity, read_identities
from kg.score.measure import Measure, measure

__all__ = ["Gold", "Identity", "Measure", "measure", "measure_identity", "read_gold", "read_identities"]
