"""How many tokens a call took: as the provider counted, else a guess that is rather too high than too low."""

from collections.abc import Mapping
from typing import Any

from bot.llm.words import Prompt, Usage

BYTES_OF_A_TOKEN = 3
"""English has about four bytes to a token, German three and a half, Japanese three."""
TOKENS_OF_A_TURN = 6


def usage_of(counted: Mapping[str, Any] | None, prompt: Prompt, written: str) -> Usage:
    """Return what a call took; `counted` is langchain's usage of the reply, None without one."""
    if not counted:
        return estimate(prompt, written)
    try:
        cached = (counted.get("input_token_details") or {}).get("cache_read") or 0
        usage = Usage(int(counted["input_tokens"]), int(counted["output_tokens"]), int(cached))
    except (KeyError, TypeError, ValueError, AttributeError):
        return estimate(prompt, written)
    is_plausible = usage.input_tokens > 0 and 0 <= usage.cached_tokens <= usage.input_tokens
    if not is_plausible or usage.output_tokens < 0:
        return estimate(prompt, written)
    return usage


def estimate(prompt: Prompt, written: str = "") -> Usage:
    """Return a guess from the lengths."""
    texts = (prompt.system, *(turn.text for turn in prompt.turns))
    asked = sum(_tokens(text) + TOKENS_OF_A_TURN for text in texts)
    return Usage(asked, _tokens(written), 0, is_estimated=True)


def _tokens(text: str) -> int:
    return -(-len(text.encode("utf-8", "replace")) // BYTES_OF_A_TOKEN)
