"""Logistic regression with a ridge, fitted by iteratively reweighted least squares, and how good its guesses are.

The method: Hosmer, Lemeshow, Sturdivant, Applied Logistic Regression, chapter 1; the ridge keeps rare columns small.
Deterministic: the same rows in the same order give the same numbers.
"""

from collections.abc import Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.float64]

MAX_STEPS = 60
CONVERGED = 1e-6
FOLDS = 5
BINS = 10
SHUFFLE = 20_270_115
"""Which leads fall into which fold is drawn with this seed, so that a training can be repeated."""


def fit(columns: Numbers, won: Numbers, *, ridge: float) -> Numbers:
    """Return the weights that make the outcomes most likely.

    Args:
        columns: what is known, `(n_leads, n_columns) float64`, standardised.
        won: 1 where the lead was won, else 0, `(n_leads,)`.
        ridge: what each squared weight costs; the first weight, the constant, is free.

    Returns:
        `(1 + n_columns,)`: the constant, then a weight for each column.
    """
    known = np.hstack([np.ones((len(won), 1)), columns])
    cost = np.full(known.shape[1], ridge)
    cost[0] = 1e-9
    weights = np.zeros(known.shape[1])
    for _ in range(MAX_STEPS):
        guessed = sigmoid(known @ weights)
        spread = np.maximum(guessed * (1 - guessed), 1e-9)
        slope = known.T @ (won - guessed) - cost * weights
        bend = (known * spread[:, None]).T @ known + np.diag(cost)
        step = np.linalg.solve(bend, slope)
        # A full step may overshoot where the classes are nearly apart.
        weights = weights + step * min(1.0, 5.0 / max(float(np.abs(step).max()), 1e-12))
        if float(np.abs(step).max()) < CONVERGED:
            break
    return weights


def sigmoid(log_odds: Numbers) -> Numbers:
    """Return probabilities, 0–1."""
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -40, 40))))


def log_odds_of(columns: Numbers, weights: Numbers) -> Numbers:
    """Return the log-odds that the weights give each lead, `(n_leads,)`."""
    return np.asarray(weights[0] + columns @ weights[1:])


def folds(won: Numbers, *, seed: int = SHUFFLE) -> Iterator[tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
    """Yield five times who is trained on and who is held out, won and lost spread evenly."""
    chance = np.random.default_rng(seed)
    fold = np.empty(len(won), dtype=np.int64)
    for outcome in (0, 1):
        members = np.flatnonzero(won == outcome)
        chance.shuffle(members)
        fold[members] = np.arange(len(members)) % FOLDS
    for number in range(FOLDS):
        yield fold != number, fold == number


def area_under_roc(guessed: Numbers, won: Numbers) -> float:
    """Return how often a won lead is ranked above a lost one, 0–1, ties counting half (Hanley, McNeil 1982)."""
    _, places, counts = np.unique(guessed, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks = (last - (counts - 1) / 2)[places]
    n_won = float(won.sum())
    n_lost = len(won) - n_won
    return float((ranks[won == 1].sum() - n_won * (n_won + 1) / 2) / (n_won * n_lost))


def reliability(guessed: Numbers, won: Numbers) -> list[tuple[int, float, float]]:
    """Return for each tenth of the scale that is in use: leads, mean guess, share won."""
    bins = np.minimum((guessed * BINS).astype(np.int64), BINS - 1)
    return [
        (int(here.sum()), float(guessed[here].mean()), float(won[here].mean()))
        for here in (bins == number for number in range(BINS))
        if here.any()
    ]


def calibration_error(table: list[tuple[int, float, float]]) -> float:
    """Return the expected calibration error of a reliability table, 0–1 (Naeini, Cooper, Hauskrecht 2015)."""
    n_leads = sum(leads for leads, _, _ in table)
    return sum(leads * abs(guess - share) for leads, guess, share in table) / n_leads
