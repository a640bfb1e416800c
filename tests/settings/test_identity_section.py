"""`identity:` of foyer.yaml: secrets from the environment, long enough, never shown."""

from pathlib import Path

import pytest

from bot.domain.errors import ConfigurationError
from bot.settings import load_site

LONG, OLD = "a secret that is long enough to sign with", "the one before it, which was as long as that"


def site(folder: Path, yaml: str) -> Path:
    (folder / "knowledge").mkdir()
    (folder / "foyer.yaml").write_text(f"name: A\n{yaml}\n")
    return folder


def test_the_secrets_come_from_the_environment_the_newest_first(tmp_path: Path) -> None:
    yaml = "identity:\n  secret: ${FOYER_SECRET_NEW}\n  previous_secret: ${FOYER_SECRET_OLD}"

    means = load_site(site(tmp_path, yaml), {"FOYER_SECRET_NEW": LONG, "FOYER_SECRET_OLD": OLD}).identity

    assert means.secrets == (LONG.encode(), OLD.encode())
    assert LONG not in repr(means)


@pytest.mark.parametrize(
    ("yaml", "environ", "complaint"),
    [
        ("secret: ${FOYER_SECRET_NEW}", {}, "foyer.yaml:3: the variable in `secret: .*` is not set"),
        ("secret: ${FOYER_SECRET_NEW}", {"FOYER_SECRET_NEW": "x" * 31}, "is shorter than 32 bytes"),
        (f"secret: {LONG}", {}, "write the secret as"),
        ("secret: ${HOME}", {"HOME": LONG}, "write the secret as"),
        ("previous_secret: ${FOYER_SECRET_OLD}", {"FOYER_SECRET_OLD": OLD}, "`previous_secret` stands alone"),
    ],
)
def test_a_secret_that_cannot_protect_is_refused_and_not_repeated(
    tmp_path: Path, yaml: str, environ: dict[str, str], complaint: str
) -> None:
    with pytest.raises(ConfigurationError, match=complaint) as refused:
        load_site(site(tmp_path, f"identity:\n  {yaml}"), environ)

    assert LONG not in str(refused.value)
