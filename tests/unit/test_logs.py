"""A log line is one line, whatever a message holds, and says no text of an exception."""

import json
import logging
import sys

import pytest

from consult.cli.logs import JsonLines


def _line(message: str, error: Exception | None = None) -> str:
    info = None
    if error is not None:
        try:
            raise error
        except Exception:
            info = sys.exc_info()
    return JsonLines().format(logging.LogRecord("consult.socket", logging.WARNING, "", 0, message, (), info))


@pytest.mark.parametrize("text", ["a\nb", "a\r\nb", "a\u2028b", "a\x1b[31mb", "a\x00b"], ids=ascii)
def test_a_message_stays_in_its_line(text: str) -> None:
    written = _line(text)

    assert written.isascii()
    assert written.isprintable()
    assert json.loads(written)["message"] == text


def test_an_exception_is_told_by_its_type() -> None:
    written = _line("failed", ValueError("zebra-marmalade"))

    assert json.loads(written)["error"] == "ValueError"
    assert "zebra" not in written
