"""The one table of who may do what. What is not named here, nobody may do.

It speaks of roles; that a consult is the caller's own is checked where the consult is known. A new command,
socket event or route is refused until it has its line here; tests walk all three.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ANYONE: Final = "anyone"  # nobody is signed in
_PHARMACIST = frozenset({"pharmacist"})
_SUPERVISOR = frozenset({"supervisor"})
_STAFF = _PHARMACIST | _SUPERVISOR
_INVITED = frozenset({"patient", "caregiver", "interpreter"})
_OF_THE_LIST = frozenset({"patient", "caregiver"})  # who speaks for the patient's medicines
_TALKING = _PHARMACIST | _INVITED
_MEMBERS = _STAFF | _INVITED
_READERS = _STAFF | {"patient"}  # of the takeaway
_PROGRAM = frozenset({"system"})
_ALL = _MEMBERS | {ANYONE}

# Commands that come over a socket, by wire name.
_COMMANDS = {
    "send_chat": _TALKING,
    "report_medication": _OF_THE_LIST,
    "rate_visit": frozenset({"patient"}),
    "choose_phone": frozenset({"patient"}),
    "open_transcript": _SUPERVISOR,
    **dict.fromkeys(
        (
            "open_consult",
            "close_consult",
            "admit_participant",
            "return_participant",
            "confirm_identity",
            "take_writer",
            "put_note_line",
            "move_note_line",
            "remove_note_line",
            "confirm_medication",
            "reject_medication",
            "edit_medication",
            "add_medication",
            "confirm_effect",
            "reject_effect",
            "record_condition",
            "remove_condition",
            "record_allergy",
            "remove_allergy",
            "record_lab",
            "acknowledge_alert",
            "accept_alert",
            "add_problem",
            "remove_problem",
            "enter_step",
            "choose_language",
            "answer_question",
            "skip_step",
            "resume_step",
            "reopen_medication",
            "reopen_effect",
            "reopen_allergy",
            "reopen_alert",
            "add_todo",
            "edit_todo",
            "remove_todo",
            "draft_takeaway",
            "review_takeaway",
            "sign_takeaway",
            "issue_takeaway",
            "recall_takeaway",
            "deliver_takeaway",
            "record_email_consent",
            "name_representative",
            "write_letter",
            "send_letter",
            "record_response",
            "record_enrollment",
            "plan_follow_up",
            "postpone_follow_up",
            "finish_follow_up",
            "drop_follow_up",
        ),
        _PHARMACIST,
    ),
    # Made by the program itself, or by it on behalf of a member or of a route; never taken from a socket.
    **dict.fromkeys(
        (
            "schedule_consult",
            "import_history",
            "join_consult",
            "leave_consult",
            "record_findings",
            "record_failure",
            "record_assessment",
            "record_script",
            "record_check_failure",
            "record_takeaway",
            "record_takeaway_failure",
            "record_delivery",
            "record_delivery_begun",
            "record_delivery_failure",
            "record_letter",
            "record_letter_failure",
            "send_picture",
        ),
        _PROGRAM,
    ),
}

_SOCKET_EVENTS = {
    "socket_join": _MEMBERS,
    "socket_fetch": _MEMBERS,
    "socket_leave": _MEMBERS,
    "socket_command": _MEMBERS,
    "socket_ice": _MEMBERS,
    "socket_signal": _MEMBERS,
}

_ROUTES = {
    "http_home": _ALL,
    "http_signin_page": _ALL,
    "http_signin": _ALL,
    "http_signout": _ALL,
    "http_join_page": _ALL,
    "http_join": _ALL,
    "http_health": _ALL,
    "http_ready": _ALL,
    "http_csp_report": _ALL,
    "http_static": _ALL,
    "http_pharmacist_page": _PHARMACIST,
    "http_supervisor_page": _SUPERVISOR,
    "http_me": _MEMBERS,
    "http_consults": _STAFF,
    "http_schedule": _PHARMACIST,
    "http_link": _PHARMACIST,
    "http_mail_link": _PHARMACIST,
    "http_revoke_link": _PHARMACIST,
    "http_earlier": _PHARMACIST,
    "http_guest": _PHARMACIST,
    "http_guests": _PHARMACIST,
    "http_revoke_guest": _PHARMACIST,
    "http_settle_follow_up": _PHARMACIST,
    "http_script": _STAFF,
    "http_topics": _MEMBERS,
    "http_directions": _MEMBERS,
    "http_send_picture": _OF_THE_LIST,
    "http_picture": _STAFF,
    "http_takeaway": _READERS,
    "http_takeaway_edition": _READERS,
    "http_takeaway_text": _READERS,
    "http_takeaway_preview": _PHARMACIST,
    "http_takeaway_check": _PHARMACIST,
    "http_fhir_export": _PHARMACIST,
    "http_letter": _STAFF,
    "http_read_history": _PHARMACIST,
    "http_import_history": _PHARMACIST,
    "http_problem_codes": _STAFF,
    "http_plan_report": _SUPERVISOR,
    "http_label": _STAFF,
    "http_drugs": _PHARMACIST,
    "http_sig": _PHARMACIST,
}

ACTIONS: Mapping[str, frozenset[str]] = MappingProxyType({**_COMMANDS, **_SOCKET_EVENTS, **_ROUTES})


def may(role: str, action: str) -> bool:
    """Whether the role (or `ANYONE`) may do the action; an action that is not in the table is refused."""
    return role in ACTIONS.get(action, frozenset())


def roles_of(action: str) -> frozenset[str]:
    """The signed-in roles that may do the action, without the program itself; empty where none may."""
    return ACTIONS.get(action, frozenset()) & _MEMBERS
