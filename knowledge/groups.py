"""Lists and tables in a passage, and which of their items or rows a question asks for.

Promises: a member is chosen by the words that tell it apart from the others; where no word does, all of them
are the answer. What announces a list ("We accept:") is known with it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.blocks import Block, BlockKind, find_blocks
from knowledge.document import Passage
from knowledge.sentences import Span

CHOSEN_FROM = 0.75  # of the weight that the best member holds of the telling words
NUMBERED = re.compile(r"\d{1,9}[.)]\s")
STEPS_ASKED = re.compile(
    r"\bhow (?:do|can|should|would|to)\b|\bsteps?\b|\bwie\b.*\b(?:ich|wir|man)\b|\bcomment\b|\bc[oó]mo\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Group:
    """A list's items or a table's rows, as spans of the passage's text.

    `lead_in` is the sentence before it that ends with a colon; `header` a table's first line, "" for a list;
    `context` the words that stand for all members.
    """

    span: Span
    members: tuple[Span, ...]
    is_table: bool
    is_numbered: bool
    header: str
    context: str
    lead_in: Span | None = None

    def holds(self, unit: Span) -> bool:
        """Say whether a unit of the passage belongs to the group, or announces it."""
        return unit == self.lead_in or self.span[0] <= unit[0] < self.span[1]


def find_groups(passage: Passage) -> list[Group]:
    """Return the lists and tables of a passage, in order."""
    if not passage.is_markdown:
        return []
    before = f"{passage.lead}\n" if passage.lead else ""
    text = before + passage.text
    blocks = [None, *find_blocks(text, is_markdown=True)]
    return [
        _group(text, block, above, shift=len(before), head=passage.head)
        for above, block in pairwise(blocks)
        if block is not None and block.members
    ]


def choose_members(
    group: Group,
    passage: Passage,
    asked: Mapping[str, float],
    held: Callable[[str], set[str]],
    *,
    for_steps: bool,
) -> tuple[Span, ...]:
    """Return the members that a question asks for: those that hold the words that tell members apart, else all.

    Args:
        group: one of the passage's.
        passage: where it stands.
        asked: the question's words by their weight.
        held: returns the words of a text, spelt like those asked.
        for_steps: whether it is asked how to do something; steps that are announced as that are answered whole.
    """
    words = [held(passage.text[slice(*member)]) for member in group.members]
    announced = held(group.context)
    weights = telling_weights(words, announced, asked)
    most = max(weights)
    is_announced = sum(weight for word, weight in asked.items() if word in announced) >= most
    if most <= 0 or (for_steps and group.is_numbered and is_announced):
        return group.members
    return tuple(
        member for member, weight in zip(group.members, weights, strict=True) if weight >= CHOSEN_FROM * most
    )


def telling_weights(
    members: Sequence[set[str]], announced: set[str], asked: Mapping[str, float]
) -> list[float]:
    """Return what each member holds of the words asked for that tell members apart, by their weight.

    Args:
        members: the words of each.
        announced: the words that stand for all of them.
        asked: the question's words by their weight.
    """
    common = set.intersection(*members) | announced
    telling = {word: weight for word, weight in asked.items() if word not in common}
    return [sum(weight for word, weight in telling.items() if word in member) for member in members]


def asks_for_steps(question: str) -> bool:
    """Say whether a question asks how to do something."""
    return bool(STEPS_ASKED.search(question))


def runs_of(chosen: Sequence[Span], members: Sequence[Span]) -> list[Span]:
    """Join chosen members that follow one another."""
    runs: list[Span] = []
    for at, member in enumerate(members):
        if member not in chosen:
            continue
        if runs and at and runs[-1][1] == members[at - 1][1]:
            runs[-1] = (runs[-1][0], member[1])
        else:
            runs.append(member)
    return runs


def _group(text: str, block: Block, above: Block | None, *, shift: int, head: str) -> Group:
    def moved(span: Span) -> Span:
        return max(span[0] - shift, 0), span[1] - shift

    is_table = block.kind is BlockKind.TABLE
    lead_in = above.units[-1] if above and above.kind is BlockKind.PROSE and above.units else None
    if lead_in and not text[slice(*lead_in)].rstrip("*_ ").endswith(":"):
        lead_in = None
    header = text[block.start : block.units[0][1]] if is_table else ""
    return Group(
        span=moved((block.start, block.end)),
        members=tuple(map(moved, block.members)),
        is_table=is_table,
        is_numbered=not is_table and bool(NUMBERED.match(text, block.start)),
        header=header,
        context=f"{header or head} {text[slice(*lead_in)] if lead_in else ''}",
        lead_in=moved(lead_in) if lead_in else None,
    )
