"""The key that codes are made with: beside the database and never in it, so that a copy of that holds no code."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from pydantic import SecretStr

from bot.domain.errors import ConfigurationError

KEY_NAME = "codes.key"
KEY_BYTES = 32
MARK_CHARS = 12


def code_key(home: Path, shared: SecretStr | None = None) -> bytes:
    """Return the key of a FOYER_HOME, made at the first call; readable by its user only.

    Servers with homes of their own and one database need a `shared` one, else one does not know another's codes.

    Raises:
        ConfigurationError: The file there is none of ours, or can not be read or written.
    """
    if shared is not None:
        return hashlib.sha256(b"foyer codes " + shared.get_secret_value().encode()).digest()
    path = home / KEY_NAME
    try:
        home.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make(path)
        key = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{path}: can not be used ({error.strerror}).") from error
    if len(key) != KEY_BYTES:
        raise ConfigurationError(f"{path}: is no key of {KEY_BYTES} bytes; remove it, and a new one is made.")
    return key


def mark_of(site_id: str, key: bytes) -> str:
    """Return the mark that a site's prompts carry: unknown outside, and the same in each process of a home.

    Whoever keeps the beginning of a prompt, to read it faster the next time, finds the same one again.
    """
    return hmac.new(key, b"prompts of " + site_id.encode(), hashlib.sha256).hexdigest()[:MARK_CHARS]


def _make(path: Path) -> None:
    temporary = path.with_suffix(".tmp")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
