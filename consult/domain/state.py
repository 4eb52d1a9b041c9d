"""The state of one consult: a fold of its events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from consult.domain.alert import Alert, Unchecked
from consult.domain.answer import Answer, Guidance
from consult.domain.facts import Facts
from consult.domain.fill import Fill, Stay
from consult.domain.follow_up import FollowUp
from consult.domain.letter import Letter
from consult.domain.medication import Medication
from consult.domain.mention import EffectMention, Heard, LineContext, MedicationMention
from consult.domain.patient import Allergy, Condition, Effect, EmailConsent, Lab, Patient, Representative, age_on
from consult.domain.people import Actor, Identity, Participant
from consult.domain.plan import Delivery, Takeaway, TodoItem
from consult.domain.problem import Problem
from consult.domain.told import Picture, Rating, Report


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A line of the notes at its newest revision. `analysed` is the revision that was analysed, 0 for none.

    `failed` is a code where the analysis of that revision failed. `since` holds what the line says
    (`domain.noted.Noted.said`) with the seq of the event since which it says so.
    """

    id: str
    rev: int
    text: str
    open: bool
    speaker: Literal["pharmacist", "patient", "caregiver"]
    author: Actor
    at: str
    conflicts_with: str = ""
    analysed: int = 0
    failed: str = ""
    medications: tuple[MedicationMention, ...] = ()
    effects: tuple[EffectMention, ...] = ()
    heard: tuple[Heard, ...] = ()
    context: LineContext = LineContext()
    since: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert and what was done about it."""

    alert: Alert
    stage: Literal["raised", "acknowledged", "accepted", "withdrawn"] = "raised"
    reason: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class ChatMessage:
    id: str
    author: Actor
    text: str
    at: str
    caption: bool = False  # shown large in the captions of the patient's page too


@dataclass(frozen=True, slots=True)
class Checked:
    """What the last check covered; `based_on` is the seq of the state it saw, 0 for never.

    `failed` is a code while the checks do not run (what stands is then old), or "data-expired".
    """

    based_on: int = 0
    checked: int = 0
    not_checked: tuple[Unchecked, ...] = ()
    data_date: str = ""
    failed: str = ""


@dataclass(frozen=True)  # no slots: folding copies the whole of it at each event
class Consult:
    """`settled` holds each regimen row as a person last left it; proposals are made on top of it.

    `drawn` is the seq of the newest event that changes what the takeaway says, `letters_drawn` of the newest that
    changes what a letter to a prescriber says. `heeded` holds the seq at which a step, branch or question was last
    skipped, a question (by its key) last answered, a side effect (by its id) last rejected. `transcript_opened` holds
    why each supervisor reads although the patient did not want a transcript.
    """

    id: str
    seq: int = 0
    phase: Literal["none", "scheduled", "open", "closed"] = "none"
    kind: str = "cmr"
    modality: str = "video"
    script_id: str = "cmr"
    script_version: str = ""
    patient: Patient | None = None
    pharmacist_id: str = ""
    planned_at: str = ""
    opened_at: str = ""
    closed_at: str = ""
    identity: Identity | None = None
    participants: Mapping[str, Participant] = field(default_factory=dict)
    transcript_opened: Mapping[str, str] = field(default_factory=dict)
    writer_tab: str = ""
    writer_epoch: int = 0
    lines: Mapping[str, NoteLine] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    medications: Mapping[str, Medication] = field(default_factory=dict)
    settled: Mapping[str, Medication] = field(default_factory=dict)
    effects: Mapping[str, Effect] = field(default_factory=dict)
    conditions: Mapping[str, Condition] = field(default_factory=dict)
    allergies: Mapping[str, Allergy] = field(default_factory=dict)
    labs: tuple[Lab, ...] = ()
    fills: tuple[Fill, ...] = ()
    stays: tuple[Stay, ...] = ()
    alerts: Mapping[str, AlertRow] = field(default_factory=dict)
    problems: Mapping[str, Problem] = field(default_factory=dict)
    checked: Checked = Checked()
    guidance: Guidance = Guidance()
    step_id: str = ""
    language: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    skipped: Mapping[str, str] = field(default_factory=dict)
    heeded: Mapping[str, int] = field(default_factory=dict)
    chat: tuple[ChatMessage, ...] = ()
    todos: Mapping[str, TodoItem] = field(default_factory=dict)
    takeaways: tuple[Takeaway, ...] = ()
    takeaway_pending: bool = False
    takeaway_failed: str = ""
    takeaway_language: str = ""
    deliveries: Mapping[str, Delivery] = field(default_factory=dict)
    email: EmailConsent | None = None
    representative: Representative | None = None
    drawn: int = 0
    letters: Mapping[str, Letter] = field(default_factory=dict)
    letters_drawn: int = 0
    follow_ups: Mapping[str, FollowUp] = field(default_factory=dict)
    reports: Mapping[str, Report] = field(default_factory=dict)
    pictures: tuple[Picture, ...] = ()
    rating: Rating | None = None

    def facts(self, today: str) -> Facts:
        """What the safety checks weigh, as of an ISO date."""
        patient = self.patient
        return Facts(
            age=age_on(patient.birth_date, today) if patient else None,
            sex=patient.sex if patient else "",
            conditions=tuple(condition.name.lower() for condition in self.conditions.values()),
            allergies=tuple(
                name.lower()
                for allergy in self.allergies.values()
                if allergy.review != "rejected"
                for name in (allergy.ingredients or (allergy.substance,))
            ),
            labs=self.labs,
            medications=tuple(row for row in self.medications.values() if row.review != "rejected"),
            today=today[:10],
        )

    def talk_language(self) -> str:
        """The language of the script's words: the one chosen, else the patient's own where there is a choice."""
        own = self.patient.language.lower().split("-")[0] if self.patient else ""
        return self.language or ("es" if own == "es" else "en")

    def takeaway(self) -> Takeaway | None:
        """The newest version of the document."""
        return self.takeaways[-1] if self.takeaways else None

    def issued(self) -> Takeaway | None:
        """The version that the patient has now; None where none was issued or the last was recalled."""
        return next((one for one in reversed(self.takeaways) if one.stage == "issued"), None)

    def provided_at(self) -> str:
        """When the patient first got a version that was not recalled; "" where nothing was sent yet."""
        kept = {one.version for one in self.takeaways if one.stage in ("issued", "superseded")}
        return min(
            (one.at for one in self.deliveries.values() if one.stage == "delivered" and one.version in kept), default=""
        )
