"""`model:` of foyer.yaml: short and long, keys from the environment, never shown."""

import importlib.util
import re
from decimal import Decimal
from pathlib import Path

import pytest

from bot.domain.errors import ConfigurationError
from bot.domain.model_settings import ModelSettings, ModelTimeouts
from bot.domain.spending import Budget, Prices
from bot.settings import Site, load_site, site_warnings

KEY = "sk-0123456789abcdef"
KEYS = {"OPENAI_API_KEY": KEY, "ANTHROPIC_API_KEY": "sk-ant-1", "FOYER_SECRET_MODEL": "own-1"}


def site(folder: Path, yaml: str, environ: dict[str, str] | None = None) -> Site:
    (folder / "knowledge").mkdir(exist_ok=True)
    (folder / "foyer.yaml").write_text(f"name: A\n{yaml}\n")
    return load_site(folder, KEYS if environ is None else environ)


def model(folder: Path, yaml: str, environ: dict[str, str] | None = None) -> ModelSettings:
    settings = site(folder, yaml, environ).model
    assert settings is not None
    return settings


def test_a_site_has_no_model_unless_it_names_one(tmp_path: Path) -> None:
    assert site(tmp_path, "").model is None


@pytest.mark.parametrize(
    ("name", "url", "key"),
    [
        ("openai:gpt-5-mini", "https://api.openai.com/v1", KEY),
        ("anthropic:claude-haiku-4-5", "https://api.anthropic.com", "sk-ant-1"),
        ("ollama:qwen3:8b", "http://127.0.0.1:11434/v1", None),
    ],
)
def test_a_name_alone_is_enough(tmp_path: Path, name: str, url: str, key: str | None) -> None:
    settings = model(tmp_path, f"model: {name}")

    assert (settings.name, settings.base_url, settings.key) == (name, url, key)
    assert settings.timeouts == ModelTimeouts(first_token_s=6.0, gap_s=5.0, total_s=20.0)
    assert (settings.concurrency, settings.mask_personal, settings.fallback) == (8, True, None)
    assert KEY not in f"{settings!r}{site(tmp_path, f'model: {name}')!r}"


LONG = """model:
  name: openai:gpt-5-mini
  base_url: https://gateway.example.com/v1/
  key: ${FOYER_SECRET_MODEL}
  temperature: 0.2
  reasoning_effort: minimal
  max_output_tokens: 400
  timeouts: {first_token: 4, gap: 3, total: 15}
  concurrency: 2
  prices: {input: 0.25, cached_input: 0.025, output: 2, currency: EUR}
  budget: {visitor_tokens: 20000, site_tokens: 2000000, visitor_cost: 0.05, site_cost: 5}
  mask_personal: false
  fallback:
    name: compatible:qwen
    base_url: http://127.0.0.1:8001/v1
    prices: {input: 0, output: 0, currency: EUR}
"""


def test_everything_can_be_said(tmp_path: Path) -> None:
    settings = model(tmp_path, LONG)

    assert settings == ModelSettings(
        provider="openai",
        model="gpt-5-mini",
        base_url="https://gateway.example.com/v1",
        key="own-1",
        temperature=0.2,
        reasoning_effort="minimal",
        max_output_tokens=400,
        timeouts=ModelTimeouts(first_token_s=4, gap_s=3, total_s=15),
        concurrency=2,
        prices=Prices(
            input=Decimal("0.25"), cached_input=Decimal("0.025"), output=Decimal(2), currency="EUR"
        ),
        budget=Budget(
            visitor_tokens=20_000, site_tokens=2_000_000, visitor_cost=Decimal("0.05"), site_cost=Decimal(5)
        ),
        mask_personal=False,
        fallback=ModelSettings(
            provider="compatible",
            model="qwen",
            base_url="http://127.0.0.1:8001/v1",
            prices=Prices(input=Decimal(0), cached_input=Decimal(0), output=Decimal(0), currency="EUR"),
        ),
    )


def test_an_address_may_stand_in_the_environment_and_one_that_is_written_wins(tmp_path: Path) -> None:
    environ = KEYS | {"OPENAI_BASE_URL": "https://proxy.example.com/v1/"}

    assert model(tmp_path, "model: openai:m", environ).base_url == "https://proxy.example.com/v1"
    written = model(tmp_path, "model: {name: openai:m, base_url: 'https://a.example/v1'}", environ)
    assert written.base_url == "https://a.example/v1"


def test_the_usual_key_is_not_sent_to_another_address(tmp_path: Path) -> None:
    assert model(tmp_path, "model: {name: openai:m, base_url: 'https://a.example/v1'}").key is None


def test_an_address_without_encryption_deserves_a_word(tmp_path: Path) -> None:
    yaml = "model: {name: compatible:m, base_url: 'http://llm.example.com/v1', fallback: ollama:m}"

    warnings = site_warnings(site(tmp_path, f"origins: [https://a.example]\n{yaml}"))

    assert [warning.split(" is not encrypted")[0] for warning in warnings] == [
        "The model's server http://llm.example.com/v1"
    ]


@pytest.mark.parametrize(("tokens", "is_named"), [("2500", True), ("50000", False), ("null", False)])
def test_a_budget_that_allows_no_answer_deserves_a_word(
    tmp_path: Path, tokens: str, *, is_named: bool
) -> None:
    yaml = f"model: {{name: ollama:m, budget: {{visitor_tokens: {tokens}}}}}"

    warnings = site_warnings(site(tmp_path, f"origins: [https://a.example]\n{yaml}"))

    assert any("`budget.visitor_tokens: 2500`" in warning for warning in warnings) is is_named


@pytest.mark.parametrize(
    ("yaml", "word"),
    [
        ("prices: {input: 2, output: 8}, budget: {visitor_cost: 0.01}", "`budget.visitor_cost: 0.01` may not allow"),
        ("prices: {input: 2, output: 8}, budget: {visitor_cost: 0.01}", "0.030 USD are held"),
        ("prices: {input: 2, output: 8}, budget: {site_cost: 0.02}", "`budget.site_cost: 0.02` may not allow"),
        ("prices: {input: 2, output: 8}, budget: {visitor_cost: 0.5}", None),
        ("prices: {input: 0, output: 0}, budget: {visitor_cost: 0}", None),
        (
            "prices: {input: 0.1, output: 0.4}, budget: {visitor_cost: 0.01}, "
            "fallback: {name: ollama:n, prices: {input: 10, output: 40}}",
            "`budget.visitor_cost: 0.01` may not allow",
        ),
        ("base_url: 'https://a.example/v1/chat/completions'", "/chat/completions, .*: write https://a.example/v1$"),
        ("base_url: 'https://a.example/v1/completions/'", "write https://a.example/v1$"),
        ("base_url: 'https://a.example/chat/v1'", None),
        ("fallback: ollama:m", "`fallback` is ollama:m itself"),
        ("fallback: {name: ollama:m, base_url: 'http://127.0.0.1:11435/v1'}", None),
        ("fallback: ollama:n", None),
        ("name: openai:m, base_url: 'https://a.example/v1'", "OPENAI_API_KEY is not sent to an address of your own"),
        ("name: openai:m, base_url: 'https://a.example/v1', key: '${FOYER_SECRET_MODEL}'", None),
        ("name: compatible:m, base_url: 'https://a.example/v1'", None),
        ("name: openai:m", None),
        ("name: anthropic:m, base_url: 'https://a.example/v1', key: '${ANTHROPIC_API_KEY}'", "a.example$"),
    ],
)  # fmt: skip
def test_what_keeps_a_model_from_being_asked_deserves_a_word(
    tmp_path: Path, yaml: str, word: str | None
) -> None:
    named = yaml if yaml.startswith("name:") else f"name: ollama:m, {yaml}"

    warnings = site_warnings(site(tmp_path, f"origins: [https://a.example]\nmodel: {{{named}}}"))

    assert [re.search(word, warning) is not None for warning in warnings] == [True] if word else not warnings


@pytest.mark.parametrize(
    ("model", "is_named"),
    [
        ("openai:gpt-5-mini", True),
        ("openai:o4-mini", True),
        ("ollama:qwen3:8b", True),
        ("{name: openai:gpt-5-mini, reasoning_effort: minimal}", False),
        ("{name: openai:gpt-4.1-mini, fallback: ollama:deepseek-r1}", True),
        ("openai:gpt-4.1-mini", False),
        ("openai:gpt-4o", False),
        ("ollama:llama3.2", False),
    ],
)
def test_a_model_that_thinks_too_long_deserves_a_word(tmp_path: Path, model: str, *, is_named: bool) -> None:
    warnings = site_warnings(site(tmp_path, f"origins: [https://a.example]\nmodel: {model}"))

    assert any("`reasoning_effort`" in warning for warning in warnings) is is_named


@pytest.mark.parametrize(
    ("yaml", "complaint"),
    [
        ("model: gpt-5-mini", "foyer.yaml:2: 'gpt-5-mini' is no model; write provider and name like openai:"),
        ("model: gemini:pro", "'gemini:pro' is no model; .* openai:, anthropic:, ollama:, compatible:"),
        ("model: compatible:m", "foyer.yaml:2: `base_url` is missing; compatible: has no address"),
        (f"model:\n  name: openai:m\n  key: {KEY}", "foyer.yaml:4: `key` must be a variable like"),
        ("model:\n  name: openai:m\n  key: ${HOME}", "`key` must be a variable like"),
        ("model:\n  name: openai:m\n  key: ${NO_API_KEY}", "foyer.yaml:4: .* `key: .*` is not set"),
        ("model:\n  name: openai:m\n  base_url: llm.example", "foyer.yaml:4: .* is no address of a model"),
        ("model:\n  name: openai:m\n  base_url: 'http://a:99999/v1'", "is no address of a model's server"),
        ("model:\n  name: openai:m\n  base_url: 'http://u:p@a/v1'", "is no address of a model's server"),
        ("model:\n  name: openai:m\n  max_output_tokens: 9000", "`max_output_tokens` must be at most 2000"),
        ("model:\n  name: openai:m\n  timeouts: {first_token: 30}", "`first_token` is longer than `total`"),
        ("model:\n  name: openai:m\n  budget: {site_cost: 5}", "a cost can only be bounded with `prices`"),
        ("model:\n  name: openai:m\n  api_key: x", "`api_key` is not a known key here; did you mean `key`"),
        ("model:\n  name: openai:m\n  fallback: {name: ollama:m, fallback: ollama:n}", "`fallback` is not a known"),
        ("model: [openai:m]", "`model` must hold keys of its own"),
        ("llm: openai:m", "did you mean `model`"),
        (LONG.replace("currency: EUR}\n  b", "currency: USD}\n  b"), "the prices are in EUR and USD"),
    ],
)  # fmt: skip
def test_what_can_not_work_is_refused_with_its_line(tmp_path: Path, yaml: str, complaint: str) -> None:
    with pytest.raises(ConfigurationError, match=complaint) as refused:
        site(tmp_path, yaml)

    assert KEY not in str(refused.value)


@pytest.mark.parametrize(
    ("environ", "complaint"),
    [
        ({}, r"foyer.yaml:2: the key of openai:m \(OPENAI_API_KEY\) is not set"),
        ({"OPENAI_API_KEY": " "}, "is not set"),
        ({"OPENAI_API_KEY": f"{KEY}\nx"}, "has characters that no key has"),
        (KEYS | {"OPENAI_BASE_URL": "proxy"}, "the variable OPENAI_BASE_URL is no address"),
    ],
)
def test_an_environment_that_can_not_work_is_refused(
    tmp_path: Path, environ: dict[str, str], complaint: str
) -> None:
    with pytest.raises(ConfigurationError, match=complaint) as refused:
        site(tmp_path, "model: openai:m", environ)

    assert KEY not in str(refused.value)


def test_an_extra_that_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    with pytest.raises(ConfigurationError, match=r"pip install 'foyer\[anthropic\]'"):
        site(tmp_path, "model: anthropic:claude-haiku-4-5")
