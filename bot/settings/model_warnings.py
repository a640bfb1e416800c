"""What of a language model's settings deserves a word: with it the model may be slow, fail, or never be asked."""

import re
from collections.abc import Iterator, Sequence

from bot.domain.model_settings import ModelSettings
from bot.domain.spending import MILLION, Budget, dearest
from bot.settings.model_section import KEY_VARIABLE
from bot.settings.origins import is_open_http

ONE_ANSWER = 10_000
"""Tokens that are held while an answer of usual length is written: two attempts with their passages."""

ATTEMPTS = 2
_THINKS = re.compile(
    r"^openai:(?:gpt-5(?!.*chat)|o\d)|[:/](?:qwen-?3|deepseek-r1|gpt-oss|magistral|qwq)(?!.*instruct)",
    re.IGNORECASE,
)
"""Families that think unless they are told not to, as far as their names tell."""

_ADDED = re.compile(
    r"/(?:chat/completions|completions|responses|messages|embeddings|models|api/chat|api/generate)$"
)
_ADDED_TO_ANTHROPIC = re.compile(r"/v1(?:/messages)?$")
"""What the providers' libraries add to the address by themselves."""


def model_warnings(settings: ModelSettings | None) -> tuple[str, ...]:
    """Return what works but deserves a word."""
    if settings is None:
        return ()
    models = [model for model in (settings, settings.fallback) if model is not None]
    about_models = [warning for model in models for warning in _warnings_about(model)]
    return (*about_models, *_fallback_warnings(settings), *_budget_warnings(settings.budget, models))


def _warnings_about(model: ModelSettings) -> Iterator[str]:
    if is_open_http(model.base_url):
        yield f"The model's server {model.base_url} is not encrypted: anybody on the way can read the chat. Use https."
    if model.reasoning_effort is None and _THINKS.search(model.name):
        yield (
            f"{model.name} thinks before it writes, longer than a visitor waits, and thoughts count as "
            "`max_output_tokens`. Set `reasoning_effort` to `minimal`, or to `none` where it can, or choose another."
        )
    added = (_ADDED_TO_ANTHROPIC if model.provider == "anthropic" else _ADDED).search(model.base_url)
    if added is not None:
        yield (
            f"`base_url` {model.base_url} of {model.name} ends in {added.group()}, which is added to it with every "
            f"call: write {model.base_url[: added.start()]}"
        )
    if model.key is None and model.provider in KEY_VARIABLE:
        yield (
            f"{model.name} is called at {model.base_url} without a key: {KEY_VARIABLE[model.provider]} is not sent to "
            "an address of your own. Name the key with `key`, or call it `compatible:` where the server asks for none."
        )


def _fallback_warnings(settings: ModelSettings) -> Iterator[str]:
    fallback = settings.fallback
    if fallback is None:
        return
    one, other = ((model.name, model.base_url, model.key) for model in (settings, fallback))
    if one == other:
        yield (
            f"`fallback` is {settings.name} itself, at the same address: it fails when the model does. Name another, "
            "or leave it out: what may pass is tried again anyway."
        )


def _budget_warnings(budget: Budget, models: Sequence[ModelSettings]) -> Iterator[str]:
    """Yield what a budget keeps a model from."""
    for name, tokens in (("visitor_tokens", budget.visitor_tokens), ("site_tokens", budget.site_tokens)):
        if tokens is not None and tokens < ONE_ANSWER:
            yield _too_small(f"{name}: {tokens}", f"{ONE_ANSWER:,} tokens")
    prices = dearest([model.prices for model in models if model.prices is not None])
    written = ATTEMPTS * max(model.max_output_tokens for model in models)
    held = prices.most_micros(input_tokens=max(0, ONE_ANSWER - written), output_tokens=written)
    for name, cost in (("visitor_cost", budget.visitor_cost), ("site_cost", budget.site_cost)):
        if cost is not None and cost * MILLION < held:
            yield _too_small(f"{name}: {cost:f}", f"{held / MILLION:.3f} {prices.currency}")


def _too_small(bound: str, held: str) -> str:
    return (
        f"`budget.{bound}` may not allow one answer, and then the model is never asked: while one is "
        f"written up to some {held} are held for it, two attempts with their passages."
    )
