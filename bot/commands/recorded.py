"""Conversations written down as cases of a site's `tests/`: playing one again must come out the same."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.domain.facts import FactState

if TYPE_CHECKING:
    from bot.personas import Exchange, Trial


def record(trials: "Sequence[Trial]", folder: Path) -> None:
    """Write each conversation into a file of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for trial in trials:
        text = "\n".join(case_lines(trial)) + "\n"
        (folder / f"{trial.name}.yaml").write_text(text, encoding="utf-8")


def case_lines(trial: "Trial") -> Iterator[str]:
    """Yield the lines of a case; what the bot said stands beside as comments."""
    yield f"name: {quoted(trial.name)}"
    yield f"now: {trial.at.isoformat().replace('+00:00', 'Z')}"
    yield "conversation:"
    for exchange in trial.exchanges:
        yield from exchange_lines(exchange)
    yield "expect:"
    if trial.judged is not None:
        yield f"  score: {trial.judged.score}"
        yield f"  stage: {trial.judged.stage}"
    yield f"  captured: {quoted(trial.captured)}"
    facts = {
        slot: fact.value if fact.state is FactState.KNOWN else {"state": fact.state.value}
        for slot, fact in sorted(trial.facts.items())
    }
    yield f"  facts: {quoted(facts)}"


def exchange_lines(exchange: "Exchange") -> Iterator[str]:
    """Yield what the visitor did and, as it came, the reply."""
    line, reply = exchange.line, exchange.reply
    yield f"  - consent: {line.press}" if line.press else f"  - visitor: {quoted(line.text)}"
    if reply is not None:
        yield f"    expect: {quoted({'kind': reply.kind, 'asks': reply.asked})}"
        for said in reply.text.splitlines():
            yield f"    # {said}".rstrip()


def quoted(value: Any) -> str:
    """Return a value as JSON, which YAML reads as the same."""
    return json.dumps(value, ensure_ascii=False)
