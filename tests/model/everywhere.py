"""Every site of the tests with a language model, so that what held without one can be seen to hold with it.

    FOYER_TEST_MODEL=quoting pytest tests/service tests/browser

`quoting` answers with the sentences of the first passage, `silent` never answers, `hostile` obeys and invents. Without
the variable no site has a model.
"""

import atexit
import os
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import cache

from tests.llm.provider import Provider, provider_in_thread
from tests.llm.script import Request, Script
from tests.model.obedient import Obedient, inside, true_sentences

VARIABLE = "FOYER_TEST_MODEL"
ALLOWED = "FOYER_OUTBOUND_ALLOW"
MOST = 4
"""Sentences of an answer."""

SECTION = """\
model:
  name: compatible:stand-in
  base_url: {url}
  timeouts: {{first_token: {within_s}, gap: {within_s}, total: {total_s}}}
  budget: {{visitor_tokens: null, site_tokens: null}}
"""


def model_section() -> str:
    """Return what a site's foyer.yaml says of the model, nothing without one."""
    provider = provider_of_all()
    if provider is None:
        return ""
    within_s, total_s = (0.5, 0.5) if os.environ[VARIABLE] == "silent" else (20, 30)
    return SECTION.format(url=provider.base_url, within_s=within_s, total_s=total_s)


def with_model(settings: Mapping[str, str]) -> dict[str, str]:
    """Return a server's settings with leave to call the model, as they are without one."""
    provider = provider_of_all()
    if provider is None:
        return dict(settings)
    allowed = [entry for entry in (settings.get(ALLOWED), provider.entry) if entry]
    return {**settings, ALLOWED: ",".join(allowed)}


def quote(request: Request) -> Script:
    """Answer in the words of the first passage; point at no fact, complete no question."""
    system, data = (str(said["content"]) for said in request.body["messages"])
    if "point at the words" in system:
        return Script(value={"facts": []})
    if "You complete a question" in system:
        return Script(pieces=(inside(data, "question"),))
    return Script(pieces=tuple(f"{sentence} " for sentence in true_sentences(data)[:MOST]))


def stay_silent(_: Request) -> Script:
    """Take the request and say nothing."""
    return Script(mishap="hang")


KINDS: Mapping[str, Callable[[], Callable[[Request], Script]]] = {
    "quoting": lambda: quote,
    "silent": lambda: stay_silent,
    "hostile": lambda: Obedient().script_for,
}


@cache
def provider_of_all() -> Provider | None:
    """Start the one of this process; it ends with it."""
    kind = os.environ.get(VARIABLE)
    if not kind:
        return None
    if kind not in KINDS:
        raise ValueError(f"{VARIABLE}={kind!r} is none of {', '.join(KINDS)}")
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(provider_in_thread("openai", KINDS[kind]()))
