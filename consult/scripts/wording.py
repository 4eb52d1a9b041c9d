"""Names and values in the texts of a script, filled in by jinja2 in a sandbox: that and nothing else.

In a text may stand `{{ medicine }}`, the name of the row it is about, and `{{ medicine | upper_first }}`, the same with
a capital; `{medicine}` is short for the first. There is no attribute, call, loop, condition, comment or other file:
they are refused when the script is read. What is left takes time linear in the text, and the result has a longest
length. A text is kept in its short form, which the browser fills in by itself for the rows of a loop.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

import jinja2
from jinja2 import nodes
from jinja2.sandbox import SandboxedEnvironment

NAMES = ("medicine", "strength", "todo")
LONGEST_VALUE = 200  # characters of a name or value; the rest is cut
LONGEST_FILLED = 4000  # characters of a text with its names
MOST_FILTERS = 2  # on one name: jinja2 compiles a chain of them in a time that grows with its square
_SHORT = re.compile(r"(?<!\{)\{\s*(\w+)\s*\}(?!\})")
_SLOT = re.compile(r"\{(\w+)((?:\|\w+)*)\}")
_EMPTY = dict.fromkeys(NAMES, "")
_KINDS: Mapping[type[nodes.Node], str] = {
    nodes.Getattr: "an attribute",
    nodes.Getitem: "an attribute",
    nodes.Call: "a call",
    nodes.For: "a loop",
    nodes.If: "a condition",
    nodes.CondExpr: "a condition",
    nodes.Include: "another file",
    nodes.Import: "another file",
    nodes.FromImport: "another file",
    nodes.Extends: "another file",
    nodes.Const: "a fixed value",
}


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


FILTERS: Mapping[str, Callable[[str], str]] = {"lower": str.lower, "upper_first": _upper_first}


def _sandbox() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(undefined=jinja2.StrictUndefined, autoescape=False, cache_size=0)
    environment.globals.clear()
    environment.tests.clear()
    environment.filters.clear()
    environment.filters.update(FILTERS)
    return environment


_ENVIRONMENT = _sandbox()


def short_form(text: str) -> str:
    """The text as it is kept. Raises ValueError with the reason for what is no plain name with known filters."""
    if "{" not in text and "}" not in text:
        return text
    try:
        template = _ENVIRONMENT.parse(_SHORT.sub(r"{{ \1 }}", text))
    except jinja2.TemplateSyntaxError as error:
        raise ValueError(f"the braces cannot be read: {error.message}") from None
    except RecursionError:
        raise ValueError("the braces cannot be read: too deep") from None
    words = "".join(_pieces(template.body))
    if "{%" in text or "{#" in text:
        raise ValueError("only a name may stand in braces, as {{ medicine }}")
    return words


def _pieces(body: list[nodes.Node]) -> Iterator[str]:
    for statement in body:
        if not isinstance(statement, nodes.Output):
            raise ValueError(f"only a name may stand in braces, not {_kind(statement)}")
        for node in statement.nodes:
            if isinstance(node, nodes.TemplateData):
                if "{" in node.data or "}" in node.data:
                    raise ValueError("a brace stands alone; a name stands in two, as {{ medicine }}")
                yield node.data
            else:
                yield _slot(node)


def _slot(node: nodes.Node) -> str:
    filters: list[str] = []
    while isinstance(node, nodes.Filter) and node.node is not None:
        if node.name not in FILTERS:
            raise ValueError(f"the filter '{node.name}' is not known; known are {', '.join(FILTERS)}")
        if node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise ValueError(f"the filter '{node.name}' takes nothing in brackets")
        filters.insert(0, node.name)
        if len(filters) > MOST_FILTERS:
            raise ValueError(f"at most {MOST_FILTERS} filters stand on a name")
        node = node.node
    if not isinstance(node, nodes.Name):
        raise ValueError(f"only a name may stand in braces, not {_kind(node)}")
    if node.name not in NAMES:
        known = " and ".join(f"{{{name}}}" for name in NAMES)
        raise ValueError(f"{{{node.name}}} is not known; only {known} may stand in braces")
    return "{" + "|".join((node.name, *filters)) + "}"


def _kind(node: nodes.Node) -> str:
    return _KINDS.get(type(node), f"'{type(node).__name__.lower()}'")


def names_in(text: str) -> frozenset[str]:
    """The names that a text in its short form asks for."""
    return frozenset(found[1] for found in _SLOT.finditer(text))


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text in its short form with its names filled in; "" stands for one without a value."""
    if "{" not in text:
        return text
    given = {name: values.get(name, "")[:LONGEST_VALUE] for name in NAMES} if values else _EMPTY
    return _compiled(text).render(given)[:LONGEST_FILLED]


@lru_cache(maxsize=4096)
def _compiled(text: str) -> jinja2.Template:
    return _ENVIRONMENT.from_string(_SLOT.sub(lambda found: "{{ " + found[0][1:-1] + " }}", text))
