"""Commands about follow-ups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from consult.domain.commands.kind import Command
from consult.domain.follow_up import FollowedBy
from consult.domain.text import DateText, Id, Limit, LongText, Short


@dataclass(frozen=True, slots=True)
class PlanFollowUp(Command):
    """Plan what is looked after by a day, or write it anew under its id; `about` is a problem or to-do item, or ""."""

    follow_up_id: Id
    due: DateText
    by: FollowedBy
    what: Annotated[str, Limit(200, 1)]
    about: Short = ""


@dataclass(frozen=True, slots=True)
class PostponeFollowUp(Command):
    """Put it off to a later day; `note` says why."""

    follow_up_id: Id
    due: DateText
    note: Annotated[str, Limit(2000, 1)]


@dataclass(frozen=True, slots=True)
class FinishFollowUp(Command):
    """It was done; `note` says what was found."""

    follow_up_id: Id
    note: LongText = ""


@dataclass(frozen=True, slots=True)
class DropFollowUp(Command):
    """Take it off the list; it is not needed."""

    follow_up_id: Id
