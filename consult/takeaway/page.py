"""The document as one self-contained HTML page: the same for the browser and for the PDF."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup, escape

from consult.takeaway.document import Document

TEMPLATES = Path(__file__).parent / "templates"
NUMBER_SPACE = re.compile(r"(?<=\d) (?=[^\W\d])")
# Numbers, or a number and a word of it, that a hyphen joins: a phone number, "1-2 tablets".
JOINED = re.compile(r"(?:\+\d{1,3}[ .-]?)?(?:\(\d{2,4}\)[ .-]?)?\b\d{1,8}(?:[-\u2013]\w{1,9}){1,4}\b")


def render_html(
    document: Document, nonce: str = "", *, large: bool = False, larger: bool = False, contrast: bool = False
) -> str:
    """A whole page with its styles in one <style> element and nothing from outside.

    `nonce` is that of the response's content policy; leave it out for the PDF and for the hash that is signed, which
    must not change from one response to the next. `large` sets 18 pt, `larger` 24 pt, `contrast` black on white.
    """
    sheets = (("large.css", large), ("larger.css", larger), ("contrast.css", contrast))
    more = [name for name, wanted in sheets if wanted]
    return render_template(
        "takeaway.html.j2", document, document.page_words, nonce, draft=bool(document.draft), more=tuple(more)
    )


def render_template(
    template: str,
    document: object,
    page_words: tuple[str, ...],
    nonce: str = "",
    *,
    draft: bool,
    more: tuple[str, ...] = (),
) -> str:
    """A template of this package with its document; `more` names style sheets beside the shared one."""
    before, between, _ = page_words
    names = ("draft.css",) * draft + more
    css = _file("takeaway.css").replace("PAGE_BEFORE", before).replace("PAGE_BETWEEN", between)
    # The sheet holds no value of a patient: only files of this package and the page words of the language.
    styles = Markup(css + "".join(_file(name) for name in names))
    return _environment().get_template(template).render(doc=document, css=styles, nonce=nonce)


@cache
def _file(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["kept"] = _kept
    return environment


def _kept(text: str) -> Markup:
    """The text with a no-break space after each number, so that no dose is torn from its unit, and with what a hyphen
    joins to a number kept in one line, so that no phone number is torn."""
    spaced = str(escape(NUMBER_SPACE.sub("\u00a0", text)))
    return Markup(JOINED.sub(lambda found: f'<span class="whole">{found[0]}</span>', spaced))
