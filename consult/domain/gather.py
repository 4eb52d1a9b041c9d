"""gather: what all lines together say of the regimen, the side effects and the allergies.

Proposals are computed anew from the rows as a person last left them and every analysed line in order, so
that editing or removing a line takes back what it had suggested.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from consult.domain.medication import Evidence, Medication, Sig, medication_key
from consult.domain.mention import EffectMention, MedicationMention
from consult.domain.patient import Allergy, Effect
from consult.domain.state import Consult, NoteLine

SIG_FIELDS = ("strength", "dose", "route", "frequency", "duration", "timing")


def regimen(consult: Consult) -> dict[str, Medication]:
    """Every row that stands or is suggested now, settled ones first."""
    rows = dict(consult.settled)
    for line in _lines(consult):
        named = any(mention.ingredients for mention in line.medications)
        for mention in line.medications:
            if mention.subject == "other" or mention.status == "allergy":
                continue
            if not mention.ingredients and named:
                continue  # a class word beside a named drug ("not safe with the SSRI") points at no further drug
            _apply(rows, mention, _evidence(line, mention))
    return rows


def effects(consult: Consult) -> dict[str, Effect]:
    """Side effects that the patient is said to have or have had; reviewed ones stay as they are."""
    rows = {key: row for key, row in consult.effects.items() if row.review != "proposed"}
    for line in _lines(consult):
        for mention in line.effects:
            if mention.negated or mention.uncertain or mention.subject == "other":
                continue
            key = f"effect:{mention.concept}"
            known = rows.get(key)
            if known is not None and known.review != "proposed":
                continue
            evidence = _evidence(line, mention)
            if known is None:
                rows[key] = Effect(
                    id=key,
                    concept=mention.concept,
                    words=mention.text,
                    suspected=mention.suspected,
                    historical=mention.historical,
                    evidence=(evidence,),
                )
            else:
                suspected = tuple(sorted({*known.suspected, *mention.suspected}))
                rows[key] = replace(
                    known,
                    suspected=suspected,
                    historical=known.historical and mention.historical,
                    evidence=(*known.evidence, evidence),
                )
    return rows


def allergies(consult: Consult) -> dict[str, Allergy]:
    """Allergies and intolerances named in the lines, beside those already recorded."""
    rows = {key: row for key, row in consult.allergies.items() if row.review != "proposed"}
    for line in _lines(consult):
        for mention in line.medications:
            if mention.subject == "other" or mention.status != "allergy":
                continue
            key = "allergy:" + ("+".join(mention.ingredients) or mention.text.lower())
            if key in rows and rows[key].review != "proposed":
                continue
            reaction = ", ".join(
                effect.concept
                for effect in line.effects
                if not effect.negated and set(effect.suspected) & set(mention.ingredients)
            )
            rows[key] = Allergy(
                id=key,
                substance=mention.text,
                ingredients=mention.ingredients,
                reaction=reaction,
                evidence=(_evidence(line, mention),),
            )
    return rows


def _lines(consult: Consult) -> Iterator[NoteLine]:
    for line_id in consult.order:
        line = consult.lines[line_id]
        if line.analysed == line.rev and not line.failed:
            yield line


def _evidence(line: NoteLine, mention: MedicationMention | EffectMention) -> Evidence:
    return Evidence(line.id, line.rev, mention.start, mention.end)


def _apply(rows: dict[str, Medication], mention: MedicationMention, evidence: Evidence) -> None:
    key = medication_key(mention.ingredients, mention.text)
    row = rows.get(key)
    if row is not None and _another_product(row, mention):
        key = f"{key}@{mention.text.strip().lower()}"
        row = rows.get(key)
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
    bare = mention.status == "active" and not says_sig and not any(cue.sets == "status" for cue in mention.cues)
    status = row.status if bare or mention.status == "unknown" else mention.status
    sig = _sig(row.sig, mention)
    before = row.previous
    if mention.previous:
        before = mention.previous
    elif row.sig.strength and sig.strength != row.sig.strength:
        before = row.sig.strength
    elif status != row.status:
        before = row.status
    return replace(
        row,
        match="exact" if mention.match == "exact" else row.match,
        candidates=() if mention.match == "exact" else row.candidates,
        sig=sig,
        status=status,
        why=row.why or mention.indication or "",
        previous=before,
        evidence=evidence,
    )


def _sig(sig: Sig, mention: MedicationMention) -> Sig:
    said: Mapping[str, str] = {name: value for name in SIG_FIELDS if (value := getattr(mention, name))}
    as_needed = mention.as_needed if mention.frequency or mention.as_needed else sig.as_needed
    return replace(sig, **said, as_needed=as_needed) if said or as_needed != sig.as_needed else sig


def _says_sig(mention: MedicationMention) -> bool:
    return bool(mention.strength or mention.dose or mention.frequency or mention.as_needed)


def _another_product(row: Medication, mention: MedicationMention) -> bool:
    """The same ingredients under another name and at another strength: two products, not one dose change."""
    if row.name.lower() == mention.text.lower() or mention.match != "exact" or row.match != "exact":
        return False
    return bool(mention.strength and row.sig.strength and mention.strength != row.sig.strength)
