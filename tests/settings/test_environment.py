"""Settings of the process: defaults, refusals, and combinations that can not work."""

from pathlib import Path

import pytest

from bot.domain.errors import ConfigurationError
from bot.settings import Environment, load_environment

PROTOCOL_LIMITS = {
    "limit_messages_per_minute": 20,
    "limit_message_burst": 10,
    "limit_frames_per_minute": 120,
    "limit_bad_frames_per_minute": 10,
    "limit_sessions_per_hour": 60,
    "limit_sockets_per_visitor": 5,
    "limit_sockets_per_address": 50,
    "limit_sockets_per_operator": 20,
    "limit_queue_bytes": 1024 * 1024,
    "limit_wire_frame_bytes": 64 * 1024,
    "limit_frame_bytes": 16 * 1024,
    "limit_text_chars": 4000,
    "limit_replay_messages": 300,
    "limit_hello_seconds": 10,
    "limit_session_idle_hours": 24,
    "limit_session_days": 30,
}


def test_nothing_set_serves_on_loopback_with_the_protocols_limits() -> None:
    settings = load_environment({})

    assert (settings.host, settings.port, settings.home, settings.limits) == (
        "127.0.0.1",
        8000,
        Path(".foyer"),
        "on",
    )
    assert {name: getattr(settings, name) for name in PROTOCOL_LIMITS} == PROTOCOL_LIMITS


def test_variables_are_read_in_their_type() -> None:
    settings = load_environment(
        {
            "FOYER_HOME": "/var/lib/foyer",
            "FOYER_PORT": "9000",
            "FOYER_LIMITS": "off",
            "FOYER_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8",
            "FOYER_OUTBOUND_ALLOW": "crm.intranet:443",
            "FOYER_LIMIT_TEXT_CHARS": "100",
        }
    )

    assert settings.home == Path("/var/lib/foyer")
    assert (settings.port, settings.limits, settings.limit_text_chars) == (9000, "off", 100)
    assert settings.trusted_proxies == ("127.0.0.1/32", "10.0.0.0/8")
    assert settings.outbound_allow == ("crm.intranet:443",)


def test_the_command_line_wins_over_the_environment() -> None:
    settings = load_environment({"FOYER_HOST": "0.0.0.0", "FOYER_PORT": "1"}, host="127.0.0.1", port=0)

    assert (settings.host, settings.port) == ("127.0.0.1", 0)


def test_other_programs_variables_and_free_prefixes_are_left_alone() -> None:
    load_environment(
        {"PATH": "/bin", "FOYER_SECRET_CRM": "whsec_x", "FOYER_TEST_POSTGRES_URL": "x", "foyer": "1"}
    )


@pytest.mark.parametrize("service", ["FOYER", "FOYER_WEB", "FOYER_SMTP", "FOYER_METRICS_2"])
@pytest.mark.parametrize(
    ("protocol", "at", "host"), [("tcp", "10.1.2.3", "10.1.2.3"), ("udp", "[fd00::7]", "fd00::7")]
)
def test_what_kubernetes_sets_for_a_service_of_our_name_is_passed_over(
    service: str, protocol: str, at: str, host: str
) -> None:
    one_port = f"{service}_PORT_80_{protocol.upper()}"

    settings = load_environment(
        {
            f"{service}_SERVICE_HOST": host,
            f"{service}_SERVICE_PORT": "80",
            f"{service}_SERVICE_PORT_HTTP_METRICS": "80",
            f"{service}_PORT": f"{protocol}://{at}:80",
            one_port: f"{protocol}://{at}:80",
            f"{one_port}_PROTO": protocol,
            f"{one_port}_PORT": "80",
            f"{one_port}_ADDR": host,
            "FOYER_HOST": "0.0.0.0",
        }
    )

    assert settings == load_environment({"FOYER_HOST": "0.0.0.0"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FOYER_SMTP_SERVICE_HOST", "mail.example.com"),
        ("FOYER_SERVICE_PORT", "http"),
        ("FOYER_PORT", "http://10.1.2.3:80"),
        ("FOYER_PORT", "tcp://10.1.2.3"),
        ("FOYER_PORT", "tcp://10.1.2.3:eighty"),
        ("FOYER_PORT_80_TLS", "tcp://10.1.2.3:80"),
        ("FOYER_URL", "tcp://10.1.2.3:80"),
    ],
)
def test_what_only_looks_like_it_is_refused_as_ever(name: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"^{name} "):
        load_environment({name: value})


def test_a_variable_set_to_nothing_counts_as_not_set() -> None:
    assert load_environment({"FOYER_PORT": "", "FOYER_SMTP_HOST": " "}).port == 8000


@pytest.mark.parametrize(
    ("environ", "complaint"),
    [
        ({"FOYER_PROT": "9000"}, "FOYER_PROT is not a known setting; did you mean `FOYER_PORT`?"),
        ({"FOYER_XYZZY": ""}, "FOYER_XYZZY is not a known setting; remove it"),
        ({"FOYER_PORT": "http"}, "FOYER_PORT must be a whole number, not 'http'"),
        ({"FOYER_PORT": "70000"}, "FOYER_PORT must be at most 65535"),
        ({"FOYER_FOO": "1"}, "FOYER_FOO is not a known setting; remove it"),
        ({"FOYER_BOGUS_WORD": "true"}, "FOYER_BOGUS_WORD is not a known setting; remove it"),
        ({"FOYER_LIMITS": "none"}, "FOYER_LIMITS must be one of 'on' or 'off'"),
        ({"FOYER_LIMIT_TEXT_CHARS": "0"}, "FOYER_LIMIT_TEXT_CHARS must be at least 1"),
        ({"FOYER_TRUSTED_PROXIES": "proxy"}, "'proxy' is not an address or network"),
        (
            {"FOYER_PUBLIC_URL": "https://a.example/chat"},
            "FOYER_PUBLIC_URL: 'https://a.example/chat' has a path",
        ),
        ({"FOYER_PUBLIC_URL": "http://chat.example.com"}, "is not encrypted; put an HTTPS proxy"),
        ({"FOYER_LIMITS": "off", "FOYER_HOST": "0.0.0.0"}, "FOYER_LIMITS=off is for load tests"),
        ({"FOYER_SMTP_FROM": "a@example.com"}, "FOYER_SMTP_FROM is set without FOYER_SMTP_HOST"),
        ({"FOYER_SMTP_HOST": "mail"}, "FOYER_SMTP_HOST is set without FOYER_SMTP_FROM"),
        (
            {"FOYER_SMTP_HOST": "mail", "FOYER_SMTP_FROM": "a@example.com", "FOYER_SMTP_USER": "a"},
            "FOYER_SMTP_USER and FOYER_SMTP_PASSWORD go together",
        ),
        (
            {
                "FOYER_SMTP_HOST": "mail.example.com",
                "FOYER_SMTP_FROM": "a@example.com",
                "FOYER_SMTP_USER": "a",
                "FOYER_SMTP_PASSWORD": "hunter2",
                "FOYER_SMTP_ENCRYPTION": "none",
            },
            "would send the password in the clear",
        ),
        (
            {"FOYER_LIMIT_FRAME_BYTES": "999999"},
            "FOYER_LIMIT_FRAME_BYTES is above FOYER_LIMIT_WIRE_FRAME_BYTES",
        ),
    ],
)
def test_what_can_not_work_is_refused_by_name(environ: dict[str, str], complaint: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_environment(environ)

    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_limits_may_be_off_on_loopback(host: str) -> None:
    assert load_environment({"FOYER_LIMITS": "off"}, host=host).limits == "off"


def test_the_host_of_the_command_line_is_held_against_limits_too() -> None:
    with pytest.raises(ConfigurationError, match=r"refused with host '0\.0\.0\.0'"):
        load_environment({"FOYER_LIMITS": "off"}, host="0.0.0.0")


def test_a_public_url_loses_its_last_slash() -> None:
    assert (
        load_environment({"FOYER_PUBLIC_URL": "https://Chat.example.com/"}).public_url
        == "https://chat.example.com"
    )


def test_the_password_never_shows() -> None:
    environ = {
        "FOYER_SMTP_HOST": "mail.example.com",
        "FOYER_SMTP_FROM": "a@example.com",
        "FOYER_SMTP_USER": "a",
        "FOYER_SMTP_PASSWORD": "hunter2",
    }

    settings = load_environment(environ)

    assert "hunter2" not in repr(settings)
    assert settings.smtp_password is not None
    assert settings.smtp_password.get_secret_value() == "hunter2"


def test_every_setting_says_what_it_means() -> None:
    silent = [name for name, field in Environment.model_fields.items() if not field.description]

    assert silent == []
