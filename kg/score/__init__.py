"""Gold facts against what the program finds in the same texts: figures by type, by relation and by rule."""

from kg.score.gold import Gold, read_gold
from kg.score.measure import Measure, measure

__all__ = ["Gold", "Measure", "measure", "read_gold"]
