"""The judgement behind each point of the conformance list: findings with their place, none where all is well."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from consult.domain.summary import DAYS_ALLOWED
from consult.domain.text import unaccented
from consult.takeaway.boilerplate import languages, load_boilerplate
from consult.takeaway.compose import clean, compose, folded, in_language, listed, medicine_name, words_of
from consult.takeaway.document import Document
from consult.takeaway.glyphs import unprintable
from consult.takeaway.lines import lines_of
from consult.takeaway.markup import Markup, read_markup
from consult.takeaway.printed import Printed
from consult.takeaway.readability import TARGET_GRADE, measure
from consult.takeaway.source import TakeawayInput
from consult.takeaway.words import load_forms, read_yaml

PARTS = ("cover", "todo", "medications", "disposal")
SMALLEST_TYPE = 14.0
LEAST_CONTRAST = 7.0
SHORT_FORM = re.compile(r"\b[b-df-hj-np-tv-xz]{2,6}\b", re.IGNORECASE)  # no vowel: an abbreviation
DAYS_WARNED = 10
WORDS_TO_JUDGE = 30
TYPED = "en"  # what a to-do item is typed in; other languages stand beside it


@dataclass(frozen=True, slots=True)
class Finding:
    place: str
    what: str
    fails: bool = True


@dataclass(frozen=True, slots=True)
class Case:
    """What is judged: the source, the document made of it, its page, and its PDF where there is one."""

    source: TakeawayInput
    document: Document
    html: str
    printed: Printed | None = None

    @property
    def markup(self) -> Markup:
        return read_markup(self.html)


def parts_in_order(case: Case) -> list[Finding]:
    found = []
    if case.markup.parts != PARTS:
        found.append(Finding("page", "the parts are " + ", ".join(case.markup.parts)))
    if not case.markup.parts_break:
        found.append(Finding("page", "a part does not start on a new page"))
    if case.printed:
        starts = case.printed.starts
        if len(starts) != len(PARTS) or list(starts) != sorted(set(starts)):
            found.append(Finding("PDF", f"the parts start on pages {starts}"))
    return found


def names_and_dates(case: Case) -> list[Finding]:
    document = case.document
    name, born = document.patient_name, document.birth_date
    wanted = (
        ("cover", (name,), " ".join((*document.cover.address, document.cover.salutation))),
        ("todo", (name, born), document.todo.subject),
        ("medications", (name, born), document.medications.subject),
    )
    found = [
        Finding(place, "the name or the date of birth is missing")
        for place, words, text in wanted
        if not all(word and word in text for word in words)
    ]
    dated = (
        ("cover", document.cover.date),
        ("todo", document.todo.prepared),
        ("medications", document.medications.prepared),
    )
    return found + [Finding(place, "no date") for place, text in dated if not re.search(r"\d{4}", text)]


def service_date(case: Case) -> list[Finding]:
    days = _days(case.source)
    if days is None:
        return [Finding("cover", "the date of service is missing or no date")]
    return [Finding("cover", "the date of service is after the date of the letter")] if days < 0 else []


def within_fourteen_days(case: Case) -> list[Finding]:
    days = _days(case.source)
    if days is None or days > DAYS_ALLOWED:
        return [
            Finding("cover", f"written {days if days is not None else 'an unknown number of'} days after the service")
        ]
    if days >= DAYS_WARNED:
        return [Finding("cover", f"{days} days after the service; {DAYS_ALLOWED} are allowed", fails=False)]
    return []


def _days(source: TakeawayInput) -> int | None:
    try:
        return (date.fromisoformat(source.prepared_on[:10]) - date.fromisoformat(source.date_of_service[:10])).days
    except ValueError:
        return None


def contact_lines(case: Case) -> list[Finding]:
    document, pharmacist = case.document, case.source.pharmacist
    lines = {
        "cover": document.cover.contact,
        "todo": document.todo.contact,
        "medications": document.medications.contact,
    }
    hours = pharmacist.hours_in(document.language)
    wanted = {"name": pharmacist.name, "phone": pharmacist.phone, "hours": hours, "TTY": pharmacist.tty}
    return [
        Finding(place, f"{what} missing in the contact line")
        for place, line in lines.items()
        for what, value in wanted.items()
        if not clean(value) or clean(value).rstrip(".") not in line
    ]


def plan_named(case: Case) -> list[Finding]:
    plan = clean(case.source.patient.plan_name or case.source.site.plan_name)
    cover = case.document.cover
    named = plan and plan in " ".join((*cover.paragraphs, cover.closing_line))
    return [] if named else [Finding("cover", "the Part D plan is not named")]


def form_numbers(case: Case) -> list[Finding]:
    document = case.document
    statement = " ".join(document.medications.paperwork.lines)
    wanted = (
        ("page footer, left", "CMS-10396", document.form_line),
        ("page footer, right", "0938-1154", document.omb_line),
        ("medications", "0938-1154", statement),
        ("medications", "Paperwork Reduction Act", statement),
    )
    return [Finding(place, f"{word} missing") for place, word, text in wanted if word not in text]


def todo_blocks(case: Case) -> list[Finding]:
    blocks = case.document.todo.blocks
    found = [] if blocks else [Finding("todo", "no to-do item")]
    for number, block in enumerate(blocks, 1):
        if not block.topic:
            found.append(Finding(f"todo item {number}", "no topic"))
        if not any(starts_with_verb(action, case.document.language) for action in block.actions):
            found.append(Finding(f"todo item {number}", "no action that starts with a verb"))
        elif not all(starts_with_verb(action, case.document.language) for action in block.actions):
            found.append(Finding(f"todo item {number}", "an action does not start with a verb", fails=False))
    return found


def starts_with_verb(action: str, language: str) -> bool:
    """Whether an action begins by telling what to do; "If ..., call ..." and "Do not ..." count."""
    rules = rules_of(language)
    text = action.casefold().replace("’", "'").strip()
    first = re.match(r"[^\W\d_]+", text)
    if first and first[0] in rules["conditions"] and "," in text:
        text = text.split(",", 1)[1].strip()
    shortened = True
    while shortened:
        shortened = False
        if _begins(text, rules["verbs"], rules.get("endings", ())):
            return True
        for lead in rules["lead_ins"]:
            if text.startswith(lead + " "):
                text, shortened = text[len(lead) :].lstrip(" ,"), True
    return False


def _begins(text: str, verbs: Sequence[str], endings: Sequence[str] = ()) -> bool:
    """Whether the first word is one of the verbs, or one with a pronoun behind it ("díganos" is "diga" + "nos")."""
    word = re.match(r"[^\W\d_]+", text)
    if word is None:
        return False
    bare = {unaccented(verb) for verb in verbs}
    stems = (word[0].removesuffix(ending) for ending in endings if word[0].endswith(ending))
    return word[0] in verbs or any(unaccented(stem) in bare for stem in stems)


def every_medicine_once(case: Case) -> list[Finding]:
    rows = Counter(row.key for row in case.document.medications.rows)
    wanted = {row.id: row for row in listed(case.source)}
    found = [Finding("medications", f"{medicine_name(row)} is missing") for key, row in wanted.items() if not rows[key]]
    found += [Finding("medications", f"row {key} stands {count} times") for key, count in rows.items() if count > 1]
    found += [Finding("medications", f"row {key} is not in the regimen") for key in rows if key not in wanted]
    waiting = sum(1 for row in case.source.medications if row.review == "proposed")
    if waiting:
        found.append(Finding("medications", f"{waiting} not confirmed and left out", fails=False))
    return found


def columns_filled(case: Case) -> list[Finding]:
    found = []
    codes = re.compile(r"\b(?:" + "|".join(sorted(load_forms().codes)) + r")\b")
    for number, row in enumerate(case.document.medications.rows, 1):
        cells = {"name": row.name, "how": row.how, "why": row.why, "prescriber": row.prescriber}
        found += [Finding(f"medications row {number}", f"{what} is empty") for what, cell in cells.items() if not cell]
        if code := codes.search(row.how.lower()):
            found.append(Finding(f"medications row {number}", f"sig code {code[0]}"))
        if short := SHORT_FORM.search(row.why):
            found.append(Finding(f"medications row {number}", f"{short[0]}: write it out in plain words", fails=False))
    return found


def allergies_and_effects(case: Case) -> list[Finding]:
    part = case.document.medications
    found = [
        Finding("medications", f"nothing under {passage.heading}")
        for passage in (part.allergies, part.effects)
        if not any(passage.lines)
    ]
    waiting = [one for one in case.source.allergies if one.review == "proposed"]
    if waiting:  # "None known" would be untrue
        none = len(waiting) == len(case.source.allergies)
        found.append(Finding("medications", f"allergies not confirmed and left out: {len(waiting)}", fails=none))
    return found


def stopped_medicines(case: Case) -> list[Finding]:
    off = ("stopped", "completed", "not-taken", "allergy")
    gone = {row.id for row in case.source.stopped} | {row.id for row in case.source.medications if row.status in off}
    found = [
        Finding("medications", f"{row.name} is stopped and still listed")
        for row in case.document.medications.rows
        if row.key in gone
    ]
    printed = folded(" ".join(f"{block.topic} {' '.join(block.actions)}" for block in case.document.todo.blocks))
    keys = {block.key for block in case.document.todo.blocks}
    told = f" {printed} {words_of(tuple(item for item in case.source.todos if item.id in keys))} "
    for medication in case.source.stopped:
        names = (medication.name, *medication.ingredients)
        if medication.review == "confirmed" and not any(f" {folded(name)} " in told for name in names):
            found.append(Finding("todo", f"{medicine_name(medication)} was stopped and has no to-do item"))
    return found


def disposal_page(case: Case) -> list[Finding]:
    page = case.document.disposal
    if page.title and page.intro and len(page.passages) > 1 and all(any(passage.lines) for passage in page.passages):
        return []
    return [Finding("disposal", "the page is missing or not complete")]


def notices(case: Case) -> list[Finding]:
    text = " ".join(case.document.cover.notices)
    found = [] if "1-800-MEDICARE" in text else [Finding("cover", "no notice on other formats")]
    fair = load_boilerplate(case.document.language)["cover"]["notices"][-1].rsplit("}", 1)[-1]
    return found if fair in text else [*found, Finding("cover", "no notice on fair treatment")]


def accessible(case: Case) -> list[Finding]:
    markup, printed = case.markup, case.printed
    found = []
    if markup.language != case.document.language or not markup.title:
        found.append(Finding("page", "no language or no title"))
    if markup.unscoped_headers:
        found.append(Finding("page", "a table header without scope"))
    if markup.style_attributes:
        found.append(Finding("page", "style attributes"))
    if markup.body_size < SMALLEST_TYPE:
        found.append(Finding("page", f"type of {markup.body_size:g} points"))
    if markup.least_contrast < LEAST_CONTRAST:
        found.append(Finding("page", f"contrast of {markup.least_contrast:.1f}"))
    if missing := unprintable(line.text for line in lines_of(case.document)):
        what = f"no font here has {' '.join(missing[:12])}: install one (for example fonts-noto-cjk)"
        found.append(Finding("page", what))
    if printed is None:
        return [*found, Finding("PDF", "not judged: none was given", fails=False)]
    judged = (
        (printed.tagged and printed.claims_ua, "not tagged"),
        (printed.language == case.document.language, "no language"),
        (printed.title != "" and printed.shows_title, "no title"),
        (printed.header_cells > 0 and not printed.unscoped, "a table header without scope"),
        (printed.fonts_embedded, "a font is not embedded"),
        (printed.letter, "not letter size, portrait"),
        (printed.smallest >= SMALLEST_TYPE - 0.05, f"type of {printed.smallest:g} points"),
    )
    return found + [Finding("PDF", what) for well, what in judged if not well]


def reading_grade(case: Case) -> list[Finding]:
    result = measure(case.document, drug_names(case.source))
    if not result.within_target:
        return [Finding("document", f"grade {result.grade:g}, the target is {TARGET_GRADE:g}")]
    if result.written_words >= WORDS_TO_JUDGE and result.written_grade > TARGET_GRADE:
        where = "the words written for this patient"
        return [Finding(where, f"grade {result.written_grade:g}, the target is {TARGET_GRADE:g}")]
    return [
        Finding(hard.place, f"grade {hard.grade:g}: {hard.suggestions[0]}", fails=False)
        for hard in result.hard
        if hard.written
    ]


def drug_names(source: TakeawayInput) -> set[str]:
    """Every name that a reader of this takeaway has to know anyway."""
    rows = (*source.medications, *source.stopped)
    return {name for row in rows for name in (row.name, *row.ingredients)} - {""}


def same_in_each_language(case: Case) -> list[Finding]:
    shape = _shape(case.document)
    language = case.document.language
    untold = [
        Finding(f"todo item {number}", f"not written in the language of the paper ({language})")
        for number, item in enumerate(case.source.todos, 1)
        if language != TYPED and clean(item.action) and in_language(item, language) is item
    ]
    return untold + [
        Finding(language, "the document has other parts in this language")
        for language in languages()
        if _shape(compose(replace(case.source, language=language))) != shape
    ]


def _shape(document: Document) -> tuple[object, ...]:
    """What must be equal in every language: the blocks and their number, and which medicines are listed."""
    return (
        len(document.cover.paragraphs),
        len(document.cover.bullets),
        len(document.cover.notices),
        tuple(len(block.actions) for block in document.todo.blocks),
        tuple(row.key for row in document.medications.rows),
        tuple(len(p.lines) for p in (document.medications.allergies, document.medications.effects)),
        tuple(len(passage.lines) for passage in document.disposal.passages),
    )


def no_clinician_words(case: Case) -> list[Finding]:
    found = []
    for line in lines_of(case.document):
        for what, pattern in leak_patterns():
            if match := pattern.search(line.text):
                found.append(Finding(f"{line.part}: {line.place}", f"{what} ({match[0]})"))
    return found


@cache
def leak_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = read_yaml(Path(__file__).parent / "rules" / "leaks.yaml")["patterns"]
    return tuple((row["what"], re.compile(row["pattern"], re.IGNORECASE)) for row in rows)


@cache
def rules_of(language: str) -> Mapping[str, Any]:
    """Verbs and lead-ins of a language (rules/<language>.yaml)."""
    return read_yaml(Path(__file__).parent / "rules" / f"{language}.yaml")
