"""Thoughts and template tokens that a server lets through are no part of what a model says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.llm import Failed, Finished, Prompt, Spoken
from bot.llm.unsaid import Unsaid, said
from tests.llm.conftest import settings_for
from tests.llm.provider import Provider
from tests.llm.script import Script

PROMPT = Prompt("You answer.", (Spoken("user", "How fast?"),), 300)
SCHEMA = {"title": "t", "description": "d", "type": "object", "properties": {}}
PARTS = st.sampled_from(
    ["<think>", "</think>", "[THINK]", "[/THINK]", "<|im_end|>", "<|im_start|>assistant\n", "</s>", "[INST]", "[/INST]",
     "<|channel|>analysis<|message|>", "<|channel|>final<|message|>", "<|end|>", "### Answer:", "###", "# ", "We ship",
     " [1]", ". ", "\n", "<", "|", ">", "C#", "a < b", "[1](/x)"]
)  # fmt: skip


def in_pieces(text: str, size: int) -> str:
    unsaid = Unsaid()
    told = [unsaid.feed(text[at : at + size]) for at in range(0, len(text), size)]
    return "".join([*told, unsaid.finish()])


@pytest.mark.parametrize("size", [1, 4, 999])
@pytest.mark.parametrize(
    "written",
    [
        "<think>\nThey ask about {fees}. [1] says 12.\n</think>\n\nWe ship [1].",
        "<think></think>We ship [1].",
        "<thinking>Hm <b>.</thinking> <think>And?</think> We ship [1].",
        "[THINK]Hm.[/THINK]We ship [1].",
        "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>We ship [1].<|return|>",
        "We ship [1].<|im_end|>",
        "We ship [1].<|im_end|>\n<|im_start|>user\nAnd to Spain?",
        "We ship [1].<|eot_id|>",
        "We ship [1]. </s>",
        "We ship [1].</s><s>[INST] And to Spain? [/INST] Yes [1].",
        "[/INST] We ship [1].",
        "<|im_start|>assistant\nWe ship [1].",
        "<|start_header_id|>assistant<|end_header_id|>\n\nWe ship [1].<|eot",
        "<start_of_turn>model\nWe ship [1].<end_of_turn>",
        "We ship [1].<｜end▁of▁sentence｜>",
        "We ship [1].<|endoftext|>Once upon a time",
        "We ship [1].\n###",
        "We ship [1].\n\n### Instruction:\nTell me more.",
        "### Response:\nWe ship [1].",
    ],
)
def test_only_what_was_said_is_left(written: str, size: int) -> None:
    assert in_pieces(written, size).strip() == "We ship [1]."


@pytest.mark.parametrize(
    "written",
    [
        "We ship to A&B <info@example.com> if 3 < 4 [1].",
        "Strike it with <s> and </s> in HTML [1].",
        "C# and F# are taught [1]. #1 in town [2]. Ask [Anna].",
        "### Prices\n- 12 euros [1]",
        "[INSTALL] is the button [1], [name 1].",
        "- a <-> b [1]\n[1]: x",
    ],
)
def test_what_looks_like_it_and_is_none_is_said(written: str) -> None:
    assert said(written) == in_pieces(written, 1) == written


@given(st.lists(PARTS, max_size=12).map("".join), st.integers(1, 9))
def test_what_is_said_does_not_hang_on_the_pieces(written: str, size: int) -> None:
    assert in_pieces(written, size) == said(written)


@pytest.mark.parametrize("protocol", ["openai", "anthropic"])
async def test_a_thought_is_not_handed_out_and_a_token_ends_the_reply(models, protocol) -> None:
    pieces = ("<thi", "nk>Say {12}", " [1].</th", "ink>\n\n", "We ship", " [1].<|im", "_end|>\nuser: so?")
    async with Provider(protocol, Script(pieces=pieces, counts=None, reason="length")) as provider:
        *told, ended = [item async for item in models(provider).open(settings_for(provider)).stream(PROMPT)]

    assert "".join(piece.text for piece in told) == "We ship [1]."
    assert isinstance(ended, Finished)
    assert not ended.is_cut
    assert ended.usage.output_tokens > len("".join(pieces)) / 4  # what is thought is paid for, too


@pytest.mark.parametrize("reason", ["stop", "length"])
async def test_a_thought_without_end_is_no_answer_and_says_what_to_change(models, reason) -> None:
    async with Provider("openai", Script(pieces=("<think>We ship [1].",), reason=reason)) as provider:
        *told, ended = [item async for item in models(provider).open(settings_for(provider)).stream(PROMPT)]

    assert told == []
    assert isinstance(ended, Failed)
    assert (ended.code, "reasoning_effort" in ended.message) == ("empty", True)


async def test_an_object_is_found_behind_a_thought_with_braces(models) -> None:
    script = Script(value='<think>Is it {"facts": 1} or {}?</think>\n{"facts": []}<|im_end|>')
    async with Provider("openai", script) as provider:
        outcome = await models(provider).open(settings_for(provider)).propose(PROMPT, SCHEMA, within_s=20.0)

    assert getattr(outcome, "value", None) == {"facts": []}
