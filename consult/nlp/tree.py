"""Sequences of tokens as a tree, so that a line is followed token by token only while one of them goes on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Node(Generic[Value]):
    """Where a sequence stands: `says` is what one that ends here stands for, `after` the nodes by the next token."""

    __slots__ = ("after", "says")

    def __init__(self) -> None:
        self.after: dict[str, Node[Value]] = {}
        self.says: Value | None = None

    def put(self, key: Iterable[str]) -> Node[Value]:
        """The node at the end of the key, made where there is none."""
        node = self
        for token in key:
            known = node.after.get(token)
            if known is None:
                known = node.after[token] = Node()
            node = known
        return node
