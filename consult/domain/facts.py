"""The facts of one patient that the safety checks weigh."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consult.domain.medication import Medication
from consult.domain.patient import Lab


@dataclass(frozen=True, slots=True)
class Facts:
    """`age` in whole years, None where not known; conditions and allergies in lower-case words.

    `labs` may hold several values of one name, newest last; `today` is an ISO date or "" where it does not
    matter.
    """

    age: int | None = None
    sex: Literal["f", "m", ""] = ""
    conditions: tuple[str, ...] = ()
    allergies: tuple[str, ...] = ()
    labs: tuple[Lab, ...] = ()
    medications: tuple[Medication, ...] = ()
    today: str = ""

    def lab(self, name: str) -> float | None:
        """The newest value of a laboratory name."""
        values = [lab.value for lab in self.labs if lab.name == name]
        return values[-1] if values else None
