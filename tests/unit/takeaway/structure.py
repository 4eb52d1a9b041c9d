"""What of PDF/UA-1 (ISO 14289-1) a machine can judge of our PDFs, read with pikepdf: a list of faults in words.

It covers what the pages of this program hold: text, lines, lists, tables and links. There are no pictures, forms,
sounds, scripts or attachments, and their presence is a fault. What a person must judge (whether the order makes
sense, whether a heading is one) is not covered, and it is no validator's verdict.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from typing import Any

import pikepdf

# Standard structure types of PDF 1.7 that our pages may hold.
STANDARD = {
    *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "P", "Span", "Link", "H1", "H2", "H3"),
    *("L", "LI", "Lbl", "LBody", "Table", "THead", "TBody", "TR", "TH", "TD"),
}
PAINTING = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "INLINE IMAGE"}
HEADINGS = {"H1", "H2", "H3"}
INSIDE = {"LI": {"L"}, "Lbl": {"LI"}, "LBody": {"LI"}, "TR": {"Table", "THead", "TBody"}, "TH": {"TR"}, "TD": {"TR"}}


def faults(pdf: bytes) -> list[str]:
    """Every fault found; empty where none was."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        if document.is_encrypted:
            return ["encrypted"]
        return [
            *_catalogue(document),
            *_elements(document),
            *_content(document),
            *_headings(document),
            *_tables(document),
            *_fonts(document),
        ]


def _catalogue(document: pikepdf.Pdf) -> Iterator[str]:
    root = document.Root
    metadata = root.Metadata.read_bytes() if "/Metadata" in root else b""
    mark: Any = root.get("/MarkInfo", {})
    wanted = {
        "no language": str(root.get("/Lang", ""))[:2] in ("en", "es"),
        "not marked": bool(mark.get("/Marked", False)),
        "suspect tags": not mark.get("/Suspects", False),
        "the title is not shown": bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)),
        "no title in the metadata": b"dc:title" in metadata and bool(str(document.docinfo.get("/Title", ""))),
        "no claim of PDF/UA-1": b'pdfuaid:part="1"' in metadata or b"<pdfuaid:part>1</pdfuaid:part>" in metadata,
        "forms": "/AcroForm" not in root,
        "scripts": "/OpenAction" not in root and "/JavaScript" not in root.get("/Names", {}),
        "attachments": not document.attachments and "/AF" not in root,
    }
    yield from (what for what, right in wanted.items() if not right)


def walk(node: Any, parent: str = "") -> Iterator[tuple[Any, str]]:
    """Each structure element in reading order, with the type of the one above."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from walk(child, parent)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node, parent
        yield from walk(node.get("/K"), str(node.S)[1:])


def _elements(document: pikepdf.Pdf) -> Iterator[str]:
    tops = list(document.Root.StructTreeRoot.K) if isinstance(document.Root.StructTreeRoot.K, pikepdf.Array) else [0]
    if len(tops) != 1:
        yield "the structure tree has no single top"
    for node, parent in walk(document.Root.StructTreeRoot.K):
        kind = str(node.S)[1:]
        if kind not in STANDARD:
            yield f"{kind} is no type that a page of ours holds"
        if kind in INSIDE and parent not in INSIDE[kind]:
            yield f"{kind} stands in {parent}"
        if kind in HEADINGS and parent in HEADINGS:
            yield f"{kind} stands in {parent}"
        if "/P" not in node:
            yield f"{kind} does not know what it is in"
        if kind == "Link" and "/Alt" not in node and not _link_has_words(node):
            yield "a link without words"


def _link_has_words(node: Any) -> bool:
    parts = node.K if isinstance(node.K, pikepdf.Array) else [node.K]
    return any("/Contents" in part.Obj for part in parts if isinstance(part, pikepdf.Dictionary) and "/Obj" in part)


def _content(document: pikepdf.Pdf) -> Iterator[str]:
    """Everything painted is content of one element or an artifact; elements and pages name each other."""
    numbers = document.Root.StructTreeRoot.ParentTree.Nums
    owners = {int(numbers[index]): numbers[index + 1] for index in range(0, len(numbers), 2)}
    claimed: set[tuple[Any, int]] = set()
    for node, _ in walk(document.Root.StructTreeRoot.K):
        for part in node.get("/K", ()) if isinstance(node.get("/K"), pikepdf.Array) else [node.get("/K")]:
            if isinstance(part, int):
                if (node.Pg.objgen, part) in claimed:
                    yield f"content {part} belongs to two elements"
                claimed.add((node.Pg.objgen, part))
    painted: set[tuple[Any, int]] = set()
    for number, page in enumerate(document.pages, 1):
        row = owners.get(int(page.get("/StructParents", -1)))
        if row is None:
            yield f"page {number} has no owners"
            continue
        for mark in _marks(page):
            if isinstance(mark, str):
                yield f"page {number}: {mark}"
                continue
            painted.add((page.objgen, mark))
            owner = row[mark] if mark < len(row) else None
            if not isinstance(owner, pikepdf.Dictionary) or not _holds(owner, mark, page):
                yield f"page {number}: content {mark} has no owner that knows it"
        if "/Annots" in page and page.get("/Tabs") != "/S":
            yield f"page {number}: the links are not visited in the order of the structure"
    yield from (f"content {mark} of an element is not on its page" for _, mark in claimed - painted)


def _holds(owner: Any, mark: int, page: Any) -> bool:
    parts = owner.K if isinstance(owner.K, pikepdf.Array) else [owner.K]
    return any(isinstance(part, int) and part == mark for part in parts) and owner.Pg.objgen == page.objgen


def _marks(page: Any) -> Iterator[int | str]:
    """The numbers of the marked content of a page, and faults of its stream."""
    open_marks: list[tuple[str, int | None]] = []
    for instruction in pikepdf.parse_content_stream(page):
        name = str(instruction.operator)
        operands: Any = instruction.operands
        if name in ("BMC", "BDC"):
            more = operands[1] if len(operands) > 1 else None
            inline = isinstance(more, pikepdf.Dictionary)
            number = int(more.MCID) if inline and "/MCID" in more else None  # type: ignore[union-attr]
            kind = str(operands[0])
            if kind == "/Artifact" and any(one is not None for _, one in open_marks):
                yield "an artifact within content"
            if number is not None and any(of == "/Artifact" for of, _ in open_marks):
                yield "content within an artifact"
            open_marks.append((kind, number))
            if number is not None:
                yield number
        elif name == "EMC":
            if not open_marks:
                yield "an end without a beginning"
            else:
                open_marks.pop()
        elif name in PAINTING and not any(kind == "/Artifact" or of is not None for kind, of in open_marks):
            yield f"{name} is neither content nor artifact"
    if open_marks:
        yield "a beginning without an end"


def _headings(document: pikepdf.Pdf) -> Iterator[str]:
    levels = [int(str(node.S)[2:]) for node, _ in walk(document.Root.StructTreeRoot.K) if str(node.S)[:2] == "/H"]
    if not levels or levels[0] != 1:
        yield "the first heading is not of the first level"
    yield from (f"H{later} after H{earlier}" for earlier, later in itertools.pairwise(levels) if later > earlier + 1)


def _tables(document: pikepdf.Pdf) -> Iterator[str]:
    for table, _ in walk(document.Root.StructTreeRoot.K):
        if str(table.S) != "/Table":
            continue
        rows = [_children(row) for row, _ in walk(table.K) if str(row.S) == "/TR"]
        if len({len(row) for row in rows}) != 1:
            yield f"a table with rows of {sorted({len(row) for row in rows})} cells"
        for cell in (cell for row in rows for cell in row):
            attributes: Any = cell.get("/A", {})
            if str(cell.S) == "/TH" and attributes.get("/Scope") not in ("/Row", "/Column"):
                yield "a header cell without scope"


def _children(row: Any) -> list[Any]:
    return [one for one in (row.K if isinstance(row.K, pikepdf.Array) else [row.K]) if "/S" in one]


def _fonts(document: pikepdf.Pdf) -> Iterator[str]:
    fonts = {
        font.objgen: font for page in document.pages for font in page.get("/Resources", {}).get("/Font", {}).values()
    }
    for font in fonts.values():
        inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        descriptor: Any = inner.get("/FontDescriptor", {})
        name = str(font.get("/BaseFont", "?"))
        if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield f"{name} is not embedded"
        if "/ToUnicode" not in font:
            yield f"{name} does not say which letters its glyphs are"
        if inner.get("/Subtype") == "/CIDFontType2" and "/CIDToGIDMap" not in inner:
            yield f"{name} does not say which glyph a code is"
