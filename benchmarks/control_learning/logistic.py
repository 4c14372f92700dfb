"""Logistic regression with small weights preferred (L2), by Newton's method."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

_STEPS = 25
_SMALL = 1e-6


def feature_names(examples: Sequence[Sequence[str]], groups: Sequence[str], least: int) -> list[str]:
    """The features that stand in examples of so many groups at least, by name."""
    pairs = {(feature, group) for features, group in zip(examples, groups, strict=True) for feature in features}
    counts = Counter(feature for feature, _ in pairs)
    return sorted(feature for feature, count in counts.items() if count >= least)


def matrix(examples: Sequence[Sequence[str]], names: Sequence[str]) -> Numbers:
    """One row an example, one column a feature: 1 where it has it; the last column is 1 everywhere."""
    columns = {name: number for number, name in enumerate(names)}
    found = np.zeros((len(examples), len(names) + 1))
    found[:, -1] = 1
    for row, features in enumerate(examples):
        found[row, [columns[feature] for feature in features if feature in columns]] = 1
    return found


def fit(rows: Numbers, right: Numbers, penalty: float) -> Numbers:
    """The weights of the columns; the last, which says how likely it is without any feature, is not penalised."""
    weights = np.zeros(rows.shape[1])
    penalties = np.full(rows.shape[1], penalty)
    penalties[-1] = _SMALL
    for _ in range(_STEPS):
        probability = probabilities(rows, weights)
        gradient = rows.T @ (probability - right) + penalties * weights
        spread = probability * (1 - probability)
        step = np.linalg.solve((rows.T * spread) @ rows + np.diag(penalties), gradient)
        weights -= step
        if np.abs(step).max() < _SMALL:
            break
    return weights


def probabilities(rows: Numbers, weights: Numbers) -> Numbers:
    """How likely each row is right."""
    return np.asarray(1 / (1 + np.exp(-(rows @ weights))))
