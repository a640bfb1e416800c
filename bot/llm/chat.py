"""The edge to langchain: builds a provider's chat model, and puts prompts into its words.

Importing this module is cheap, building a model is not: call `build_chat` in a thread. The libraries get the
client that we made, so that they connect where it lets them and nowhere else; what they would otherwise read
from the environment to go elsewhere (proxies, gateways, tracing) is switched off.
"""

import logging
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from bot.domain.model_settings import ModelSettings
from bot.llm.words import Prompt

if TYPE_CHECKING:
    import httpx2

Method = Literal["json_schema", "tool", "plain"]
METHODS: tuple[Method, ...] = ("json_schema", "tool", "plain")
"""Ways to an object that follows a schema, the strictest first."""
NO_KEY = "none"
"""Servers on one's own machine ask for none, the libraries do."""
LOGGERS = (
    "openai", "anthropic", "langchain_core", "langchain_openai", "langchain_anthropic", "langsmith",
    "httpx2", "httpcore2",
)  # fmt: skip
PLAIN = "\n\nAnswer with one JSON object and nothing else. It must follow this JSON Schema:\n"


@dataclass(frozen=True, slots=True)
class Chat:
    """A built model: langchain's chat model, and how a schema is asked of it."""

    model: Any
    is_anthropic: bool

    def asking_for(self, schema: Mapping[str, Any], method: Method) -> tuple[Any, dict[str, Any]]:
        """Return the model and the arguments that ask it for an object by a method other than `plain`."""
        title = str(schema.get("title", "answer"))
        if method == "tool":
            return self.model.bind_tools([dict(schema)], tool_choice=title), {}
        if self.is_anthropic:
            return self.model, {"output_config": {"format": {"type": "json_schema", "schema": dict(schema)}}}
        strict = {"name": title, "schema": dict(schema), "strict": True}
        # As a part of the body: the library would otherwise read the reply by itself, and stumble over errors in it.
        return self.model, {"extra_body": {"response_format": {"type": "json_schema", "json_schema": strict}}}

    def messages(self, prompt: Prompt) -> list[Any]:
        """Return a prompt as langchain's messages, its stable part marked for the provider's cache."""
        from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

        stable: Any = prompt.system
        if self.is_anthropic:
            stable = [{"type": "text", "text": prompt.system, "cache_control": {"type": "ephemeral"}}]
        said = [
            HumanMessage(turn.text) if turn.role == "user" else AIMessage(turn.text) for turn in prompt.turns
        ]
        return [SystemMessage(stable), *said] if prompt.system else said


def build_chat(settings: ModelSettings, client: "httpx2.AsyncClient") -> Chat:
    """Import a provider's library and build its model upon our client. Takes a second."""
    is_anthropic = settings.provider == "anthropic"
    model = _anthropic(settings, client) if is_anthropic else _openai(settings, client)
    return Chat(model, is_anthropic)


def _openai(settings: ModelSettings, client: "httpx2.AsyncClient") -> Any:
    from langchain_openai import ChatOpenAI
    from langchain_openai.chat_models.base import BaseChatOpenAI

    _silence()
    # OpenAI wants `max_completion_tokens`, every other server knows `max_tokens`.
    kind = ChatOpenAI if settings.provider == "openai" else BaseChatOpenAI
    return kind(
        model=settings.model,
        base_url=settings.base_url,
        api_key=settings.key or NO_KEY,
        temperature=settings.temperature,
        reasoning_effort=settings.reasoning_effort,
        timeout=settings.timeouts.total_s,
        stream_chunk_timeout=None,
        max_retries=0,
        stream_usage=True,
        use_responses_api=False,
        openai_proxy=None,
        http_socket_options=(),
        http_async_client=client,
        http_client=_closed_client(),
    )


def _anthropic(settings: ModelSettings, client: "httpx2.AsyncClient") -> Any:
    import anthropic
    from langchain_anthropic import ChatAnthropic

    _silence()

    class Connected(ChatAnthropic):  # type: ignore[misc]  # a stranger to mypy
        """langchain-anthropic takes no client; it asks this property for one."""

        @cached_property
        def _async_client(self) -> Any:
            return anthropic.AsyncAnthropic(**{**self._client_params, "http_client": client})

        @cached_property
        def _client(self) -> Any:
            return anthropic.Anthropic(**{**self._client_params, "http_client": _closed_client()})

    return Connected(
        model=settings.model,
        base_url=settings.base_url,
        api_key=settings.key or NO_KEY,
        temperature=settings.temperature,
        timeout=settings.timeouts.total_s,
        max_tokens=settings.max_output_tokens,
        max_retries=0,
        stream_usage=True,
        anthropic_proxy=None,
    )


def _closed_client() -> Any:
    """Return a blocking client that calls nowhere: the libraries build one, and nothing of ours uses it."""
    import httpx2

    def refuse(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("Blocking calls are not made.", request=request)

    return httpx2.Client(transport=httpx2.MockTransport(refuse), trust_env=False)


def _silence() -> None:
    """Let the libraries send no traces and log nothing: their lines and warnings quote prompts and replies."""
    import langsmith

    langsmith.configure(enabled=False)
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", message="Pydantic serializer warnings", category=UserWarning)
    warnings.filterwarnings("ignore", module=r"langchain_(openai|anthropic)\.", category=UserWarning)
