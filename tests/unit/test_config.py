"""Settings come from one place; a site that would be unsafe does not start."""

import shlex
from dataclasses import fields
from pathlib import Path

import pytest

from consult.config import Settings, as_variables, read_settings
from consult.errors import SiteError
from consult.fleet import check
from consult.session.door import make_server


def test_what_is_given_wins_over_the_environment() -> None:
    settings = read_settings({"CONSULT_PORT": "9000", "CONSULT_SITE_NAME": "Prairie"}, port=9001, site_name=None)

    assert (settings.port, settings.site_name) == (9001, "Prairie")


def test_lists_are_divided_by_bars() -> None:
    settings = read_settings({"CONSULT_LETTERHEAD": "Prairie Review | 100 Main Street"})

    assert settings.letterhead == ("Prairie Review", "100 Main Street")


def test_the_secret_of_the_relay_is_not_printed() -> None:
    settings = read_settings({"CONSULT_TURN_URL": "turn:a.example|turns:a.example", "CONSULT_TURN_SECRET": "s" * 32})

    assert settings.turn_url == ("turn:a.example", "turns:a.example")
    assert "ssss" not in repr(settings)


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({"CONSULT_PORT": "eighty"}, "bad-setting"),
        ({"CONSULT_PORT": "70000"}, "bad-setting"),
        ({"CONSULT_ANALYSTS": "0"}, "bad-setting"),
        ({"CONSULT_DEADLINE": "0"}, "bad-setting"),
        ({"CONSULT_DATABSE": "sqlite:///x.db"}, "unknown-setting"),
        ({"CONSULT_METRICS_PORT": "8080"}, "bad-setting"),
        ({"CONSULT_LOG_LEVEL": "loud"}, "bad-setting"),
        ({"CONSULT_AUDIT_KEY": "short"}, "bad-setting"),
        ({"CONSULT_AUDIT_ANCHORS": "/no/such/folder/anchors"}, "bad-setting"),
        ({"CONSULT_TRUSTED_PROXIES": "10.0.0.1|everybody"}, "bad-setting"),
        ({"CONSULT_TIME_ZONE": "America/Prairie"}, "bad-setting"),
        ({"CONSULT_TIME_ZONE": "../etc/passwd"}, "bad-setting"),
        ({"CONSULT_REDIS": "localhost"}, "bad-setting"),
        ({"CONSULT_REDIS": "redis://localhost"}, "bad-setting"),
        ({"CONSULT_TURN_ONLY": "maybe"}, "bad-setting"),
        ({"CONSULT_TURN_URL": "https://turn.example"}, "bad-setting"),
        ({"CONSULT_TURN_URL": "turn:turn.example", "CONSULT_TURN_SECRET": "short"}, "bad-setting"),
        ({"CONSULT_TURN_TTL": "86400"}, "bad-setting"),
        ({"CONSULT_TURN_ONLY": "1"}, "bad-setting"),
        ({"CONSULT_PUBLIC_ORIGIN": "http://consult.example"}, "insecure-origin"),
        ({"CONSULT_PUBLIC_ORIGIN": "consult.example"}, "bad-setting"),
        ({"CONSULT_PUBLIC_ORIGIN": "https://consult.example/path"}, "bad-setting"),
    ],
)
def test_a_bad_setting_is_refused_by_name(environment: dict[str, str], code: str) -> None:
    with pytest.raises(SiteError) as error:
        read_settings(environment)

    assert error.value.code == code
    assert "CONSULT_" in error.value.message


def test_only_the_sites_own_origin_may_connect() -> None:
    settings = read_settings({"CONSULT_PUBLIC_ORIGIN": "https://consult.example"})

    assert settings.origins == ("https://consult.example",)
    assert settings.secure


def test_both_spellings_of_this_machine_may_connect() -> None:
    assert read_settings({}).origins == ("http://127.0.0.1:8080", "http://localhost:8080")


@pytest.mark.parametrize("origins", [(), ("*",), ("https://consult.example", "*")])
def test_an_origin_list_that_lets_everybody_in_refuses_to_start(origins: tuple[str, ...]) -> None:
    with pytest.raises(SiteError, match="origin"):
        make_server(origins)


def test_several_processes_on_sqlite_are_refused_with_the_reason() -> None:
    with pytest.raises(SiteError, match="SQLite serves one process") as error:
        check(read_settings({}), 2)

    assert error.value.code == "sqlite-one-process"
    check(read_settings({"CONSULT_DATABASE": "postgresql://localhost/x"}), 2)
    check(read_settings({}), 1)


def test_a_misspelt_setting_is_told_the_right_name() -> None:
    with pytest.raises(SiteError, match="Did you mean CONSULT_DATABASE"):
        read_settings({"CONSULT_DATABSE": "sqlite:///x.db"})


def test_variables_of_the_tests_are_no_settings() -> None:
    assert read_settings({"CONSULT_TEST_POSTGRES": "postgresql://x", "CONSULT_CHAOS": "long"}).port == 8080


def test_every_setting_stands_in_the_operations_page() -> None:
    page = (Path(__file__).parents[2] / "docs/operations.md").read_text(encoding="utf-8")

    missing = [one.name for one in fields(Settings) if f"`CONSULT_{one.name.upper()}`" not in page]

    assert missing == []


def test_settings_written_for_a_shell_are_read_back() -> None:
    given = {
        "site_name": "O'Brien & Sons",
        "letterhead": ("One", "2 Main Street, Springfield"),
        "help_phone": "555-0100",
    }

    read = read_settings(dict(word.split("=", 1) for word in shlex.split(as_variables(given))))

    assert (read.site_name, read.letterhead, read.help_phone) == tuple(given.values())
