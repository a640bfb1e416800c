"""Settings of the process, from `FOYER_…` variables. Every one is listed here with what it means.

A variable that is not listed is refused by name, so that a misspelt one never passes for set. Only
`FOYER_SECRET_…` are left to `${…}` in foyer.yaml, and `FOYER_TEST_…` to the test suite; what Kubernetes sets for a
service called foyer is passed over.
"""

import difflib
import ipaddress
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

from bot.domain.errors import ConfigurationError
from bot.settings.origins import check_origin, is_loopback
from bot.settings.server_urls import check_chroma_url, check_database_url, check_redis_url
from bot.settings.service_links import service_links
from bot.settings.validation import complaint_about

PREFIX = "FOYER_"
FREE_PREFIXES = ("FOYER_SECRET_", "FOYER_TEST_")


def _split(value: Any) -> Any:
    """Read a list as people write it in a variable: separated by commas or spaces."""
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


def _network(text: str) -> str:
    try:
        return str(ipaddress.ip_network(text))
    except ValueError as error:
        raise ValueError(f"{text!r} is not an address or network like 10.0.0.0/8 ({error})") from None


def _public_url(text: str) -> str:
    address = text.rstrip("/")
    try:
        return check_origin(address)
    except ConfigurationError as error:
        raise ValueError(str(error)) from None


Count = Annotated[int, Field(ge=1, le=10_000_000)]
Names = Annotated[tuple[str, ...], BeforeValidator(_split)]
Networks = Annotated[tuple[Annotated[str, AfterValidator(_network)], ...], BeforeValidator(_split)]


class Environment(BaseModel):
    """The settings of one process. The defaults serve one machine, on loopback."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    home: Path = Field(default=Path(".foyer"), description="Folder of the database, the index and uploads.")
    database_url: Annotated[SecretStr, AfterValidator(check_database_url)] | None = Field(
        default=None,
        min_length=1,
        description="PostgreSQL instead of the file in the home: postgresql://user:password@host/name",
    )
    host: str = Field(default="127.0.0.1", min_length=1, description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    public_url: Annotated[str, AfterValidator(_public_url)] | None = Field(
        default=None, description="Where visitors reach it: https://chat.example.com"
    )
    trusted_proxies: Networks = Field(
        default=(), description="Proxies whose X-Forwarded-For counts: addresses or networks."
    )
    redis_url: Annotated[SecretStr, AfterValidator(check_redis_url)] | None = Field(
        default=None,
        description="Redis that joins several processes: redis://:password@redis.internal:6379/0",
    )
    redis_prefix: str = Field(
        default="foyer",
        pattern=r"^[a-z0-9_-]{1,40}$",
        description="What all keys and channels there begin with.",
    )
    chroma_url: Annotated[str, AfterValidator(check_chroma_url)] | None = Field(
        default=None, description="Chroma server of the vector indexes: http://chroma.internal:8000"
    )
    chroma_token: SecretStr | None = Field(
        default=None, min_length=1, description="Token that the Chroma server's proxy asks for."
    )
    embedding_model: str = Field(
        default="minilm", min_length=1, description="minilm, or a sentence-transformers name."
    )
    drain_seconds: float = Field(
        default=8, ge=0, le=600, description="How long running turns may take at a stop."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="What is logged."
    )
    log_format: Literal["console", "json"] = Field(default="console", description="How a line of log looks.")

    metrics_token: SecretStr | None = Field(
        default=None,
        min_length=16,
        description="Who sends it as a bearer may read /metrics; without one, only this machine may.",
    )
    otlp_endpoint: str | None = Field(
        default=None,
        min_length=8,
        description="OpenTelemetry collector that spans are sent to, by gRPC: http://127.0.0.1:4317",
    )

    smtp_host: str | None = Field(
        default=None, min_length=1, description="Mail server that sends lead mails."
    )
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Its port.")
    smtp_encryption: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="How it is encrypted."
    )
    smtp_user: str | None = Field(default=None, min_length=1, description="User name at the mail server.")
    smtp_password: SecretStr | None = Field(
        default=None, min_length=1, description="Password at the mail server."
    )
    smtp_from: str | None = Field(
        default=None, min_length=3, description="Sender of lead mails: leads@example.com"
    )
    code_secret: SecretStr | None = Field(
        default=None,
        min_length=32,
        description="Key of the codes that prove addresses, one for all servers of a database; else one in the home.",
    )
    outbound_allow: Names = Field(
        default=(),
        description="Private networks or host:port that webhooks and crawls may reach: 10.1.0.0/16 crm.intranet:443",
    )

    limits: Literal["on", "off"] = Field(
        default="on", description="off lifts all limits for load tests on loopback."
    )
    limit_messages_per_minute: Count = Field(default=20, description="Messages of one visitor in a minute.")
    limit_message_burst: Count = Field(default=10, description="Messages of one visitor at once.")
    limit_frames_per_minute: Count = Field(default=120, description="Frames on one connection in a minute.")
    limit_bad_frames_per_minute: Count = Field(
        default=10, description="Malformed frames until the socket closes."
    )
    limit_sessions_per_hour: Count = Field(default=60, description="New sessions of one address in an hour.")
    limit_faq_per_minute: Count = Field(
        default=60, description="GET /faq requests of one address in a minute."
    )
    limit_api_per_minute: Count = Field(default=600, description="Requests with one API key in a minute.")
    limit_codes_per_visitor: Count = Field(
        default=3, description="Codes sent to prove an address, for one visitor in an hour."
    )
    limit_codes_per_address: Count = Field(default=5, description="Codes sent to one address in a day.")
    limit_codes_per_site: Count = Field(default=60, description="Codes sent by one site in an hour.")
    limit_sockets_per_visitor: Count = Field(default=5, description="Open sockets of one visitor.")
    limit_sockets_per_address: Count = Field(default=50, description="Open sockets of one address.")
    limit_sockets_per_operator: Count = Field(
        default=20, description="Conversations that one user of the leads page follows at once."
    )
    limit_sockets: Count = Field(default=2000, description="Open sockets of one process.")
    limit_queue_bytes: Count = Field(default=1_048_576, description="Bytes waiting for one slow reader.")
    limit_wire_frame_bytes: Count = Field(default=65_536, description="Bytes of one frame on the wire.")
    limit_frame_bytes: Count = Field(default=16_384, description="Bytes of one frame that are looked at.")
    limit_body_bytes: Count = Field(default=65_536, description="Bytes of one HTTP request's body.")
    limit_text_chars: Count = Field(default=4000, description="Characters of one message.")
    limit_replay_messages: Count = Field(default=300, description="Messages a resumed connection is sent.")
    limit_hello_seconds: Count = Field(default=10, description="Seconds until the first frame is due.")
    limit_request_seconds: Count = Field(
        default=10, description="Seconds until an HTTP request has arrived whole."
    )
    limit_unread_seconds: Count = Field(
        default=15, description="Seconds a client may leave unread what it is sent."
    )
    limit_session_idle_hours: Count = Field(default=24, description="Hours a session lives unused.")
    limit_session_days: Count = Field(default=30, description="Days a session lives at most.")
    limit_login_tries: Count = Field(
        default=5, description="Wrong passwords for one name until it has to wait."
    )
    limit_login_idle_hours: Count = Field(default=12, description="Hours a login at /leads lasts unused.")
    limit_login_days: Count = Field(default=7, description="Days a login at /leads lasts at most.")


def load_environment(
    environ: Mapping[str, str] | None = None, *, host: str | None = None, port: int | None = None
) -> Environment:
    """Read the settings of the process.

    Args:
        environ: the variables; those of the process by default.
        host: the command line's `--host`, which wins.
        port: the command line's `--port`, likewise.

    Raises:
        ConfigurationError: a variable is unknown or not valid, or two can not work together.
    """
    environ = os.environ if environ is None else environ
    links = service_links(environ, prefix=PREFIX)
    given = {
        name.removeprefix(PREFIX).lower(): value.strip()
        for name, value in environ.items()
        if name.startswith(PREFIX)
        and not name.startswith(FREE_PREFIXES)
        and name not in links
        and (value.strip() or not _is_known(name))
    }
    typed = {"host": host, "port": port}
    try:
        settings = Environment.model_validate(given | {k: v for k, v in typed.items() if v is not None})
    except ValidationError as error:
        raise ConfigurationError(_sentence(error)) from None
    _refuse_contradictions(settings)
    return settings


def _is_known(name: str) -> bool:
    """Whether a variable is a setting; one that is set to nothing then counts as not set."""
    return name.removeprefix(PREFIX).lower() in Environment.model_fields


def _sentence(error: ValidationError) -> str:
    """Name the first variable that is wrong, and the remedy."""
    detail = error.errors(include_url=False)[0]
    name = PREFIX + str(detail["loc"][0]).upper()
    if detail["type"] == "extra_forbidden":
        return f"{name} is not a known setting; {_remedy(name.removeprefix(PREFIX))}"
    if detail["type"] == "value_error":
        return f"{name}: {detail['ctx']['error']}"
    return f"{name} {complaint_about(detail)}"


def _remedy(name: str) -> str:
    """Name the setting that was probably meant; what all of them begin with tells nothing."""
    known = [field.upper() for field in Environment.model_fields]
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    return f"did you mean `{PREFIX}{near[0]}`?" if near else "remove it"


def _refuse_contradictions(settings: Environment) -> None:
    """Refuse what can not work, or would be unsafe, together."""
    if settings.limits == "off" and not is_loopback(settings.host):
        raise ConfigurationError(
            f"FOYER_LIMITS=off is for load tests on this machine and is refused with host {settings.host!r}; "
            "listen on 127.0.0.1, or remove FOYER_LIMITS."
        )
    if (
        settings.public_url
        and settings.public_url.startswith("http://")
        and not _is_local(settings.public_url)
    ):
        raise ConfigurationError(
            f"FOYER_PUBLIC_URL {settings.public_url} is not encrypted; put an HTTPS proxy before Foyer "
            "and write https://."
        )
    _refuse_mail(settings)
    if settings.chroma_token is not None and settings.chroma_url is None:
        raise ConfigurationError("FOYER_CHROMA_TOKEN is set without FOYER_CHROMA_URL; set that too.")
    if settings.limit_frame_bytes > settings.limit_wire_frame_bytes:
        raise ConfigurationError(
            "FOYER_LIMIT_FRAME_BYTES is above FOYER_LIMIT_WIRE_FRAME_BYTES: no such frame could arrive; "
            "raise the latter."
        )


def _refuse_mail(settings: Environment) -> None:
    if settings.smtp_host is None:
        for name in ("smtp_user", "smtp_password", "smtp_from"):
            if getattr(settings, name) is not None:
                raise ConfigurationError(
                    f"FOYER_{name.upper()} is set without FOYER_SMTP_HOST; set that too."
                )
        return
    if settings.smtp_from is None:
        raise ConfigurationError(
            "FOYER_SMTP_HOST is set without FOYER_SMTP_FROM; set the sender's address too."
        )
    if (settings.smtp_user is None) != (settings.smtp_password is None):
        raise ConfigurationError("FOYER_SMTP_USER and FOYER_SMTP_PASSWORD go together; set both or neither.")
    if settings.smtp_password and settings.smtp_encryption == "none" and not is_loopback(settings.smtp_host):
        raise ConfigurationError(
            "FOYER_SMTP_ENCRYPTION=none would send the password in the clear; use starttls or tls."
        )


def _is_local(url: str) -> bool:
    return is_loopback(url.partition("://")[2].rpartition(":")[0] or url.partition("://")[2])
