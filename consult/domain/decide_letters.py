"""Decisions about letters to prescribers, and about what became of a problem."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from consult.domain import commands as co
from consult.domain import events as ev
from consult.domain.letter import Letter
from consult.domain.people import Actor
from consult.domain.plan import CARRIED, EMAIL, Delivery, is_fax_number
from consult.domain.problem import Problem
from consult.domain.state import Consult
from consult.errors import Refused

Happened = tuple[ev.EventData, ...]


def write(consult: Consult, command: co.WriteLetter, actor: Actor, at: str) -> Happened:
    known = consult.letters.get(command.letter_id)
    if known is not None and known.stage == "sent":
        raise Refused("This letter was sent. Write a new one.", code="letter-sent")
    for problem_id in command.problems:
        problem = consult.problems.get(problem_id)
        if problem is None:
            raise Refused("There is no such problem.", code="no-such-problem")
        if not problem.recommendation.strip():
            raise Refused("Write for each problem what the prescriber should consider.", code="recommendation-missing")
    if not command.prescriber.strip():
        raise Refused("A letter needs the prescriber's name.", code="prescriber-missing")
    if command.reply_by and not _is_date(command.reply_by):
        raise Refused("Write the date of the reply as YYYY-MM-DD.", code="bad-date")
    asked = tuple(dict.fromkeys(command.problems))
    letter = Letter(command.letter_id, command.prescriber.strip(), asked, command.address, command.reply_by)
    return (ev.LetterRequested(letter),)


def record(consult: Consult, command: co.RecordLetter, actor: Actor, at: str) -> Happened:
    known = consult.letters.get(command.letter.id)
    if known is None or known.stage != "requested" or command.letter.based_on < consult.letters_drawn:
        return ()  # what it says is old already; it is made again
    return (ev.LetterDrafted(replace(command.letter, stage="drafted")),)


def record_failure(consult: Consult, command: co.RecordLetterFailure, actor: Actor, at: str) -> Happened:
    known = consult.letters.get(command.letter_id)
    if known is None or known.stage != "requested":
        return ()
    return (ev.LetterFailed(replace(known, stage="failed", code=command.code)),)


def send(consult: Consult, command: co.SendLetter, actor: Actor, at: str) -> Happened:
    if command.delivery_id in consult.deliveries:
        return ()
    letter = consult.letters.get(command.letter_id)
    if letter is None:
        raise Refused("There is no such letter.", code="no-such-letter")
    if letter.stage not in ("drafted", "sent"):
        raise Refused("The letter is not ready. Write it again.", code="letter-not-ready")
    if letter.sha256 != command.sha256:
        raise Refused("The letter has another hash than the one named. Look at it again.", code="hash-differs")
    if letter.based_on < consult.letters_drawn:
        raise Refused("Something that the letter says was changed since. Write it again.", code="letter-stale")
    if consult.identity is None:
        raise Refused("Confirm the patient's identity before a letter is sent.", code="identity-not-confirmed")
    if "prescriber" in consult.guidance.refused:
        raise Refused("The patient said no to sharing with the prescriber.", code="sharing-refused")
    to = command.to.strip()
    if command.by == "fax" and not is_fax_number(to):
        raise Refused("A fax needs a number.", code="address-missing")
    if command.by == "email" and not EMAIL.fullmatch(to):
        raise Refused("This is not an e-mail address.", code="bad-address")
    delivery = Delivery(command.delivery_id, 0, command.by, to, letter_id=letter.id)
    if command.by in CARRIED:
        return (ev.DeliveryRequested(delivery),)
    done = replace(delivery, stage="delivered", proof=f"recorded by {actor.name}"[:200])
    return (sent(consult, letter, done, actor.name),)


def sent(consult: Consult, letter: Letter, delivery: Delivery, by: str) -> ev.LetterSent:
    """The event that a letter went out, with its problems as they then stand."""
    asked = (consult.problems[key] for key in letter.problems if key in consult.problems)
    problems = tuple(replace(one, stage="sent") if one.stage == "open" else one for one in asked)
    return ev.LetterSent(replace(letter, stage="sent", sent_by=by), delivery, problems)


def respond(consult: Consult, command: co.RecordResponse, actor: Actor, at: str) -> Happened:
    known = consult.problems.get(command.problem_id)
    if known is None:
        raise Refused("There is no such problem.", code="no-such-problem")
    if command.stage in ("changed", "declined") and not command.outcome.strip():
        raise Refused("Say in a few words what the prescriber answered.", code="outcome-missing")
    answered = replace(known, stage=command.stage, outcome=command.outcome.strip())
    return () if answered == known else (ev.ProblemAnswered(answered),)


def kept(consult: Consult, problem: Problem) -> Problem:
    """A problem that is written anew, with where it stands in its course."""
    known = consult.problems.get(problem.id)
    return replace(problem, stage=known.stage if known else "open", outcome=known.outcome if known else "")


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


DECISIONS: dict[type[co.Command], Any] = {
    co.WriteLetter: write,
    co.RecordLetter: record,
    co.RecordLetterFailure: record_failure,
    co.SendLetter: send,
    co.RecordResponse: respond,
}
