"""The time layer measured beside folium's own, in one run and one browser: `python -m benchmarks.time_layer`.

Only ours, beside the peers' figures of the last run that had them: `--peers none`. A short run:
`--sizes 1000,33000 --peers none --repeats 1`. The figures go to benchmarks/results.json, and from there into
benchmarks/RESULTS.md and its chart.
"""

import argparse
import gzip
import shutil
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser

from benchmarks import report, rerun
from benchmarks.browser import Launch, launcher, limited, new_page
from benchmarks.country import country
from benchmarks.folium_peers import PEERS, peer, scripts
from benchmarks.growth import step_costs
from benchmarks.rerun import measured_reruns
from benchmarks.server import served, streamlit
from benchmarks.subject import Conditions, DidNotLoad, Figures, Subject, measured
from geo.maps.page import dashboard_html
from geo.maps.payload import encode
from geo.pipeline import Build

SIZES = (100, 1000, 10_000, 33_000, 100_000)
FULL = 33_000
GROWTH = (10_000, 100_000)
OURS = "Holdline"
SCATTERED = "every place changes for itself"
RERUN = rerun.NAME
PEER_LIMIT_S = 45
PEER_HARD_LIMIT_S = 80
PEER_CONDITIONS = Conditions(load_limit_s=PEER_LIMIT_S, part_limit_s=2)
SHOWN = (
    "first_paint_ms",
    "whole_page_ms",
    "step_script_p50_ms",
    "step_script_p95_ms",
    "step_done_p50_ms",
    "jump_script_p95_ms",
    "frames_per_s",
    "drag_long_tasks",
    "zoom_settle_ms",
    "decode_ms",
)
Row = dict[str, Any]
OUR_SUBJECT = """() => {
  const { map, areas, data } = window.holdline;
  const slider = document.querySelector("input#day");
  const setDay = (day) => {
    slider.value = day;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  };
  return { map, bounds: data.header.bounds, setDay, drawn: () => areas._raster };
}"""
FRONT = "() => window.holdline.areas.setFront(true)"
VARIANTS = {
    "front lines on": Conditions(prepare=FRONT),
    "device pixel ratio 2": Conditions(pixel_ratio=2),
    "both": Conditions(pixel_ratio=2, prepare=FRONT),
    "processor four times slower": Conditions(throttle=4),
}
DECODE = """async (address) => {
  const { decode } = await import("/web/decode.js");
  const packed = await (await fetch(address)).blob();
  const begin = performance.now();
  const plain = await new Response(packed.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  const inflated = performance.now();
  decode(plain);
  return { inflate: inflated - begin, decode: performance.now() - inflated };
}"""


def ours(build: Build, folder: Path, address: str, name: str = OURS) -> Subject:
    """Write our page and its data into the served folder."""
    count = len(build.areas)
    times = []
    for _ in range(1 if count > FULL else 3):
        begin = time.perf_counter()
        data = encode(build)
        times.append(time.perf_counter() - begin)
    stem = f"{name}-{count}".replace(" ", "_")
    page = dashboard_html(build, f"{stem}.bin.gz").encode()
    (folder / f"{stem}.bin.gz").write_bytes(data)
    (folder / f"{stem}.html").write_bytes(page)
    return Subject(
        name=name,
        place_count=count,
        address=f"{address}/{stem}.html",
        ready="window.holdline",
        script=OUR_SUBJECT,
        build_s=statistics.median(times),
        raw_bytes=len(page) + len(gzip.decompress(data)),
        gzip_bytes=len(gzip.compress(page, 6)) + len(data),
    )


def decode_times(browser: Browser, subject: Subject, folder: Path, address: str, repeats: int = 5) -> Figures:
    """Decompressing and decoding the data, each time in a page that has never run the code before."""
    shutil.copytree(Path("geo/maps/web"), folder / "web", dirs_exist_ok=True)
    (folder / "empty.html").write_text("<!doctype html><title>empty</title>")
    times = []
    for _ in range(repeats):
        with new_page(browser) as page:
            page.goto(f"{address}/empty.html")
            times.append(page.evaluate(DECODE, subject.address.replace(".html", ".bin.gz")))
    data = folder / Path(subject.address.replace(".html", ".bin.gz")).name
    return {
        "inflate_ms": statistics.median(one["inflate"] for one in times),
        "decode_ms": statistics.median(one["decode"] for one in times),
        "payload_gzip_bytes": data.stat().st_size,
    }


def main() -> None:
    """Measure, and write what was measured."""
    arguments = _arguments()
    with TemporaryDirectory() as temporary, served(Path(temporary)) as address, launcher() as launch:
        bench = _Bench(launch, Path(temporary), address, arguments.repeats, arguments.peers)
        rows: list[Row] = []
        kept = [] if arguments.peers else report.peers_before()
        for size in arguments.sizes:
            for row in bench.rows(size):
                print(_summary(row), flush=True)
                rows.append(row)
                report.save("time_layer", bench.figures(rows + kept))
        if set(GROWTH) <= set(arguments.sizes):
            report.save("time_layer", bench.figures(rows + kept) | {"growth": bench.growth()})


class _Bench:
    """One run: ours and the peers, size after size, in one browser."""

    def __init__(self, launch: Launch, folder: Path, address: str, repeats: int, peers: list[str]) -> None:
        self.launch, self.browser = launch, launch()
        self.folder, self.address, self.repeats = folder, address, repeats
        self.scripts = scripts() if peers else None
        self.peers = [name for name in peers if self.scripts]
        self.left_out: dict[str, str] = {name: "npm could not fetch its scripts" for name in peers if not self.scripts}
        self.took_s: dict[str, tuple[int, float]] = {}
        self.subjects: dict[int, Subject] = {}

    def figures(self, rows: list[Row]) -> dict[str, Any]:
        """What is kept of the run."""
        return {"machine": report.machine(self.browser.version), "rows": rows}

    def growth(self) -> list[Figures]:
        """What a step costs at both sizes of GROWTH, measured in turn; their rows were measured before."""
        return step_costs(self.browser, [self.subjects[size] for size in GROWTH])

    def rows(self, size: int) -> Iterator[Row]:
        """Ours at this size, at the full size also its variants, then every peer that can be expected to load."""
        build = country(size)
        subject = self.subjects[size] = ours(build, self.folder, self.address)
        decoded = decode_times(self.browser, subject, self.folder, self.address)
        yield {**self._row(subject, Conditions()), **decoded}
        if size == FULL:
            for name, conditions in VARIANTS.items():
                yield {**self._row(subject, conditions), "variant": name}
            scattered = ours(country(size, scattered=True), self.folder, self.address, "scattered")
            yield {**self._row(scattered, Conditions()), "name": OURS, "variant": SCATTERED}
        for name in self.peers:
            yield self._peer(name, size, build)

    def _row(self, subject: Subject, conditions: Conditions) -> Row:
        figures = measured(self.browser, subject, conditions, self.repeats)
        return {"name": subject.name, "size": subject.place_count, **figures}

    def _peer(self, name: str, size: int, build: Build) -> Row:
        """A peer, measured once; a size that it cannot be expected to reach in time is left out."""
        row: Row = {"name": name, "size": size}
        before, took_s = self.took_s.get(name, (size, 0.0))
        expected_s = took_s * size / before
        if expected_s > PEER_LIMIT_S or name in self.left_out:
            return {**row, "failure": self.left_out.get(name) or f"not tried: {expected_s:.0f} s expected"}
        begin = time.perf_counter()
        try:
            figures = self._reruns(size) if name == RERUN else self._peer_page(name, build)
        except DidNotLoad as error:
            self.left_out[name] = f"not tried: did not load at {size:,}"
            return {**row, "failure": str(error)}
        slow_ms = figures["step_done_p50_ms"] if name == RERUN else figures["first_paint_ms"]
        self.took_s[name] = (size, max(slow_ms / 1000, figures.get("build_s", 0.0)))
        return {**row, **figures, "took_s": time.perf_counter() - begin}

    def _peer_page(self, name: str, build: Build) -> Figures:
        assert self.scripts is not None
        subject = peer(name, build, self.folder, self.address, self.scripts)
        try:
            with limited(self.launch, PEER_HARD_LIMIT_S) as browser:
                return measured(browser, subject, PEER_CONDITIONS)
        finally:
            (self.folder / Path(subject.address).name).unlink()

    def _reruns(self, size: int) -> Figures:
        assert self.scripts is not None
        with streamlit("benchmarks/rerun_app.py") as server, limited(self.launch, PEER_HARD_LIMIT_S) as browser:
            return measured_reruns(browser, server, self.scripts, size, PEER_LIMIT_S)


def _summary(row: Row) -> str:
    """One line for who watches."""
    title = f"{row['name']} {row.get('variant', '')} {row['size']:>7}"
    if "failure" in row:
        return f"{title}: {row['failure']}"
    return f"{title}: " + " ".join(f"{name} {row[name]:.1f}" for name in SHOWN if name in row)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=_sizes, default=list(SIZES), help="numbers of places, separated by commas")
    parser.add_argument(
        "--peers", type=_names, default=[*PEERS, RERUN], help="names separated by commas, or none: keep theirs"
    )
    parser.add_argument("--repeats", type=int, default=3, help="how often each of our pages is opened")
    return parser.parse_args()


def _sizes(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _names(text: str) -> list[str]:
    return [name for name in (*PEERS, RERUN) if any(part in name for part in text.split(",") if part != "none")]


if __name__ == "__main__":
    main()
