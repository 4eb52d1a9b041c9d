"""The table of who may do what, walked whole."""

from __future__ import annotations

import inspect
import re
from typing import get_args

import pytest

from consult.auth.access import ACTIONS, ANYONE, may, roles_of
from consult.domain import commands
from consult.domain.people import Role

COMMANDS = {
    re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
    for name, kind in inspect.getmembers(commands, inspect.isclass)
    if issubclass(kind, commands.Command) and kind is not commands.Command
}
OWN = {
    "schedule_consult",
    "import_history",
    "record_script",
    "join_consult",
    "leave_consult",
    "record_findings",
    "record_failure",
    "record_assessment",
    "record_check_failure",
    "record_takeaway",
    "record_takeaway_failure",
    "record_delivery",
    "record_delivery_begun",
    "record_delivery_failure",
    "record_letter",
    "record_letter_failure",
    "send_picture",
}
SOCKET = {"socket_join", "socket_fetch", "socket_leave", "socket_command", "socket_ice", "socket_signal"}
OPEN_ROUTES = {
    "http_home",
    "http_signin_page",
    "http_signin",
    "http_signout",
    "http_join_page",
    "http_join",
    "http_health",
    "http_ready",
    "http_csp_report",
    "http_static",
}
TOLD = {"choose_phone", "report_medication", "rate_visit"}  # by the patient alone
TAKEAWAYS = {"http_takeaway", "http_takeaway_edition", "http_takeaway_text"}
ROUTES = OPEN_ROUTES | {
    "http_pharmacist_page",
    "http_supervisor_page",
    "http_me",
    "http_consults",
    "http_schedule",
    "http_link",
    "http_mail_link",
    "http_guest",
    "http_guests",
    "http_revoke_guest",
    "http_script",
    "http_topics",
    "http_directions",
    "http_send_picture",
    "http_picture",
    "http_takeaway",
    "http_takeaway_edition",
    "http_takeaway_text",
    "http_takeaway_preview",
    "http_takeaway_check",
    "http_fhir_export",
    "http_letter",
    "http_read_history",
    "http_import_history",
    "http_problem_codes",
    "http_plan_report",
    "http_label",
    "http_drugs",
    "http_sig",
    "http_revoke_link",
    "http_earlier",
    "http_settle_follow_up",
}


def _allowed(role: str) -> set[str]:
    return {action for action in ACTIONS if may(role, action)}


def test_every_command_socket_event_and_route_has_its_line_and_nothing_else_has() -> None:
    assert set(ACTIONS) == COMMANDS | SOCKET | ROUTES


def test_table_names_only_known_roles() -> None:
    assert {role for roles in ACTIONS.values() for role in roles} == {*get_args(Role), ANYONE}


def test_pharmacist_sends_every_command_that_is_not_the_programs_own() -> None:
    assert _allowed("pharmacist") == (COMMANDS - OWN - TOLD - {"open_transcript"}) | SOCKET | (
        ROUTES - {"http_supervisor_page", "http_send_picture", "http_plan_report"}
    )


def test_patient_chats_and_reads_and_does_nothing_else() -> None:
    assert (
        _allowed("patient")
        == {"send_chat", "http_me", "http_topics", "http_directions", "http_send_picture"}
        | TOLD
        | TAKEAWAYS
        | SOCKET
        | OPEN_ROUTES
    )


def test_a_guest_has_no_takeaway_and_an_interpreter_no_word_on_the_list() -> None:
    interpreter = {"send_chat", "http_me", "http_topics", "http_directions"} | SOCKET | OPEN_ROUTES

    assert _allowed("interpreter") == interpreter
    assert _allowed("caregiver") == interpreter | {"report_medication", "http_send_picture"}


def test_supervisor_reads_and_takes_part_in_the_call() -> None:
    assert (
        _allowed("supervisor")
        == {
            "open_transcript",
            "socket_command",
            "socket_ice",
            "socket_signal",
            "socket_join",
            "socket_fetch",
            "socket_leave",
            "http_supervisor_page",
            "http_me",
            "http_consults",
            "http_script",
            "http_picture",
            "http_topics",
            "http_directions",
            "http_label",
            "http_letter",
            "http_problem_codes",
            "http_plan_report",
        }
        | TAKEAWAYS
        | OPEN_ROUTES
    )


def test_program_has_its_own_commands_and_no_door() -> None:
    assert _allowed("system") == OWN


def test_somebody_who_is_not_signed_in_reaches_only_the_open_routes() -> None:
    assert _allowed(ANYONE) == OPEN_ROUTES


@pytest.mark.parametrize("role", [*get_args(Role), ANYONE, "", "admin"])
@pytest.mark.parametrize("action", ["", "delete_everything", "PutNoteLine", "put_note_line ", "__class__"])
def test_unknown_action_is_refused_to_everybody(role: str, action: str) -> None:
    assert not may(role, action)


@pytest.mark.parametrize("role", ["", "admin", "Pharmacist", "pharmacist "])
def test_unknown_role_may_do_nothing(role: str) -> None:
    assert _allowed(role) == set()


def test_roles_of_an_action_leave_the_program_out() -> None:
    assert roles_of("send_chat") == {"pharmacist", "patient", "caregiver", "interpreter"}
    assert roles_of("record_findings") == frozenset()
    assert roles_of("no_such_action") == frozenset()


def test_table_cannot_be_changed_while_running() -> None:
    with pytest.raises(TypeError):
        ACTIONS["put_note_line"] = frozenset({"patient"})  # type: ignore[index]
