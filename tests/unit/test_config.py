"""Settings come from one place; a site that would be unsafe does not start."""

import pytest

from consult.config import read_settings
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
