"""The reader in torch, and how it learns: MiniLM with two heads, in two passes over rows.

One head says from the first token whether the passage answers (binary cross-entropy), the other gives each token
of the passage a share of the answer (the negative logarithm of the right tokens' shares). Words keep the vectors
they came with: the rows hold too few of them.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from benchmarks.reader_training.batches import Batch, Encoded, batches_of, encode
from benchmarks.reader_training.rows import Row
from knowledge import minilm
from knowledge.cross_encoder import MAX_TOKENS, load_tokenizer

SEED = 3
WARM_UP_STEPS = 80
LEAST_RATE = 0.02  # of the pass's rate, where it ends
PLACE_WEIGHT = 0.5
WEIGHT_DECAY = 0.01
LARGEST_GRADIENT = 1.0
ENCODED_AT_ONCE = 8000
REPORT_EVERY_STEPS = 50
OUT_OF_SIGHT = -1e4
BARE_SHARE = 0.35  # questions that lose their mark
MISTYPED_SHARE = 0.08
SHORTEST_MISTYPED = 5

Encode = Callable[[Sequence[Row], random.Random], list[Encoded]]


@dataclass(frozen=True, slots=True)
class Pass:
    """How many rows are read, and the learning rate, which falls to almost nothing over them."""

    row_count: int
    rate: float


class ReaderModel(nn.Module):
    """MiniLM that reads a question and a passage together."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert
        self.answers = nn.Sequential(
            nn.Linear(minilm.WIDTH, minilm.WIDTH), nn.Tanh(), nn.Linear(minilm.WIDTH, 1)
        )
        self.place = nn.Linear(minilm.WIDTH, 1)

    def forward(self, ids: Tensor, mask: Tensor, kinds: Tensor) -> tuple[Tensor, Tensor]:
        """Return the logits `(n,)` of "this answers", and those of each token's place `(n, length)`."""
        read = self.bert(input_ids=ids, attention_mask=mask, token_type_ids=kinds)
        hidden = read.last_hidden_state.float()
        return self.answers(hidden[:, 0]).squeeze(-1), self.place(hidden).squeeze(-1)


def load_model() -> ReaderModel:
    """Take MiniLM's packaged weights, with new heads that are the same each time."""
    torch.manual_seed(SEED)
    folder = minilm.find_model_files().weights.parent
    bert = BertModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager")
    bert.embeddings.word_embeddings.weight.requires_grad = False
    return ReaderModel(bert)


def model_of(weights: minilm.Weights) -> ReaderModel:
    """Make a model that has the tensors `weights_of` returned."""
    model = random_model(SEED)
    state = {
        name: torch.from_numpy(weights[name.removeprefix("bert.")].copy()) for name in model.state_dict()
    }
    model.load_state_dict(state)
    model.bert.embeddings.word_embeddings.weight.requires_grad = False
    return model


def random_model(seed: int) -> ReaderModel:
    """Make a model of MiniLM's shape that has learnt nothing."""
    torch.manual_seed(seed)
    shape = BertConfig(
        hidden_size=minilm.WIDTH,
        num_hidden_layers=minilm.LAYERS,
        num_attention_heads=minilm.HEADS,
        intermediate_size=4 * minilm.WIDTH,
        layer_norm_eps=minilm.LAYER_NORM_EPSILON,
    )
    return ReaderModel(BertModel(shape, add_pooling_layer=False))


def without_dropout(model: ReaderModel) -> ReaderModel:
    """Let every part of a model take part in each step, from now on."""
    for part in model.modules():
        if isinstance(part, nn.Dropout):
            part.p = 0.0
    return model


def learn(
    model: ReaderModel,
    rows: Sequence[Row],
    lesson: Pass,
    chance: random.Random,
    *,
    encode_rows: Encode | None = None,
) -> None:
    """Read rows until the pass is over; print the loss now and then.

    Args:
        model: learns in place.
        rows: to read, each as often as the pass is long.
        lesson: how long, and how fast.
        chance: draws the order, and what `encode_rows` changes.
        encode_rows: turns rows into tokens; by default as the reader is asked, which is as visitors write.
    """
    learning = [value for value in model.parameters() if value.requires_grad]
    optimiser = _optimiser(learning)
    model.train()
    seen, losses = 0, []
    for step, batch in enumerate(_batches(rows, lesson.row_count, chance, encode_rows or encode_as_asked())):
        warm = min(1.0, step / WARM_UP_STEPS)
        for group in optimiser.param_groups:
            group["lr"] = lesson.rate * warm * max(LEAST_RATE, 1 - seen / lesson.row_count)
        loss = _loss(model, batch)
        loss.backward()
        nn.utils.clip_grad_norm_(learning, LARGEST_GRADIENT)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        seen += len(batch.rows)
        losses.append(float(loss.detach()))
        if len(losses) == REPORT_EVERY_STEPS:
            print(f"{seen:7} of {lesson.row_count} rows, loss {np.mean(losses):.3f}", flush=True)
            losses.clear()


def weights_of(model: ReaderModel) -> minilm.Weights:
    """Return the model's tensors under the names that MiniLM's own have in its file, the heads' beside them."""
    state = model.state_dict()
    return {name.removeprefix("bert."): value.numpy().astype(np.float32) for name, value in state.items()}


def _optimiser(learning: Sequence[Tensor]) -> torch.optim.Optimizer:
    matrices = [value for value in learning if value.ndim > 1]
    vectors = [value for value in learning if value.ndim == 1]
    groups: list[dict[str, Any]] = [
        {"params": matrices, "weight_decay": WEIGHT_DECAY},
        {"params": vectors, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)


def encode_as_asked() -> Encode:
    """Return what turns rows into tokens with their questions varied as visitors vary them."""
    tokenizer = load_tokenizer(MAX_TOKENS)
    return lambda rows, chance: encode(tokenizer, [vary(row, chance) for row in rows])


def _batches(
    rows: Sequence[Row], row_count: int, chance: random.Random, encode_rows: Encode
) -> Iterator[Batch]:
    while row_count > 0:
        drawn = chance.sample(rows, min(row_count, len(rows)))
        row_count -= len(drawn)
        for start in range(0, len(drawn), ENCODED_AT_ONCE):
            yield from batches_of(encode_rows(drawn[start : start + ENCODED_AT_ONCE], chance), chance)


def vary(row: Row, chance: random.Random) -> Row:
    """Ask as visitors do: now and then without the mark, now and then with two letters exchanged."""
    question = row.question
    if chance.random() < BARE_SHARE:
        question = question.rstrip("? ")
    if chance.random() < MISTYPED_SHARE:
        question = _mistyped(question, chance)
    return replace(row, question=question)


def _mistyped(question: str, chance: random.Random) -> str:
    words = question.split()
    long = [place for place, word in enumerate(words) if len(word) >= SHORTEST_MISTYPED]
    if not long:
        return question
    place = chance.choice(long)
    word = words[place]
    at = chance.randrange(1, len(word) - 2)
    words[place] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(words)


def _loss(model: ReaderModel, batch: Batch) -> Tensor:
    with torch.autocast("cpu", torch.bfloat16):
        logits, places = model(*(torch.from_numpy(part) for part in (batch.ids, batch.mask, batch.kinds)))
    answered = torch.tensor([float(row.is_answered) for row in batch.rows])
    loss = nn.functional.binary_cross_entropy_with_logits(logits, answered)
    right = torch.from_numpy(batch.is_answer).bool()
    has_place = right.any(-1)
    if not has_place.any():
        return loss
    shares = torch.log_softmax(places.masked_fill(torch.from_numpy(batch.is_text) == 0, OUT_OF_SIGHT), -1)
    found = torch.logsumexp(shares.masked_fill(~right, OUT_OF_SIGHT), -1)
    return loss - PLACE_WEIGHT * found[has_place].mean()
