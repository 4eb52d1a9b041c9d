"""One page of HTML to one tagged PDF (PDF/UA-1): the same bytes for the same page."""

from __future__ import annotations

import io
import re
from functools import cache, lru_cache
from typing import Any
from xml.etree import ElementTree

import pikepdf
import weasyprint
from cssselect2 import ElementWrapper
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

DOCTYPE = "<!DOCTYPE html>"
HEADINGS = ("/H1", "/H2", "/H3")
PRINTED = 4  # the Print flag of an annotation
STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
MARK = re.compile(rb"/Span\s*<</MCID (\d+)>>\s*BDC")
ARTIFACT = b"/Artifact <</Type /Pagination>> BDC"


def make_pdf(html: str) -> bytes:
    """A tagged PDF with embedded fonts; every address in the page is refused, patient text fetches nothing."""
    style = STYLE.search(html)
    sheets = [_sheet(style[1])] if style else []
    document = read_page(STYLE.sub("", html, count=1))
    return mend_tags(document.write_pdf(pdf_variant="pdf/ua-1", stylesheets=sheets, font_config=_fonts()))


class _Page(weasyprint.HTML):  # type: ignore[misc]
    """A page that was parsed already."""

    def __init__(self, root: ElementTree.Element) -> None:
        self.base_url = None
        self.url_fetcher = URLFetcher(allowed_protocols=())
        self.media_type = "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


def read_page(html: str) -> weasyprint.HTML:
    """The page for WeasyPrint. Ours is well-formed XML too, which is read in a tenth of the time; any other as HTML."""
    try:
        return _Page(ElementTree.fromstring(html.removeprefix(DOCTYPE)))
    except ElementTree.ParseError:
        return weasyprint.HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=()))


@cache
def _fonts() -> FontConfiguration:
    """The fonts of the system, looked up once; no page brings any of its own."""
    return FontConfiguration()


@lru_cache(16)
def _sheet(css: str) -> Any:
    """A style sheet, read once: each page of a language and form has the same."""
    return weasyprint.CSS(string=css, url_fetcher=URLFetcher(allowed_protocols=()))


def make_bare_pdf(html: str) -> bytes:
    """The same page without tags: the yardstick of the benchmark."""
    fetcher = URLFetcher(allowed_protocols=())
    pdf: bytes = weasyprint.HTML(string=html, url_fetcher=fetcher).write_pdf()
    return pdf


def mend_tags(pdf: bytes) -> bytes:
    """What WeasyPrint leaves out: header scopes, one tag a heading, running lines as artifacts, links that print."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root.get("/StructTreeRoot")
        if root is not None:
            _set_running_lines_aside(document, root)
            _retag(root)
        for page in document.pages:
            for annotation in page.get("/Annots", ()):
                annotation.F = int(annotation.get("/F", 0)) | PRINTED
        out = io.BytesIO()
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _retag(element: Any) -> None:
    """Walk the structure tree: a header cell in the head of a table is of its column, else of its row; words that the
    style sheet adds are words; a heading holds no second one where a part of it stands on a line of its own."""
    pending = [(element, "/Row", "")]
    while pending:
        node, here, above = pending.pop()
        if isinstance(node, pikepdf.Array):
            pending.extend((child, here, above) for child in node)
            continue
        if not isinstance(node, pikepdf.Dictionary):
            continue
        kind = str(node.get("/S", ""))
        if kind == "/NonStruct" or (kind == above and kind in HEADINGS):
            node.S = pikepdf.Name.Span
        if kind == "/THead":
            here = "/Column"
        elif kind == "/TBody":
            here = "/Row"
        if kind == "/TH":
            node.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name(here))
        if "/K" in node:
            pending.append((node.K, here, kind))


def _set_running_lines_aside(document: pikepdf.Pdf, root: Any) -> None:
    """Headers and footers become artifacts, so that a screen reader does not read them on every page."""
    owners = root.ParentTree.Nums
    rows = {int(owners[index]): owners[index + 1] for index in range(0, len(owners), 2)}
    for page in document.pages:
        row = rows.get(int(page.get("/StructParents", -1)))
        if row is None:
            continue
        aside = {number for number, node in enumerate(row) if _is_running_line(node)}
        page.contents_coalesce()
        page.Contents = document.make_stream(_as_artifacts(page.Contents.read_bytes(), aside))
        for number in aside:
            row[number] = None
    for top in root.K:
        if "/K" in top and isinstance(top.K, pikepdf.Array):
            top.K = pikepdf.Array([child for child in top.K if child.get("/S") != "/NonStruct"])


def _as_artifacts(stream: bytes, aside: set[int]) -> bytes:
    return MARK.sub(lambda mark: ARTIFACT if int(mark[1]) in aside else mark[0], stream)


def _is_running_line(node: Any) -> bool:
    """Page margins stand straight under the document as NonStruct; a NonStruct deeper down is text of the body."""
    chain = []
    while isinstance(node, pikepdf.Dictionary) and "/S" in node:
        chain.append(str(node.S))
        node = node.get("/P")
    return chain[-2:] == ["/NonStruct", "/Document"]


def warm_up() -> None:
    """Load fonts and rules before the first patient waits for them."""
    make_pdf("<html lang='en'><title>-</title><h1>-</h1><table><tr><th>-</th><td><b>-</b></td></tr></table></html>")
