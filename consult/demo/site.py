"""Make the demo site: accounts, patients with histories, past consults with transcripts, consults to be held.

Nothing here goes round the product: consults are scheduled, held, signed and issued by the same commands as
live ones, with a clock that is set to the day on which they took place.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from consult.app import Core, HereAndNow, build_analysis, open_core, vocabulary
from consult.auth.passwords import hash_password
from consult.config import Settings
from consult.domain import commands as co
from consult.domain.answer import Answer
from consult.domain.identity import Account
from consult.domain.medication import Medication, Sig, medication_key
from consult.domain.patient import Allergy, Condition, Lab, Patient
from consult.domain.people import Actor, patient_member
from consult.rehearse import Player, Stepping, note_lines

FOLDER = Path(__file__).parent
Json = dict[str, Any]
ACKNOWLEDGED = ("monitoring-arranged", "prescriber-contacted", "benefit-outweighs-risk", "tolerated")


@dataclass(frozen=True, slots=True)
class DemoSite:
    """What the person who starts the demo needs to know."""

    password: str
    logins: tuple[tuple[str, str, str], ...]  # login, role, name
    waiting: tuple[tuple[str, str, str], ...]  # consult id, patient's name, date of birth


def description() -> Json:
    """The people of the demo site, as in patients.yaml."""
    data: Json = yaml.safe_load((FOLDER / "patients.yaml").read_text(encoding="utf-8"))
    return data


def known_people() -> DemoSite:
    """The demo site as described, without its password."""
    data = description()
    logins = tuple((one["login"], one["role"], one["name"]) for one in data["staff"])
    waiting = tuple((one["id"], one["name"], one["birth_date"]) for one in data["patients"] if "past" not in one)
    return DemoSite("", logins, waiting)


async def create(settings: Settings, say: Callable[[str], None]) -> str:
    """Fill an empty database with the demo site; the password of its accounts."""
    data = description()
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    clock = Stepping(now)
    password = f"demo-{secrets.token_urlsafe(9)}"
    async with open_core(settings, clock=clock, workforce=HereAndNow(build_analysis()), create=True) as core:
        accounts = await _accounts(core, data["staff"], password)
        for person in data["patients"]:
            appointment = _appointment(person["when"], now)
            pharmacist = accounts[person["pharmacist"]]
            clock.now = min(now, appointment) - timedelta(days=2)
            player = Player(core, person["id"], Actor(pharmacist.id, "pharmacist", pharmacist.name))
            await player.do(_scheduled(person, pharmacist.id, appointment, now))
            if "past" in person:
                clock.now = appointment
                say(f"demo: holding the consult of {person['name']} again")
                await _hold(player, clock, person)
    return password


async def _accounts(core: Core, staff: list[Json], password: str) -> dict[str, Account]:
    accounts = {
        one["login"]: Account(
            id=f"staff-{one['login']}",
            login=one["login"],
            name=one["name"],
            role=one["role"],
            password_hash=hash_password(password),
            title=one["title"],
        )
        for one in staff
    }
    for account in accounts.values():
        await core.accounts.add(account)
    return accounts


def _appointment(when: Json, now: datetime) -> datetime:
    day = now + timedelta(days=when["days"])
    return day.replace(hour=when["hour"], minute=when["minute"])


def _scheduled(person: Json, pharmacist_id: str, appointment: datetime, now: datetime) -> co.ScheduleConsult:
    def day(days_ago: int) -> str:
        return (now - timedelta(days=days_ago)).date().isoformat()

    patient = Patient(
        id=person["id"],
        name=person["name"],
        birth_date=person["birth_date"],
        sex=person["sex"],
        phone=person["phone"],
        address=person["address"],
        plan_name=person["plan_name"],
        member_id=person["member_id"],
    )
    return co.ScheduleConsult(
        patient=patient,
        pharmacist_id=pharmacist_id,
        planned_at=appointment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        kind=person.get("kind", "cmr"),
        modality=person.get("modality", "video"),
        script_id="cmr",
        medications=tuple(_medication(one, day) for one in person["medications"]),
        conditions=tuple(
            Condition(id=f"condition:{name}", name=name, source="history") for name in person["conditions"]
        ),
        allergies=tuple(_allergy(one) for one in person["allergies"]),
        labs=tuple(Lab(one["name"], one["value"], one["unit"], day(one["days_ago"])) for one in person["labs"]),
    )


def _medication(one: Json, day: Callable[[int], str]) -> Medication:
    known = vocabulary().resolve(one["name"])
    ingredients = known.ingredients if known else ()
    sig = Sig(
        strength=one.get("strength"),
        dose=one.get("dose"),
        route=one.get("route", "oral"),
        frequency=one.get("frequency"),
        as_needed=one.get("as_needed", False),
        timing=one.get("timing"),
    )
    return Medication(
        id=medication_key(ingredients, one["name"]),
        name=one["name"],
        ingredients=ingredients,
        sig=sig,
        why=one.get("why", ""),
        prescriber=one.get("prescriber", ""),
        source="history",
        last_fill=day(one["last_fill_days"]) if "last_fill_days" in one else "",
    )


def _allergy(one: Json) -> Allergy:
    known = vocabulary().resolve(one["substance"])
    ingredients = known.ingredients if known else ()
    key = "allergy:" + ("+".join(ingredients) or one["substance"].lower())
    return Allergy(key, one["substance"], ingredients, one["reaction"], "confirmed", "history")


async def _hold(player: Player, clock: Stepping, person: Json) -> None:
    """Hold one consult from its notes: identity, lines, decisions, takeaway, end."""
    by_phone = person.get("modality") == "phone"
    await player.do(co.JoinConsult())
    await player.do(co.OpenConsult())
    if not by_phone:
        guest = Player(
            player.core, player.consult_id, Actor(patient_member(player.consult_id), "patient", person["name"])
        )
        clock.advance(30)
        await guest.do(co.JoinConsult())
        await player.do(co.AdmitParticipant(guest.actor.id))
    clock.advance(60)
    method: Any = "phone_callback" if by_phone else "video"
    await player.do(co.ConfirmIdentity(method, ("full name", "date of birth")))
    for purpose in ("telehealth", "transcript", "prescriber"):
        await player.do(co.AnswerQuestion(Answer(f"consent-{purpose}", ("yes",))))
    path = FOLDER / "notes" / f"{person['past']}.txt"
    for text in note_lines(path, path.read_text(encoding="utf-8").splitlines()):
        clock.advance(95)
        await player.type(text)
    clock.advance(60)
    await player.accept_exact()
    rows = [row for row in (await player.state()).alerts.values() if row.stage == "raised"]
    for number, row in enumerate(rows):
        clock.advance(20)
        if row.alert.indicator == "critical" or (row.alert.todo_action and number < 4):
            await player.do(co.AcceptAlert(row.alert.id))
        elif row.alert.indicator == "warning":
            await player.do(co.AcknowledgeAlert(row.alert.id, ACKNOWLEDGED[number % len(ACKNOWLEDGED)]))  # type: ignore[arg-type]
    if not by_phone:
        await guest.do(co.SendChat(f"chat-{person['id']}", "Thank you, that was helpful."))
    await player.do(co.DraftTakeaway())
    draft = (await player.state()).takeaway()
    if draft is not None and draft.stage == "drafted":
        clock.advance(120)
        await player.do(co.ReviewTakeaway(draft.version, draft.sha256, tuple(line.id for line in draft.lines)))
        await player.do(co.SignTakeaway(draft.version, draft.sha256))
        await player.do(co.IssueTakeaway(draft.version, draft.sha256))
        if by_phone:
            await player.do(co.DeliverTakeaway(f"mail-{person['id']}", draft.version, "mail"))
    clock.advance(60)
    if not by_phone:
        await guest.do(co.LeaveConsult())
    await player.do(co.CloseConsult("completed"))
    await player.do(co.LeaveConsult())
