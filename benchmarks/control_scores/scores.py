"""Figures from outcomes: precision, recall, accuracies, calibration, and counts by group."""

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from benchmarks.control_scores.labels import CHANGE, Label
from benchmarks.control_scores.matching import Found, Outcome, match, same_days

_Z = 1.96
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


class Share(NamedTuple):
    """So many of so many."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        """The share, None of nothing."""
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 percent interval of the share (Wilson's score interval), None of nothing."""
        if not self.of:
            return None
        share, spread = self.count / self.of, _Z**2 / self.of
        half = _Z * sqrt(share * (1 - share) / self.of + spread / (4 * self.of))
        return (share + spread / 2 - half) / (1 + spread), (share + spread / 2 + half) / (1 + spread)


class Scores(NamedTuple):
    """The figures of one part of the labels; see `score`."""

    labelled: int
    found: int
    precision: Share
    recall: Share
    place_and_actor_precision: Share
    place_and_actor_recall: Share
    accuracies: dict[str, Share]
    calibration: list[tuple[float, float, Share, float]]
    brier: float | None


def outcome_of(labels: Iterable[Label], found: Iterable[Found]) -> Outcome:
    """The outcomes of the documents, each matched by itself, as one."""
    labels, found = list(labels), list(found)
    whole = Outcome([], [], 0, [], [], [], [])
    for document in sorted({label.document for label in labels} | {event.document for event in found}):
        part = match(
            [label for label in labels if label.document == document],
            [event for event in found if event.document == document],
        )
        whole = Outcome(*(one + other for one, other in zip(whole, part, strict=True)))
    return whole


def score(labels: Iterable[Label], found: Iterable[Found], outcome: Outcome) -> Scores:
    """The figures of an outcome.

    precision: right events of those that count (repeats and what labels leave open do not); recall: of the labelled
    changes. accuracies: of the events read from the sentence of a labelled change about its place. calibration: by bin
    of confidence its bounds, the right ones of the events that count, and their mean confidence; brier: the mean
    squared difference between confidence and being right (0 is best).
    """
    labelled = sum(label.kind == CHANGE for label in labels)
    counted = len(outcome.right) + len(outcome.wrong)
    judged = [(event.confidence, True) for _, event in outcome.right]
    judged += [(event.confidence, False) for event, _ in outcome.wrong]
    return Scores(
        labelled=labelled,
        found=len(list(found)),
        precision=Share(len(outcome.right), counted),
        recall=Share(len(outcome.right), labelled),
        place_and_actor_precision=Share(min(outcome.place_and_actor, counted), counted),
        place_and_actor_recall=Share(outcome.place_and_actor, labelled),
        accuracies=_accuracies(outcome.read),
        calibration=[_bin(judged, low, high) for low, high in pairwise(BINS)],
        brier=sum((confidence - is_right) ** 2 for confidence, is_right in judged) / len(judged) if judged else None,
    )


def f1(precision: Share, recall: Share) -> float | None:
    """The harmonic mean of both."""
    if precision.value is None or recall.value is None or precision.count == 0:
        return None
    return 2 * precision.value * recall.value / (precision.value + recall.value)


def _accuracies(pairs: list[tuple[Label, Found]]) -> dict[str, Share]:
    with_from = [(label, event) for label, event in pairs if label.from_actor]
    kinds = {
        basis: [(label, event) for label, event in with_from if label.from_basis == basis]
        for basis in ("stated", "inferable")
    }
    return {
        "to-actor": _agreeing(pairs, lambda label, event: label.to_actor == event.to_actor),
        "from-actor": _agreeing(with_from, _same_from),
        "from-actor, stated": _agreeing(kinds["stated"], _same_from),
        "from-actor, to be inferred": _agreeing(kinds["inferable"], _same_from),
        "date within a day": _agreeing(pairs, same_days),
        "status": _agreeing(pairs, lambda label, event: label.status == event.status),
        "assertion": _agreeing(pairs, lambda label, event: label.assertion == event.assertion),
    }


def _same_from(label: Label, event: Found) -> bool:
    return label.from_actor == event.from_actor


def _agreeing(pairs: list[tuple[Label, Found]], agree: Callable[[Label, Found], bool]) -> Share:
    return Share(sum(agree(label, event) for label, event in pairs), len(pairs))


def _bin(judged: list[tuple[float, bool]], low: float, high: float) -> tuple[float, float, Share, float]:
    inside = [(c, is_right) for c, is_right in judged if low <= c < high or (high == BINS[-1] and c == high)]
    mean = sum(c for c, _ in inside) / len(inside) if inside else 0.0
    return low, high, Share(sum(is_right for _, is_right in inside), len(inside)), mean


def by_pattern(outcome: Outcome) -> dict[str, Share]:
    """Right of counted events by the pattern that read them, the most used first."""
    right = Counter(event.pattern for _, event in outcome.right)
    every = right + Counter(event.pattern for event, _ in outcome.wrong)
    return {pattern: Share(right[pattern], count) for pattern, count in every.most_common()}


def recall_by(labels: Iterable[Label], outcome: Outcome, group: Callable[[Label], str]) -> dict[str, Share]:
    """Right of labelled changes by a group of labels (the feature, the status), the largest first."""
    every = Counter(group(label) for label in labels if label.kind == CHANGE)
    right = Counter(group(label) for label, _ in outcome.right)
    return {name: Share(right[name], count) for name, count in every.most_common()}


def causes(pairs: Iterable[tuple[Label | Found, str]]) -> dict[str, int]:
    """How often each cause stands, the most frequent first."""
    return dict(Counter(cause for _, cause in pairs).most_common())
