"""What can be measured in a finished PDF: tags, language, title, header scopes, fonts, sizes, page starts."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any

import pikepdf

from consult.errors import BadFile


@dataclass(frozen=True, slots=True)
class Printed:
    """`smallest` is the smallest type (points) outside the page header and footer; `starts` the pages of the H1s."""

    pages: int
    letter: bool
    tagged: bool
    language: str
    title: str
    shows_title: bool
    claims_ua: bool
    headings: tuple[str, ...]
    starts: tuple[int, ...]
    header_cells: int
    unscoped: int
    fonts_embedded: bool
    smallest: float


def read_printed(pdf: bytes) -> Printed:
    """Measure a PDF; BadFile where it cannot be read."""
    try:
        document = pikepdf.open(io.BytesIO(pdf))
    except pikepdf.PdfError as error:
        raise BadFile("takeaway.pdf", None, "not a PDF") from error
    with document:
        root = document.Root
        elements = _elements(root.get("/StructTreeRoot"))
        numbers = {page.objgen: number for number, page in enumerate(document.pages, 1)}
        heads = [element for element in elements if element.S == "/TH"]
        first = [element for element in elements if element.S == "/H1"]
        viewer = _within(root, "/ViewerPreferences")
        boxes = [[float(edge) for edge in page.MediaBox] for page in document.pages]
        return Printed(
            pages=len(document.pages),
            letter=all([round(x) for x in box] == [0, 0, 612, 792] for box in boxes),
            tagged=bool(elements) and bool(_within(root, "/MarkInfo").get("/Marked", False)),
            language=str(root.get("/Lang", "")),
            title=str(document.docinfo.get("/Title", "")),
            shows_title=bool(viewer.get("/DisplayDocTitle", False)),
            claims_ua=b"pdfuaid:part" in root.Metadata.read_bytes() if "/Metadata" in root else False,
            headings=tuple(str(e.S)[1:] for e in elements if re.fullmatch(r"/H\d", str(e.S))),
            starts=tuple(numbers.get(_page_of(element), 0) for element in first),
            header_cells=len(heads),
            unscoped=sum(1 for cell in heads if "/Scope" not in _within(cell, "/A")),
            fonts_embedded=all(_embedded(font) for font in _fonts(document)),
            smallest=min((_smallest(page) for page in document.pages), default=0.0),
        )


def _within(node: Any, key: str) -> Any:
    """A dictionary inside a dictionary, an empty one where it is missing."""
    return node.get(key, pikepdf.Dictionary())


def _elements(root: Any) -> list[Any]:
    """The structure elements in reading order."""
    found, pending = [], [root]
    while pending:
        node = pending.pop()
        if isinstance(node, pikepdf.Array):
            pending.extend(reversed(list(node)))
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                pending.append(node.K)
    return found


def _page_of(element: Any) -> Any:
    node = element
    while isinstance(node, pikepdf.Dictionary) and "/Pg" not in node:
        inner = node.get("/K")
        node = inner[0] if isinstance(inner, pikepdf.Array) and len(inner) else inner
    return node.Pg.objgen if isinstance(node, pikepdf.Dictionary) else None


def _fonts(document: pikepdf.Pdf) -> list[Any]:
    return [font for page in document.pages for font in _within(_within(page, "/Resources"), "/Font").values()]


def _embedded(font: Any) -> bool:
    inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    descriptor = _within(inner, "/FontDescriptor")
    return any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def _smallest(page: Any) -> float:
    """The smallest type on a page in points, artifacts left out. Sizes follow the matrices (cm, Tm) in force."""
    scale, stack, depth_of_artifact, marks = 1.0, [], 0, []
    text_scale, smallest = 1.0, 999.0
    size = 0.0
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        name = str(instruction.operator)
        if name == "q":
            stack.append(scale)
        elif name == "Q" and stack:
            scale = stack.pop()
        elif name == "cm":
            scale *= abs(float(operands[3]))
        elif name in ("BDC", "BMC"):
            marks.append(str(operands[0]) == "/Artifact")
            depth_of_artifact += marks[-1]
        elif name == "EMC" and marks:
            depth_of_artifact -= marks.pop()
        elif name == "Tm":
            text_scale = abs(float(operands[3]))
        elif name == "Tf":
            size = float(operands[1])
        elif name in ("TJ", "Tj") and not depth_of_artifact:
            smallest = min(smallest, size * scale * text_scale)
    return round(smallest, 2)
