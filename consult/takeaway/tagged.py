"""One page of HTML to one tagged PDF (PDF/UA-1): the same bytes for the same page."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

PRINTED = 4  # the Print flag of an annotation


def make_pdf(html: str) -> bytes:
    """A tagged PDF with embedded fonts; every address in the page is refused, patient text fetches nothing."""
    fetcher = URLFetcher(allowed_protocols=())
    document = weasyprint.HTML(string=html, url_fetcher=fetcher)
    return mend_tags(document.write_pdf(pdf_variant="pdf/ua-1", font_config=FontConfiguration()))


def make_bare_pdf(html: str) -> bytes:
    """The same page without tags: the yardstick of the benchmark."""
    fetcher = URLFetcher(allowed_protocols=())
    pdf: bytes = weasyprint.HTML(string=html, url_fetcher=fetcher).write_pdf()
    return pdf


def mend_tags(pdf: bytes) -> bytes:
    """What WeasyPrint leaves out: the scope of table headers, and the Print flag of links."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root.get("/StructTreeRoot")
        if root is not None:
            _scope(root, "/Row")
        for page in document.pages:
            for annotation in page.get("/Annots", ()):
                annotation.F = int(annotation.get("/F", 0)) | PRINTED
        document.docinfo["/Producer"] = "consult"
        out = io.BytesIO()
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _scope(element: Any, scope: str) -> None:
    """Walk the structure tree: a header cell in the head of a table is of its column, else of its row."""
    pending = [(element, scope)]
    while pending:
        node, here = pending.pop()
        if isinstance(node, pikepdf.Array):
            pending.extend((child, here) for child in node)
            continue
        if not isinstance(node, pikepdf.Dictionary):
            continue
        kind = node.get("/S")
        if kind == "/THead":
            here = "/Column"
        elif kind == "/TBody":
            here = "/Row"
        if kind == "/TH":
            node.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name(here))
        if "/K" in node:
            pending.append((node.K, here))


def warm_up() -> None:
    """Load fonts and rules before the first patient waits for them."""
    make_pdf("<html lang='en'><title>-</title><h1>-</h1><table><tr><th>-</th><td><b>-</b></td></tr></table></html>")
