"""Everything a takeaway is written from."""

from __future__ import annotations

from dataclasses import dataclass

from consult.domain.medication import Medication
from consult.domain.patient import Allergy, Effect, Patient
from consult.domain.plan import TodoItem


@dataclass(frozen=True, slots=True)
class Pharmacist:
    """Who signs and can be called. `hours` is days and times in words, `hours_es` the same in Spanish; `tty` the number
    for people who use one."""

    name: str
    title: str = ""
    phone: str = ""
    hours: str = ""
    tty: str = "711"
    hours_es: str = ""

    def hours_in(self, language: str) -> str:
        """The hours in that language, as typed where the site has them in no other."""
        return (self.hours_es if language == "es" else "") or self.hours


@dataclass(frozen=True, slots=True)
class Site:
    """What the site prints: plan, letterhead, and the form lines, to be set from the form as approved now.

    `plan_phone` is asked for papers in another format; the pharmacist's phone stands in where it is empty.
    """

    plan_name: str = ""
    letterhead: tuple[str, ...] = ()
    plan_phone: str = ""
    form_line: str = "Form CMS-10396"
    omb_line: str = "OMB Approval No. 0938-1154"


@dataclass(frozen=True, slots=True)
class DisposalSites:
    """Local places that take unused medicines back, one line each; `note` is added as it stands."""

    places: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class TakeawayInput:
    """Accepted values only; rows not confirmed are left out and reported by the conformance check.

    `medications` is the whole regimen, stopped rows may stand in it; `stopped` holds those that were stopped in
    this consult. Dates are YYYY-MM-DD. `representative` is who took part or receives the letter in the patient's place.
    `language` is a tag, "" for the patient's own. `reviewed` is False until the pharmacist has signed: every
    page then says that it is a draft.
    """

    patient: Patient
    medications: tuple[Medication, ...]
    allergies: tuple[Allergy, ...]
    effects: tuple[Effect, ...]
    todos: tuple[TodoItem, ...]
    date_of_service: str
    prepared_on: str
    pharmacist: Pharmacist
    site: Site = Site()
    stopped: tuple[Medication, ...] = ()
    language: str = ""
    representative: str = ""
    cc: tuple[str, ...] = ()
    other_information: tuple[str, ...] = ()
    reviewed: bool = False
    disposal: DisposalSites = DisposalSites()
