"""The list of consults, a new consult, and its join link."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from typing import Any

from aiohttp import web
from pydantic import TypeAdapter

from consult.api.bodies import iso_day, iso_time, parsed, read_object, texts
from consult.api.guard import NOTHING_HERE
from consult.api.parts import PARTS, ApiParts, Json
from consult.api.reading import consult_at, consult_row
from consult.api.sessions import actor_of, note, session_of
from consult.api.words import N_, languages, translator
from consult.domain.commands import ScheduleConsult
from consult.domain.days import day_of
from consult.domain.lexicon import DrugName
from consult.domain.medication import medication_key
from consult.domain.people import guest_member, invited_role, patient_member
from consult.domain.summary import ConsultRow, told_in
from consult.errors import BadCommand, NotFound, Refused, Unavailable

BEFORE, AFTER = timedelta(hours=24), timedelta(hours=4)  # a link is good around the slot
GUEST, LATE_CLOCK = timedelta(hours=1), timedelta(minutes=1)
OLDEST = 130  # years
FOR_PATIENT = N_("%(site)s: open this link for your visit. It asks for your date of birth. %(link)s")
FOR_GUEST = N_("%(site)s: open this link to take part in a visit. It works for one hour. %(link)s")
SUBJECT = N_("Link for your visit")
QUESTIONS = N_("Questions? Call %(phone)s.")
ADDRESS = re.compile(r"[^@\s<>,;:\"()]{1,64}@[^@\s<>,;:\"()]+\.[^@\s<>,;:\"().]+")
_SCHEDULE = TypeAdapter(ScheduleConsult)


async def consults(request: web.Request) -> web.Response:
    """The caller's consults, the last planned first; a supervisor's are all."""
    parts, session = request.app[PARTS], session_of(request)
    own = session.member_id if session.role == "pharmacist" else None
    rows = await parts.store.rows(own)
    names: dict[str, str] = {}
    for pharmacist_id in {row.pharmacist_id for row in rows}:
        account = await parts.accounts.by_id(pharmacist_id)
        names[pharmacist_id] = account.name if account is not None else ""
    await note(request, "http_consults")
    return web.json_response(
        {
            "consults": [
                asdict(replace(told_in(row, parts.zone), pharmacist_name=names[row.pharmacist_id])) for row in rows
            ]
        }
    )


async def schedule(request: web.Request) -> web.Response:
    """Make a consult of the caller's own. Ids of the consult, the patient and the pharmacist are the server's."""
    parts, actor = request.app[PARTS], actor_of(request)
    body = await read_object(request)
    if "pharmacist_id" in body:
        raise BadCommand("pharmacist_id is not known: the consult is your own.", code="unknown-field")
    command = parsed(_SCHEDULE, {**_complete(body, parts), "pharmacist_id": actor.id})
    planned, planned_at = iso_time(command.planned_at, "planned_at")
    _check_birth_date(command.patient.birth_date, date.fromisoformat(day_of(parts.clock(), parts.zone)))
    if not command.patient.name.strip():
        raise BadCommand("The patient needs a name.", code="bad-field", field="patient.name")
    if command.script_id not in parts.scripts:
        raise BadCommand("There is no script of this name.", code="unknown-script", field="script_id")
    consult_id = parts.new_id()
    await parts.submit(consult_id, replace(command, planned_at=planned_at), actor, parts.new_id())
    link = ""
    if command.modality == "video":
        patient = command.patient
        link = await _invite(parts, consult_id, patient.name, patient.birth_date, planned - BEFORE, planned)
    message = _message(parts, await _language(parts, consult_id), FOR_PATIENT, link) if link else ""
    return web.json_response({"consult_id": consult_id, "link": link, "message": message}, status=201)


async def link(request: web.Request) -> web.Response:
    """A new join link, good from now on; the old one is revoked."""
    await read_object(request)
    row: ConsultRow = await consult_row(request)
    parts, link = request.app[PARTS], await _new_link(request, row, "http_link")
    message = _message(parts, await _language(parts, row.id), FOR_PATIENT, link)
    return web.json_response({"link": link, "message": message})


async def mail_link(request: web.Request) -> web.Response:
    """A new join link, sent to an address from here and told to nobody else; the old one is revoked. The mail names
    no patient, medicine or illness, and the address is kept nowhere."""
    parts = request.app[PARTS]
    (to,) = texts(await read_object(request), address=200)
    row: ConsultRow = await consult_row(request)
    if not ADDRESS.fullmatch(to):
        raise BadCommand("This is not an e-mail address.", code="bad-field", field="address")
    if parts.send_mail is None:
        raise Refused("This site has no mail server. Copy the link and send it another way.", code="no-carrier")
    link = await _new_link(request, row, "http_mail_link")
    language = await _language(parts, row.id)
    message = _message(parts, language, FOR_PATIENT, link)
    try:
        await parts.send_mail(to, language, translator(language)(SUBJECT), f"{message}\n")
    except Unavailable as error:
        actor = actor_of(request)
        await parts.audit.record(parts.now(), actor, "http_mail_link", row.id, outcome="failed", code=error.code)
        raise Unavailable(
            "The mail was not sent, and the link before it has ended. Make a new link and send it another way.",
            code=error.code,
        ) from None
    return web.json_response({"sent": True})


async def _new_link(request: web.Request, row: ConsultRow, action: str) -> str:
    """Raises Refused where nobody can join any more."""
    parts = request.app[PARTS]
    if row.phase == "closed":
        raise Refused("The consult is closed; nobody can join it any more.", code="consult-closed")
    planned, _ = iso_time(row.planned_at, "planned_at")
    await note(request, action, row.id)
    starts = min(parts.clock(), planned - BEFORE)
    return await _invite(parts, row.id, row.patient_name, row.birth_date, starts, planned)


async def guest(request: web.Request) -> web.Response:
    """A link for a caregiver or an interpreter, good for an hour: without a date of birth, into the waiting room."""
    parts = request.app[PARTS]
    name, role = texts(await read_object(request), name=80, role=20)
    row: ConsultRow = await consult_row(request)
    if row.phase == "closed":
        raise Refused("The consult is closed; nobody can join it any more.", code="consult-closed")
    if role not in ("caregiver", "interpreter") or not name.strip():
        raise BadCommand("role must be caregiver or interpreter, and name must not be empty.", code="bad-field")
    now, consult_id = parts.clock(), row.id
    member_id = guest_member(role, consult_id, parts.new_id()[-8:])  # type: ignore[arg-type]
    await note(request, "http_guest", consult_id, member_id)
    token = await parts.doorkeeper.invite(consult_id, member_id, name.strip(), "", now - LATE_CLOCK, now + GUEST)
    link = f"{parts.public_origin}/join#g={token}"
    message = _message(parts, await _language(parts, consult_id), FOR_GUEST, link)
    return web.json_response({"link": link, "member_id": member_id, "message": message}, status=201)


def _message(parts: ApiParts, language: str, text: str, link: str) -> str:
    """What is sent with a link, in the patient's language. It names nobody: others may see it on the telephone."""
    say = translator(language)
    call = say(QUESTIONS) % {"phone": parts.site.phone} if parts.site.phone else ""
    return " ".join(part for part in (say(text) % {"site": parts.site.name, "link": link}, call) if part)


async def _language(parts: ApiParts, consult_id: str) -> str:
    """The patient's, where there are texts in it."""
    patient = (await consult_at(parts.store, consult_id)).patient
    language = patient.language[:2] if patient is not None else ""
    return language if language in languages() else "en"


async def guests(request: web.Request) -> web.Response:
    """The links of guests that are still good: for whom, as what, until when. The addresses are kept nowhere."""
    row: ConsultRow = await consult_row(request)
    links = [
        one for one in await request.app[PARTS].doorkeeper.standing(row.id) if invited_role(one.member_id) != "patient"
    ]
    await note(request, "http_guests", row.id)
    rows = [
        {"member_id": one.member_id, "name": one.name, "role": invited_role(one.member_id), "until": one.valid_until}
        for one in links
    ]
    return web.json_response({"links": rows})


async def revoke_guest(request: web.Request) -> web.Response:
    """End a guest's link, and the page of who came by it."""
    (member_id,) = texts(await read_object(request), member_id=80)
    row: ConsultRow = await consult_row(request)
    doorkeeper = request.app[PARTS].doorkeeper
    known = {one.member_id for one in await doorkeeper.standing(row.id)}
    if member_id not in known or invited_role(member_id) == "patient":
        raise NotFound(NOTHING_HERE)
    await note(request, "http_revoke_guest", row.id, member_id)
    await doorkeeper.shut_out(row.id, member_id)
    return web.json_response({})


async def _invite(
    parts: ApiParts, consult_id: str, name: str, birth_date: str, starts: datetime, planned: datetime
) -> str:
    """The address that the patient opens. The token stands in the fragment, which no server or log ever sees."""
    ends = max(planned, parts.clock()) + AFTER
    token = await parts.doorkeeper.invite(consult_id, patient_member(consult_id), name, birth_date, starts, ends)
    return f"{parts.public_origin}/join#t={token}"


def _check_birth_date(birth_date: str, today: date) -> None:
    born = date.fromisoformat(iso_day(birth_date, "patient.birth_date"))
    if born > today or today.year - born.year > OLDEST:
        raise BadCommand("The date of birth cannot be right.", code="bad-field", field="patient.birth_date")


def _complete(body: Json, parts: ApiParts) -> Json:
    """The body with the ids that the server gives, and the ingredients of medications that are given by name only."""
    whole = dict(body)
    if isinstance(body.get("patient"), dict):
        whole["patient"] = {**body["patient"], "id": f"patient-{parts.new_id()}"}
    whole["medications"] = [_medication(row, parts) for row in _rows(body, "medications")]
    whole["conditions"] = [_named(row, "condition", "name") for row in _rows(body, "conditions")]
    whole["allergies"] = [_named(row, "allergy", "substance") for row in _rows(body, "allergies")]
    return whole


def _rows(body: Json, name: str) -> list[Any]:
    rows = body.get(name, [])
    if not isinstance(rows, list):
        raise BadCommand(f"{name} must be a list.", code="bad-field", field=name)
    return rows


def _named(row: Any, kind: str, field: str) -> Any:
    if not isinstance(row, dict) or not isinstance(row.get(field), str):
        return row
    return {**row, "id": row.get("id") or f"{kind}:{row[field].strip().lower()}"[:80]}


def _medication(row: Any, parts: ApiParts) -> Any:
    if not isinstance(row, dict) or not isinstance(row.get("name"), str):
        return row
    name = row["name"].strip()
    ingredients = row.get("ingredients")
    if not ingredients and isinstance(ingredients, list | None):
        ingredients = list(_ingredients(name.lower(), parts.find_names(name)))
    key = medication_key(tuple(map(str, ingredients)), name) if isinstance(ingredients, list) else ""
    return {**row, "ingredients": ingredients, "id": row.get("id") or key[:80]}


def _ingredients(name: str, found: Any) -> tuple[str, ...]:
    """What the name stands for, where exactly this name is known; no guess from one that only begins like it."""
    exact: list[DrugName] = [one for one in found if one.name == name]
    return exact[0].ingredients if exact else ()
