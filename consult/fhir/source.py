"""Everything an export is made from, and which version of the takeaway it stands for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo

from consult.domain.days import day_of
from consult.domain.plan import Takeaway
from consult.domain.state import Consult
from consult.errors import Refused
from consult.fhir.medicines import WordsOf
from consult.scripts.schema import Script


@dataclass(frozen=True, slots=True)
class Author:
    """The pharmacist of the consult: account id, name, title ("PharmD")."""

    id: str
    name: str
    title: str = ""


@dataclass(frozen=True)
class ExportInput:
    """A consult to be exported at a time (ISO 8601 UTC).

    `pdf` are the bytes of the takeaway's version, None where there is none, `letters` those of the letters by id.
    `rxcui_of` gives an ingredient's RxCUI or "". `zone` is that of the site's days, None for the machine's.
    Only what the pharmacist has accepted goes out.
    """

    consult: Consult
    author: Author
    at: str
    organization: str = ""
    phone: str = ""
    plan_name: str = ""
    script: Script | None = None
    pdf: bytes | None = None
    letters: Mapping[str, bytes] = field(default_factory=dict)
    software: str = ""
    rxcui_of: Callable[[str], str] = lambda ingredient: ""
    zone: tzinfo | None = UTC

    @property
    def signed(self) -> Takeaway | None:
        return signed_version(self.consult)

    @property
    def service(self) -> str:
        """When the review was held, or is planned."""
        return self.consult.opened_at or self.consult.planned_at

    @property
    def day(self) -> str:
        """The day of the review where the site is."""
        return day_of(self.service, self.zone)

    @property
    def words_of(self) -> WordsOf:
        """The words of an answer's code as the script has them."""
        questions = self.script.questions if self.script is not None else {}

        def words(link_id: str, code: str) -> str:
            item = questions.get(link_id)
            found = next((one.text for one in item.options if one.code == code), "") if item is not None else ""
            return found or code

        return words


def signed_version(consult: Consult) -> Takeaway | None:
    """The signed version of the takeaway that says what the record says now; None where there is none."""
    newest = next((one for one in reversed(consult.takeaways) if one.stage in ("signed", "issued")), None)
    return newest if newest is not None and consult.drawn <= newest.based_on else None


def check_signed(consult: Consult) -> None:
    """Raises Refused where the record was never signed, or has changed since."""
    if signed_version(consult) is not None:
        return
    if any(one.stage in ("signed", "issued") for one in consult.takeaways):
        raise Refused(
            "What the takeaway says has changed since it was signed. Make and sign a new version, or export a draft.",
            code="changed-since-signed",
        )
    raise Refused("The takeaway is not signed yet. Sign it first, or export a draft.", code="not-signed")
