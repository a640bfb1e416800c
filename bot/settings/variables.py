"""`${NAME}` in foyer.yaml: values that stand in the environment and not in a file."""

import re
from collections.abc import Mapping

_VARIABLE = re.compile(r"\$\{(\w+)\}")


def resolve(text: str, environ: Mapping[str, str]) -> str | None:
    """Return the value of a `${NAME}`, None when it is not set; any other text is its own value."""
    match = _VARIABLE.fullmatch(text)
    return environ.get(match.group(1)) if match else text
