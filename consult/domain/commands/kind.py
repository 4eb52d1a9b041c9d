"""What every command is."""

from __future__ import annotations


class Command:
    """Base of all commands. Unknown fields are refused wherever a command is parsed."""

    __slots__ = ()
    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 - read by the parser at the edge
