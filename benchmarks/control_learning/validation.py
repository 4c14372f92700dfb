"""What learned weights are worth on campaigns that they were not learned from."""

from collections.abc import Sequence

import numpy as np

from benchmarks.control_learning.examples import Example
from benchmarks.control_learning.logistic import Numbers, feature_names, fit, matrix, probabilities

PENALTIES = (1.0, 3.0, 10.0, 30.0)
LEAST_DOCUMENTS = 3
_OUTER, _INNER = 10, 5


def learned(examples: Sequence[Example], penalty: float) -> dict[str, float]:
    """The weight of each feature, and of "", which every example has.

    Features that stand in fewer than three documents have none.
    """
    known = [example for example in examples if example.right is not None]
    features = [example.features for example in known]
    names = feature_names(features, [example.document for example in known], LEAST_DOCUMENTS)
    right = np.array([float(example.right is True) for example in known])
    weights = fit(matrix(features, names), right, penalty)
    return dict(zip([*names, ""], (float(weight) for weight in weights), strict=True))


def confidences(examples: Sequence[Example], weights: dict[str, float]) -> Numbers:
    """How likely each example is right."""
    names = [name for name in weights if name]
    return probabilities(
        matrix([example.features for example in examples], names), np.array([weights[name] for name in [*names, ""]])
    )


def best_penalty(examples: Sequence[Example]) -> float:
    """The penalty that predicts best on campaigns left out, by log loss."""
    return min(PENALTIES, key=lambda penalty: _loss(examples, penalty))


def _loss(examples: Sequence[Example], penalty: float) -> float:
    campaigns = sorted({example.campaign for example in examples})
    loss = 0.0
    for part in range(_INNER):
        out = set(campaigns[part::_INNER])
        weights = learned([example for example in examples if example.campaign not in out], penalty)
        tested = [example for example in examples if example.campaign in out and example.right is not None]
        for example, probability in zip(tested, confidences(tested, weights), strict=True):
            loss -= float(np.log(probability if example.right else 1 - probability))
    return loss


def left_out(examples: Sequence[Example]) -> list[float]:
    """How likely each example is right, by weights learned from other campaigns with a penalty chosen there.

    A tenth of the campaigns is left out at a time.
    """
    found = [0.0] * len(examples)
    campaigns = sorted({example.campaign for example in examples})
    for part in range(_OUTER):
        out = set(campaigns[part::_OUTER])
        others = [example for example in examples if example.campaign not in out]
        weights = learned(others, best_penalty(others))
        numbers = [number for number, example in enumerate(examples) if example.campaign in out]
        for number, probability in zip(
            numbers, confidences([examples[number] for number in numbers], weights), strict=True
        ):
            found[number] = float(probability)
    return found
