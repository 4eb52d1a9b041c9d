"""What a plan sponsor reports to Medicare of its medication therapy management program, one row a member.

The elements are those of the Part D reporting requirements as described in public (measure D11 of the 2026 Star
Ratings Technical Notes and plan guides); which of them a plan wants, and in which layout, is for the plan to say.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, tzinfo

from consult.domain.days import day_of
from consult.domain.patient import MtmEnrollment
from consult.domain.state import Consult
from consult.domain.summary import DAYS_ALLOWED
from consult.errors import BadCommand

PROVIDER = "pharmacist"
DELIVERY = {"video": "telehealth", "phone": "telephone"}
ANSWERED = ("accepted", "changed", "declined", "resolved")
DONE = ("accepted", "changed", "resolved")


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member in one period. Dates are YYYY-MM-DD, "" where not known; yes and no are "Y", "N" and "".

    `cmr_dates` are parted by spaces. `recipient` is who took part: "beneficiary", or "authorized representative" with
    the relation. Counts are of recommendations that went to a prescriber or were acted on with the member.
    """

    member_id: str
    contract_id: str
    mtm_enrolled_on: str
    met_criteria: str
    met_criteria_on: str
    targeted_by: str
    opted_out_on: str
    opt_out_reason: str
    cmr_with_summary: str
    cmr_dates: str
    summary_provided_on: str
    summary_within_14_days: str
    recipient: str
    delivery: str
    provider: str
    targeted_reviews: int
    problems: int
    recommendations: int
    recommendations_answered: int
    recommendations_accepted: int
    disposal_information_on: str


def member_rows(consults: Iterable[Consult], start: str, end: str, zone: tzinfo | None = UTC) -> list[MemberRow]:
    """A row for each member with a consult held from `start` to `end`, both included, by member id. The days are those
    of `zone`; None for the machine's.

    A consult that was not opened does not count. Raises BadCommand for a period that is none.
    """
    first, last = _day(start), _day(end)
    if first > last:
        raise BadCommand("The period ends before it begins.", code="bad-period")
    held: dict[str, list[Consult]] = {}
    for consult in consults:
        held_on = day_of(consult.opened_at, zone)
        if consult.patient and held_on and first <= date.fromisoformat(held_on) <= last:
            held.setdefault(consult.patient.member_id or consult.patient.id, []).append(consult)
    return [_row(key, sorted(group, key=lambda one: one.opened_at), zone) for key, group in sorted(held.items())]


def _row(member_id: str, consults: list[Consult], zone: tzinfo | None) -> MemberRow:
    reviews = [one for one in consults if one.kind == "cmr"]
    told = [one for one in reviews if one.provided_at()]
    shown = (told or reviews or consults)[0]
    told_by_plan = [one.patient.mtm for one in consults if one.patient and one.patient.mtm]
    mtm = told_by_plan[-1] if told_by_plan else MtmEnrollment()
    problems = [problem for one in consults for problem in one.problems.values()]
    asked = [one for one in problems if one.stage != "open"]
    provided = day_of(told[0].provided_at(), zone) if told else ""
    person = shown.representative
    return MemberRow(
        member_id=member_id,
        contract_id=mtm.contract_id,
        mtm_enrolled_on=mtm.enrolled_on,
        met_criteria="" if mtm.met_criteria is None else "Y" if mtm.met_criteria else "N",
        met_criteria_on=mtm.met_criteria_on,
        targeted_by=mtm.targeted_by,
        opted_out_on=mtm.opted_out_on,
        opt_out_reason=mtm.opt_out_reason,
        cmr_with_summary="Y" if told else "N",
        cmr_dates=" ".join(dict.fromkeys(day_of(one.opened_at, zone) for one in reviews)),
        summary_provided_on=provided,
        summary_within_14_days=_within(day_of(told[0].opened_at, zone), provided) if told else "",
        recipient=f"authorized representative ({person.relation or person.name})" if person else "beneficiary",
        delivery=DELIVERY.get(shown.modality, shown.modality),
        provider=PROVIDER,
        targeted_reviews=sum(one.kind == "tmr" for one in consults),
        problems=len(problems),
        recommendations=len(asked),
        recommendations_answered=sum(one.stage in ANSWERED for one in asked),
        recommendations_accepted=sum(one.stage in DONE for one in asked),
        disposal_information_on=min(
            (day_of(one.provided_at(), zone) for one in consults if one.provided_at()), default=""
        ),
    )


def _within(service: str, provided: str) -> str:
    return "Y" if (date.fromisoformat(provided) - date.fromisoformat(service)).days <= DAYS_ALLOWED else "N"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadCommand("Write the period's days as YYYY-MM-DD.", code="bad-period") from None


def as_csv(rows: Iterable[MemberRow]) -> str:
    """RFC 4180, with a header line. A text that a spreadsheet would run as a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    names = [field.name for field in fields(MemberRow)]
    writer.writerow(names)
    for row in rows:
        writer.writerow([_cell(getattr(row, name)) for name in names])
    return out.getvalue()


def as_json(rows: Iterable[MemberRow]) -> str:
    """The same rows as a JSON array of objects."""
    return json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1) + "\n"


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = "".join(char if char.isprintable() else " " for char in value)
    return f"'{text}" if text.lstrip()[:1] in ("=", "+", "-", "@", "|", "%") and text.strip() else text
