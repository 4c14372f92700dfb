"""What was measured, kept in results.json, written as a part of RESULTS.md and a chart.

RESULTS.md is the parts in `results/`, one of each benchmark, in the order of their names.
"""

import json
import math
import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.chart import Line, chart

HERE = Path(__file__).parent
FIGURES, RESULTS, CHART = HERE / "results.json", HERE / "RESULTS.md", HERE / "step.svg"
PARTS = HERE / "results"
PACKAGES = ("streamlit", "folium", "geopandas", "shapely", "pandas", "streamlit-folium", "playwright")
OURS, FULL = "Holdline", 33_000
QUIET_LOAD = 1.7
"""The run alone, browser and all, makes about this load."""

Row = dict[str, Any]


def machine(browser: str) -> dict[str, Any]:
    """On what, with what and when it was measured."""
    models = [
        line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line
    ]
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "processor": f"{len(models)} × {models[0]}",
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        "browser": f"Chromium {browser}, headless, software rendering",
        "packages": ", ".join(f"{name} {version(name)}" for name in PACKAGES),
        "load": os.getloadavg()[0],
        "priority": -os.nice(0),
    }


def peers_before() -> list[Row]:
    """The rows of the peers in the last run that had them, with its date as `measured`."""
    before = json.loads(FIGURES.read_text("utf-8")).get("time_layer") if FIGURES.exists() else None
    if before is None:
        return []
    return [{"measured": before["machine"]["date"], **row} for row in before["rows"] if row["name"] != OURS]


def save(part: str, figures: dict[str, Any]) -> None:
    """Keep one part's figures in results.json and write RESULTS.md and the chart anew."""
    everything = json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {}
    everything[part] = figures
    FIGURES.write_text(json.dumps(_rounded(everything), indent=1, ensure_ascii=False) + "\n", "utf-8")
    write(everything)


def write(everything: dict[str, Any]) -> None:
    """RESULTS.md and the chart from the figures."""
    parts = [(HERE / "results_head.md").read_text("utf-8")]
    if "time_layer" in everything:
        layer = everything["time_layer"]
        rows: list[Row] = layer["rows"]
        growth: list[Row] = layer.get("growth", [])
        CHART.write_text(_chart(rows), "utf-8")
        parts += [
            _conditions(layer["machine"]),
            f"## What was to be reached, at {FULL:,} places\n\n" + _targets(rows, growth),
            "## Ours, by number of places\n\n" + _by_size(rows),
            *(["## A step, both sizes measured in turn\n\n" + _growing(growth)] if growth else []),
            f"## Ours at {FULL:,} under other conditions\n\n" + _variants(rows),
            f"## Beside folium\n\n![Time to the new picture after a jump, by number of places]({CHART.name})\n\n"
            + _peers(rows),
        ]
    if "sessions" in everything:
        parts.append("## Many sessions at once\n\n" + _sessions(everything["sessions"]))
    write_part("time_layer", "\n\n".join(part.strip() for part in parts))


def write_part(name: str, text: str) -> None:
    """Write one benchmark's part, which begins with its own title, and RESULTS.md anew."""
    PARTS.mkdir(exist_ok=True)
    (PARTS / f"{name}.md").write_text(text.strip() + "\n", "utf-8")
    parts = [part.read_text("utf-8").strip() for part in sorted(PARTS.glob("*.md"))]
    RESULTS.write_text("\n\n".join(parts) + "\n", "utf-8")


def _conditions(on: dict[str, Any]) -> str:
    first = (
        f"Measured on {on['date']}: {on['processor']}, {on['memory_gb']} GB, {on['system']}; {on['browser']}; "
        f"{on['packages']}."
    )
    if on["load"] < QUIET_LOAD:
        return first
    raised = f", and the run had its priority raised by {on['priority']}" if on["priority"] > 0 else ""
    return first + (
        f" **The machine was not quiet**: other work ran beside it (load {on['load']:.1f} at the end{raised}), which "
        "makes every figure worse, the 95th percentiles and the long tasks most. The frames that a page shows when "
        "nothing is asked of it are therefore given beside its own."
    )


def _one(rows: list[Row], size: int, variant: str | None = None) -> Row:
    """The row of ours at a size, {} if it was not measured."""
    wanted = (row for row in rows if row["name"] == OURS and row["size"] == size and row.get("variant") == variant)
    return next(wanted, {})


GROWTH = {
    "script, mean": "script_mean_ms",
    "script, p50": "script_p50_ms",
    "script, p95": "script_p95_ms",
    "all of the main thread, processor time": "processor_ms",
}


def _growth(growth: list[Row], of: str) -> float:
    """A figure of `growth.step_costs` at the second size in those at the first."""
    small, large = (row[of] for row in growth) if growth else (math.nan, math.nan)
    return float(large / small)


def _growing(growth: list[Row]) -> str:
    """What a step costs at both sizes."""
    body = [[f"{what} (ms)", *(_figure(row[name]) for row in growth)] for what, name in GROWTH.items()]
    return _table(["", *(f"{row['size']:,.0f}" for row in growth)], body)


def _targets(rows: list[Row], growth: list[Row]) -> str:
    plain, front = _one(rows, FULL), _one(rows, FULL, "front lines on")
    fine, slow = _one(rows, FULL, "device pixel ratio 2"), _one(rows, FULL, "processor four times slower")
    lines = [
        ("script of a step, p95", plain.get("step_script_p95_ms"), 4, "ms"),
        ("the same with front lines", front.get("step_script_p95_ms"), 8, "ms"),
        ("script of a random jump, p95", plain.get("jump_script_p95_ms"), 12, "ms"),
        ("long tasks in 200 steps", plain.get("drag_long_tasks"), 0, ""),
        ("script of a step at device pixel ratio 2, p95", fine.get("step_script_p95_ms"), 8, "ms"),
        ("zoom settles in", plain.get("zoom_settle_ms"), 150, "ms"),
        ("first paint", plain.get("first_paint_ms"), 600, "ms"),
        ("decode", plain.get("decode_ms"), 100, "ms"),
        ("payload, gzipped", plain.get("payload_gzip_bytes", math.nan) / 1e6, 1.4, "MB"),
        ("Python build", plain.get("build_s"), 3, "s"),
        *(
            (f"a step at 100,000 places, times one at 10,000 ({what})", _growth(growth, name), 1.3, "")
            for what, name in GROWTH.items()
        ),
    ]
    body = [
        [what, f"≤ {most} {unit}", _figure(value, unit), _verdict(value, most)] for what, value, most, unit in lines
    ]
    idle = slow.get("idle_frames_per_s")
    frames = slow.get("frames_per_s")
    beside = f"{_figure(frames)} (idle page: {_figure(idle)})"
    body.append(["frames a second while stepping, processor four times slower", "60", beside, _verdict(57, frames)])
    return _table(["figure", "to reach", "measured", ""], body)


def _verdict(low: float | None, high: float | None) -> str:
    if low is None or high is None or math.isnan(low):
        return "not measured"
    return "reached" if low <= high else "**missed**"


COLUMNS = {
    "step, script p50 / p95 (ms)": ("step_script_p50_ms", "step_script_p95_ms"),
    "step, frame done p50 / p95 (ms)": ("step_done_p50_ms", "step_done_p95_ms"),
    "jump, script p50 / p95 (ms)": ("jump_script_p50_ms", "jump_script_p95_ms"),
    "jump, frame done p50 / p95 (ms)": ("jump_done_p50_ms", "jump_done_p95_ms"),
    "frame done when nothing is asked (ms)": ("floor_ms",),
    "long tasks in 200 steps": ("drag_long_tasks",),
    "frames a second, stepping / idle": ("frames_per_s", "idle_frames_per_s"),
    "zoom settles (ms)": ("zoom_settle_ms",),
    "longest wait for a frame while zooming (ms)": ("zoom_longest_gap_ms",),
    "pan, frame done (ms)": ("pan_done_ms",),
    "first paint (ms)": ("first_paint_ms",),
    "the whole page is there (ms)": ("whole_page_ms",),
    "decompress / decode (ms)": ("inflate_ms", "decode_ms"),
    "page and data, raw / gzipped (MB)": ("raw_bytes", "gzip_bytes"),
    "of it the data, gzipped (MB)": ("payload_gzip_bytes",),
    "JavaScript memory (MB)": ("heap_mb",),
    "Python build (s)": ("build_s",),
}
SHORT = [name for name in COLUMNS if not name.startswith(("page", "of it", "JavaScript", "Python", "decompress"))]


def _by_size(rows: list[Row]) -> str:
    own = [row for row in rows if row["name"] == OURS and not row.get("variant")]
    body = [[what, *(_figures(row, names) for row in own)] for what, names in COLUMNS.items()]
    return _table(["", *(f"{row['size']:,}" for row in own)], body)


def _variants(rows: list[Row]) -> str:
    own = [row for row in rows if row["name"] == OURS and row["size"] == FULL]
    body = [[what, *(_figures(row, COLUMNS[what]) for row in own)] for what in SHORT]
    return _table(["", *(row.get("variant") or "as above" for row in own)], body)


def _peers(rows: list[Row]) -> str:
    body = []
    for row in sorted((row for row in rows if not row.get("variant")), key=lambda row: row["size"]):
        title = [f"{row['size']:,}", row["name"]]
        if "failure" in row:
            body.append([*title, row["failure"], *[""] * 6])
            continue
        kept = ("first_paint_ms",), ("step_done_p50_ms", "step_done_p95_ms"), ("step_script_p95_ms",)
        more = ("jump_done_p50_ms", "jump_done_p95_ms"), ("frames_per_s",), ("zoom_settle_ms",)
        body.append([*title, *(_figures(row, names) for names in (*kept, *more)), _sizes(row)])
    heads = ["first paint (ms)", "step p50 / p95 (ms)", "its script p95 (ms)", "jump p50 / p95 (ms)"]
    table = _table(["places", "way", *heads, "frames/s", "zoom (ms)", "raw / gzipped (MB)"], body)
    earlier = sorted({row["measured"] for row in rows if "measured" in row})
    note = "The others' figures are those of a run before this one, of " + " and ".join(earlier) + ".\n\n"
    return (note if earlier else "") + table


def _sizes(row: Row) -> str:
    if "bytes_per_step" in row:
        return f"{_figure(row['bytes_per_step'] / 1e6)} for each step"
    return _figures(row, ("raw_bytes", "gzip_bytes"))


def _sessions(figures: dict[str, Any]) -> str:
    lines = [
        (
            "slowest of {sessions} sessions has page and data ({places:,} places)",
            "≤ 3 s",
            "{slowest_s:.2f} s",
            figures["slowest_s"] <= 3,
        ),
        ("median of them", "", "{median_s:.2f} s", None),
        ("server memory for each session", "≤ 1 MB", "{memory_mb:.2f} MB", figures["memory_mb"] <= 1),
        ("messages to the server in {scrub_steps} steps", "0", "{scrub_messages}", figures["scrub_messages"] == 0),
        ("requests to the server in {scrub_steps} steps", "0", "{scrub_requests}", figures["scrub_requests"] == 0),
        ("server's processor time meanwhile", "", "{scrub_processor_s:.2f} s ({idle_processor_s:.2f} s idle)", None),
        ("{browsers} real browsers at once: the slowest shows the map", "", "{browser_slowest_s:.2f} s", None),
    ]
    body = [
        [
            what.format(**figures),
            target,
            value.format(**figures),
            {True: "reached", False: "**missed**", None: ""}[holds],
        ]
        for what, target, value, holds in lines
    ]
    return _table(["figure", "to reach", "measured", ""], body) + "\n\n" + str(figures["how"])


def _figures(row: Row, names: tuple[str, ...]) -> str:
    scale = 1e6 if names[0].endswith("bytes") else 1
    values = [row.get(name) for name in names]
    return " / ".join(_figure(None if value is None else value / scale) for value in values)


def _figure(value: float | None, unit: str = "") -> str:
    if value is None or math.isnan(value):
        return "–"
    digits = 0 if value >= 100 or value == round(value) else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}".strip()


def _table(heads: list[str], body: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _chart(rows: list[Row]) -> str:
    names = dict.fromkeys(row["name"] for row in rows)
    lines = []
    for name in names:
        done = [row for row in rows if row["name"] == name and not row.get("variant") and "failure" not in row]
        points: list[tuple[float, float]] = [
            (row["size"], row["jump_done_p50_ms" if "jump_done_p50_ms" in row else "step_done_p50_ms"]) for row in done
        ]
        if points:
            lines.append(Line(name, sorted(points), strong=name == OURS))
    return chart("From a jump of the slider to the new picture", "milliseconds", "places", lines)


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_rounded(part) for part in value]
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, 3)
    return value
