"""`model:` of foyer.yaml: which language model phrases the answers, where its key stands, and what it may cost."""

import importlib.util
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal, NoReturn, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field

from bot.domain.model_settings import ModelSettings, ModelTimeouts, Provider
from bot.settings.model_money import BudgetSection, PricesSection, budget_of, prices_of
from bot.settings.problems import FilesError
from bot.settings.validation import Section
from bot.settings.variables import resolve
from bot.settings.yaml_file import Place, YamlFile

PROVIDERS: Mapping[str, Provider] = {name: name for name in get_args(Provider)}
USUAL_URL: Mapping[Provider, str] = {
    "openai": "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com",
    "ollama": "http://127.0.0.1:11434/v1",
}
KEY_VARIABLE: Mapping[Provider, str] = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY"}
URL_VARIABLE: Mapping[Provider, str] = {"openai": "OPENAI_BASE_URL", "anthropic": "ANTHROPIC_BASE_URL"}
_NAME = re.compile(r"([a-z]+):(\S{1,200})")
_VARIABLE = re.compile(r"\$\{(?:FOYER_SECRET_[A-Z0-9_]+|[A-Z0-9_]+_API_KEY)\}")
"""Other variables are not for the eyes of a model's server."""
_KEY = re.compile(r"[\x21-\x7e]{1,1000}")
_URL = re.compile(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?")


def _name(text: str) -> str:
    match = _NAME.fullmatch(text)
    if match is None or match[1] not in PROVIDERS:
        known = ", ".join(f"{provider}:" for provider in PROVIDERS)
        raise ValueError(
            f"{text!r} is no model; write provider and name like openai:gpt-4.1-mini, with {known}"
        )
    return text


def _key(text: str) -> str:
    # The value is never repeated in the message: it may be a real key.
    if not _VARIABLE.fullmatch(text):
        raise ValueError(
            "`key` must be a variable like `${OPENAI_API_KEY}` or `${FOYER_SECRET_MODEL}`, never the key itself; "
            "set it in the environment"
        )
    return text


def _url(text: str) -> str:
    if not _is_address(text):
        raise ValueError(
            f"{text!r} is no address of a model's server; write it like https://llm.example.com/v1"
        )
    return text.rstrip("/")


def _is_address(text: str) -> bool:
    try:
        return _URL.fullmatch(text) is not None and urlsplit(text).port != 0
    except ValueError:
        return False


def _expand(value: Any) -> Any:
    """Let a model be written as its name alone."""
    return {"name": value} if isinstance(value, str) else value


Seconds = Annotated[float, Field(ge=0.5, le=120)]


class TimeoutsSection(Section):
    """How long a model may take, in seconds; then the answer is taken from the documentation."""

    first_token: Seconds = Field(default=6.0, description="Until the first word.")
    gap: Seconds = Field(default=5.0, description="Between two words.")
    total: Seconds = Field(default=20.0, description="For the whole answer, a second attempt included.")


class OneModelSection(Section):
    """One language model."""

    name: Annotated[str, AfterValidator(_name)] = Field(
        description="Provider and model: openai:gpt-4.1-mini, anthropic:…, ollama:…, compatible:…."
    )
    base_url: Annotated[str, AfterValidator(_url)] | None = Field(
        default=None, description="Where the server is; without it the provider's own address."
    )
    key: Annotated[str, AfterValidator(_key)] | None = Field(
        default=None, description="`${NAME}`: the variable that holds the key; else the provider's usual one."
    )
    temperature: Annotated[float, Field(ge=0, le=2)] | None = Field(
        default=None, description="0 to 2; without it the model's own."
    )
    reasoning_effort: Literal["none", "minimal", "low", "medium", "high"] | None = Field(
        default=None, description="How long a model that thinks does so before it writes."
    )
    max_output_tokens: Annotated[int, Field(ge=50, le=2000)] = Field(
        default=800,
        description="The longest answer, in tokens; what a model thinks before it writes counts too.",
    )
    timeouts: TimeoutsSection = Field(default=TimeoutsSection(), description="How long it may take.")
    concurrency: Annotated[int, Field(ge=1, le=200)] = Field(
        default=8, description="Calls at once to the provider; the others wait."
    )
    prices: PricesSection | None = Field(default=None, description="What a million tokens cost.")


FallbackEntry = Annotated[
    OneModelSection, BeforeValidator(_expand, json_schema_input_type=str | OneModelSection)
]


class ModelSection(OneModelSection):
    """The language model that phrases the answers."""

    fallback: FallbackEntry | None = Field(
        default=None, description="The model that is asked when this one fails; without it, none."
    )
    budget: BudgetSection = Field(default=BudgetSection(), description="What may be spent in a day.")
    mask_personal: bool = Field(
        default=True, description="Mask names, addresses and numbers before they leave for the provider."
    )


ModelEntry = Annotated[ModelSection, BeforeValidator(_expand, json_schema_input_type=str | ModelSection)]


def model_of(
    section: ModelSection | None, file: YamlFile, environ: Mapping[str, str]
) -> ModelSettings | None:
    """Return the section with its keys looked up, None without a model.

    Raises:
        FilesError: A key is not set, a provider's extra is not installed, an address or a price is missing.
    """
    if section is None:
        return None
    reader = _Reader(file, environ)
    fallback = None
    if section.fallback is not None:
        fallback = reader.read(section.fallback, ("model", "fallback"))
    budget = budget_of(section.budget)
    settings = replace(
        reader.read(section, ("model",)),
        budget=budget,
        mask_personal=section.mask_personal,
        fallback=fallback,
    )
    if budget.visitor_cost is not None or budget.site_cost is not None:
        reader.require_prices(settings)
    return settings


class _Reader:
    """Reads a model's section with its file, for the complaints, and its environment, for the keys."""

    def __init__(self, file: YamlFile, environ: Mapping[str, str]) -> None:
        self._file = file
        self._environ = environ

    def read(self, section: OneModelSection, place: Place) -> ModelSettings:
        spelled, _, model = section.name.partition(":")
        provider = PROVIDERS[spelled]
        if provider == "anthropic" and importlib.util.find_spec("langchain_anthropic") is None:
            self._refuse((*place, "name"), "anthropic: needs an extra; run pip install 'foyer[anthropic]'")
        if section.timeouts.first_token > section.timeouts.total:
            self._refuse(
                (*place, "timeouts"), "`first_token` is longer than `total`, which is for the whole answer"
            )
        times = section.timeouts
        return ModelSettings(
            provider=provider,
            model=model,
            base_url=self._base_url(section, provider, place),
            key=self._key(section, provider, place),
            temperature=section.temperature,
            reasoning_effort=section.reasoning_effort,
            max_output_tokens=section.max_output_tokens,
            timeouts=ModelTimeouts(first_token_s=times.first_token, gap_s=times.gap, total_s=times.total),
            concurrency=section.concurrency,
            prices=prices_of(section.prices),
        )

    def require_prices(self, settings: ModelSettings) -> None:
        models = [settings, settings.fallback] if settings.fallback else [settings]
        currencies = {model.prices.currency for model in models if model.prices is not None}
        if any(model.prices is None for model in models):
            self._refuse(("model", "budget"), "a cost can only be bounded with `prices`, of the fallback too")
        if len(currencies) > 1:
            self._refuse(
                ("model", "budget"), f"the prices are in {' and '.join(sorted(currencies))}; use one"
            )

    def _base_url(self, section: OneModelSection, provider: Provider, place: Place) -> str:
        if section.base_url is not None:
            return section.base_url
        variable = URL_VARIABLE.get(provider, "")
        given = self._environ.get(variable)
        if given:
            if not _is_address(given):
                self._refuse(place, f"the variable {variable} is no address like https://llm.example.com/v1")
            return given.rstrip("/")
        if provider not in USUAL_URL:
            self._refuse(place, f"`base_url` is missing; {provider}: has no address of its own")
        return USUAL_URL[provider]

    def _key(self, section: OneModelSection, provider: Provider, place: Place) -> str | None:
        if section.key is not None:
            return self._set(resolve(section.key, self._environ), f"`key: {section.key}`", (*place, "key"))
        # A key that stands in the environment for the provider itself is not sent to another address.
        variable = KEY_VARIABLE.get(provider)
        if variable is None or section.base_url is not None:
            return None
        return self._set(self._environ.get(variable), f"{section.name} ({variable})", place)

    def _set(self, value: str | None, named: str, place: Place) -> str:
        key = (value or "").strip()
        if not key:
            self._refuse(place, f"the key of {named} is not set in the environment")
        if not _KEY.fullmatch(key):
            self._refuse(place, f"the key of {named} has characters that no key has")
        return key

    def _refuse(self, place: Place, what: str) -> NoReturn:
        raise FilesError([self._file.problem(place, what)])
