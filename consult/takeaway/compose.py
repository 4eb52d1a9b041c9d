"""The takeaway document, written from accepted values: a pure function in plain words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from consult.domain.medication import Medication
from consult.domain.patient import Allergy, Effect
from consult.domain.plan import TodoItem, TodoWords
from consult.takeaway.boilerplate import fill, language_of, load_boilerplate, say_birth_date, say_date
from consult.takeaway.document import (
    Cover,
    DisposalPage,
    Document,
    MedicationList,
    MedicationRow,
    Passage,
    TodoBlock,
    TodoList,
)
from consult.takeaway.own_voice import own_voice
from consult.takeaway.plain import how_to_take, say_strength
from consult.takeaway.source import TakeawayInput
from consult.takeaway.words import load_health_words, shorthand

LISTED = ("active", "on-hold", "intended", "unknown")
BLANK_ROWS = 4
NOTE_LINES = 6
REASONS = re.compile(r"\s*[,;/&+]\s*|\s+and\s+", re.IGNORECASE)  # between several reasons for use
LEAD_IN = re.compile(r"^(?:for\s+)?(?:(?:her|his|my|their|the)\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Writer:
    """The words of the language and the values for its slots."""

    source: TakeawayInput
    language: str
    words: Mapping[str, Any]
    slots: Mapping[str, str]

    def say(self, part: str, key: str, **more: str) -> str:
        return fill(self.words[part][key], {**self.slots, **more})

    def say_all(self, part: str, key: str, **more: str) -> tuple[str, ...]:
        return tuple(fill(pattern, {**self.slots, **more}) for pattern in self.words[part][key])

    def joined(self, parts: tuple[str, ...]) -> str:
        return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + self.words["and"] + parts[-1]


def compose(source: TakeawayInput) -> Document:
    """The document in the patient's language. Rows that are not confirmed, and stopped ones, are not listed."""
    writer = _writer(source)
    words, slots = writer.words, writer.slots
    page = words["page"]
    return Document(
        language=writer.language,
        title=fill(words["title"], slots),
        description=fill(words["description"], slots),
        author=slots["pharmacist"],
        patient_name=slots["name"],
        birth_date=say_birth_date(source.patient.birth_date),
        prepared_on=source.prepared_on[:10],
        draft="" if source.reviewed else words["draft"],
        continued=words["continued"],
        page_words=(page[0], page[1], page[2]),
        form_line=clean(source.site.form_line),
        omb_line=clean(source.site.omb_line),
        cover=_cover(writer),
        todo=_todo(writer),
        medications=_medications(writer),
        disposal=_disposal(writer),
    )


def preview(source: TakeawayInput) -> Document:
    """The document as it would be written now, every page marked as a preview that nobody has reviewed."""
    document = compose(replace(source, reviewed=False))
    return replace(document, draft=load_boilerplate(document.language)["preview"])


def clean(text: str) -> str:
    """One line of visible text: control and direction-changing characters become spaces or nothing."""
    kept = (" " if char.isspace() else char for char in text if char.isspace() or not _hidden(char))
    return " ".join("".join(kept).split())


def _hidden(char: str) -> bool:
    category = unicodedata.category(char)
    if category in ("Cc", "Cs", "Co", "Cn"):
        return True
    return category == "Cf" and char not in "\u200c\u200d\u00ad"


def sentence(text: str) -> str:
    """First letter large, for a cell that begins a line."""
    plain = clean(text)
    return plain[:1].upper() + plain[1:]


def medicine_name(medication: Medication) -> str:
    """The name as the patient says it; for a misspelt word the ingredients that it was confirmed to mean."""
    if medication.match == "fuzzy" and medication.ingredients:
        return clean(" / ".join(medication.ingredients))
    return clean(medication.name)


def confirmed(source: TakeawayInput) -> tuple[Medication, ...]:
    return tuple(row for row in source.medications if row.review == "confirmed")


def listed(source: TakeawayInput) -> tuple[Medication, ...]:
    """The rows that belong on the Medication List."""
    stopped = {row.id for row in source.stopped}
    return tuple(row for row in confirmed(source) if row.status in LISTED and row.id not in stopped)


def _writer(source: TakeawayInput) -> Writer:
    language = language_of(source.language or source.patient.language)
    words = load_boilerplate(language)
    unknown = words["not_known"]
    pharmacist = source.pharmacist
    slots = {
        "name": clean(source.patient.name),
        "birth_date": say_birth_date(source.patient.birth_date) or unknown,
        "service_date": say_date(source.date_of_service, language),
        "prepared": say_date(source.prepared_on, language),
        "pharmacist": clean(pharmacist.name) or unknown,
        "phone": clean(pharmacist.phone) or unknown,
        # Every sentence with the hours ends with them.
        "hours": clean(pharmacist.hours_in(language)).rstrip(".") or unknown,
        "tty": clean(pharmacist.tty) or unknown,
        "plan": clean(source.patient.plan_name or source.site.plan_name) or words["cover"]["plan_unnamed"],
        "plan_phone": clean(source.site.plan_phone or pharmacist.phone) or unknown,
        "representative": clean(source.representative),
        "copies": ", ".join(clean(name) for name in source.cc),
    }
    return Writer(source, language, words, slots)


def _cover(writer: Writer) -> Cover:
    source, slots = writer.source, writer.slots
    paragraphs = list(writer.say_all("cover", "paragraphs"))
    first = slots["name"]
    if source.representative:
        paragraphs.insert(1, writer.say("cover", "represented"))
        first = writer.say("cover", "care_of")
    address = [clean(line) for line in re.split(r"[\r\n]+", source.patient.address) if clean(line)]
    pharmacist = source.pharmacist
    return Cover(
        title=writer.words["cover"]["title"],
        letterhead=tuple(clean(line) for line in source.site.letterhead if clean(line)),
        date=slots["prepared"],
        address=(first, *address),
        salutation=fill(
            writer.words["cover"]["salutation"], {**slots, "name": slots["representative"] or slots["name"]}
        ),
        paragraphs=tuple(paragraphs),
        bullets_intro=writer.say("cover", "bullets_intro"),
        bullets=writer.say_all("cover", "bullets"),
        contact=writer.say("cover", "contact"),
        closing_line=writer.say("cover", "closing_line"),
        closing=writer.say("cover", "closing"),
        signature=tuple(line for line in (slots["pharmacist"], clean(pharmacist.title)) if line),
        enclosures=writer.say("cover", "enclosures"),
        copies=writer.say("cover", "copies") if source.cc else "",
        notices=tuple(sentence(notice) for notice in writer.say_all("cover", "notices")),
    )


def _todo(writer: Writer) -> TodoList:
    words = writer.words["todo"]
    blocks = [
        TodoBlock(sentence(said.topic), actions_of(said.action), sentence(said.why), item.id)
        for item in writer.source.todos
        for said in (in_language(item, writer.language),)
        if clean(said.topic) and actions_of(said.action)
    ]
    told = words_of(writer.source.todos)
    for row in writer.source.stopped:
        if row.review == "confirmed" and not _is_told(row, told):
            # Who does not take what was ordered is never told to throw it away.
            kind = "skipped" if row.status == "not-taken" else "stopped"
            name = medicine_name(row)
            topic = writer.say("todo", f"{kind}_topic", medicine=name)
            actions = writer.say_all("todo", f"{kind}_actions", medicine=name)
            blocks.append(TodoBlock(topic, actions, writer.say("todo", f"{kind}_why"), row.id))
    if not blocks:
        blocks.append(TodoBlock(words["keep_topic"], tuple(words["keep_actions"]), words["keep_why"]))
    return TodoList(
        title=words["title"],
        subject=writer.say("todo", "subject"),
        prepared=writer.say("todo", "prepared"),
        instructions=tuple(words["instructions"]),
        heading=words["heading"],
        topic_label=words["topic_label"],
        action_label=words["action_label"],
        why_label=words["why_label"],
        blocks=tuple(blocks),
        contact=fill(writer.words["contact"], writer.slots),
    )


def in_language(item: TodoItem, language: str) -> TodoItem | TodoWords:
    """The item's words in a language; as the pharmacist typed them where they were not written in it."""
    return next((said for said in item.said if said.language == language and clean(said.action)), item)


def words_of(todos: tuple[TodoItem, ...]) -> str:
    """All words of the items in every language, folded: a medicine that one language names is told in each."""
    words = [f"{item.topic} {item.action}" for item in todos]
    words += [f"{said.topic} {said.action}" for item in todos for said in item.said]
    return folded(" ".join(words))


def actions_of(text: str) -> tuple[str, ...]:
    """One action a line; a list mark at the start of a line is dropped."""
    lines = (re.sub(r"^(?:[-*•☐□]|\d+[.)])\s+", "", clean(line)) for line in text.splitlines())
    return tuple(sentence(line) for line in lines if line)


def folded(text: str) -> str:
    """The words alone, without case and marks, for finding one text in another."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _is_told(row: Medication, told: str) -> bool:
    names = (row.name, medicine_name(row), *row.ingredients)
    return any(f" {folded(name)} " in f" {told} " for name in names if folded(name))


def _medications(writer: Writer) -> MedicationList:
    words = writer.words["medications"]
    source = writer.source
    instructions = list(words["instructions"])
    if source.representative:
        instructions.append(writer.say("medications", "represented"))
    skipped = tuple(
        writer.say("medications", "not_taken", medicine=medicine_name(row))
        for row in confirmed(source)
        if row.status == "not-taken"
    )
    other = skipped + tuple(clean(line) for line in source.other_information if clean(line))
    allergies = tuple(_allergy(writer, item) for item in source.allergies if item.review == "confirmed")
    effects = tuple(_effect(writer, item) for item in source.effects if item.review == "confirmed")
    columns = words["columns"]
    return MedicationList(
        title=words["title"],
        subject=writer.say("medications", "subject"),
        prepared=writer.say("medications", "prepared"),
        instructions=tuple(instructions),
        heading=words["heading"],
        columns=(columns[0], columns[1], columns[2], columns[3]),
        rows=tuple(_row(writer, row) for row in listed(source)),
        no_rows=words["no_rows"],
        blank_intro=words["blank_intro"],
        blank_rows=BLANK_ROWS,
        allergies=Passage(words["allergies"], allergies or (words["allergies_none"],)),
        effects=Passage(words["effects"], effects or (words["effects_none"],)),
        other=Passage(words["other"], other or (words["other_none"],)),
        notes=Passage(words["notes"], blank_lines=NOTE_LINES),
        contact=fill(writer.words["contact"], writer.slots),
        paperwork=Passage(words["paperwork_heading"], (words["paperwork"],)),
    )


def _row(writer: Writer, row: Medication) -> MedicationRow:
    words = writer.words["medications"]
    name = medicine_name(row)
    ingredients = tuple(clean(item) for item in row.ingredients)
    detail = []
    if not ingredients:
        detail.append(words["no_exact_name"])
    elif folded(" ".join(sorted(ingredients))) != folded(" ".join(sorted(re.split(r"\s*/\s*", name)))):
        detail.append(writer.say("medications", "generic", ingredients=writer.joined(ingredients)))
    strength = clean(row.sig.strength or "")
    if strength and folded(strength) not in folded(name):
        name = f"{name} {say_strength(strength, writer.language)}"
    how = clean(row.directed(writer.language)) or how_to_take(row.sig, writer.language)
    state = {"on-hold": "on_hold", "intended": "intended", "unknown": "status_unknown"}.get(row.status)
    if row.status == "on-hold":
        how = words["on_hold"]
    elif state:
        how = f"{words[state]} {how}"
    return MedicationRow(
        key=row.id,
        name=sentence(name),
        detail=". ".join(detail),
        how=how,
        why=sentence(reason_in(row.why, writer.language)) or words["why_unknown"],
        prescriber=clean(row.prescriber) or words["prescriber_unknown"],
    )


def reason_in(why: str, language: str) -> str:
    """A reason for use in the language of the paper; as typed where its word list does not have all of it."""
    return _known_words("reasons", why, language)


def _known_words(table: str, typed: str, language: str) -> str:
    """Short forms in full, then in the language of the paper where its tables have every part; else as typed."""
    words, short = load_health_words(language), shorthand()
    known = words.get(table, {}) if table == "substances" else {**words.get("effects", {}), **words.get(table, {})}
    bare = LEAD_IN.sub("", clean(typed))
    whole = [bare] if _key(bare) in short or _key(bare) in known else REASONS.split(bare)
    parts = [LEAD_IN.sub("", part) for part in whole if part.strip()]
    full = [short.get(_key(part), part) for part in parts]
    said = [known.get(_key(part)) for part in full]
    if said and all(said):
        return ", ".join(map(str, said))
    return bare if full == parts else ", ".join(full)


def _key(words: str) -> str:
    return words.strip().casefold().rstrip(".")


def _allergy(writer: Writer, item: Allergy) -> str:
    substance = sentence(_known_words("substances", item.substance, writer.language))
    reaction = clean(_known_words("effects", item.reaction, writer.language))
    return writer.say("medications", "allergy", substance=substance, reaction=reaction) if reaction else substance


def _effect(writer: Writer, item: Effect) -> str:
    """In the patient's words, short forms in full; in another language by its name there, where the word list has it:
    the words of a note are English, so nothing else of the paper could be the patient's own."""
    named = load_health_words(writer.language).get("effects", {}).get(item.concept, "")
    said = sentence(named or shorthand().get(_key(item.words)) or own_voice(item.words) or item.concept)
    suspected = tuple(clean(name) for name in item.suspected)
    if suspected:
        key = "effect_past_suspected" if item.historical else "effect"
        return writer.say("medications", key, words=said, suspected=writer.joined(suspected))
    return writer.say("medications", "effect_past", words=said) if item.historical else said


def _disposal(writer: Writer) -> DisposalPage:
    words = writer.words["disposal"]
    sites = writer.source.disposal
    places = tuple(clean(line) for line in (*sites.places, sites.note) if clean(line))
    passages = [Passage(row["heading"], tuple(row["lines"])) for row in words["passages"]]
    passages.insert(1, Passage(words["places_heading"], places or (words["places_none"],)))
    return DisposalPage(words["title"], words["intro"], tuple(passages), fill(writer.words["contact"], writer.slots))
