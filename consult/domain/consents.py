"""What the patient has agreed to or refused, and what that forbids unless somebody names a reason.

The answers come from the questions of the script that ask for consent. Sharing with somebody who is involved in the
care needs the patient's agreement (45 CFR 164.510(b)); a representative takes part in the patient's own place.
"""

from __future__ import annotations

from consult.domain.people import Role
from consult.domain.state import Consult
from consult.errors import Refused


def check_admission(consult: Consult, role: Role) -> None:
    """Raises Refused where somebody of this role may be let in only with a reason."""
    if "telehealth" in consult.guidance.refused:
        raise Refused(
            "The patient said no to a visit by video or phone. Say why it goes on.", code="telehealth-refused"
        )
    if role == "caregiver":
        check_sharing(consult)
        if consult.representative is None and "caregiver" not in consult.guidance.agreed:
            raise Refused(
                "Ask the patient whether this caregiver may take part, or say why you let them in.",
                code="caregiver-not-asked",
            )


def check_sharing(consult: Consult) -> None:
    """Raises Refused where the patient does not want anything shared with family or a caregiver."""
    if "caregiver" in consult.guidance.refused:
        raise Refused(
            "The patient said no to sharing with a caregiver. Say why it is done all the same.",
            code="caregiver-refused",
        )


MUST_BE_ASKED = ("telehealth", "transcript")


def check_asked(consult: Consult) -> None:
    """Raises Refused where a visit was held and it was never asked whether it may be, or whether notes may be kept.

    A visit at a distance needs the patient's consent on record (as South Dakota 34-52-3 has it). Sharing with those who
    treat the patient needs none (45 CFR 164.506), and a caregiver is asked for at the door.
    """
    if consult.opened_at and any(purpose in consult.guidance.unasked for purpose in MUST_BE_ASKED):
        raise Refused(
            "Consent to the visit and to written notes was not asked. Ask now, or say why the visit ends without it.",
            code="consent-not-asked",
        )


def transcript_withheld(consult: Consult, supervisor_id: str) -> bool:
    """Whether a supervisor has to name a reason before reading: the patient did not want a transcript."""
    return "transcript" in consult.guidance.refused and supervisor_id not in consult.transcript_opened
