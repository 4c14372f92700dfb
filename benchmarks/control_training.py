"""Learns how sure events are: `python -m benchmarks.control_training` writes `geo/text/confidence.csv`.

Of the develop and confidence texts of benchmarks/control_labels only; the same texts give the same weights. Before it
writes, it prints what such weights are worth on campaigns that they were not learned from. To be run again whenever
patterns, features or labels have changed.
"""

import argparse
import csv
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

import geo.text
from benchmarks.control_changes import LABELS, OWN_TEXTS, SHARED
from benchmarks.control_learning.examples import Example, found_of, read_examples
from benchmarks.control_learning.validation import best_penalty, learned, left_out
from benchmarks.control_scores.extractor import PLACE_MODES
from benchmarks.control_scores.labels import Label, read_labels
from benchmarks.control_scores.scores import outcome_of, score
from benchmarks.control_scores.sides import Sides
from benchmarks.control_scores.texts import read_texts
from geo.text.changes import same_changes
from geo.text.confidence import ALWAYS, LEAST

WEIGHTS = Path(geo.text.__file__).parent / "confidence.csv"
LEARNED_FROM = ("develop", "confidence")
_THRESHOLDS = (0.0, 0.5, 0.7, 0.8, 0.85, 0.9)
Judged = tuple[Example, float]
"""An event with how sure it is."""


def main() -> None:
    """Prints what learning is worth, and writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-check", action="store_true", help="only write the weights")
    arguments = parser.parse_args()
    labels = read_labels(LABELS)
    texts, _ = read_texts(LABELS, [OWN_TEXTS, SHARED / "text"])
    documents = texts[texts["split"].isin(LEARNED_FROM)]
    examples = [example for mode in PLACE_MODES for example in read_examples(documents, labels, LABELS, mode)]
    if not arguments.no_check:
        print(_check(examples, labels, dict(zip(documents["document_id"], documents["split"], strict=True))))
    penalty = best_penalty(examples)
    _write(learned(examples, penalty), examples)
    print(f"\nWritten: {WEIGHTS.name}, from {len(examples)} events, penalty {penalty:g}.")


def _check(examples: Sequence[Example], labels: list[Label], splits: Mapping[str, str]) -> str:
    """Scores of documents with the confidence of each event learned from the other campaigns.

    splits: of each document.
    """
    labels = [label for label in labels if label.document in splits]
    judged = list(zip(examples, left_out(examples), strict=True))
    as_read = [(example, example.event.confidence) for example in examples]
    lines = ["Each campaign by weights learned from the others."]
    for mode in PLACE_MODES:
        lines += [f"Places {mode}:", "  as read           " + _figures(_of(as_read, mode), 0.0, labels)]
        lines += [f"  at least {least:<8} " + _figures(_of(judged, mode), least, labels) for least in _THRESHOLDS]
    for split in LEARNED_FROM:
        of_split = [label for label in labels if splits[label.document] == split]
        lines.append(f"Places given, {split}:")
        for name, pairs, least in (("as read", as_read, 0.0), (f"at least {LEAST}", judged, LEAST)):
            chosen = [pair for pair in _of(pairs, "given") if splits[pair[0].document] == split]
            lines.append(f"  {name:<17} " + _figures(chosen, least, of_split))
    return "\n".join(lines)


def _of(pairs: Sequence[Judged], mode: str) -> list[Judged]:
    return [pair for pair in pairs if pair[0].mode == mode]


def _figures(pairs: Sequence[Judged], least: float, labels: list[Label]) -> str:
    sides = Sides(LABELS)
    kept = [example._replace(event=example.event._replace(confidence=how)) for example, how in pairs if how >= least]
    found = [
        found_of(of_document[0], best, sides)
        for _, group in groupby(kept, key=lambda example: example.document)
        for of_document in [list(group)]
        for best, *_ in same_changes([example.event for example in of_document])
    ]
    scores = score(labels, found, outcome_of(labels, found))
    precision, recall = scores.precision, scores.recall
    return (
        f"precision {precision.value or 0:.3f} ({precision.count}/{precision.of})  "
        f"recall {recall.value or 0:.3f}  Brier {scores.brier or 0:.3f}"
    )


def _write(weights: dict[str, float], examples: Sequence[Example]) -> None:
    """The weights, with how many events have each feature and how many of them are right."""
    with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", "weight", "events", "right"])
        for feature, weight in sorted(weights.items()):
            having = [one for one in examples if one.right is not None and (not feature or feature in one.features)]
            right = sum(one.right is True for one in having)
            writer.writerow([feature or ALWAYS, f"{weight:.3f}", len(having), right])


if __name__ == "__main__":
    main()
