"""A member's place in a plan's medication therapy management program: what can be right, and recording it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from consult.domain import commands as co
from consult.domain import events as ev
from consult.domain.patient import OPT_OUT_REASONS, MtmEnrollment
from consult.domain.people import Actor
from consult.domain.state import Consult
from consult.errors import Refused

Happened = tuple[ev.EventData, ...]
CONTRACT = re.compile(r"[A-Z][0-9]{4}")
FIRST_DAY = date(2006, 1, 1)  # Part D began
CODE = "bad-enrollment"
ZONES = timedelta(days=1)  # it may be tomorrow already where the plan sits
DAYS = ("enrolled_on", "met_criteria_on", "opted_out_on")


def faults(given: MtmEnrollment, today: str) -> list[Refused]:
    """What cannot be right, each as the refusal that says it; empty where all is well. `today` is an ISO date."""
    found: list[Refused] = []
    known: dict[str, date] = {}
    latest = date.fromisoformat(today[:10]) + ZONES
    for name in DAYS:
        value = getattr(given, name)
        if not value:
            continue
        try:
            known[name] = date.fromisoformat(value)
        except ValueError:
            found.append(Refused("A day of the enrollment does not exist.", code=CODE, field=name))
            continue
        if not FIRST_DAY <= known[name] <= latest:
            found.append(Refused("A day of the enrollment lies ahead, or before Part D began.", code=CODE, field=name))
    if given.contract_id and not CONTRACT.fullmatch(given.contract_id):
        found.append(Refused("A contract number is a letter and four digits, as in H1234.", code=CODE))
    if given.met_criteria is not True and (given.met_criteria_on or given.targeted_by):
        found.append(Refused("Only of a member who meets the criteria there is a day or a reason of it.", code=CODE))
    if given.opt_out_reason and not given.opted_out_on:
        found.append(Refused("A reason of an opt-out needs its day.", code=CODE))
    if given.opt_out_reason not in ("", *OPT_OUT_REASONS):
        found.append(Refused("This is none of the reasons of an opt-out.", code=CODE))
    if "opted_out_on" in known and known["opted_out_on"] < known.get("enrolled_on", FIRST_DAY):
        found.append(Refused("The opt-out lies before the enrollment.", code=CODE))
    return found


def record(consult: Consult, command: co.RecordEnrollment, actor: Actor, at: str) -> Happened:
    patient = consult.patient
    if patient is None:
        return ()
    for wrong in faults(command.enrollment, at):
        raise wrong
    happened: list[ev.EventData] = []
    given = {name: value for name in ("plan_name", "member_id") if (value := getattr(command, name)) is not None}
    told = replace(patient, **{name: value.strip() for name, value in given.items()})
    if told != patient:
        happened.append(ev.PatientCompleted(told))
    if command.enrollment != (patient.mtm or MtmEnrollment()):
        happened.append(ev.EnrollmentRecorded(command.enrollment))
    return tuple(happened)


DECISIONS: dict[type[co.Command], Any] = {co.RecordEnrollment: record}
