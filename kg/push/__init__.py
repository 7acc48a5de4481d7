"""A graph that was built → a running store, by the SPARQL 1.1 Graph Store Protocol."""

from kg.push.credentials import Credentials, find_credentials
from kg.push.send import Plan, Pushed, plan, push
from kg.push.stores import Target, aim
from kg.push.transport import Transport
from kg.push.triples import Source, read_source

__all__ = [
    "Credentials", "Plan", "Pushed", "Source", "Target", "Transport", "aim", "find_credentials", "plan", "push",
    "read_source",
]  # fmt: skip
