"""The letter to a prescriber: which problems it asks about, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from consult.domain.text import Code, DateText, Id, Limit, Short

LetterStage = Literal["requested", "drafted", "failed", "sent"]


@dataclass(frozen=True, slots=True)
class Letter:
    """`problems` are asked about in this order; `address` has one line a row; `reply_by` is YYYY-MM-DD or "".

    `sha256` is of the PDF bytes, `html_sha256` of the page, `based_on` the seq of the state it was written from.
    A letter is written again under its id until it is sent.
    """

    id: Id
    prescriber: Short
    problems: Annotated[tuple[Id, ...], Limit(20, 1)]
    address: Annotated[str, Limit(400)] = ""
    reply_by: DateText = ""
    stage: LetterStage = "requested"
    sha256: Code = ""
    html_sha256: Code = ""
    based_on: int = 0
    drafted_at: str = ""
    sent_at: str = ""
    sent_by: Short = ""
    code: Code = ""
