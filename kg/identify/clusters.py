"""Judgements → clusters: the connected components of `same`, which no `different` may lie inside of."""

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

Node = TypeVar("Node", bound=Hashable)


class Clusters(Generic[Node]):
    """Which nodes are one; two that were told apart never become so, by whatever way around."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._parent = {node: node for node in nodes}
        self._members = {node: [node] for node in self._parent}
        self._apart: dict[Node, set[Node]] = {node: set() for node in self._parent}  # by root: roots told apart from it

    def root(self, node: Node) -> Node:
        """The node that stands for the cluster."""
        while self._parent[node] != node:
            self._parent[node] = self._parent[self._parent[node]]
            node = self._parent[node]
        return node

    def tell_apart(self, one: Node, other: Node) -> None:
        """Never let these two be one, unless they are already."""
        one, other = self.root(one), self.root(other)
        if one != other:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def join(self, one: Node, other: Node) -> bool:
        """Make two clusters one, if nothing tells them apart; whether this linked what was not linked before."""
        kept, gone = self.root(one), self.root(other)
        if kept == gone or gone in self._apart[kept]:
            return False
        if len(self._members[kept]) < len(self._members[gone]):
            kept, gone = gone, kept
        self._parent[gone] = kept
        self._members[kept] += self._members.pop(gone)
        for enemy in self._apart.pop(gone):
            self._apart[enemy].discard(gone)
            self._apart[enemy].add(kept)
            self._apart[kept].add(enemy)
        return True

    def members(self) -> list[list[Node]]:
        """The clusters, in the order in which their first nodes were given."""
        order = {node: place for place, node in enumerate(self._parent)}
        return sorted(
            (sorted(nodes, key=order.__getitem__) for nodes in self._members.values()), key=lambda one: order[one[0]]
        )
