"""Characters that no font of this machine can print: they would stand on the paper as empty boxes."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from functools import lru_cache

ALWAYS = 0x250  # Latin with its accents: in the font that the site is set up with
SECONDS = 5.0


def unprintable(texts: Iterable[str]) -> tuple[str, ...]:
    """The characters, in order and each once; none where the machine's fonts cannot be asked (no fontconfig)."""
    asked = dict.fromkeys(char for text in texts for char in text if ord(char) >= ALWAYS and not char.isspace())
    return tuple(char for char in asked if not _has_font(char))


@lru_cache(4096)
def _has_font(char: str) -> bool:
    program = shutil.which("fc-list")
    if program is None:
        return True
    try:
        found = subprocess.run(
            [program, f":charset={ord(char):x}", "family"], capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return True
    return found.returncode != 0 or bool(found.stdout.strip())
