"""Decisions about what the patient, or somebody invited for the patient, tells on the page itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from consult.domain import commands as co
from consult.domain import events as ev
from consult.domain.people import Actor
from consult.domain.state import Consult
from consult.domain.told import PICTURES, Picture, Rating, Report
from consult.errors import Refused

Happened = tuple[ev.EventData, ...]


def report(consult: Consult, command: co.ReportMedication, actor: Actor, at: str) -> Happened:
    _check_admitted(consult, actor)
    row = consult.medications.get(command.medication_id)
    if row is None or row.review != "confirmed":
        raise Refused("This medicine is not on the list any more.", code="no-such-medication")
    said = Report(command.medication_id, command.reply, command.words.strip(), actor.id, at)
    known = consult.reports.get(command.medication_id)
    return () if known is not None and replace(known, at=at) == said else (ev.MedicationReported(said),)


def send_picture(consult: Consult, command: co.SendPicture, actor: Actor, at: str) -> Happened:
    _check_admitted(consult, actor)
    if any(one.id == command.picture_id or one.sha256 == command.sha256 for one in consult.pictures):
        return ()
    if len(consult.pictures) >= PICTURES:
        raise Refused("There are many pictures in this visit already. Show it to the camera.", code="too-many-pictures")
    about = command.about if command.about in consult.medications else ""
    picture = Picture(command.picture_id, command.sha256, command.width, command.height, about, actor.id, at)
    return (ev.PictureSent(picture),)


def rate(consult: Consult, command: co.RateVisit, actor: Actor, at: str) -> Happened:
    _check_admitted(consult, actor)
    given = Rating(command.helped, command.worked, command.words.strip(), at)
    known = consult.rating
    return () if known is not None and replace(known, at=at) == given else (ev.VisitRated(given),)


def _check_admitted(consult: Consult, actor: Actor) -> None:
    member = consult.participants.get(actor.id)
    if member is None or member.state != "admitted":
        raise Refused("This can be done once the pharmacist has let you in.", code="not-admitted")


DECISIONS: dict[type[co.Command], Any] = {
    co.ReportMedication: report,
    co.SendPicture: send_picture,
    co.RateVisit: rate,
}
