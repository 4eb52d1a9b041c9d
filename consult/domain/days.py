"""The calendar day of a time, where the site is. Times are stored in UTC; a visit at six in the evening in Oregon is of
the next day there."""

from __future__ import annotations

from datetime import datetime, tzinfo


def day_of(at: str | datetime, zone: tzinfo | None) -> str:
    """YYYY-MM-DD of a time (ISO 8601 with its offset) in that zone, None for the machine's; a plain day stays as it is,
    and "" too."""
    if isinstance(at, str):
        if len(at) <= 10:
            return at
        at = datetime.fromisoformat(at)
    return at.astimezone(zone).date().isoformat()
