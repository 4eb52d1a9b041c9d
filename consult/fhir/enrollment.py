"""A plan's CSV of members enrolled in its medication therapy management program."""

from __future__ import annotations

from dataclasses import dataclass

from consult.domain.enrollment import faults
from consult.domain.patient import MtmEnrollment
from consult.errors import BadFile
from consult.fhir.csv_rows import columns, csv_rows, day_in_words, header_of

NEEDED = ("member_id", "birth_date", "enrolled_on")
YES, NO = ("y", "yes", "1", "true"), ("n", "no", "0", "false")
REASONS = {
    "death": "death",
    "died": "death",
    "disenrolled": "left-plan",
    "disenrollment": "left-plan",
    "left plan": "left-plan",
    "request": "request",
    "beneficiary request": "request",
    "other": "other",
}
TARGETED = {
    "chronic diseases": "chronic-diseases",
    "multiple chronic diseases": "chronic-diseases",
    "drug management": "drug-management",
    "at risk": "drug-management",
}


@dataclass(frozen=True, slots=True)
class Enrollee:
    """One row: whose it is (`birth_date` is YYYY-MM-DD), and what the plan says."""

    line: int
    member_id: str
    birth_date: str
    plan_name: str
    enrollment: MtmEnrollment


def is_enrollment(content: bytes, path: str) -> bool:
    """Whether a CSV is one of enrollments, by its headers. Raises BadFile."""
    known = columns("enrollment")
    return "enrolled_on" in {known.get(name) for name in header_of(content, path)}


def read_enrollees(content: bytes, path: str, today: str) -> list[Enrollee]:
    """The rows, as of an ISO date. Raises BadFile with the line for a row that cannot be right, and for one member
    on two lines; then nothing of the file counts."""
    found: dict[str, Enrollee] = {}
    for line, cells in csv_rows(content, path, columns("enrollment"), NEEDED):
        try:
            one = _enrollee(line, cells)
            if wrong := faults(one.enrollment, today):
                raise ValueError(" ".join(one.message for one in wrong))
            if (twice := found.get(member_key(one.member_id))) is not None:
                raise ValueError(f"the member stands on line {twice.line} too")
        except ValueError as reason:
            raise BadFile(path, line, str(reason)) from None
        found[member_key(one.member_id)] = one
    if not found:
        raise BadFile(path, None, "the table holds no row")
    return list(found.values())


def member_key(member_id: str) -> str:
    """A member number without the dashes and spaces that some write and others do not; "" for none."""
    return "".join(char for char in member_id.upper() if char.isalnum())


def _enrollee(line: int, cells: dict[str, str]) -> Enrollee:
    if not member_key(cells["member_id"]):
        raise ValueError("no member number")
    met = _yes_no(cells.get("met_criteria", ""))
    day = {name: _day(cells.get(name, "")) for name in ("enrolled_on", "met_criteria_on", "opted_out_on")}
    if not day["enrolled_on"]:
        raise ValueError("no day of enrollment")
    return Enrollee(
        line,
        cells["member_id"][:200],
        day_in_words(cells["birth_date"]),
        cells.get("plan_name", "")[:200],
        MtmEnrollment(
            **day,
            met_criteria=met,
            opt_out_reason=_code(cells.get("opt_out_reason", ""), REASONS, "reason of an opt-out"),
            contract_id=cells.get("contract_id", "").upper()[:80],
            targeted_by=_code(cells.get("targeted_by", ""), TARGETED, "reason of targeting"),  # type: ignore[arg-type]
        ),
    )


def _day(text: str) -> str:
    return day_in_words(text) if text else ""


def _yes_no(text: str) -> bool | None:
    said = text.lower()
    if said and said not in (*YES, *NO):
        raise ValueError(f"{text[:20]!r} is neither yes nor no")
    return None if not said else said in YES


def _code(text: str, known: dict[str, str], what: str) -> str:
    said = " ".join(text.lower().replace("-", " ").split())
    if not said:
        return ""
    if said not in known:
        raise ValueError(f"the {what} {text[:30]!r} is not one of: {', '.join(known)}")
    return known[said]
