"""What is measured of one page with a time layer, the same for ours and for the peers."""

import math
import statistics
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Error, Page

from benchmarks.browser import heap_mb, new_page

STEPS = list(range(600, 700))
DRAG = list(range(600, 800))
JUMPS = [int(day) for day in np.random.default_rng(12345).integers(0, 1500, 40)]
VIEWS = 6
LATE_MS = 25.0
"""A frame that comes later than this after the one before has missed its turn at 60 a second."""
TOO_SLOW_MS = 1500.0
"""Where a step takes longer than this, dragging and zooming are not measured: it would take minutes."""

Figures = dict[str, float]


@dataclass(frozen=True)
class Subject:
    """A page with a time layer.

    ready: JavaScript condition that holds once the country is there; script: JavaScript function that returns the
    Subject of measure.js; build_s: Python time to make what is sent; raw_bytes, gzip_bytes: what the browser loads
    (page and data); scripts: see `browser.new_page`.
    """

    name: str
    place_count: int
    address: str
    ready: str
    script: str
    build_s: float
    raw_bytes: int
    gzip_bytes: int
    scripts: Mapping[str, Path] | None = None


@dataclass(frozen=True)
class Conditions:
    """How a page is measured: device pixel ratio, slow-down of the processor, JavaScript run before measuring."""

    pixel_ratio: float = 1
    throttle: float = 1
    prepare: str = "() => {}"
    load_limit_s: float = 60
    part_limit_s: float = 12


class DidNotLoad(Exception):  # noqa: N818
    """The page did not show the country within the time limit, or the browser gave it up."""


@contextmanager
def opened(browser: Browser, subject: Subject, conditions: Conditions) -> Iterator[tuple[Page, Figures]]:
    """The page with the country filling it, as `subject` in it; and when it was there, and its memory then."""
    with new_page(browser, conditions.pixel_ratio, conditions.throttle, subject.scripts) as page:
        load_ms = 1000 * conditions.load_limit_s
        page.set_default_timeout(load_ms)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(subject.address, wait_until="commit")
        shown = page.evaluate(_limited(f"measure.shown(() => {subject.ready})"), load_ms)
        if shown is None or shown["whole"] > load_ms:
            raise DidNotLoad("; ".join([f"not drawn after {conditions.load_limit_s:.0f} s", *errors[:1]]))
        heap = heap_mb(page)
        page.evaluate(f"window.subject = ({subject.script})(); measure.fill(subject);")
        page.evaluate(f"({conditions.prepare})(subject)")
        page.evaluate("measure.pause(500)")
        yield page, {"first_paint_ms": shown["first"], "whole_page_ms": shown["whole"], "heap_mb": heap}


def measured(browser: Browser, subject: Subject, conditions: Conditions, repeats: int = 1) -> Figures:
    """Open the page afresh `repeats` times; each figure is the median over them."""
    runs = [_measured_once(browser, subject, conditions) for _ in range(repeats)]
    medians = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    return medians | {"build_s": subject.build_s, "raw_bytes": subject.raw_bytes, "gzip_bytes": subject.gzip_bytes}


def _measured_once(browser: Browser, subject: Subject, conditions: Conditions) -> Figures:
    try:
        with opened(browser, subject, conditions) as (page, figures):
            return {**figures, **_interaction(page, 1000 * conditions.part_limit_s)}
    except Error as error:
        if "closed" in error.message or "Timeout" in error.message or "crash" in error.message:
            raise DidNotLoad("given up: it took too long or the browser ended it") from error
        raise


def _limited(promise: str) -> str:
    return f"(limit) => Promise.race([{promise}, measure.pause(limit).then(() => null)])"


def _interaction(page: Page, limit_ms: float) -> Figures:
    nothing = page.evaluate("measure.nothing(20)")
    page.evaluate("(day) => subject.setDay(day)", STEPS[0] - 1)
    steps = page.evaluate("([days, limit]) => measure.days(subject, days, limit)", [STEPS, limit_ms])
    jumps = page.evaluate("([days, limit]) => measure.days(subject, days, limit)", [JUMPS, limit_ms])
    figures = {
        "floor_ms": _quantile(nothing["rows"], "done", 0.5),
        "steps": len(steps["rows"]),
        **_distribution("step", steps["rows"]),
        "jumps": len(jumps["rows"]),
        **_distribution("jump", jumps["rows"]),
    }
    if figures["step_done_p50_ms"] > TOO_SLOW_MS:
        return figures
    return {**figures, **_dragging(page, limit_ms), **_viewing(page, limit_ms)}


def _dragging(page: Page, limit_ms: float) -> Figures:
    """One step for each frame; beside it the frames of the same page when nothing is asked of it."""
    page.evaluate("(day) => subject.setDay(day)", DRAG[0] - 1)
    page.evaluate("measure.pause(300)")
    idle = page.evaluate("([days, limit]) => measure.sustained({ setDay() {} }, days, limit)", [DRAG[:60], limit_ms])
    drag = page.evaluate("([days, limit]) => measure.sustained(subject, days, limit)", [DRAG, limit_ms])
    gaps = drag["gaps"]
    return {
        "drag_steps": len(gaps),
        "drag_long_tasks": len(drag["longTasks"]),
        "drag_longest_task_ms": max(drag["longTasks"], default=0.0),
        "frames_per_s": 1000 * len(gaps) / sum(gaps),
        "late_frames_pct": 100 * sum(gap > LATE_MS for gap in gaps) / len(gaps),
        "idle_frames_per_s": 1000 * len(idle["gaps"]) / sum(idle["gaps"]),
    }


def _viewing(page: Page, limit_ms: float) -> Figures:
    views = page.evaluate("([count, limit]) => measure.views(subject, count, limit)", [VIEWS, limit_ms])
    return {
        "zoom_settle_ms": _quantile(views["zooms"], "settle", 0.5),
        "zoom_longest_gap_ms": _quantile(views["zooms"], "longest", 0.5),
        "pan_done_ms": _quantile(views["pans"], "done", 0.5),
        "pan_script_ms": _quantile(views["pans"], "script", 0.5),
    }


def _distribution(name: str, rows: list[dict[str, float]]) -> Figures:
    quantiles = {
        f"{name}_{kind}_p{round(100 * share)}_ms": _quantile(rows, kind, share)
        for kind in ("script", "done")
        for share in (0.5, 0.95)
    }
    return {
        **quantiles,
        f"{name}_script_mean_ms": float(np.mean([row["script"] for row in rows])) if rows else math.nan,
    }


def _quantile(rows: list[dict[str, Any]], name: str, share: float) -> float:
    return float(np.quantile([row[name] for row in rows], share)) if rows else float("nan")
