"""What many trials come to: per persona, per slot, and the conversations worth looking at. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.personas.judge import Outcome, Verdict
from bot.personas.trial import Trial

COMPARED = (Outcome.RIGHT, Outcome.MISSED, Outcome.WRONG, Outcome.INVENTED)
WORTH_A_LOOK = (Outcome.WRONG, Outcome.INVENTED, Outcome.MISSED)
SHARES = (10, 50, 90)


def summary(trials: Sequence[Trial]) -> dict[str, Any]:
    """Return the whole report: per persona, per slot, what was misread and which laws were broken."""
    personas = dict.fromkeys(trial.persona for trial in trials)
    return {
        "conversations": len(trials),
        "turns": sum(len(trial.exchanges) for trial in trials),
        "personas": {name: tally([trial for trial in trials if trial.persona == name]) for name in personas},
        "all": tally(trials),
        "slots": by_slot(trials),
        "misread": [misread_row(trial, verdict) for trial, verdict in misread(trials)],
        "broken": [{"conversation": trial.name, "law": law} for trial in trials for law in trial.broken()],
    }


def tally(trials: Sequence[Trial]) -> dict[str, Any]:
    """Count what these trials came to."""
    scores = sorted(trial.judged.score if trial.judged else 0 for trial in trials)
    outcomes = Counter(verdict.outcome for trial in trials for verdict in trial.verdicts())
    gates = Counter(trial.stopped_at or "captured" for trial in trials if not trial.was_forgotten)
    return {
        "conversations": len(trials),
        "turns": sum(len(trial.exchanges) for trial in trials),
        "captured": sum(trial.captured for trial in trials),
        "forgotten": sum(trial.was_forgotten for trial in trials),
        "gates": dict(sorted(gates.items(), key=lambda pair: (-pair[1], pair[0]))),
        "score": {f"p{share}": percentile(scores, share) for share in SHARES},
        "stages": dict(sorted(Counter(trial.judged.stage for trial in trials if trial.judged).items())),
        "facts": {outcome.value: outcomes[outcome] for outcome in Outcome},
        "asked": sum(len(trial.asked()) for trial in trials),
        "returned": sum(trial.returned() for trial in trials),
        "repeated": sum(len(trial.repeated()) for trial in trials),
        "answered": sum(trial.answered() for trial in trials),
        "unanswered": sum(trial.unanswered() for trial in trials),
    }


def percentile(ordered: Sequence[int], share: int) -> int:
    """Return the value below which `share` per cent of an ordered list lies (nearest rank)."""
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)] if ordered else 0


def by_slot(trials: Iterable[Trial]) -> Mapping[str, Mapping[str, int]]:
    """Count the outcomes of each slot, in the order of the playbook."""
    counts: dict[str, Counter[Outcome]] = {}
    for trial in trials:
        for slot in trial.playbook.slots:
            counts.setdefault(slot.id, Counter())
        for verdict in trial.verdicts():
            counts[verdict.slot][verdict.outcome] += 1
    return {slot: {outcome.value: count[outcome] for outcome in Outcome} for slot, count in counts.items()}


def misread(trials: Iterable[Trial]) -> Iterator[tuple[Trial, Verdict]]:
    """Yield what was not taken as it was told, the worst kind first."""
    found = [
        (trial, verdict)
        for trial in trials
        for verdict in trial.verdicts()
        if verdict.outcome in WORTH_A_LOOK
    ]
    yield from sorted(found, key=lambda pair: WORTH_A_LOOK.index(pair[1].outcome))


def misread_row(trial: Trial, verdict: Verdict) -> dict[str, Any]:
    """Return one misreading: the visitor's words, what they meant, and the fact that was kept."""
    told, fact = verdict.told, verdict.fact
    return {
        "conversation": trial.name,
        "slot": verdict.slot,
        "outcome": verdict.outcome.value,
        "said": told.words if told else None,
        "meant": (told.value if told.value is not None else told.state.value) if told else None,
        "kept": (fact.value if fact.value is not None else fact.state.value) if fact else None,
        "quote": fact.quote if fact else None,
    }
