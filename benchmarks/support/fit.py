"""Fits the weights of `knowledge/support/weights.py` anew, on the sentences that the rules were made with.

Only those that break no rule are fitted on: the rest is decided before the weights count. The sentences that are held
back are not looked at. The threshold is set by what each tenth gets from weights fitted on the other nine; the one in
use is lower than this (decision 26).
"""

import numpy as np

from benchmarks.support.labelled import Part, load_labelled
from knowledge import load_embedder
from knowledge.support.check import first_broken, take_apart, weigh

REGULARISATION = 1.0
FOLDS = 10
LEAST_RECALL = 0.975  # of all unsupported sentences, those that break a rule among them


def fit() -> str:
    """Return the lines of `weights.py` that hold the weights."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
    from sklearn.model_selection import cross_val_predict  # type: ignore[import-untyped]

    embedder = load_embedder()
    labelled = load_labelled(Part.DEVELOP) + load_labelled(Part.WORDED)
    claims = [take_apart(one.sentence, one.sources) for one in labelled]
    kept = [at for at, claim in enumerate(claims) if first_broken(claim) is None]
    signs = np.array([weigh(claims[at], embedder).values for at in kept])
    is_supported = np.array([labelled[at].is_supported for at in kept])
    model = LogisticRegression(C=REGULARISATION, class_weight="balanced")
    scores = cross_val_predict(model, signs, is_supported, cv=FOLDS, method="predict_proba")[:, 1]
    refused = sum(not one.is_supported for one in labelled) - int((~is_supported).sum())
    threshold = float(np.quantile([*scores[~is_supported], *[0.0] * refused], LEAST_RECALL))
    model.fit(signs, is_supported)
    weights = ", ".join(f"{weight:.2f}" for weight in model.coef_[0])
    dropped = float((scores[is_supported] <= threshold).mean())
    return (
        f"INTERCEPT = {model.intercept_[0]:.2f}\nWEIGHTS = ({weights})\nTHRESHOLD = {threshold:.2f}\n"
        f"({dropped:.3f} of the supported below it)"
    )
