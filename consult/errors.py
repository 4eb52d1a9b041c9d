"""Errors with a code that never changes and a message that says what to do."""

from __future__ import annotations

from pathlib import Path


class ConsultError(Exception):
    """Something the caller can act on.

    `code` is kebab-case and stable: clients and tests depend on it. `message` is for people and holds
    no words of a patient. `status` is the HTTP status that fits.
    """

    code = "consult-error"
    status = 400

    def __init__(self, message: str, *, code: str | None = None, **detail: str | int) -> None:
        super().__init__(message)
        self.message = message
        self.detail = detail
        if code is not None:
            self.code = code


class Refused(ConsultError):
    """The command does not fit the present state; nothing was changed."""

    code = "refused"
    status = 409


class BadCommand(ConsultError):
    """The command is not understood: unknown type, unknown field, wrong or too long value."""

    code = "bad-command"


class NotFound(ConsultError):
    """There is no such thing, or not for this person (the two are not told apart)."""

    code = "not-found"
    status = 404


class Forbidden(ConsultError):
    """The role may not do this."""

    code = "forbidden"
    status = 403


class SignInNeeded(ConsultError):
    """There is no valid session."""

    code = "sign-in-needed"
    status = 401


class LinkRefused(ConsultError):
    """The join link or the date of birth does not open a consult (wrong, expired and locked look alike)."""

    code = "link-refused"
    status = 403


class TooMany(ConsultError):
    """Too many tries or messages; wait and try again."""

    code = "too-many"
    status = 429


class StaleSequence(ConsultError):
    """Another writer was first; read what was missed and decide again."""

    code = "stale-sequence"
    status = 409


class Unavailable(ConsultError):
    """A part that is needed does not answer now; nothing was lost, try again."""

    code = "unavailable"
    status = 503


class SiteError(ConsultError):
    """The site cannot start as it is set up (database version, port, setting)."""

    code = "site-error"
    status = 500


class BadFile(ConsultError):
    """A file that cannot be used: where, and why."""

    code = "bad-file"

    def __init__(self, path: Path | str, line: int | None, reason: str) -> None:
        where = f"{path}:{line}" if line is not None else str(path)
        super().__init__(f"{where}: {reason}", path=str(path), line=line or 0)
        self.path = Path(path)
        self.reason = reason
        self.line = line
