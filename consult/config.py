"""Settings: frozen, and the only reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from consult.errors import SiteError

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Settings:
    """How a site runs. `public_origin` is what people type ("https://consult.example"); it, and only it, may
    connect. `analysts` is the number of analysis processes; `deadline` the seconds one line may take."""

    database: str = "sqlite:///consult.db"
    host: str = "127.0.0.1"
    port: int = 8080
    public_origin: str = ""
    analysts: int = max(1, (os.cpu_count() or 2) - 1)
    deadline: float = 2.0
    redis: str = ""
    site_name: str = "consult"
    help_phone: str = ""
    help_hours: str = ""
    tty: str = "711"
    plan_name: str = ""
    letterhead: tuple[str, ...] = ()
    form_line: str = "Form CMS-10396"
    omb_line: str = "OMB Approval No. 0938-1154"
    disposal_places: tuple[str, ...] = ()
    turn_url: tuple[str, ...] = ()  # relays for calls, "turns:turn.example:443?transport=tcp"
    turn_secret: str = field(default="", repr=False)  # shared with the relay
    turn_ttl: int = 3600  # seconds
    turn_only: bool = False  # members never learn each other's address
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: str = "starttls"
    smtp_sender: str = ""
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    drop_folder: str = ""
    static: Path = Path(__file__).parent / "static" / "app"

    @property
    def origin(self) -> str:
        return self.public_origin or f"http://{self.host}:{self.port}"

    @property
    def origins(self) -> tuple[str, ...]:
        """The origins that browsers may come from; on a loopback address its other spellings too."""
        parts = urlsplit(self.origin)
        if parts.hostname in LOOPBACK:
            port = f":{parts.port}" if parts.port else ""
            return tuple(dict.fromkeys((self.origin, *(f"{parts.scheme}://{name}{port}" for name in LOOPBACK[:2]))))
        return (self.origin,)

    @property
    def secure(self) -> bool:
        return self.origin.startswith("https://")


def read_settings(environment: Mapping[str, str] | None = None, **given: object) -> Settings:
    """Settings from CONSULT_* variables, then from what is given. Raises SiteError naming the variable."""
    env = os.environ if environment is None else environment
    values: dict[str, object] = {}
    for name in (
        "database",
        "host",
        "public_origin",
        "redis",
        "site_name",
        "help_phone",
        "help_hours",
        "tty",
        "plan_name",
    ):
        if text := env.get(f"CONSULT_{name.upper()}"):
            values[name] = text
    for name in ("form_line", "omb_line", "turn_secret", "drop_folder"):
        if text := env.get(f"CONSULT_{name.upper()}"):
            values[name] = text
    for name in ("letterhead", "disposal_places", "turn_url"):
        if text := env.get(f"CONSULT_{name.upper()}"):
            values[name] = tuple(part.strip() for part in text.split("|") if part.strip())
    for name in ("smtp_host", "smtp_security", "smtp_sender", "smtp_user", "smtp_password"):
        if text := env.get(f"CONSULT_{name.upper()}"):
            values[name] = text
    for name, kind in (("port", int), ("smtp_port", int), ("analysts", int), ("deadline", float), ("turn_ttl", int)):
        if text := env.get(f"CONSULT_{name.upper()}"):
            try:
                values[name] = kind(text)
            except ValueError:
                raise SiteError(f"CONSULT_{name.upper()} must be a number.", code="bad-setting") from None
    if text := env.get("CONSULT_TURN_ONLY"):
        values["turn_only"] = text.lower() in ("1", "true", "yes")
    values.update({name: value for name, value in given.items() if value is not None})
    settings = Settings(**values)  # type: ignore[arg-type]
    _check(settings)
    return settings


def word_list_folder(environment: Mapping[str, str] | None = None) -> Path | None:
    """The folder with the site's own word lists (CONSULT_WORD_LISTS), None where there is none."""
    text = (os.environ if environment is None else environment).get("CONSULT_WORD_LISTS", "")
    return Path(text) if text else None


def _check(settings: Settings) -> None:
    parts = urlsplit(settings.origin)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise SiteError(
            "CONSULT_PUBLIC_ORIGIN must be an origin such as https://consult.example, without a path.",
            code="bad-setting",
        )
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise SiteError(
            "Health data needs https: set CONSULT_PUBLIC_ORIGIN to an https:// address (http is for this machine).",
            code="insecure-origin",
        )
    if not 0 <= settings.port <= 65535:
        raise SiteError("CONSULT_PORT must be between 0 and 65535.", code="bad-setting")
    if settings.analysts < 1:
        raise SiteError("CONSULT_ANALYSTS must be at least 1.", code="bad-setting")
    _check_turn(settings)
    _check_sending(settings)


def _check_turn(settings: Settings) -> None:
    if any(not url.startswith(("turn:", "turns:")) for url in settings.turn_url):
        raise SiteError("CONSULT_TURN_URL must begin with turn: or turns:", code="bad-setting")
    if settings.turn_url and len(settings.turn_secret) < 16:
        raise SiteError("CONSULT_TURN_SECRET must be the relay's secret, 16 characters or more.", code="bad-setting")
    if settings.turn_only and not settings.turn_url:
        raise SiteError("CONSULT_TURN_ONLY needs a relay: set CONSULT_TURN_URL.", code="bad-setting")
    if not 60 <= settings.turn_ttl <= 3600:
        raise SiteError("CONSULT_TURN_TTL must be between 60 and 3600 seconds.", code="bad-setting")


def _check_sending(settings: Settings) -> None:
    if settings.drop_folder and not Path(settings.drop_folder).is_dir():
        raise SiteError("CONSULT_DROP_FOLDER is no folder on this machine.", code="bad-setting")
    if settings.smtp_security not in ("starttls", "tls", "none"):
        raise SiteError("CONSULT_SMTP_SECURITY must be starttls, tls or none.", code="bad-setting")
    if not settings.smtp_host:
        return
    if "@" not in settings.smtp_sender:
        raise SiteError("CONSULT_SMTP_SENDER must be the address that e-mail comes from.", code="bad-setting")
    if settings.smtp_security == "none" and settings.smtp_host not in LOOPBACK:
        raise SiteError(
            "Health data needs encryption: CONSULT_SMTP_SECURITY=none is for a mail server on this machine only.",
            code="insecure-mail",
        )
