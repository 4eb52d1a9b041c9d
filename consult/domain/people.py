"""Who acts: roles, the actor of an event, and the members of a consult."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consult.domain.text import Id, Short

Role = Literal["pharmacist", "patient", "caregiver", "interpreter", "supervisor", "system"]
STAFF: tuple[Role, ...] = ("pharmacist", "supervisor")
INVITED: tuple[Role, ...] = ("patient", "caregiver", "interpreter")  # they come by a link, to one consult


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever did it: a stable member id, the role it acted in, and the name shown to the others."""

    id: Id
    role: Role
    name: Short = ""


def patient_member(consult_id: str) -> str:
    """The stable member id of the patient in a consult."""
    return f"patient:{consult_id}"


def guest_member(role: Role, consult_id: str, number: str) -> str:
    """The stable member id of a caregiver or an interpreter in a consult."""
    return f"{role}:{consult_id}:{number}"


def invited_role(member_id: str) -> Role:
    """The role in the member id of somebody who comes by a link."""
    return next((role for role in INVITED if member_id.startswith(f"{role}:")), "patient")


def door_of(role: str) -> str:
    """The door that a role uses: all who are invited share the patient's page and its cookie."""
    return "patient" if role in INVITED else role


SYSTEM = Actor(id="system", role="system")


@dataclass(frozen=True, slots=True)
class Participant:
    """A member of the consult. `state` is the admission; `present` says that a page is connected now; `by_phone` that
    the member would rather talk by phone."""

    id: Id
    role: Role
    name: Short
    state: Literal["waiting", "admitted"] = "waiting"
    present: bool = True
    by_phone: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """How and by which two identifiers the patient's identity was confirmed, and by whom."""

    method: Literal["video", "phone", "phone_callback", "in_person"]
    identifiers: tuple[Short, ...]
    by: Id
    at: str
