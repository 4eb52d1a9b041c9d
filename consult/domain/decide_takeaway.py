"""Decisions about the takeaway: made, signed, issued, recalled, sent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from consult.domain import commands as co
from consult.domain import events as ev
from consult.domain.consents import check_sharing
from consult.domain.decide_letters import sent
from consult.domain.patient import Representative
from consult.domain.people import Actor
from consult.domain.plan import CARRIED, EMAIL, UNKNOWN, Delivery, PaperLine, Takeaway, is_fax_number
from consult.domain.state import Consult
from consult.errors import Refused

Happened = tuple[ev.EventData, ...]


def draft(consult: Consult, command: co.DraftTakeaway, actor: Actor, at: str) -> Happened:
    return () if consult.takeaway_pending else (ev.TakeawayRequested(command.language),)


def record_draft(consult: Consult, command: co.RecordTakeaway, actor: Actor, at: str) -> Happened:
    if not consult.takeaway_pending:
        return ()  # another node has made it
    if command.based_on < consult.drawn:
        return ()  # what it says is old already; it is made again
    newest = consult.takeaway()
    happened: list[ev.EventData] = []
    if newest is not None and newest.stage in ("drafted", "signed"):
        if newest.sha256 == command.sha256 and newest.html_sha256 == command.html_sha256:
            return (ev.TakeawayFailed("unchanged"),)
        happened.append(ev.TakeawayVoided(newest.version, "new-draft"))
    version = newest.version + 1 if newest else 1
    happened.append(
        ev.TakeawayDrafted(
            version,
            command.sha256,
            command.html_sha256,
            command.based_on,
            command.language,
            command.copies,
            command.failing,
            command.grade,
            command.lines,
            _still_reviewed(newest, command.lines),
        )
    )
    return tuple(happened)


def record_draft_failure(consult: Consult, command: co.RecordTakeawayFailure, actor: Actor, at: str) -> Happened:
    return (ev.TakeawayFailed(command.code),) if consult.takeaway_pending else ()


def _still_reviewed(newest: Takeaway | None, lines: tuple[PaperLine, ...]) -> tuple[str, ...]:
    """The lines that were looked at in the version before and say the same in the new one."""
    if newest is None:
        return ()
    seen = {line for line in newest.lines if line.id in newest.reviewed}
    return tuple(line.id for line in lines if line in seen)


def review(consult: Consult, command: co.ReviewTakeaway, actor: Actor, at: str) -> Happened:
    newest = _version(consult, command.version, command.sha256)
    if newest.stage != "drafted":
        raise Refused("Only a draft is reviewed line by line.", code="not-a-draft")
    if set(command.lines) - {line.id for line in newest.lines}:
        raise Refused("There is no such line in this version. Look at it again.", code="no-such-line")
    looked_at = {*newest.reviewed, *command.lines}
    lines = tuple(line.id for line in newest.lines if line.id in looked_at)
    return () if lines == newest.reviewed else (ev.TakeawayReviewed(newest.version, lines),)


def sign(consult: Consult, command: co.SignTakeaway, actor: Actor, at: str) -> Happened:
    newest = _version(consult, command.version, command.sha256)
    if newest.stage == "signed":
        return ()
    if newest.stage != "drafted":
        raise Refused("Only a draft can be signed. Make a new draft.", code="not-a-draft")
    if consult.identity is None:
        raise Refused("Confirm the patient's identity before signing.", code="identity-not-confirmed")
    if any(line.id not in newest.reviewed for line in newest.lines):
        raise Refused("Look at every line first: some are not reviewed yet.", code="lines-not-reviewed")
    return (ev.TakeawaySigned(newest.version, newest.sha256),)


def issue(consult: Consult, command: co.IssueTakeaway, actor: Actor, at: str) -> Happened:
    newest = _version(consult, command.version, command.sha256)
    if newest.stage == "issued":
        return ()
    if newest.stage != "signed":
        raise Refused("Only a signed takeaway can be issued.", code="not-signed")
    override = command.override.strip()
    if newest.failing and not override:
        raise Refused(
            "This version does not meet every point of the format. Give a reason to issue it all the same.",
            code="not-conformant",
        )
    issued = ev.TakeawayIssued(newest.version, newest.sha256, override if newest.failing else "")
    there = any(
        one.role == "patient" and one.state == "admitted" and one.present for one in consult.participants.values()
    )
    if not there:
        return (issued,)
    shown = Delivery(f"portal-{newest.version}", newest.version, "portal", stage="delivered", proof="on the open page")
    return (issued, ev.TakeawayDelivered(shown))


def recall(consult: Consult, command: co.RecallTakeaway, actor: Actor, at: str) -> Happened:
    version = _any_version(consult, command.version)
    if version.stage == "recalled":
        return ()
    if version.stage not in ("issued", "superseded"):
        raise Refused("Only a version that was issued can be recalled.", code="not-issued")
    if not command.reason.strip():
        raise Refused("Say why it is recalled.", code="reason-missing")
    return (ev.TakeawayRecalled(version.version, command.reason.strip()),)


def deliver(consult: Consult, command: co.DeliverTakeaway, actor: Actor, at: str) -> Happened:
    if command.delivery_id in consult.deliveries:
        return ()
    version = _any_version(consult, command.version)
    if version.stage != "issued":
        raise Refused("Only the version that is signed and issued now can be sent.", code="not-issued")
    if command.edition != "standard" and not any(one.name.startswith(FORMS[command.edition]) for one in version.copies):
        raise Refused("This version was not made in that form.", code="no-such-edition")
    to = _agreed_address(consult, command.to.strip()) if command.by == "email" else command.to.strip()
    if command.by == "fax" and not is_fax_number(to):
        raise Refused("A fax needs a number.", code="address-missing")
    delivery = Delivery(command.delivery_id, version.version, command.by, to, command.edition)
    if command.by in CARRIED:
        return (ev.DeliveryRequested(delivery),)
    return (ev.TakeawayDelivered(replace(delivery, stage="delivered", proof=f"recorded by {actor.name}"[:200])),)


FORMS = {"large": "large.", "larger": "larger.", "contrast": "contrast.", "text": "txt"}


def _agreed_address(consult: Consult, to: str) -> str:
    consent = consult.email
    if consent is None or not consent.agreed:
        raise Refused("The patient has not agreed to papers by e-mail. Record that first.", code="email-not-agreed")
    if to and to.casefold() != consent.address.casefold():
        raise Refused("The patient agreed to another e-mail address.", code="another-address")
    return consent.address


def begin_delivery(consult: Consult, command: co.RecordDeliveryBegun, actor: Actor, at: str) -> Happened:
    waiting = consult.deliveries.get(command.delivery_id)
    if waiting is None or waiting.stage != "requested":
        return ()
    return (ev.DeliveryBegun(replace(waiting, stage="sending")),)


def _outcome_open(delivery: Delivery | None) -> bool:
    """Whether its outcome can still be told: also of one that was given up and did come back."""
    return delivery is not None and (delivery.waiting or (delivery.stage, delivery.code) == ("failed", UNKNOWN))


def record_delivery(consult: Consult, command: co.RecordDelivery, actor: Actor, at: str) -> Happened:
    waiting = consult.deliveries.get(command.delivery_id)
    if waiting is None or not _outcome_open(waiting):
        return ()
    done = replace(waiting, to=masked(waiting.to), stage="delivered", proof=command.proof, code="")
    letter = consult.letters.get(waiting.letter_id)
    return (sent(consult, letter, done, letter.sent_by),) if letter else (ev.TakeawayDelivered(done),)


def record_delivery_failure(consult: Consult, command: co.RecordDeliveryFailure, actor: Actor, at: str) -> Happened:
    waiting = consult.deliveries.get(command.delivery_id)
    if waiting is None or not _outcome_open(waiting) or waiting.code == command.code:
        return ()
    return (ev.DeliveryFailed(replace(waiting, to=masked(waiting.to), stage="failed", code=command.code)),)


def masked(to: str) -> str:
    """An address that the sender recognises and nobody else can use: "m***@example.org", "***0142"."""
    if "***" in to:
        return to
    name, at, host = to.rpartition("@")
    if at:
        return f"{name[:1]}***@{host}"
    return f"***{to[-4:]}" if to else ""


def record_consent(consult: Consult, command: co.RecordEmailConsent, actor: Actor, at: str) -> Happened:
    address = command.address.strip()
    if command.agreed and not EMAIL.fullmatch(address):
        raise Refused("This is not an e-mail address.", code="bad-address")
    known = consult.email
    if known is not None and (known.address, known.agreed) == (address, command.agreed):
        return ()
    return (ev.EmailConsentRecorded(address, command.agreed),)


def name_representative(consult: Consult, command: co.NameRepresentative, actor: Actor, at: str) -> Happened:
    named = Representative(command.name.strip(), command.relation.strip()) if command.name.strip() else None
    if named == consult.representative:
        return ()
    override = command.override.strip()
    if named is not None and not override:
        check_sharing(consult)
    return (ev.RepresentativeNamed(named, override if named else ""),)


def _any_version(consult: Consult, number: int) -> Takeaway:
    found = next((one for one in consult.takeaways if one.version == number), None)
    if found is None:
        raise Refused("There is no such version.", code="no-such-version")
    return found


def _version(consult: Consult, version: int, sha256: str) -> Takeaway:
    newest = consult.takeaway()
    if newest is None or newest.version != version:
        raise Refused("This is not the newest version. Look at it again.", code="not-the-newest-version")
    if newest.sha256 != sha256:
        raise Refused("The document has another hash than the one named.", code="hash-differs")
    if newest.stage == "voided":
        raise Refused("This version is void: something changed since. Make a new draft.", code="version-voided")
    return newest


DECISIONS: dict[type[co.Command], Any] = {
    co.DraftTakeaway: draft,
    co.RecordTakeaway: record_draft,
    co.RecordTakeawayFailure: record_draft_failure,
    co.ReviewTakeaway: review,
    co.SignTakeaway: sign,
    co.IssueTakeaway: issue,
    co.RecallTakeaway: recall,
    co.DeliverTakeaway: deliver,
    co.RecordDeliveryBegun: begin_delivery,
    co.RecordDelivery: record_delivery,
    co.RecordDeliveryFailure: record_delivery_failure,
    co.RecordEmailConsent: record_consent,
    co.NameRepresentative: name_representative,
}
