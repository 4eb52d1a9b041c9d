"""What a site sends to other systems and takes from them: gathers what an exchange is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from consult import __version__
from consult.api.parts import stamp
from consult.app import Core, codes, vocabulary
from consult.domain import commands as co
from consult.domain.answer import Answer
from consult.domain.consult import Consult
from consult.domain.history import Outcome, join
from consult.domain.medication import medication_key
from consult.domain.people import Actor
from consult.errors import BadFile, NotFound
from consult.fhir.answers_in import read_answers
from consult.fhir.codes import NDC
from consult.fhir.documents import Kind, export
from consult.fhir.drugs import DrugReader
from consult.fhir.enrollment import Enrollee, is_enrollment, member_key, read_enrollees
from consult.fhir.fills import prepare_fills
from consult.fhir.preparation import Preparation, check_same_person, prepare
from consult.fhir.reading import no_text
from consult.fhir.source import Author, ExportInput, signed_version
from consult.scripts.schema import Loop, Script

Json = dict[str, Any]
TWICE = "another questionnaire of the file answers it differently"


async def export_consult(core: Core, consult: Consult, kind: Kind, draft: bool) -> Json:
    """The bundle of a consult. Raises Refused where it is not signed and no draft was asked for."""
    site = core.settings
    me = await core.pharmacist(consult.pharmacist_id)
    version = signed_version(consult) or (consult.takeaway() if draft else None)
    letters = {
        one.id: pdf
        for one in consult.letters.values()
        if one.sha256 and (pdf := await core.documents.get(one.sha256)) is not None
    }
    source = ExportInput(
        consult=consult,
        author=Author(consult.pharmacist_id, me.name, me.title),
        at=stamp(core.clock()),
        organization=site.site_name,
        phone=site.help_phone,
        plan_name=site.plan_name,
        script=await core.shelf.script(consult.script_id, consult.script_version),
        pdf=await core.documents.get(version.sha256) if version is not None else None,
        letters=letters,
        software=__version__,
        rxcui_of=vocabulary().rxcui,
        zone=site.zone,
    )
    return export(source, kind, draft=draft)


def read_history(content: bytes, path: str, today: str) -> Preparation:
    """What a file holds: a patient's bundle, a CSV of fills or of enrollments (ISO date of today). Raises BadFile."""
    known = codes()
    drugs = DrugReader(
        vocabulary(), lambda system, code: known.of_ndc(code) if system == NDC else known.rxcui.get(code, ())
    )
    if not content.strip():
        raise BadFile(path, None, "the file is empty")
    if content.startswith(b"%PDF"):
        raise no_text(content, path)
    if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[", b"<"):
        return prepare(content, path, drugs)
    if is_enrollment(content, path):
        return Preparation(enrollees=tuple(read_enrollees(content, path, today)))
    return prepare_fills(content, path, drugs, today)


async def import_history(
    core: Core, consult_id: str, read: Preparation, actor: Actor, *, store: bool = True
) -> list[Outcome]:
    """What becomes of each item in this consult; with `store` it is then so, all of it or nothing.

    Raises NotFound, and Refused where the file is about somebody else or the consult is closed.
    """
    consult = await core.consult(consult_id)
    if consult is None or consult.patient is None:
        raise NotFound("There is no consult with this id.")
    if read.patient is not None:
        check_same_person(consult.patient, read.patient)
    if read.enrollees:
        return await _enroll(core, consult, read.enrollees, actor, store)
    command, outcomes = read.history(), list(read.outcomes)
    if read.responses:
        script = await core.shelf.script(consult.script_id, consult.script_version)
        answers, left = answers_of(read, script, consult)
        command, outcomes = replace(command, answers=answers), [*outcomes, *left]
    outcomes = [*join(consult, command).outcomes, *outcomes]
    if store:
        await core.hub.submit(consult_id, command, actor, core.new_id())
    return outcomes


def answers_of(read: Preparation, script: Script | None, consult: Consult) -> tuple[tuple[Answer, ...], list[Outcome]]:
    """The answers of the questionnaires in a file that fit the script, and those that are left."""
    rows = {**{row.id: row for row in read.history().medications}, **consult.medications}

    def row_named(each: Loop, name: str) -> str:
        if each == "todo":
            return next((one.id for one in consult.todos.values() if one.topic.casefold() == name.casefold()), "")
        known = vocabulary().resolve(name)
        key = medication_key(known.ingredients, name) if known is not None else ""
        named = (row.id for row in rows.values() if row.name.casefold() == name.casefold() or row.id == key)
        return next(named, "")

    answers: dict[str, Answer] = {}
    left: list[Outcome] = []
    for response in read.responses:
        given, unread = read_answers(response, script, row_named)
        left += unread
        for one in given:
            if answers.setdefault(one.key, one).values != one.values:
                left.append(Outcome("answer", f"{one.link_id}: {', '.join(one.values)}"[:200], "left", TWICE))
    return tuple(answers.values()), left


async def enroll_members(
    core: Core, enrollees: Sequence[Enrollee], actor: Actor, *, store: bool = True
) -> list[Outcome]:
    """What becomes of each row of a plan's file in the consults of that member; with `store` it is then so.

    Members without a consult are left. The audit trail holds one row for the file and one for each change.
    """
    told = {member_key(one.member_id): one for one in enrollees}
    outcomes: list[Outcome] = []
    seen: set[str] = set()
    for row in await core.store.rows():
        consult = await core.consult(row.id)
        one = told.get(member_key(consult.patient.member_id)) if consult and consult.patient else None
        if consult is None or one is None:
            continue
        seen.add(one.member_id)
        outcomes += await _enroll(core, consult, [one], actor, store)
    outcomes += [
        Outcome("enrollment", _member(one), "left", f"line {one.line}: no consult of this member")
        for one in enrollees
        if one.member_id not in seen
    ]
    await core.audit.record(stamp(core.clock()), actor, "plan_enroll", object=f"{len(enrollees)} rows, stored: {store}")
    return outcomes


async def _enroll(
    core: Core, consult: Consult, enrollees: Sequence[Enrollee], actor: Actor, store: bool
) -> list[Outcome]:
    """The row of this consult's member, checked to be about the same person."""
    patient = consult.patient
    assert patient is not None
    key = member_key(patient.member_id)
    one = next((row for row in enrollees if key and member_key(row.member_id) == key), None)
    if one is None:
        why = "no line for this member number" if key else "the patient has no member number; write it first"
        return [Outcome("enrollment", _member_of(patient.member_id), "left", why)]
    name, line = _member(one), f"line {one.line}"
    if one.birth_date != patient.birth_date:
        return [Outcome("enrollment", name, "left", f"{line}: a person with another date of birth")]
    plan = one.plan_name if one.plan_name and not patient.plan_name else None
    command = co.RecordEnrollment(one.enrollment, plan_name=plan)
    if patient.mtm == one.enrollment and plan is None:
        return [Outcome("enrollment", name, "merged", f"{line}: the same stands already")]
    if store:
        await core.hub.submit(consult.id, command, actor, core.new_id())
    return [Outcome("enrollment", name, "taken", f"{line}: enrolled {one.enrollment.enrolled_on}")]


def _member(one: Enrollee) -> str:
    return _member_of(one.member_id)


def _member_of(member_id: str) -> str:
    """A member number as a report may show it: its end."""
    return f"member …{member_key(member_id)[-4:]}" if member_key(member_id) else "member"


async def schedule_from(
    core: Core, read: Preparation, pharmacist_id: str, planned_at: str, actor: Actor
) -> tuple[str, list[Outcome]]:
    """A new consult for the patient of a bundle; its id and what was taken. Raises BadFile without a patient."""
    if read.patient is None:
        raise BadFile("the file", None, "it names no patient; a consult is made from a patient's bundle")
    consult_id, given = core.new_id(), read.history()
    command = co.ScheduleConsult(
        patient=replace(read.patient, id=f"patient-{core.new_id()}"),
        pharmacist_id=pharmacist_id,
        planned_at=planned_at,
        medications=given.medications,
        conditions=given.conditions,
        allergies=given.allergies,
        labs=given.labs,
        fills=given.fills,
    )
    await core.hub.submit(consult_id, command, actor, core.new_id())
    outcomes = [*join(Consult("new"), given).outcomes, *read.outcomes]
    if read.responses:
        planned = await core.consult(consult_id)
        assert planned is not None
        answers, left = answers_of(read, await core.shelf.script(planned.script_id, planned.script_version), planned)
        told = join(planned, co.ImportHistory(answers=answers)).outcomes
        await core.hub.submit(consult_id, co.ImportHistory(answers=answers), actor, core.new_id())
        outcomes += [*told, *left]
    return consult_id, outcomes


def taken(read: Preparation) -> list[Outcome]:
    """What a file would bring into a consult that knows nothing yet."""
    told = [
        Outcome("enrollment", _member(one), "left", "add it to the consult of this member") for one in read.enrollees
    ]
    unread = answers_of(read, None, Consult("new"))[1]
    return [*told, *join(Consult("new"), read.history()).outcomes, *unread]


def as_body(read: Preparation) -> Json:
    """What a file holds as the body of a new consult (without its time), for the page that plans one."""
    given = read.history()
    patient = {k: v for k, v in asdict(read.patient).items() if k != "id"} if read.patient is not None else None
    rows = {name: [asdict(one) for one in getattr(given, name)] for name in ("medications", "conditions", "allergies")}
    return {
        "patient": patient,
        **rows,
        "labs": [asdict(one) for one in given.labs],
        "fills": [asdict(one) for one in given.fills],
    }


def as_rows(outcomes: list[Outcome]) -> list[Json]:
    """The report for a page."""
    return [asdict(one) for one in outcomes]
