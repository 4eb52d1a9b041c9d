"""Who acts: roles, the actor of an event, and the members of a consult."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consult.domain.text import Id, Short

Role = Literal["pharmacist", "patient", "supervisor", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever did it: a stable member id, the role it acted in, and the name shown to the others."""

    id: Id
    role: Role
    name: Short = ""


SYSTEM = Actor(id="system", role="system")


@dataclass(frozen=True, slots=True)
class Participant:
    """A member of the consult. `state` is the admission; `present` says that a page is connected now."""

    id: Id
    role: Role
    name: Short
    state: Literal["waiting", "admitted"] = "waiting"
    present: bool = True


@dataclass(frozen=True, slots=True)
class Identity:
    """How and by which two identifiers the patient's identity was confirmed, and by whom."""

    method: Literal["video", "phone", "phone_callback", "in_person"]
    identifiers: tuple[Short, ...]
    by: Id
    at: str
