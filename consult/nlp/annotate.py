"""The way from a note line to its mentions: drugs, symptoms, then what is said of each."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from operator import attrgetter

from consult.domain.lexicon import DrugName
from consult.domain.mention import Cue, EffectMention, Findings, LineContext, MedicationMention
from consult.nlp import wordlist
from consult.nlp.drug.as_written import with_writings
from consult.nlp.drug.find import DrugFinder
from consult.nlp.drug.found import Drug, spans
from consult.nlp.drug.index import DrugIndex
from consult.nlp.drug.lookalike import dosed_or_taken
from consult.nlp.drug.misspelling import Misspellings
from consult.nlp.effect.find import Found, find_effects
from consult.nlp.effect.lexicon import lexicon
from consult.nlp.effect.misspelling import EffectSpelling
from consult.nlp.expressions import Rare, forget_estimates
from consult.nlp.line import Line, Words
from consult.nlp.pieces import pieces
from consult.nlp.qualifier.blame import blamed
from consult.nlp.qualifier.blame_wordings import only_the_cause
from consult.nlp.qualifier.course import Course, read_courses
from consult.nlp.qualifier.cue_words import CUE_BEGINS, cue
from consult.nlp.qualifier.diagnosis import holds_for_diagnosis
from consult.nlp.qualifier.effects import read_qualities
from consult.nlp.qualifier.headings import Heading, heading_of, section_of
from consult.nlp.qualifier.known import known_for
from consult.nlp.qualifier.past import (
    allergic,
    allergy_told,
    gone_since_switch,
    listed_with_reaction,
    may_end_use,
    not_borne,
    over_by_now,
    reaction_is_past,
    told_as_past,
)
from consult.nlp.qualifier.people import Scopes, other_scopes, whose
from consult.nlp.qualifier.refer_words import ITEM
from consult.nlp.qualifier.referred import beside_a_drug, blamed_on_it, context_of, may_tell_of_others
from consult.nlp.qualifier.second_reading import MarkedLine, SecondReading
from consult.nlp.qualifier.settled import settle
from consult.nlp.qualifier.shape import letters_alone
from consult.nlp.qualifier.standing import Standing
from consult.nlp.qualifier.status import read_status
from consult.nlp.qualifier.warned import another_blamed, not_its, there_before
from consult.nlp.qualifier.without import came_without
from consult.nlp.sig.asked import unasked
from consult.nlp.sig.error_prone import flags_of, likely_flags
from consult.nlp.sig.frequency import of_its_own
from consult.nlp.sig.indication import indications, named_as_purpose, only_when, said_for, when_it_comes
from consult.nlp.sig.phases import days_skipped
from consult.nlp.sig.read import around, read_directions
from consult.nlp.sig.shared import shared
from consult.nlp.sig.taken import as_taken
from consult.nlp.sig.unitless import Sold
from consult.nlp.sig.zones import zones
from consult.nlp.typed import Slips, as_typed

_SHORT = 4  # letters of a name that may be another word
_ENDED = ("stopped", "on-hold", "not-taken", "allergy")


@contextmanager
def _uncollected() -> Iterator[None]:
    """While much is loaded that stays: the garbage collector would go through all of it again and again."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


class Annotator:
    """Reads note lines; holds the names, never a line."""

    def __init__(
        self,
        names: Iterable[DrugName],
        confused_pairs: Iterable[tuple[str, str]] = (),
        common: Iterable[str] = (),
        phrases: Iterable[tuple[str, str]] = (),
        strengths: Mapping[str, Iterable[str]] | None = None,
        second: SecondReading | None = None,
    ) -> None:
        """`common` are ingredients that are dispensed often: they win at equal distance from a misspelling.

        `phrases` are further words for symptoms with their concepts, as a site adds them; `strengths` are those in
        which an ingredient is sold ("50 mg"); `second` weighs what the cues gave, as the project has learnt it if
        none is given.
        """
        with _uncollected():
            self._lexicon = lexicon(tuple(phrases))
            ordinary = wordlist.words("drug", "ordinary_words.txt")
            index = DrugIndex(with_writings(names))
            never = (
                self._lexicon.vocabulary
                | wordlist.words("drug", "context_words.txt")
                | wordlist.words("drug", "formulations.txt")
                | wordlist.words("drug", "salts.txt")
            )
            self._spelling = EffectSpelling(
                self._lexicon,
                frozenset(index.words),
                ordinary | wordlist.words("effect", "not_meant.txt") | wordlist.words("effect", "other_words.txt"),
                wordlist.words("drug", "near_words.txt"),
            )
            misspellings = Misspellings(index, confused_pairs, common, ordinary, frozenset(never))
            self._sold = Sold(strengths or {})
            self._second = second or SecondReading()
            names_only = frozenset(
                word for word in index.words if len(word) > _SHORT and word not in ordinary and word not in never
            )
            self._slips = Slips(frozenset(index.words) | self._lexicon.vocabulary, index.names, names_only)
            self._finder = DrugFinder(index, misspellings, wordlist.words("drug", "everyday_names.txt"))
            self._words = Words(
                *(self._slips.begins, self._finder.roles, self._spelling.meant),
                *(self._lexicon.walk.begin, self._lexicon.trapping, CUE_BEGINS, letters_alone()),
                *self._second.records,
            )
            # The lists that a first line needs:
            self.annotate(f"{next(iter(index.single), '')} 5 mg daily, dizzy since")
            forget_estimates()

    def annotate(self, text: str, section: str = "") -> Findings:
        """The mentions of one line. A text longer than a line is read in pieces; any text is accepted."""
        medications: list[MedicationMention] = []
        effects: list[EffectMention] = []
        for offset, piece in pieces(text):
            line, places = self._slips.read(piece, section, self._words)
            drugs, symptoms = self._read(line)
            if places:
                drugs, symptoms = as_typed(drugs, piece, places), as_typed(symptoms, piece, places)
            if offset:
                drugs = [_moved_drug(one, offset) for one in drugs]
                symptoms = [_moved_effect(one, offset) for one in symptoms]
            medications += drugs
            effects += symptoms
        if not may_tell_of_others(text, medications):
            return Findings(tuple(medications), tuple(effects))
        said = text if medications else text[ITEM.match(text).end() :]  # type: ignore[union-attr]
        if piece != said:
            line, places = self._slips.read(said, "", self._words)
        if places and medications:  # they stand as typed
            line, places = Line(text, "", self._words), None
        context = self._context(line, medications)
        if context.referred:
            referred: Sequence[MedicationMention] = (
                as_typed(context.referred, said, places) if places else context.referred
            )
            begins = len(text) - len(said)
            context = replace(context, referred=tuple(_moved_drug(one, begins) for one in referred))
        return Findings(tuple(medications), tuple(effects), context=context)

    def _context(self, line: Line, medications: Sequence[MedicationMention]) -> LineContext:
        """What the line is to other lines."""
        if medications:
            return beside_a_drug(line, medications)
        section, status, effects = section_of(line)
        if not section:
            return context_of(line)
        if not (status or effects) and any(one.form == "diagnosis" for one in self._named(line)[1]):
            effects = "problem"  # "HTN:" stands within a plan
        return LineContext(section, status, effects)

    def named(self, line: Line) -> list[Found]:
        """The symptoms and diagnoses that a line names, whatever it says of them."""
        return self._named(line)[1]

    def _named(self, line: Line) -> tuple[list[Drug], list[Found]]:
        drugs = self._finder.find(line)
        at = spans(drugs)
        corrected = self._spelling.corrected(line, at)
        if corrected:
            drugs = [drug for drug in drugs if not _is_symptom(line, drug, corrected)]
            at = spans(drugs)
        return drugs, find_effects(line, at, corrected, self._lexicon)

    def _read(self, line: Line) -> tuple[Sequence[MedicationMention], Sequence[EffectMention]]:
        if not line.lows:
            return (), ()
        drugs, named = self._named(line)
        effects = [one for one in named if one.form != "diagnosis"]
        heading = heading_of(line)
        at, symptoms = spans(drugs), [(one.start, one.end) for one in effects]
        standings = read_status(line, drugs, at, heading, symptoms)
        purposes = {
            i: j
            for i, j in indications(line, effects, drugs).items()
            if _is_purpose(line, effects[i], drugs[j], standings[j])
        }
        if heading.effects == "drop":
            told, told_at, named = [], [], []
        elif purposes:
            told = [one for i, one in enumerate(effects) if i not in purposes]
            told_at = [(one.start, one.end) for one in told]
            named = [one for one in named if one.form == "diagnosis" or one in told]
        else:
            told, told_at = effects, symptoms
        scopes = other_scopes(line, at)
        _close_past(line, told, drugs, standings)
        seen = None if heading.status else self._second.standings(line, drugs, symptoms, standings)
        settle(line, drugs, standings)
        mentions = self._effects(line, named, drugs, standings, heading, scopes, seen)
        if not drugs:
            return (), mentions
        beside = zones(line, at, told_at)
        writings = likely_flags(line.lacks)
        medications = []
        for i, drug in enumerate(drugs):
            meant = [effects[k] for k, j in purposes.items() if j == i] if purposes else []
            medications.append(
                _medication(line, drug, standings[i], beside[i], meant, heading, scopes, writings, self._sold)
            )
        return shared(line, medications), mentions

    def _effects(
        self,
        line: Line,
        effects: list[Found],
        drugs: list[Drug],
        standings: list[Standing],
        heading: Heading,
        scopes: Scopes | None,
        seen: MarkedLine | None,
    ) -> list[EffectMention]:
        if not effects:
            return []
        qualities = read_qualities(line, effects, drugs)
        denied = [i for i, one in enumerate(qualities) if one.negated]
        links = blamed(line, effects, drugs, standings, denied)
        links = self._second.blame(line, effects, drugs, standings, links, denied, seen)
        courses = read_courses(line, effects, spans(drugs))
        out = []
        for one, quality, (sources, blame_cues), course in zip(effects, qualities, links, courses, strict=True):
            if sources and (
                there_before(line, one)
                or another_blamed(line, one, drugs, blame_cues)
                or not_its(line, one, [drugs[i] for i in sources])
                or any(came_without(line, one, drugs[i]) for i in sources)
            ):
                sources, blame_cues = [], []
            if one.form == "diagnosis" and not (
                sources
                and holds_for_diagnosis(line, one, blame_cues, standings[sources[-1]])
                and named_as_purpose(line, one, drugs) is None
            ):
                continue
            cues, uncertain = quality.cues, quality.uncertain
            if sources and uncertain:
                cues = [known for known in cues if not only_the_cause(line, one, known, blame_cues)]
                uncertain = any(known.sets == "uncertain" for known in cues)
            suspected: set[str] = set()
            historical = quality.historical
            if sources and not quality.negated:
                suspected = {name for i in sources for name in drugs[i].ingredients}
                cues += blame_cues
                told = [(drugs[i], standings[i]) for i in sources]
                past = None if _ongoing(blame_cues) else reaction_is_past(line, one, told, drugs)
                if past and not historical:
                    historical = True
                    cues.append(cue(line, "historical", *past))
            elif not drugs and not quality.negated and (before := blamed_on_it(line, one)):
                cues.append(cue(line, "suspected", *before))  # which drug that is, the lines before tell
            if not historical and not quality.negated and (over := over_by_now(line, one, effects)):
                historical = True
                cues.append(cue(line, "historical", *over))
            person = whose(line, one.start, one.end, scopes)
            if person:
                cues.append(cue(line, "subject", *person))
            other = person is not None or heading.over(one.start).effects == "other"
            if quality.negated:
                course = Course()
            cues += course.cues
            out.append(
                EffectMention(
                    one.start,
                    one.end,
                    line.text[one.start : one.end],
                    one.concept,
                    quality.negated,
                    uncertain and not quality.negated,
                    historical,
                    "other" if other else "patient",
                    tuple(sorted(suspected)),
                    one.confidence,
                    tuple(cues),
                    course.severity,
                    course.onset,
                    one.match,
                )
            )
        return out


_OF_CAUSE = re.compile(
    r"(?:\?|maybe|possibly|perhaps|thinks?(?: it'?s| it (?:is|was))?|believes it'?s|(?:might|could) (?:be|"
    r"have been))$",
    re.I,
)
_NOT_SURE = re.compile(r"(?:not (?:sure|certain)|unsure)(?: about (?:it|that))?[ .!)]*$")
_OF_ANYBODY = re.compile(r"\b(?:you|your|people|someone|everyone|patients)\b|\? ?(?:can|could|does|do|will|would)\b")
_CONDITION = re.compile(r" (?:if|on days|when(?:ever)?) ")
_TO_STOP = Rare(
    r"\b(?:stop|hold|d/c|discontinue|quit|skip(?:s|ping)?|holds|leaves out)(?: taking)?(?: (?:the|her|his|my))? $"
)
_STARTS_ON = re.compile(
    r"^(?: [\d.,/]+(?: ?(?:mg|mcg|units?|u))?)?,? (?:mon|tues?|wed|thurs?|fri|sat|sun)(?:day)?(?= ?(?:$|[,.;)]|per\b|"
    r"and\b))"
)
_AS_NEEDED = re.compile(
    r"\b(?:prn|as needed)(?: for)?(?: (?:her|his|the|any|bad|severe))? $"
)  # "prn vertigo, stopped it"
_DIRECTED = re.compile(  # "300 tid for leg pain, discontinued"
    r"\b(?:[bt]id|qid|qd|qhs|hs|daily|nightly|weekly|po|prn|tabs?|caps?|(?:q ?)?\d+ ?(?:h|hrs?|mg|mcg|g|units?))\b"
)
_FOR = re.compile(r" for (?:\w+ )?$")
_SINCE_THEN = Rare(r"\b(?:because|bc|b/c|d/t|due to|cuz|it (?:makes?|made|gave|gives|caused|causes|kept|keeps))\b")
_MAY_CLOSE, _STATUS = frozenset(("active", "unknown", "completed")), attrgetter("status")


def _is_purpose(line: Line, one: Found, drug: Drug, standing: Standing) -> bool:
    """ "stopped Lipitor for leg cramps" tells why, "doxycycline for acne, stopped bc it burns" first what for."""
    if standing.status not in _ENDED:
        return True
    said = standing.cues[0].start if standing.cues else 0
    if said < one.end:
        return False
    if _SINCE_THEN.search(line.low[said:], line.lacks):
        return True
    between = line.low[drug.end : one.start]
    directed = _AS_NEEDED.search(between) or (_FOR.search(between) and _DIRECTED.search(between))
    return bool(directed) and not known_for(drug, one.concept)


def _ongoing(cues: list[Cue]) -> bool:
    """ "since the steroid shot" tells of something that goes on."""
    return any("since" in one.text.lower() for one in cues)


def _doubts_cause(line: Line, drug: Drug, said: Cue) -> bool:
    """ "is it the Lipitor?", "thinks it's the Coreg, I am not sure": what is not known is what the drug does."""
    if _OF_CAUSE.match(said.text):
        return True
    return drug.end < said.start and bool(_NOT_SURE.match(line.low[said.start :]))


def _close_past(line: Line, effects: list[Found], drugs: list[Drug], standings: list[Standing]) -> None:
    """A drug that nothing is said of but a reaction long past counts as stopped, one that is told of as an allergy
    as that."""
    if not effects or _MAY_CLOSE.isdisjoint(map(_STATUS, standings)):
        return
    asked = []
    for i, (drug, standing) in enumerate(zip(drugs, standings, strict=True)):
        if standing.status == "unknown" and standing.cues and _doubts_cause(line, drug, standing.cues[0]):
            asked.append(i)
        elif standing.status in ("active", "completed") and not standing.cues:  # "-> hives as a kid" is no course
            listed = "allergy" in map(_STATUS, standings)
            if reacting := allergic(effects, listed):
                later = [one for one in reacting if one.start >= drug.end]
                if any(listed_with_reaction(line, one, drug) for one in later):
                    standing.status = "allergy"
            elif "=" in line.low and any(not_borne(line, one, drug) for one in effects):
                standing.status = "allergy"
    if not asked and not may_end_use(line, effects):
        return
    for one, (sources, cues) in zip(effects, blamed(line, effects, drugs, standings), strict=True):
        for i in sources:
            if i in asked and cues and not _OF_ANYBODY.search(line.low):
                standings[i].status, standings[i].cues = "active", []  # "is it the Lipitor?": it is taken
            own = [said for said in standings[i].cues if not _of_another(drugs, i, said)]
            plain = standings[i].status == "active" and all(said.text.lower() == "on" for said in own)
            if plain and cues and allergy_told(line, one, drugs[i], cues[0].text.lower()):
                standings[i].status = "allergy"
                standings[i].cues = [replace(cues[0], sets="status")]
                continue
            past = plain and cues and told_as_past(line, cues[0].text.lower())
            if past and read_directions(line.low[drugs[i].end : cues[0].start], ()).frequency:
                past = False  # "metformin ER 2 tabs with supper, the regular kind gave him the runs years ago"
            if past or (plain and cues and gone_since_switch(line, one, drugs[i])):
                standings[i].status = "stopped"
                standings[i].cues = [replace(cues[0], sets="status")]


def _of_another(drugs: list[Drug], index: int, said: Cue) -> bool:
    """Another drug stands between the cue and this one: "tolerates Keflex, PCN caused hives"."""
    return any(said.end <= other.start and other.end <= drugs[index].start for other in drugs)


def _is_symptom(line: Line, drug: Drug, corrected: dict[int, str]) -> bool:
    """A misspelling that is at least as near to a symptom word and has no directions beside it."""
    if drug.match != "fuzzy" or line.at(drug.start) not in corrected:
        return False
    return not dosed_or_taken(line.low[: drug.start], line.low[drug.end :])


def _medication(
    line: Line,
    drug: Drug,
    standing: Standing,
    zone: tuple[str, str, int, int],
    meant: list[Found],
    heading: Heading,
    scopes: Scopes | None,
    writings: list[tuple[str, re.Pattern[str]]],
    sold: Sold,
) -> MedicationMention:
    before, after, start, end = zone
    named = drug.candidates[0].name if drug.candidates else line.low[drug.start : drug.end]
    if off := days_skipped(line.low[: drug.start], after):
        before, after = "", f" daily except {off}"  # "skips the torsemide on Sundays"
    sentence = line.low[max(line.low.rfind(".", 0, drug.start), 0) : drug.start]
    before, after = unasked(line.lacks, *as_taken(before, after, sentence), sentence)
    sig = around(before, after, drug.ingredients, named)
    if sig.frequency is None and (often := of_its_own(line.low[: drug.start], line.lacks)):
        sig = sig._replace(frequency=often)
    if sig.frequency == "1/week" and standing.status == "intended" and _STARTS_ON.match(after):
        sig = sig._replace(frequency=None, timing=None)  # "switching to Plavix 75 mg Mon": from then on
    if not sig.as_needed and (only_when(line, drug) or (meant and when_it_comes(line, meant[0]))):
        sig = sig._replace(as_needed=True)
    elif sig.as_needed and _TO_STOP.search(line.low[: drug.start], line.lacks) and _CONDITION.search(after):
        sig = sig._replace(as_needed=False)  # "stop the Lamictal if she gets a rash", "skips Lasix on days she is out"
    cues: list[Cue] = list(standing.cues)
    person = whose(line, drug.start, drug.end, scopes)
    if person:
        cues.append(cue(line, "subject", *person))
    likely = None if sig.strength else sold.meant(drug.ingredients, after, sig.dose, sig.previous)
    flags = flags_of(line.text[start:end], writings) if writings else ()
    purpose = line.text[meant[0].start : meant[-1].end] if meant else said_for(line, drug, after)
    return MedicationMention(
        drug.start,
        drug.end,
        line.text[drug.start : drug.end],
        drug.ingredients,
        drug.match,
        sig.strength,
        sig.dose,
        sig.route,
        sig.frequency,
        sig.as_needed,
        sig.duration,
        sig.timing,
        sig.previous,
        purpose,
        standing.status,
        "other" if person or heading.over(drug.start).effects == "other" else "patient",
        drug.confidence,
        drug.candidates,
        (*flags, "no-unit") if likely else flags,
        tuple(cues),
        likely,
    )


def _moved_cues(cues: tuple[Cue, ...], by: int) -> tuple[Cue, ...]:
    return tuple(replace(one, start=one.start + by, end=one.end + by) for one in cues)


def _moved_drug(one: MedicationMention, by: int) -> MedicationMention:
    return replace(one, start=one.start + by, end=one.end + by, cues=_moved_cues(one.cues, by))


def _moved_effect(one: EffectMention, by: int) -> EffectMention:
    return replace(one, start=one.start + by, end=one.end + by, cues=_moved_cues(one.cues, by))
