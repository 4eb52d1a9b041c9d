"""What the shells of patient pages say, by language. The bundle has its own words for everything after."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml
from aiohttp import web

FOLDER = Path(__file__).parent / "words"


@lru_cache(maxsize=8)
def words(language: str) -> Mapping[str, str]:
    """The words of a language that `languages()` lists."""
    read: Mapping[str, str] = yaml.safe_load((FOLDER / f"{language}.yaml").read_text("utf-8"))
    return read


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Tags of the languages there are words for, English first."""
    found = sorted(path.stem for path in FOLDER.glob("*.yaml"))
    return ("en", *(tag for tag in found if tag != "en"))


def negotiate(request: web.Request) -> str:
    """The first language the browser asks for that there are words for; English where there is none."""
    for part in request.headers.get("Accept-Language", "").split(",")[:20]:
        tag = part.partition(";")[0].strip().lower().partition("-")[0]
        if tag in languages():
            return tag
    return "en"
