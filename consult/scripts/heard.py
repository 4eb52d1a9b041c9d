"""The answers that a note line already gives: read by the `heard:` rules of the questions. Pure.

Nothing is guessed: a question, a plan, a wish, what is long past, what somebody else does, a list that goes on after
"no", and two answers that contradict each other give no answer. What is read is a proposal for the pharmacist.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from consult.domain.mention import EffectMention, Findings, Heard, MedicationMention
from consult.scripts.conditions import ClassesOf
from consult.scripts.context import denied, of_another, past, uncertain
from consult.scripts.linking import leaves_in
from consult.scripts.phrases import Match, Phrase, Token, Words, cut, match_at, needed, starts
from consult.scripts.schema import DrugTest, HeardRule, Leaf, Script

ADDS_UP = ("string", "text")  # what is said in words stands beside what other lines say
LONGEST_VALUE = 300  # characters
_NUMBER = "{number}"  # under which phrases are kept that may begin with one
_ANY = "*"  # under which rules for any effect are kept
_DRUG = "{drug}"  # under which rules are kept that look at a drug alone


@dataclass(frozen=True, slots=True)
class Said:
    """One answer read by one rule."""

    values: tuple[str, ...]
    start: int
    end: int
    medication: int


@dataclass(slots=True)
class Line:
    """A line cut up with what the extraction found in it."""

    words: Words
    effects: tuple[EffectMention, ...]
    ours: tuple[MedicationMention, ...]  # the patient's own drugs
    places: dict[int, Match | None]  # where those stand, by their start
    found: dict[int, list[Match]] = field(default_factory=dict)  # by the id of the phrase, which is hashed at once


class Listener:
    """Reads lines for every question that has rules; built once, holds no line."""

    def __init__(self, scripts: Iterable[Script], classes_of: ClassesOf) -> None:
        self._classes_of = classes_of
        leaves: dict[str, Leaf] = {}
        for script in scripts:
            for leaf in leaves_in(script):
                if leaf.item.heard:
                    leaves.setdefault(leaf.item.link_id, leaf)
        self._leaves = tuple(leaves.values())
        rules = [rule for leaf in self._leaves for rule in leaf.item.heard]
        held = {id(p): p for rule in rules for p in (*rule.says, *rule.also, *rule.unless)}
        self._starting = _by_beginning(held.values())
        self._needed = {key: needed(phrase) for key, phrase in held.items()}
        self._asked_by: dict[int | str, list[int]] = {}  # which leaves a phrase, an effect or a drug may answer
        for number, leaf in enumerate(self._leaves):
            for rule in leaf.item.heard:
                keys: Iterable[int | str] = rule.effects or [id(phrase) for phrase in rule.says] or (_DRUG,)
                for key in keys:
                    self._asked_by.setdefault(key, []).append(number)

    def hear(self, text: str, findings: Findings) -> tuple[Heard, ...]:
        """What the line answers, in the order of the questions."""
        words = cut(text)
        if not words.tokens:
            return ()
        ours = tuple(drug for drug in findings.medications if drug.subject == "patient")
        line = Line(words, findings.effects, ours, {drug.start: _place(drug, words) for drug in ours})
        self._find(line)
        keys: set[int | str] = {*line.found, *(effect.concept for effect in line.effects)}
        keys |= {_ANY} if line.effects else set()
        keys |= {_DRUG} if ours else set()
        asked = {number for key in keys for number in self._asked_by.get(key, ())}
        return tuple(heard for number in sorted(asked) for heard in self._answers(self._leaves[number], line))

    def _find(self, line: Line) -> None:
        tokens = line.words.tokens
        said = {token.word for token in tokens}
        for place, token in enumerate(tokens):
            for key in (
                token.word,
                f"{token.word[0]}*",
                _NUMBER if token.low is not None or token.reading or token.phone else "",
            ):
                for phrase in self._starting.get(key, ()):
                    if any(said.isdisjoint(words) for words in self._needed[id(phrase)]) or not starts(phrase, token):
                        continue
                    match = match_at(phrase, tokens, place)
                    if match is not None and match not in (known := line.found.setdefault(id(phrase), [])):
                        known.append(match)

    def _answers(self, leaf: Leaf, line: Line) -> Iterator[Heard]:
        item = leaf.item
        said = [one for rule in item.heard for one in self._said(rule, leaf, line)]
        several = item.repeats or item.type in ADDS_UP
        for medication in dict.fromkeys(one.medication for one in said):
            own = [one for one in said if one.medication == medication]
            if not item.repeats:
                own = [one for one in own if not any(_inside(one, other) for other in own)]
            values = tuple(dict.fromkeys(value for one in own for value in one.values))
            if len(values) > 1 and item.repeats:
                values = tuple(value for value in values if value != "none")
            elif len({one.values for one in own}) > 1:
                continue  # the line contradicts itself
            start, end = min(one.start for one in own), max(one.end for one in own)
            yield Heard(item.link_id, values, start, end, medication, several)

    def _said(self, rule: HeardRule, leaf: Leaf, line: Line) -> Iterator[Said]:
        if rule.effects:
            yield from self._of_effects(rule, leaf, line)
            return
        if not rule.says:
            for drug in line.ours:
                place = line.places[drug.start]
                if place is None or not self._is(drug, rule.drug) or self._stops(rule, place, line, whole=True):
                    continue
                values = _values(rule.answer, rule, place, line.words)
                yield Said(values, drug.start, drug.end, drug.start if leaf.each == "medication" else -1)
            return
        for match in (match for phrase in rule.says for match in line.found.get(id(phrase), ())):
            if not _in_bounds(rule, match) or self._stops(rule, match, line):
                continue
            denial = denied(line.words, match)
            answer = {"no": rule.answer, "yes": rule.denied, "unclear": ()}[denial]
            values = _values(answer, rule, match, line.words)
            if not values:
                continue
            medication = -1
            if rule.drug is not None and rule.drug.absent:
                if line.ours:
                    continue
            elif leaf.each == "medication" or rule.drug is not None:
                drug_meant = _meant(match, line)
                if drug_meant is None or not self._is(drug_meant, rule.drug):
                    continue
                medication = drug_meant.start if leaf.each == "medication" else -1
            first, last = line.words.tokens[match.first], line.words.tokens[match.last - 1]
            yield Said(values, first.start, last.end, medication)

    def _of_effects(self, rule: HeardRule, leaf: Leaf, line: Line) -> Iterator[Said]:
        for effect in line.effects:
            if effect.uncertain or effect.subject == "other" or (effect.historical and not rule.past):
                continue
            if "*" not in rule.effects and effect.concept not in rule.effects:
                continue
            answer = rule.denied if effect.negated else rule.answer
            match = _covering(effect.start, effect.end, line.words)
            if not answer or match is None or self._stops(rule, match, line, whole=True):
                continue
            values = _values(answer, rule, match, line.words)
            if leaf.each != "medication":
                yield Said(values, effect.start, effect.end, -1)
                continue
            for drug in line.ours:
                if drug.ingredients and set(drug.ingredients) <= set(effect.suspected) and self._is(drug, rule.drug):
                    yield Said(values, effect.start, effect.end, drug.start)

    def _stops(self, rule: HeardRule, match: Match, line: Line, *, whole: bool = False) -> bool:
        """Whether the words around forbid an answer; `whole`: the extraction has judged past and person."""
        words = line.words
        told = words.tokens[match.first].phone  # "if we are cut off call …": the number is no less told
        if not told and uncertain(words, match):
            return True
        if not whole and not rule.past and past(words, match):
            return True
        if not whole and not rule.anyone and of_another(words, match):
            return True
        sentence = words.tokens[match.first].sentence
        within = (sentence - 1, sentence) if told else (sentence,)  # "Dr. Ruiz at 210-555-0199": the point ends none

        def beside(phrases: Iterable[Phrase]) -> bool:
            found = (other for phrase in phrases for other in line.found.get(id(phrase), ()))
            return any(words.tokens[other.first].sentence in within for other in found)

        return beside(rule.unless) or bool(rule.also and not beside(rule.also))

    def _is(self, drug: MedicationMention, test: DrugTest | None) -> bool:
        if test is None:
            return bool(drug.ingredients) and drug.status != "allergy"
        if test.status and drug.status not in test.status:
            return False
        if not test.status and drug.status in ("allergy", "unknown"):
            return False
        if (test.as_needed and not drug.as_needed) or (test.indication and not drug.indication):
            return False
        names = {drug.text.lower(), *(candidate.name for candidate in drug.candidates[:1])}
        if not test.named and not test.classes and not test.ingredients:
            return bool(drug.ingredients) or "allergy" in test.status
        classes = {name for ingredient in drug.ingredients for name in self._classes_of(ingredient)}
        held = set(drug.ingredients) & set(test.ingredients)
        return bool(held) or bool(names & set(test.named)) or bool(classes & set(test.classes))


def _by_beginning(phrases: Iterable[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    """The phrases by what their first word may be: a word, "s*" for one that begins so, a number."""
    table: dict[str, dict[int, Phrase]] = {}
    for phrase in phrases:
        for element in phrase:
            keys = (*element.words, *(f"{start[0]}*" for start in element.beginnings))
            for key in (_NUMBER,) if element.kind in ("number", "reading", "phone") else keys:
                table.setdefault(key, {})[id(phrase)] = phrase
            if not element.optional:
                break
    return {key: tuple(found.values()) for key, found in table.items()}


def _inside(one: Said, other: Said) -> bool:
    """A shorter reading within a longer one that says something else ("smoker" in "ex smoker")."""
    shorter = other.end - other.start > one.end - one.start
    return shorter and other.start <= one.start and one.end <= other.end and one.values != other.values


def _in_bounds(rule: HeardRule, match: Match) -> bool:
    if rule.least is None and rule.most is None:
        return True
    low, high = _ends(match.number)
    if low is None or high is None:
        return False
    return (rule.least is None or low >= rule.least) and (rule.most is None or high <= rule.most)


def _ends(number: Token | None) -> tuple[float | None, float | None]:
    return (None, None) if number is None else (number.low, number.high)


def _values(answers: tuple[str, ...], rule: HeardRule, match: Match, words: Words) -> tuple[str, ...]:
    return tuple(value for answer in answers if (value := _value(answer, rule, match, words)))


def _value(answer: str, rule: HeardRule, match: Match, words: Words) -> str:
    tokens = words.tokens
    if answer == "{number}":
        low, high = _ends(match.number)
        return f"{round(low * rule.times, 2):g}" if low is not None and low == high else ""
    if not answer.startswith("{"):
        return answer
    if answer == "{phone}":
        return words.text[tokens[match.first].start : tokens[match.first].end]
    sentence = tokens[match.first].sentence
    here = [place for place, token in enumerate(tokens) if token.sentence == sentence]
    if answer == "{rest}":
        phone = next((token.part for token in tokens[match.last :] if token.phone), len(tokens))
        here = [place for place in here if place >= match.last and tokens[place].part < phone]
    return words.text[tokens[here[0]].start : tokens[here[-1]].end][:LONGEST_VALUE] if here else ""


def _covering(start: int, end: int, words: Words) -> Match | None:
    places = [place for place, token in enumerate(words.tokens) if token.start < end and token.end > start]
    return Match(places[0], places[-1] + 1, None) if places else None


def _place(drug: MedicationMention, words: Words) -> Match | None:
    return _covering(drug.start, drug.end, words)


def _meant(match: Match, line: Line) -> MedicationMention | None:
    """The one drug that the words are about: the only one of their stretch, their sentence or the line."""
    own = line.words.tokens[match.first]
    drugs = [(drug, place) for drug in line.ours if (place := line.places[drug.start]) is not None]
    sentences = [drug for drug, place in drugs if line.words.tokens[place.first].sentence == own.sentence]
    parts = [drug for drug, place in drugs if line.words.tokens[place.first].part == own.part]
    for near in (parts, sentences, [drug for drug, _ in drugs]):
        if len(near) == 1:
            return near[0]
        if near:
            return None
    return None
