"""Logs of a server: one line of JSON each, with ids and codes."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    """What a message holds stays inside its line: breaks and escapes are written as JSON writes them. An exception
    is told by its type; its text could quote a person."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        row = {"at": at, "level": record.levelname.lower(), "part": record.name, "message": record.getMessage()}
        if record.exc_info and record.exc_info[0] is not None:
            row["error"] = record.exc_info[0].__name__
        return json.dumps(row)


def log_as_json(level: str) -> None:
    """From now on everything is logged so, from `level` on; libraries only what is wrong."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    logging.getLogger("consult").setLevel(level.upper())
