"""gather: what all lines together say of the regimen, the side effects, the allergies and the script's questions.

Proposals are computed anew from the rows as a person last left them and every analysed line in order, so
that editing or removing a line takes back what it had suggested.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from consult.domain.answer import Answer, answer_key
from consult.domain.in_context import LineInContext, lines_in_context
from consult.domain.medication import Evidence, Medication, Sig, medication_key
from consult.domain.mention import Candidate, EffectMention, Heard, MedicationMention
from consult.domain.patient import Allergy, Effect
from consult.domain.state import Consult, NoteLine

Lines = Sequence[LineInContext]  # of the consult, where whoever asks has them already
_CHANGED = re.compile(r"increas|decreas|rais|lower|reduc|bump|upped|cut|titrat|tapered|doubl|halv|change")
_OVER = re.compile(r"\b(?:no more|any ?more|no longer|gone|went away|resolved|cleared)\b")
_PLANS = ("plan", "a/p", "p", "assessment/plan", "rec", "recs", "recommendations", "recommend")
SIG_FIELDS = ("strength", "dose", "route", "frequency", "duration", "timing")


def _lines(consult: Consult, lines: Lines | None) -> Iterable[LineInContext]:
    return lines_in_context(consult) if lines is None else lines


def regimen(consult: Consult, lines: Lines | None = None) -> dict[str, Medication]:
    """Every row that stands or is suggested now, settled ones first."""
    rows = dict(consult.settled)
    for one in _lines(consult, lines):
        named = any(mention.ingredients for mention in one.medications)
        for mention in one.medications:
            if mention.subject == "other" or mention.status == "allergy":
                continue
            if not mention.ingredients and named:
                continue  # a class word beside a named drug ("not safe with the SSRI") points at no further drug
            _apply(rows, mention, _evidence(one.line, mention))
    return rows


def effects(consult: Consult, lines: Lines | None = None) -> dict[str, Effect]:
    """Side effects that the patient is said to have or have had; reviewed ones stay as they are. What is only told as
    the reaction of an allergy is none. Whether one is over, the last line says."""
    rows = {key: row for key, row in consult.effects.items() if row.review != "proposed"}
    for one in _lines(consult, lines):
        reactions = {id(effect) for drug in one.medications for effect in _reactions(one, drug)}
        for mention in one.effects:
            if mention.uncertain or mention.subject == "other" or id(mention) in reactions:
                continue
            key = f"effect:{mention.concept}"
            known = rows.get(key)
            if known is not None and known.review != "proposed":
                continue
            evidence = _evidence(one.line, mention)
            if mention.negated:
                if known is not None and _is_gone(mention):
                    rows[key] = replace(known, historical=True, evidence=(*known.evidence, evidence))
            elif known is None:
                rows[key] = Effect(
                    id=key,
                    concept=mention.concept,
                    words=mention.text,
                    suspected=mention.suspected,
                    historical=mention.historical,
                    evidence=(evidence,),
                    severity=mention.severity or "",
                    onset=mention.onset or "",
                )
            else:
                suspected = tuple(sorted({*known.suspected, *mention.suspected}))
                rows[key] = replace(
                    known,
                    suspected=suspected,
                    historical=mention.historical,
                    evidence=(*known.evidence, evidence),
                    severity=mention.severity or known.severity,
                    onset=mention.onset or known.onset,
                )
    return rows


def _is_gone(mention: EffectMention) -> bool:
    """ "no more loose stools" tells that they were there; "no dizziness today" may be of today alone."""
    return any(cue.sets == "negated" and _OVER.search(cue.text.lower()) for cue in mention.cues)


def allergies(consult: Consult, lines: Lines | None = None) -> dict[str, Allergy]:
    """Allergies and intolerances named in the lines, beside those already recorded."""
    rows = {key: row for key, row in consult.allergies.items() if row.review != "proposed"}
    for one in _lines(consult, lines):
        for mention in one.medications:
            if mention.subject == "other" or mention.status != "allergy":
                continue
            key = "allergy:" + ("+".join(mention.ingredients) or mention.text.lower())
            if key in rows and rows[key].review != "proposed":
                continue
            reaction = ", ".join(effect.concept for effect in _reactions(one, mention))
            evidence = _evidence(one.line, mention)
            if known := rows.get(key):
                told = dict.fromkeys(filter(None, (*known.reaction.split(", "), *reaction.split(", "))))
                rows[key] = replace(known, reaction=", ".join(told), evidence=(*known.evidence, evidence))
            else:
                rows[key] = Allergy(key, mention.text, mention.ingredients, reaction, evidence=(evidence,))
    return rows


def _reactions(line: LineInContext, drug: MedicationMention) -> list[EffectMention]:
    """What a drug of a line that is an allergy did; of one without ingredients ("sulfa"), what stands behind it."""
    if drug.status != "allergy" or drug.subject == "other":
        return []
    told = [one for one in line.effects if not one.negated]
    if drug.ingredients:
        return [one for one in told if set(one.suspected) & set(drug.ingredients)]
    until = min((one.start for one in line.medications if one.start > drug.start), default=len(line.line.text))
    return [one for one in told if drug.start <= one.start < until and not one.suspected]


def answers(consult: Consult, rows: Mapping[str, Medication], lines: Lines | None = None) -> dict[str, Answer]:
    """Answers that stand, and those that the lines suggest; `rows` is the regimen that the same lines give."""
    given = {key: row for key, row in consult.answers.items() if row.source != "note" or row.review != "proposed"}
    suggested: dict[str, Answer] = {}
    for line in (one.line for one in _lines(consult, lines)):
        for heard in line.heard:
            row_id = _row_of(line, heard, rows) if heard.medication >= 0 else ""
            if row_id is None or answer_key(heard.link_id, row_id) in given:
                continue
            new = Answer(
                heard.link_id,
                heard.values,
                row_id,
                source="note",
                review="proposed",
                evidence=(Evidence(line.id, line.rev, heard.start, heard.end),),
            )
            known = suggested.get(new.key)
            suggested[new.key] = _together(known, new) if known and heard.several else new
    return {**given, **suggested}


def _together(known: Answer, new: Answer) -> Answer:
    """The values of both; "none" gives way to anything that was named."""
    values = tuple(dict.fromkeys((*known.values, *new.values)))
    named = tuple(value for value in values if value != "none")
    return replace(new, values=(named or values)[:20], evidence=(*known.evidence, *new.evidence)[:20])


def _row_of(line: NoteLine, heard: Heard, rows: Mapping[str, Medication]) -> str | None:
    """The regimen row of the mention that the words are about."""
    for mention in line.medications:
        if mention.start != heard.medication:
            continue
        evidence = _evidence(line, mention)
        for row_id, row in rows.items():
            if evidence in row.evidence:
                return row_id
        key = medication_key(mention.ingredients, mention.text)
        return key if key in rows else None
    return None


def _evidence(line: NoteLine, mention: MedicationMention | EffectMention) -> Evidence:
    return Evidence(line.id, line.rev, mention.start, mention.end)


def _apply(rows: dict[str, Medication], mention: MedicationMention, evidence: Evidence) -> None:
    key = medication_key(mention.ingredients, mention.text)
    row = rows.get(key)
    if row is not None and _another_product(row, mention):
        key = f"{key}@{mention.text.strip().lower()}"
        row = rows.get(key)
    if row is None and (whole := _short_for(rows, mention)):
        key, row = whole, rows[whole]
    if row is None:
        rows[key] = _new(key, mention, evidence)
        return
    if any(one.line_id == evidence.line_id and one.rev == evidence.rev for one in row.evidence):
        if row.review == "proposed":
            rows[key] = _merged(row, mention, row.evidence)
        return
    if row.review == "rejected":
        return
    merged = _merged(row, mention, (*row.evidence, evidence))
    changed = (merged.sig, merged.status) != (row.sig, row.status)
    if row.review == "confirmed" and not changed:
        return
    rows[key] = replace(merged, review="proposed")


def _short_for(rows: Mapping[str, Medication], mention: MedicationMention) -> str:
    """The one combination that is meant by a part of its name ("the oxycodone" for oxycodone with acetaminophen): a
    name without directions of its own, where a single row that is taken holds it. "" where it may be another product.
    """
    said = set(mention.ingredients)
    if not said or _says_sig(mention) or mention.match != "exact":
        return ""
    holding = [key for key, row in rows.items() if said < set(row.ingredients) and row.review != "rejected"]
    return holding[0] if len(holding) == 1 and rows[holding[0]].status in ("active", "on-hold") else ""


def _new(key: str, mention: MedicationMention, evidence: Evidence) -> Medication:
    return Medication(
        id=key,
        name=mention.text,
        ingredients=mention.ingredients,
        match=mention.match,
        sig=_sig(Sig(), mention),
        status="unknown" if mention.status == "allergy" else mention.status,
        why=mention.indication or "",
        previous=mention.previous or "",
        candidates=mention.candidates,
        evidence=(evidence,),
    )


def _merged(row: Medication, mention: MedicationMention, evidence: tuple[Evidence, ...]) -> Medication:
    says_sig = _says_sig(mention)
    planned = mention.status == "intended" and all(map(_of_plan, _told(mention)))
    aside = planned and not (_strength(mention) or mention.dose)  # "Plan: eliquis, set an alarm": it stands already
    bare = aside or (mention.status == "active" and not says_sig and not _told(mention))
    kept = bare or mention.status == "unknown" or (planned and row.status == "active")
    status = row.status if kept else mention.status
    sig = row.sig if aside else _sig(row.sig, mention)
    before = row.previous
    if mention.previous:
        before = mention.previous
    elif row.sig.strength and sig.strength != row.sig.strength:
        before = row.sig.strength
    elif row.sig.dose and sig.dose != row.sig.dose:
        before = row.sig.dose
    elif status != row.status:
        before = row.status
    return replace(
        row,
        match="exact" if mention.match == "exact" else row.match,
        candidates=_doubts(row, mention, (sig, status) != (row.sig, row.status)),
        sig=sig,
        status=status,
        why=row.why or mention.indication or "",
        previous=before,
        evidence=evidence,
    )


def _told(mention: MedicationMention) -> list[str]:
    return [cue.text.lower() for cue in mention.cues if cue.sets == "status"]


def _of_plan(told: str) -> bool:
    return told.rstrip(" :") in _PLANS


def _doubts(row: Medication, mention: MedicationMention, changed: bool) -> tuple[Candidate, ...]:
    """A misspelling that changes a row leaves its readings on it: such a row is not confirmed in one sweep."""
    if mention.match == "exact":
        return ()
    return mention.candidates if changed and mention.candidates else row.candidates


def _sig(sig: Sig, mention: MedicationMention) -> Sig:
    said = {name: value for name in SIG_FIELDS if (value := getattr(mention, name))}
    if strength := _strength(mention):
        said["strength"] = strength
    as_needed = mention.as_needed if mention.frequency or mention.as_needed else sig.as_needed
    return replace(sig, **said, as_needed=as_needed) if said or as_needed != sig.as_needed else sig


def _says_sig(mention: MedicationMention) -> bool:
    return bool(_strength(mention) or mention.dose or mention.frequency or mention.as_needed)


def _another_product(row: Medication, mention: MedicationMention) -> bool:
    """The same ingredients under another name and at another strength: two products, not one dose change."""
    if row.name.lower() == mention.text.lower() or mention.match != "exact" or row.match != "exact":
        return False
    said = _strength(mention)
    if not said or not row.sig.strength or said == row.sig.strength:
        return False
    # "decreased to 4 mg", "20 mg not 40": the same product under its other name.
    return mention.previous is None and all(not _CHANGED.search(cue.text.lower()) for cue in mention.cues)


def _strength(mention: MedicationMention) -> str | None:
    """The strength that was typed, or that a number without a unit stands for."""
    return mention.strength or mention.likely_strength
