"""The learned score: how likely a lead is won, learned from outcomes, kept as JSON, explained fact by fact.

It stands beside the rules and replaces nothing. It is shown only while it ranks leads it has not seen better than the
rules' own score does. Too few leads or wins are refused: then the newest lead first is the honest order.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.domain.errors import ConfigurationError
from bot.leads.encoding import Column, Known, columns_of, features_of, widths

if TYPE_CHECKING:
    from bot.leads.logistic import Numbers

MIN_LEADS = 100
MIN_WINS = 20
RIDGES = (30.0, 100.0, 300.0)
BENDS = (-1.5, 0.0, 1.5)
"""Where the calibration may bend, in log-odds: a ridge flattens guesses, and not everywhere alike."""
CALIBRATION_RIDGE = 1.0
FORM = 1
"""The form of the JSON; another one is not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How good the guesses are on leads held out in five folds.

    `auc` and `rules_auc` are areas under the ROC curve (0.5 is chance), None for the rules where no score is known;
    `calibration_error` is 0–1; `table` has, for each tenth of the scale in use, leads, mean guess, share won.
    """

    leads: int
    wins: int
    auc: float
    calibration_error: float
    brier: float
    table: tuple[tuple[int, float, float], ...]
    rules_auc: float | None = None

    @property
    def has_earned_it(self) -> bool:
        """Whether the guesses rank unseen leads better than the rules do, and than chance does."""
        return self.auc > max(0.5, self.rules_auc or 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedScore:
    """A trained model. `centres` and `weights` are those of the features, in log-odds.

    `calibration` straightens the sum: a constant, a slope, and what the slope changes by at each of `BENDS`.
    """

    columns: tuple[Column, ...]
    constant: float
    centres: tuple[float, ...]
    weights: tuple[float, ...]
    calibration: tuple[float, ...]
    quality: Quality

    def contributions(self, lead: Known) -> list[tuple[str, float]]:
        """Return what each column adds to or takes from the average lead's log-odds, the weightiest first."""
        features = iter(zip(features_of(self.columns, lead), self.centres, self.weights, strict=True))
        added = []
        for column, width in zip(self.columns, widths(self.columns), strict=True):
            parts = (next(features) for _ in range(width))
            added.append((column.name, sum((value - centre) * weight for value, centre, weight in parts)))
        return sorted(added, key=lambda item: (-abs(item[1]), item[0]))

    def win_probability(self, lead: Known) -> float:
        """Return how likely the lead is won, 0–1."""
        log_odds = self.constant + sum(points for _, points in self.contributions(lead))
        shift, *slopes = self.calibration
        straight = shift + sum(slope * part for slope, part in zip(slopes, bent(log_odds), strict=True))
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, straight))))

    def importance(self, leads: Sequence[Known]) -> list[tuple[str, float]]:
        """Return how much each column moves the log-odds of these leads on average, the weightiest first."""
        moved: dict[str, float] = {column.name: 0.0 for column in self.columns}
        for lead in leads:
            for name, points in self.contributions(lead):
                moved[name] += abs(points) / len(leads)
        return sorted(moved.items(), key=lambda item: (-item[1], item[0]))

    def as_json(self) -> dict[str, Any]:
        """Return the model as it is kept: numbers and names, nothing that could be executed."""
        quality = {name: getattr(self.quality, name) for name in self.quality.__slots__}
        return {
            "form": FORM,
            "columns": [column.as_json() for column in self.columns],
            "constant": self.constant,
            "centres": list(self.centres),
            "weights": list(self.weights),
            "calibration": list(self.calibration),
            "quality": quality | {"table": [list(row) for row in self.quality.table]},
        }


def bent(log_odds: float) -> list[float]:
    """Return the log-odds with what of it lies beyond each bend: a line that may change its slope there."""
    return [log_odds, *(max(0.0, log_odds - bend) for bend in BENDS)]


def learned_from_json(kept: Mapping[str, Any]) -> LearnedScore | None:
    """Return the model as it was kept; None where its form is not ours."""
    if kept.get("form") != FORM:
        return None
    columns = (
        Column(name=one["name"], knots=tuple(one["knots"]), values=tuple(one["values"]))
        for one in kept["columns"]
    )
    quality = kept["quality"]
    table = tuple((int(leads), float(guess), float(share)) for leads, guess, share in quality["table"])
    return LearnedScore(
        columns=tuple(columns),
        constant=kept["constant"],
        centres=tuple(kept["centres"]),
        weights=tuple(kept["weights"]),
        calibration=tuple(kept["calibration"]),
        quality=Quality(**(quality | {"table": table})),
    )


def train(
    leads: Sequence[Known], won: Sequence[bool], *, rules_scores: Sequence[int] | None = None
) -> LearnedScore:
    """Learn from leads whose outcome is known, and measure on leads held out.

    Args:
        leads: what was known of each lead, `(n_leads,)`.
        won: whether it was won, in the same order.
        rules_scores: the rules' score of each, 0–100, to be compared with.

    Raises:
        ConfigurationError: too few leads or wins to learn anything from.
    """
    _refuse_few(won)
    import numpy as np

    from bot.leads.logistic import area_under_roc

    outcomes = np.array(won, dtype=np.float64)
    guessed = held_out_guesses(leads, outcomes)
    scores = None if rules_scores is None else np.array(rules_scores, dtype=np.float64)
    rules_auc = None if scores is None else area_under_roc(scores, outcomes)
    return _fit(leads, outcomes, quality=_quality(guessed, outcomes, rules_auc))


def held_out_guesses(leads: Sequence[Known], won: "Numbers") -> "Numbers":
    """Return for each lead the guess of a model that was trained without its fold, `(n_leads,)` 0–1."""
    import numpy as np

    from bot.leads.logistic import folds

    guessed = np.empty(len(won))
    for trained, held_out in folds(won):
        model = _fit([leads[n] for n in np.flatnonzero(trained).tolist()], won[trained], quality=None)
        guessed[held_out] = [model.win_probability(leads[n]) for n in np.flatnonzero(held_out).tolist()]
    return guessed


def _refuse_few(won: Sequence[bool]) -> None:
    wins = sum(won)
    losses = len(won) - wins
    if len(won) >= MIN_LEADS and wins >= MIN_WINS and losses >= MIN_WINS:
        return
    raise ConfigurationError(
        f"{len(won)} leads with {wins} won and {losses} lost are too few to learn from: it takes {MIN_LEADS} leads, "
        f"{MIN_WINS} of them won and {MIN_WINS} lost. Until then the newest lead comes first, and the rules' score "
        "stands as it is."
    )


def _fit(leads: Sequence[Known], won: "Numbers", *, quality: Quality | None) -> LearnedScore:
    """Fit on standardised features with the ridge that guesses held-out leads best, then straighten the guesses."""
    import numpy as np

    from bot.leads.logistic import fit

    columns = columns_of(leads)
    features = np.array([features_of(columns, lead) for lead in leads]).reshape(len(leads), -1)
    centres, spreads = features.mean(axis=0), features.std(axis=0)
    scales = np.where(spreads > 1e-9, spreads, np.inf)
    standard = (features - centres) / scales
    ridge, held_out = min(
        ((ridge, _held_out_log_odds(standard, won, ridge)) for ridge in RIDGES),
        key=lambda tried: _log_loss(tried[1], won),
    )
    weights = fit(standard, won, ridge=ridge)
    calibration = fit(np.array([bent(one) for one in held_out]), won, ridge=CALIBRATION_RIDGE)
    return LearnedScore(
        columns=columns,
        constant=float(weights[0]),
        centres=tuple(centres.tolist()),
        weights=tuple((weights[1:] / scales).tolist()),
        calibration=tuple(calibration.tolist()),
        quality=quality or _NOT_MEASURED,
    )


def _held_out_log_odds(standard: "Numbers", won: "Numbers", ridge: float) -> "Numbers":
    import numpy as np

    from bot.leads.logistic import fit, folds, log_odds_of

    held_out = np.empty(len(won))
    for trained, tested in folds(won):
        held_out[tested] = log_odds_of(standard[tested], fit(standard[trained], won[trained], ridge=ridge))
    return held_out


def _log_loss(log_odds: "Numbers", won: "Numbers") -> float:
    import numpy as np

    return float(np.mean(np.logaddexp(0, log_odds) - won * log_odds))


def _quality(guessed: "Numbers", won: "Numbers", rules_auc: float | None) -> Quality:
    from bot.leads.logistic import area_under_roc, calibration_error, reliability

    table = reliability(guessed, won)
    return Quality(
        leads=len(won),
        wins=int(won.sum()),
        auc=area_under_roc(guessed, won),
        calibration_error=calibration_error(table),
        brier=float(((guessed - won) ** 2).mean()),
        table=tuple(table),
        rules_auc=rules_auc,
    )


_NOT_MEASURED = Quality(leads=0, wins=0, auc=0.5, calibration_error=1.0, brier=1.0, table=())
