"""The URL of a PostgreSQL database: what its options mean, and what is refused in one sentence."""

import ssl
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.domain.errors import ConfigurationError
from bot.store.postgres_url import for_driver

BASE = "postgresql://foyer:secret@db.internal/foyer"


def test_a_mode_is_passed_on_and_a_socket_stays_in_the_url() -> None:
    url, given = for_driver(make_url(f"{BASE}?sslmode=require&host=/var/run/postgresql"))

    assert given == {"ssl": "require"}
    assert url.drivername == "postgresql+asyncpg"
    assert dict(url.query) == {"host": "/var/run/postgresql"}
    assert for_driver(make_url(BASE))[1] == {}


@pytest.mark.parametrize(("mode", "checks_name"), [("verify-full", True), ("verify-ca", False)])
def test_who_is_verified_is_verified_against_the_systems_certificates(mode: str, checks_name: bool) -> None:
    _, given = for_driver(make_url(f"{BASE}?ssl={mode}"))

    assert given["ssl"].verify_mode is ssl.CERT_REQUIRED
    assert given["ssl"].check_hostname is checks_name


@pytest.mark.parametrize(
    ("options", "remedy"),
    [
        ("ssl=verify-full&sslrootcert=/nowhere/root.crt", "sslrootcert=/nowhere/root.crt"),
        ("ssl=verify-full&sslrootcert={empty}", "holds no certificates"),
        ("sslrootcert=/etc/ssl/certs/ca-certificates.crt", "needs ssl=verify-full"),
        ("ssl=yes", "'yes' is no way to encrypt"),
        ("sslcert=a.pem", "the option 'sslcert' is not known"),
    ],
)
def test_what_can_not_work_is_said_before_anything_is_opened(
    tmp_path: Path, options: str, remedy: str
) -> None:
    (tmp_path / "empty").touch()

    with pytest.raises(ConfigurationError, match=remedy) as refused:
        for_driver(make_url(f"{BASE}?{options.format(empty=tmp_path / 'empty')}"))
    assert "secret" not in str(refused.value)
