"""The scores as Markdown. Of test documents only counts are written, nothing that tells what they say."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from benchmarks.control_scores.extractor import Run
from benchmarks.control_scores.labels import Label
from benchmarks.control_scores.matching import Found, Outcome
from benchmarks.control_scores.scores import Scores, Share, by_pattern, causes, f1, recall_by, score
from geo.text.changes import RECORDED_BY

_MODES = {
    "given": "with the campaign's list of places",
    "world": "with the places of the world only",
    "alone": "without any list of places or sides",
}
_WORST = 30
_HEAD = f"""# Reading control changes

Written by `python -m benchmarks.control_changes --split develop confidence test --write`; extractor: `{RECORDED_BY}`.

An event is right if its place, the side that holds or enters it afterwards, and its days (to within one) are those of a
label; [what the labels mean](control_labels/README.md). Precision leaves out events that the labels leave open and
those found again. Accuracies are of the events read from the sentence of a label about its place. "given": the
extractor has the campaign's list of places and sides; "world": its sides, and the places of the world only; "alone":
neither, as at the command line without a dataset, where it knows the sides of some wars only. The develop documents
were open to whoever wrote the extractor. The confidence documents were not, but how sure events are is
learned from them too. The test documents were used for neither."""
_GOALS = {
    "**precision** (place, to-actor, date)": "≥ 0.92",
    "**recall**": "≥ 0.78",
    "to-actor": "≥ 0.93",
    "from-actor": "≥ 0.82",
    "date within a day": "≥ 0.92",
}


class Part(NamedTuple):
    """One measurement: places, split ("news" for articles that should give no event), its labels and what came out."""

    mode: str
    split: str
    labels: list[Label]
    run: Run
    outcome: Outcome


def report(parts: Iterable[Part], missing: list[str]) -> str:
    """The whole report."""
    parts = list(parts)
    measured = [part for part in parts if part.split != "news"]
    sections = [_HEAD]
    if missing:
        sections.append(f"Left out, because their texts are not here: {', '.join(missing)}.")
    scored = [(part, score(part.labels, part.run.found, part.outcome)) for part in measured]
    sections.append(_headline(scored))
    sections += [_news(part) for part in parts if part.split == "news"]
    for part, scores in scored:
        sections.append(_details(part, scores))
    return "\n\n".join(sections) + "\n"


def _headline(scored: list[tuple[Part, Scores]]) -> str:
    columns = ["", "to reach", *(f"{part.split}, {part.mode}" for part, _ in scored)]
    rows = [
        ["documents", *(str(part.run.documents) for part, _ in scored)],
        ["labelled changes", *(str(scores.labelled) for _, scores in scored)],
        ["events found", *(str(scores.found) for _, scores in scored)],
        ["repeats / left open", *(f"{len(part.outcome.repeated)} / {len(part.outcome.excused)}" for part, _ in scored)],
        ["**precision** (place, to-actor, date)", *(_share(scores.precision) for _, scores in scored)],
        ["95 percent interval", *(_interval(scores.precision) for _, scores in scored)],
        ["**recall**", *(_share(scores.recall) for _, scores in scored)],
        ["95 percent interval", *(_interval(scores.recall) for _, scores in scored)],
        ["**F1**", *(_number(f1(scores.precision, scores.recall)) for _, scores in scored)],
        ["precision (place, to-actor)", *(_share(scores.place_and_actor_precision) for _, scores in scored)],
        ["recall (place, to-actor)", *(_share(scores.place_and_actor_recall) for _, scores in scored)],
        *([name, *(_share(scores.accuracies[name]) for _, scores in scored)] for name in scored[0][1].accuracies),
        ["Brier score", *(_number(scores.brier) for _, scores in scored)],
        ["documents a second (CPU)", *(f"{_rate(part.run):.0f}" for part, _ in scored)],
    ]
    return "## All figures\n\n" + _table(columns, [[name, _GOALS.get(name, ""), *cells] for name, *cells in rows])


def _news(part: Part) -> str:
    count, of = len(part.run.found), part.run.documents
    rate = f"**{1000 * count / of:.1f} per 1,000** (to reach: 2)"
    head = f"## False events in news (LGL, GeoVirus; no list of sides)\n\n{count} events in {of} articles: {rate}"
    rows = [[event.document, str(event.start), event.toponym, event.pattern] for event in part.run.found]
    found = _table(["article", "offset", "toponym", "pattern"], rows)
    return f"{head}; {_rate(part.run):.0f} articles a second (CPU).\n\n{found}"


def _details(part: Part, scores: Scores) -> str:
    sections = [
        f"## {part.split.capitalize()} {_MODES[part.mode]}",
        "### Calibration\n\n" + _calibration(scores),
        "### By pattern\n\n" + _shares("pattern", by_pattern(part.outcome), "precision"),
        "### Recall by kind of place\n\n"
        + _shares("place", recall_by(part.labels, part.outcome, lambda label: label.feature), "recall"),
        "### Recall by status\n\n"
        + _shares("status", recall_by(part.labels, part.outcome, lambda label: label.status), "recall"),
        "### Recall by document\n\n"
        + _shares("document", recall_by(part.labels, part.outcome, lambda label: label.document), "recall"),
        "### Why events are wrong\n\n" + _counts(causes(part.outcome.wrong)),
        "### Why changes are missed\n\n" + _counts(causes(part.outcome.missed)),
    ]
    if part.split == "develop" and part.mode == "given":
        sections.append("### Worst errors\n\n" + _worst(part.outcome.wrong))
        sections.append("### Missed\n\n" + _missed(part.outcome.missed))
    return "\n\n".join(sections)


def _worst(wrong: list[tuple[Found, str]]) -> str:
    worst_first = sorted(wrong, key=lambda pair: (-pair[0].confidence, pair[0].document, pair[0].start))
    rows = [
        [
            event.document,
            f"{event.start}–{event.end}",
            event.toponym,
            str(event.to_actor),
            f"{event.confidence:.2f}",
            why,
        ]
        for event, why in worst_first[:_WORST]
    ]
    return _table(["document", "offsets", "toponym", "to-actor", "confidence", "cause"], rows)


def _missed(missed: list[tuple[Label, str]]) -> str:
    rows = [
        [label.document, str(label.mentions[0].quote_start), label.toponym, str(label.to_actor), label.status, cause]
        for label, cause in missed
    ]
    return _table(["document", "offset", "toponym", "to-actor", "status", "cause"], rows)


def _calibration(scores: Scores) -> str:
    rows = [
        [f"{low:.1f}–{high:.1f}", str(share.of), f"{mean:.2f}", _number(share.value)]
        for low, high, share, mean in scores.calibration
        if share.of
    ]
    return _table(["confidence", "events", "mean", "right"], rows)


def _shares(name: str, shares: Mapping[str, Share], value: str) -> str:
    rows = [[key, str(share.count), str(share.of), _number(share.value)] for key, share in shares.items()]
    return _table([name, "right", "of", value], rows)


def _counts(counts: Mapping[str, int]) -> str:
    return _table(["cause", "number"], [[cause, str(count)] for cause, count in counts.items()])


def _table(columns: list[str], rows: Iterable[list[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _share(share: Share) -> str:
    return "–" if share.value is None else f"{share.value:.2f} ({share.count}/{share.of})"


def _interval(share: Share) -> str:
    return "–" if share.interval is None else "{:.2f}–{:.2f}".format(*share.interval)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _rate(run: Run) -> float:
    return run.documents / run.seconds if run.seconds else float("inf")
