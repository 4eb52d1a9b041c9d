"""Settings: frozen, and the only reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import tzinfo
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from shlex import quote
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from consult.errors import SiteError

LOG_LEVELS = ("debug", "info", "warning", "error")
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
    help_hours_es: str = ""  # the same in Spanish
    tty: str = "711"
    time_zone: str = ""  # "America/Chicago": whose days the papers tell; "": the machine's
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
    trusted_proxies: tuple[str, ...] = ()  # addresses whose X-Forwarded-For is believed
    audit_key: str = field(default="", repr=False)  # of the audit chain; kept outside of the database
    audit_anchors: str = ""  # file to which the newest link of the chain is added now and then
    metrics_port: int = 0  # 0: no metrics
    metrics_host: str = "127.0.0.1"
    log_level: str = "warning"
    word_lists: str = ""  # folder with the site's own word lists
    data: str = ""  # folder with what the site has imported
    data_days: int = 365  # how old the drug data may be
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
    def zone(self) -> tzinfo | None:
        """The time zone of the site; None for that of the machine."""
        return ZoneInfo(self.time_zone) if self.time_zone else None

    @property
    def secure(self) -> bool:
        return self.origin.startswith("https://")


# Variables with our prefix that are no settings: of the tests and of the set-up.
NOT_SETTINGS = ("CONSULT_TEST_", "CONSULT_CHAOS", "CONSULT_REQUIRE_", "CONSULT_SKIP_", "CONSULT_COMPILE")


def read_settings(environment: Mapping[str, str] | None = None, **given: object) -> Settings:
    """Settings from CONSULT_* variables, then from what is given. Raises SiteError naming the variable."""
    env = os.environ if environment is None else environment
    kinds = {f"CONSULT_{one.name.upper()}": (one.name, str(one.type)) for one in fields(Settings)}
    values: dict[str, object] = {}
    for variable, text in env.items():
        if variable in kinds:
            name, kind = kinds[variable]
            if text:
                values[name] = _value(variable, kind, text)
        elif variable.startswith("CONSULT_") and not variable.startswith(NOT_SETTINGS):
            near = get_close_matches(variable, kinds, 1)
            hint = f" Did you mean {near[0]}?" if near else " The settings are listed in docs/operations.md."
            raise SiteError(f"{variable} is no setting.{hint}", code="unknown-setting")
    values.update({name: value for name, value in given.items() if value is not None})
    settings = Settings(**values)  # type: ignore[arg-type]
    _check(settings)
    return settings


def as_variables(given: Mapping[str, str | tuple[str, ...]]) -> str:
    """Settings as lines of a shell: what `read_settings` reads from the environment."""
    texts = {name: value if isinstance(value, str) else "|".join(value) for name, value in given.items()}
    return "".join(f"CONSULT_{name.upper()}={quote(text)}\n" for name, text in texts.items())


def _value(variable: str, kind: str, text: str) -> object:
    if kind == "tuple[str, ...]":
        return tuple(part.strip() for part in text.split("|") if part.strip())
    if kind == "bool":
        if text.lower() not in ("1", "true", "yes", "0", "false", "no"):
            raise SiteError(f"{variable} must be 1 or 0.", code="bad-setting")
        return text.lower() in ("1", "true", "yes")
    if kind in ("int", "float"):
        try:
            number = int(text) if kind == "int" else float(text)
        except ValueError:
            raise SiteError(f"{variable} must be a number.", code="bad-setting") from None
        return number
    return Path(text) if kind == "Path" else text


def word_list_folder(environment: Mapping[str, str] | None = None) -> Path | None:
    """The folder with the site's own word lists (CONSULT_WORD_LISTS), None where there is none."""
    text = (os.environ if environment is None else environment).get("CONSULT_WORD_LISTS", "")
    return Path(text) if text else None


def data_folder(environment: Mapping[str, str] | None = None) -> Path | None:
    """The folder with what the site imported (CONSULT_DATA), None where there is none."""
    text = (os.environ if environment is None else environment).get("CONSULT_DATA", "")
    return Path(text) if text else None


def data_days(environment: Mapping[str, str] | None = None) -> int:
    """How old the drug data may be, in days (CONSULT_DATA_DAYS). Raises SiteError."""
    text = (os.environ if environment is None else environment).get("CONSULT_DATA_DAYS", "365")
    if not text.isdigit() or int(text) < 1:
        raise SiteError("CONSULT_DATA_DAYS must be a number of days, 1 or more.", code="bad-setting")
    return int(text)


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
    if not 0 <= settings.metrics_port <= 65535 or (settings.metrics_port and settings.metrics_port == settings.port):
        raise SiteError("CONSULT_METRICS_PORT must be a port of its own, between 0 and 65535.", code="bad-setting")
    if settings.log_level not in LOG_LEVELS:
        raise SiteError(f"CONSULT_LOG_LEVEL must be one of {', '.join(LOG_LEVELS)}.", code="bad-setting")
    try:
        _ = settings.zone
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SiteError("CONSULT_TIME_ZONE must be a zone such as America/Chicago.", code="bad-setting") from None
    if settings.audit_key and len(settings.audit_key) < 32:
        raise SiteError("CONSULT_AUDIT_KEY must have 32 characters or more.", code="bad-setting")
    if settings.audit_anchors and not Path(settings.audit_anchors).absolute().parent.is_dir():
        raise SiteError("CONSULT_AUDIT_ANCHORS must be a file in a folder that exists.", code="bad-setting")
    for address in settings.trusted_proxies:
        try:
            ip_address(address)
        except ValueError:
            raise SiteError("CONSULT_TRUSTED_PROXIES must be IP addresses, divided by |.", code="bad-setting") from None
    if not 0 < settings.deadline <= 60:
        raise SiteError("CONSULT_DEADLINE must be more than 0 and at most 60 seconds.", code="bad-setting")
    if settings.redis and not settings.redis.startswith(("redis://", "rediss://", "unix://")):
        raise SiteError("CONSULT_REDIS must begin with redis:// or rediss://", code="bad-setting")
    if settings.redis and settings.database.startswith("sqlite"):
        raise SiteError("CONSULT_REDIS is for several nodes, which need PostgreSQL.", code="bad-setting")
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
