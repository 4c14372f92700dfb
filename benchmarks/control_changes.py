"""Scores of reading control changes: `python -m benchmarks.control_changes`; with --write a part of RESULTS.md.

The labels are in benchmarks/control_labels (what they mean is in its README.md). Articles that may not be part of the
project are looked for in ../shared/data/text and left out where they are missing; a table says which.
"""

import argparse
from pathlib import Path

from benchmarks.control_scores.extractor import PLACE_MODES, Extractor, Run
from benchmarks.control_scores.labels import Label, read_labels
from benchmarks.control_scores.report import Part, report
from benchmarks.control_scores.scores import outcome_of
from benchmarks.control_scores.sides import Sides
from benchmarks.control_scores.texts import read_news, read_texts
from benchmarks.report import write_part

HERE = Path(__file__).parent
LABELS, OWN_TEXTS = HERE / "control_labels", HERE / "control_texts"
SHARED = HERE.parent.parent / "shared" / "data"
NEWS = SHARED / "geoparsing" / "lgl_geovirus.zip"
SPLITS = ("develop", "confidence", "test")


def main() -> None:
    """Prints the scores, and writes them if asked to."""
    arguments = _arguments()
    texts, missing = read_texts(arguments.labels, [*arguments.texts, OWN_TEXTS, SHARED / "text"])
    labels = read_labels(arguments.labels)
    news = read_news(NEWS) if NEWS.is_file() and not arguments.no_news else None
    sides = Sides(arguments.labels)
    campaigns = dict(zip(texts["document_id"], texts["campaign"], strict=True))
    parts: list[Part] = []
    for mode in arguments.places:
        extractor = Extractor(arguments.labels, mode)
        for split in arguments.split:
            documents = texts[texts["split"] == split]
            run = extractor.run(documents)
            of_split = _of(labels, set(documents["document_id"]))
            found = sides.normalised(run.found, campaigns)
            parts.append(Part(mode, split, of_split, run, outcome_of(of_split, found)))
        if news is not None and mode == "world":
            parts.append(_news_part(extractor.run(news)))
    written = report(parts, missing)
    print(written)
    if arguments.write:
        write_part("control_changes", written)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", nargs="+", choices=SPLITS, default=["develop"])
    parser.add_argument("--places", nargs="+", choices=PLACE_MODES, default=list(PLACE_MODES))
    parser.add_argument("--labels", type=Path, default=LABELS, help="folder of labels")
    parser.add_argument("--texts", type=Path, nargs="+", default=[], help="folders of further documents")
    parser.add_argument("--no-news", action="store_true", help="leave out the news that should give no event")
    parser.add_argument("--write", action="store_true", help="write the part of RESULTS.md")
    return parser.parse_args()


def _of(labels: list[Label], documents: set[str]) -> list[Label]:
    return [label for label in labels if label.document in documents]


def _news_part(run: Run) -> Part:
    return Part("world", "news", [], run, outcome_of([], run.found))


if __name__ == "__main__":
    main()
