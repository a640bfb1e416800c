"""Why a lead came of a conversation, or did not: the capture ledger in words, for one and counted for all."""

from collections.abc import Sequence
from typing import Any

from bot.domain.capture import CAPTURED, gate_in_words
from bot.store.capture_ledger import GateCount, LedgerEntry


def ledger_json(gates: Sequence[GateCount]) -> dict[str, Any]:
    """Return the counts as the web API and `foyer leads why --json` give them."""
    return {
        "conversations": sum(one.count for one in gates),
        "captured": sum(one.count for one in gates if one.gate == CAPTURED),
        "gates": [
            {
                "gate": one.gate,
                "question": one.question,
                "count": one.count,
                "words": gate_in_words(one.gate, one.question),
            }
            for one in gates
        ],
    }


def entry_json(entry: LedgerEntry) -> dict[str, Any]:
    """Return one conversation's entry as JSON."""
    told = {name: getattr(entry, name) for name in entry.__slots__}
    return told | {"words": gate_in_words(entry.gate, entry.question)}
