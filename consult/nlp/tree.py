"""Sequences of tokens as a tree, so that a line is followed token by token only while one of them goes on."""

from __future__ import annotations

from collections.abc import Iterable
from sys import intern
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")
_NOTHING: dict[str, Any] = {}  # of all nodes that nothing follows: most do not need one of their own


class Node(Generic[Value]):
    """Where a sequence stands: `says` is what one that ends here stands for, `after` the nodes by the next token."""

    __slots__ = ("after", "says")

    def __init__(self) -> None:
        self.after: dict[str, Node[Value]] = _NOTHING
        self.says: Value | None = None

    def put(self, key: Iterable[str]) -> Node[Value]:
        """The node at the end of the key, made where there is none."""
        node = self
        for token in key:
            known = node.after.get(token)
            if known is None:
                if node.after is _NOTHING:
                    node.after = {}
                known = node.after[intern(token)] = Node()
            node = known
        return node


def shared(node: Node[Value], held: dict[object, Node[Value]] | None = None) -> Node[Value]:
    """The tree with what goes on alike from several places held once: a tenth of the nodes of the cues is left, and a
    walk stays in the near caches. Nothing may be put into it any more."""
    held = {} if held is None else held
    after = node.after
    for token, following in after.items():
        after[token] = shared(following, held)
    # The children are held, so that each goes by its place in memory.
    return held.setdefault((node.says, *after, *map(id, after.values())), node)
