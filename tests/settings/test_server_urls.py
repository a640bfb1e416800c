"""Addresses of servers: a password that is not written as addresses are is named, without being shown."""

import pytest

from bot.domain.errors import ConfigurationError
from bot.settings import load_environment

DATABASE, REDIS, CHROMA = "FOYER_DATABASE_URL", "FOYER_REDIS_URL", "FOYER_CHROMA_URL"


@pytest.mark.parametrize(
    ("name", "url", "remedy"),
    [
        (DATABASE, "postgresql://foyer:hush@hush@db:5432/foyer", "there is a @ in the password.*write %40"),
        (DATABASE, "postgresql://foyer@corp:hush@/hush@db/foyer?ssl=require", "there is a @ in .*%40"),
        (REDIS, "redis://:hush/hush@redis:6379/0", "there is a / in the password.*write %2F"),
        (REDIS, "redis://u:1/hush@redis", "there is a / in .*%2F"),
        (REDIS, "redis://u:hush#hush@redis", "there is a # in .*%23"),
        (REDIS, "redis://u:hush?hush@redis", r"there is a \? in .*%3F"),
        (REDIS, "rediss://u:hush[hush@redis", r"there is a \[ in .*%5B.*% as %25"),
        (CHROMA, "http://u:hush@chroma:8000", "takes no user or password; FOYER_CHROMA_TOKEN"),
    ],
)
def test_a_sign_that_would_end_the_password_is_named(name: str, url: str, remedy: str) -> None:
    with pytest.raises(ConfigurationError, match=f"{name}: {remedy}") as refused:
        load_environment({name: url})

    assert "hush" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "url"),
    [
        (DATABASE, "postgresql://foyer:a%40b%2F%23@db:5432/foyer?sslrootcert=/x@y.crt&ssl=verify-full"),
        (DATABASE, "postgresql://foyer@corp:a/b#c@db/foyer"),
        (DATABASE, "postgresql://db:5432/foyer?host=/run/a@b"),
        (REDIS, "redis://:a@b@redis:6379/0"),
        (REDIS, "redis://redis:6379/0"),
    ],
)
def test_what_the_drivers_read_as_it_was_meant_passes(name: str, url: str) -> None:
    load_environment({name: url})
