"""Events of the takeaway, from the request to the proof of sending."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consult.domain.patient import Representative
from consult.domain.plan import Copy, Delivery, PaperLine


@dataclass(frozen=True, slots=True)
class TakeawayRequested:
    """A version is to be made; `language` is a tag, "" for the patient's own."""

    language: str = ""
    type: Literal["takeaway_requested"] = "takeaway_requested"


@dataclass(frozen=True, slots=True)
class TakeawayFailed:
    code: str
    type: Literal["takeaway_failed"] = "takeaway_failed"


@dataclass(frozen=True, slots=True)
class TakeawayDrafted:
    """A version stands with all its forms; `failing` names the points of the format that it does not meet.

    `reviewed` holds the ids of the lines that were looked at in the version before and say the same.
    """

    version: int
    sha256: str
    html_sha256: str
    based_on: int
    language: str = ""
    copies: tuple[Copy, ...] = ()
    failing: tuple[str, ...] = ()
    grade: float = 0.0
    lines: tuple[PaperLine, ...] = ()
    reviewed: tuple[str, ...] = ()
    type: Literal["takeaway_drafted"] = "takeaway_drafted"


@dataclass(frozen=True, slots=True)
class TakeawayReviewed:
    """`lines` are the ids of all lines of the version that were looked at by now."""

    version: int
    lines: tuple[str, ...]
    type: Literal["takeaway_reviewed"] = "takeaway_reviewed"


@dataclass(frozen=True, slots=True)
class TakeawaySigned:
    version: int
    sha256: str
    type: Literal["takeaway_signed"] = "takeaway_signed"


@dataclass(frozen=True, slots=True)
class TakeawayIssued:
    """The patient has it now; a version issued before is superseded. `override` says why failing points may stand."""

    version: int
    sha256: str
    override: str = ""
    type: Literal["takeaway_issued"] = "takeaway_issued"


@dataclass(frozen=True, slots=True)
class TakeawayVoided:
    version: int
    because: str
    type: Literal["takeaway_voided"] = "takeaway_voided"


@dataclass(frozen=True, slots=True)
class TakeawayRecalled:
    """An issued version was taken back; the patient is told that, without the reason."""

    version: int
    reason: str
    type: Literal["takeaway_recalled"] = "takeaway_recalled"


@dataclass(frozen=True, slots=True)
class DeliveryRequested:
    """A version is to be sent by a carrier."""

    delivery: Delivery
    type: Literal["delivery_requested"] = "delivery_requested"


@dataclass(frozen=True, slots=True)
class DeliveryBegun:
    """A carrier is about to take it; it is taken once only, so what never tells its outcome is told as unknown."""

    delivery: Delivery
    type: Literal["delivery_begun"] = "delivery_begun"


@dataclass(frozen=True, slots=True)
class TakeawayDelivered:
    """A version went out: the proof of sending, its address masked."""

    delivery: Delivery
    type: Literal["takeaway_delivered"] = "takeaway_delivered"


@dataclass(frozen=True, slots=True)
class DeliveryFailed:
    """A version did not go out; the code says why."""

    delivery: Delivery
    type: Literal["delivery_failed"] = "delivery_failed"


@dataclass(frozen=True, slots=True)
class EmailConsentRecorded:
    """Whether the patient agreed to papers by e-mail, and for which address."""

    address: str
    agreed: bool
    type: Literal["email_consent_recorded"] = "email_consent_recorded"


@dataclass(frozen=True, slots=True)
class RepresentativeNamed:
    """Who takes part in the patient's place; none where nobody does. `override` says why it is somebody although the
    patient did not want to share with a caregiver."""

    representative: Representative | None
    override: str = ""
    type: Literal["representative_named"] = "representative_named"
