"""`identity:` of foyer.yaml: how a site proves to us who its visitor is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import AfterValidator, Field

from bot.settings.problems import FilesError
from bot.settings.validation import Section
from bot.settings.variables import resolve
from bot.settings.yaml_file import YamlFile

LEAST_SECRET_BYTES = 32
"""As long as what HMAC-SHA-256 gives (RFC 7518, section 3.2)."""
_VARIABLE = re.compile(r"\$\{FOYER_SECRET_[A-Z0-9_]+\}")


def _from_environment(text: str) -> str:
    # The value is never repeated in the message: it may be a real secret.
    if not _VARIABLE.fullmatch(text):
        raise ValueError("write the secret as `${FOYER_SECRET_NAME}` and set that in the environment")
    return text


SecretVariable = Annotated[str, AfterValidator(_from_environment)]


class IdentitySection(Section):
    """How visitors are verified."""

    secret: SecretVariable | None = Field(
        default=None,
        description="What your own server signs identity tokens with: `${FOYER_SECRET_NAME}`, 32 bytes or more.",
    )
    previous_secret: SecretVariable | None = Field(
        default=None, description="The one before, still good while you change over."
    )
    codes: bool = Field(
        default=False,
        description="Offer to prove an e-mail address with a code (needs FOYER_SMTP_HOST).",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityMeans:
    """How a site's visitors are verified. `secrets` never show in a representation; the newest is first."""

    secrets: tuple[bytes, ...] = field(default=(), repr=False)
    codes: bool = False


def identity_means(section: IdentitySection, file: YamlFile, environ: Mapping[str, str]) -> IdentityMeans:
    """Return the section with its secrets looked up.

    Raises:
        FilesError: A variable is not set, too short, or there is a previous secret without a present one.
    """
    secrets = []
    for name in ("secret", "previous_secret"):
        written = getattr(section, name)
        if written is None:
            continue
        value = (resolve(written, environ) or "").encode()
        if len(value) < LEAST_SECRET_BYTES:
            what = f"is shorter than {LEAST_SECRET_BYTES} bytes" if value else "is not set"
            raise FilesError(
                [file.problem(("identity", name), f"the variable in `{name}: {written}` {what}")]
            )
        secrets.append(value)
    if section.previous_secret is not None and section.secret is None:
        what = "`previous_secret` stands alone; `secret` signs, this one is only still accepted"
        raise FilesError([file.problem(("identity", "previous_secret"), what)])
    return IdentityMeans(secrets=tuple(secrets), codes=section.codes)
