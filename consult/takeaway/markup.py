"""What the conformance check needs to know of a page, read from its HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser

UNITS = {"pt": 1.0, "px": 0.75}


@dataclass(frozen=True, slots=True)
class Markup:
    """`parts` are the classes of the articles in order; `body_size` is in points, as printed."""

    parts: tuple[str, ...]
    parts_break: bool
    language: str
    title: str
    unscoped_headers: int
    style_attributes: int
    body_size: float
    least_contrast: float


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.language = ""
        self.title = ""
        self.css = ""
        self.unscoped = 0
        self.styled = 0
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self._inside = tag
        self.styled += "style" in values
        if tag == "html":
            self.language = values.get("lang") or ""
        elif tag == "th":
            self.unscoped += values.get("scope") not in ("col", "row")
        elif tag == "article":
            self.parts.append((values.get("class") or "").replace("part", "").strip())

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title += data
        elif self._inside == "style":
            self.css += data


@lru_cache(maxsize=4)
def read_markup(html: str) -> Markup:
    """The facts of a page."""
    reader = _Reader()
    reader.feed(html)
    css = re.sub(r"/\*.*?\*/", "", reader.css, flags=re.DOTALL)
    body, colours = _printed(css)
    return Markup(
        parts=tuple(reader.parts),
        parts_break=re.search(r"\.part\s*\{[^}]*break-before:\s*page", css) is not None,
        language=reader.language,
        title=reader.title.strip(),
        unscoped_headers=reader.unscoped,
        style_attributes=reader.styled,
        body_size=body,
        least_contrast=min((contrast(colour) for colour in colours), default=0.0),
    )


def _printed(css: str) -> tuple[float, list[str]]:
    """The smallest type of the text as printed, and the colours of type; screen rules and page boxes are left out."""
    printed = _without_blocks(css, ("@media screen", "@page"))
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", printed)
    base, factors = 0.0, [1.0]
    for selector, body in rules:
        for value, unit in re.findall(r"font-size:\s*([\d.]+)(pt|px|em)", body):
            if selector.strip() == "html" and unit in UNITS:
                base = float(value) * UNITS[unit]
            elif unit == "em":
                factors.append(float(value))
            elif unit in UNITS:
                factors.append(float(value) * UNITS[unit] / (base or 1.0))
    colours = re.findall(r"(?<![-\w])color:\s*#([0-9a-fA-F]{3,6})", " ".join(body for _, body in rules))
    return base * min(factors), colours


def _without_blocks(css: str, starts: tuple[str, ...]) -> str:
    for start in starts:
        while (at := css.find(start)) >= 0:
            depth, end = 0, css.index("{", at)
            while True:
                depth += {"{": 1, "}": -1}.get(css[end], 0)
                end += 1
                if depth == 0 or end >= len(css):
                    break
            css = css[:at] + css[end:]
    return css


def contrast(colour: str) -> float:
    """Contrast of a hexadecimal colour on white (WCAG 2.2)."""
    full = "".join(digit * 2 for digit in colour) if len(colour) == 3 else colour
    parts = [int(full[index : index + 2], 16) / 255 for index in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)
