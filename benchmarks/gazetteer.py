"""The gazetteer measured: conversion, opening, memory, look-ups, points of divisions, and names across spellings.

`python -m benchmarks.gazetteer` prints the tables and writes them to RESULTS.md. Times are of the processor, not the
clock, so that a busy machine changes them little. The names need the folder ../shared (OCHA's layers of Syria).
"""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks import name_variants
from benchmarks.gazetteer_opened import LOOKUPS
from benchmarks.name_variants import OCHA, scores
from benchmarks.report import write_part
from geo.formats.admin_layers import read_admin_layer
from geo.places.gazetteer import distances_km
from geo.places.world import World, gazetteer_folder, open_world
from geo.places.world_table import read_rows

GEONAMES_OF_OCHA = dict(
    zip(
        [f"SY{number:02}" for number in range(1, 15)],
        ["13", "09", "08", "11", "10", "02", "12", "01", "07", "14", "04", "06", "05", "03"],
        strict=True,
    )
)
"""OCHA's codes of the governorates of Syria, and GeoNames'."""


def measure(folder: Path) -> dict[str, float]:
    """What `gazetteer_opened` tells of a gazetteer that may still have to be converted."""
    command = [sys.executable, "-m", "benchmarks.gazetteer_opened", str(folder)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    figures: dict[str, float] = json.loads(told)
    return figures


def division_distances_km(world: World) -> np.ndarray:
    """How far our points of Syria's governorates lie from points inside OCHA's areas, sorted."""
    areas = read_admin_layer(OCHA / "syr_admin1.shp").set_index("place_id")
    ours = {place.name: place for place in world if place.feature_code == "ADM1" and place.country_code == "SY"}
    by_code = {
        row["admin1_code"]: ours[row["name"]] for row in read_rows("divisions.csv") if row["country_code"] == "SY"
    }
    found = []
    for code, admin1 in GEONAMES_OF_OCHA.items():
        point = np.array([[areas.loc[code, "latitude"], areas.loc[code, "longitude"]]], dtype=float)
        found.append(distances_km(point, by_code[admin1].latitude, by_code[admin1].longitude)[0])
    return np.sort(found)


def report() -> str:
    """The tables as Markdown."""
    with TemporaryDirectory() as temporary:
        conversion_s = measure(Path(temporary))["opened_s"]
    open_world()
    found = measure(gazetteer_folder())
    size_mb = sum(file.stat().st_size for file in open_world().folder.iterdir()) / 1e6
    rows = [
        ("places", "", f"{len(open_world()):,}"),
        ("conversion, once (processor time)", "≤ 20 s", f"{conversion_s:.1f} s"),
        ("size on disk", "", f"{size_mb:.0f} MB"),
        ("opening, checksums included (processor time)", "≤ 0.3 s", f"{found['opened_s']:.3f} s"),
        ("resident before opening: Python and what looking up names needs", "", f"{found['before_mb']:.0f} MB"),
        ("resident after opening", "≤ 150 MB", f"{found['opened_mb']:.0f} MB"),
        (f"resident after {LOOKUPS:,} different names were asked for", "≤ 150 MB", f"{found['asked_mb']:.0f} MB"),
        ("all places of a name, first time asked", "", f"{1e6 * found['lookup_s']:.1f} µs"),
        ("that a name is not there", "", f"{1e6 * found['miss_s']:.1f} µs"),
        ("names that sound alike within Syria", "", f"{1e3 * found['similar_s']:.1f} ms"),
    ]
    lines = ["# The gazetteer, measured", "", "Written by `python -m benchmarks.gazetteer`.", ""]
    lines += ["| figure | to reach | measured |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows), ""]
    if OCHA.is_dir():
        lines += _names_section()
        km = division_distances_km(open_world())
        lines += [
            "## Points of divisions",
            "",
            "A division's point is the mean of its half-degree squares that have a place. Over Syria's 14 governorates "
            f"it lies {np.median(km):.0f} km (median; largest {km[-1]:.0f} km) from a point inside OCHA's area.",
        ]
    return "\n".join(lines) + "\n"


def _names_section() -> list[str]:
    head = ["test", "queries", "of them without counterpart", "recall@1", "precision"]
    lines = ["## Names across spellings", "", str(name_variants.__doc__).strip(), ""]
    lines += [f"| {' | '.join(head)} |", "|---|---|---|---|---|"]
    for one in scores():
        lines.append(
            f"| {one.test} | {one.queries} | {one.without_counterpart} | {one.recall_pct:.1f} % "
            f"| {one.precision_pct:.1f} % |"
        )
    lines += [
        "",
        "To reach: recall 95, precision 97 within the country. The rules and weights were set while looking at the "
        "names of Syria; those of Iraq, Jordan and Yemen were looked at once, when Kurdish x and the words for "
        "places with long vowels had been missed.",
        "",
    ]
    return lines


if __name__ == "__main__":
    text = report()
    write_part("gazetteer", text)
    sys.stdout.write(text)
