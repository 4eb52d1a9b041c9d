"""The page in the browser: it fits a strict content policy and shows words as words."""

from __future__ import annotations

import re
from dataclasses import replace

from consult.takeaway.compose import compose
from consult.takeaway.markup import contrast, read_markup
from consult.takeaway.page import render_html
from tests.unit.takeaway.cases import source


def test_the_page_holds_nothing_from_outside_and_no_style_attribute() -> None:
    page = render_html(compose(source()), nonce="abc")

    assert re.search(r"\b(?:src|href|srcset|action|on\w+)\s*=", page) is None
    assert " style=" not in page
    assert "url(" not in page
    assert "@import" not in page
    assert page.count("<style") == page.count('<style nonce="abc">') == 1


def test_without_a_nonce_the_page_is_the_same_each_time() -> None:
    first = render_html(compose(source()))

    assert first == render_html(compose(source()))
    assert "nonce" not in first


def test_words_of_people_are_escaped_in_text_and_in_attributes() -> None:
    patient = replace(source().patient, name='<b onload="x">Maria</b>')
    site = replace(source().site, form_line='"><script>alert(1)</script>')

    page = render_html(compose(source(patient=patient, site=site)))

    assert "<b " not in page
    assert "<script" not in page
    assert "&lt;b onload=&#34;x&#34;&gt;" in page


def test_a_dose_is_never_torn_from_its_unit() -> None:
    page = render_html(compose(source(1)))

    assert "Eliquis 5\u00a0mg" in page
    assert "Take 1\u00a0tablet in the morning" in page


def test_what_a_hyphen_joins_to_a_number_stays_in_one_line() -> None:
    said = ("Call (555) 010-0199 or 1-800-MEDICARE.", "Take 1-2 puffs <now>.", "Well-known, 5 mg - with food")

    page = render_html(compose(source(other_information=said)))

    whole = re.findall(r'<span class="whole">(.*?)</span>', page)
    assert {"(555) 010-0199", "1-800-MEDICARE", "1-2", "1-877-486-2048"} <= set(whole)
    assert all("known" not in one and "food" not in one for one in whole)
    assert "puffs &lt;now&gt;." in page


def test_high_contrast_prints_type_in_black_only() -> None:
    plain = read_markup(render_html(compose(source(1))))
    black = render_html(compose(source(1)), contrast=True)

    assert plain.least_contrast >= 7
    assert black.rstrip().count("color: #000; background: #fff") == 1


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("000") == 21
    assert contrast("ffffff") == 1
    assert round(contrast("767676"), 2) == 4.54
