"""What is not understood is refused by name, and the value is never repeated."""

import pytest

from consult.errors import BadCommand
from consult.session.wire import COMMANDS, parse

LINE = {"line_id": "a", "after": "", "base_rev": 0, "text": "metformin"}


def test_a_good_command_is_parsed() -> None:
    command = parse("put_note_line", LINE)

    assert command == COMMANDS["put_note_line"](**LINE)


@pytest.mark.parametrize(
    ("name", "data", "code", "words"),
    [
        ("drop_tables", {}, "unknown-command", "drop_tables"),
        ("put_note_line", [], "bad-command", "object"),
        ("put_note_line", {**LINE, "author_id": "somebody"}, "unknown-field", "author_id"),
        ("put_note_line", {**LINE, "text": "x" * 2001}, "too-long", "2000"),
        ("put_note_line", {**LINE, "text": 5}, "bad-field", "text"),
        ("put_note_line", {"line_id": "a"}, "bad-field", "after"),
        ("put_note_line", {**LINE, "speaker": "ghost"}, "bad-field", "speaker"),
        ("send_chat", {"message_id": "m", "text": ""}, "bad-field", "too short"),
        ("confirm_identity", {"method": "video", "identifiers": ["one"]}, "bad-field", "identifiers"),
        ("add_todo", {"item": {"id": "t", "topic": "x", "action": "y", "owner": "z"}}, "unknown-field", "item.owner"),
    ],
)
def test_a_bad_command_is_refused_with_its_code(name: str, data: object, code: str, words: str) -> None:
    with pytest.raises(BadCommand) as error:
        parse(name, data)

    assert error.value.code == code
    assert words in error.value.message


def test_the_value_of_a_bad_field_is_not_repeated() -> None:
    secret = "canarymycin " * 300

    with pytest.raises(BadCommand) as error:
        parse("put_note_line", {**LINE, "text": secret})

    assert "canarymycin" not in error.value.message
    assert error.value.__cause__ is None
