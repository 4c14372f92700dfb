"""How fast are archives parsed, and in how much memory? `python -m benchmarks.parsing [DOCUMENTS]`

News articles (LGL and GeoVirus, read from ../shared; without it the project's own briefs) are repeated until there are
enough, put into one compressed archive, and parsed as a user does it: `python -m geo parse`, with one process, two
processes, and a Dask cluster of two workers on this machine. Counted are the processor seconds of all processes, which
a busy machine does not change much, and the largest memory of the process that takes most: resident, and of that what
is its own (not shared, as the mapped gazetteer is); and of all together. Writes its part of RESULTS.md.
"""

import gzip
import json
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pandas as pd
import psutil

from benchmarks.report import write_part
from geo.places.world import open_world

PROJECT = Path(__file__).resolve().parents[1]
CORPUS = PROJECT.parent / "shared" / "data" / "geoparsing" / "lgl_geovirus.zip"
DOCUMENTS = 4000
MB = 1_000_000
SECONDS_BETWEEN_LOOKS = 0.2
ARTICLES_PLANNED = 100_000_000


class Taken(NamedTuple):
    """What a run took: seconds on the clock, processor seconds, and the most memory: resident, and own, of the process
    that reads documents and is largest; of all, with what they share counted once."""

    wall_s: float
    cpu_s: float
    resident_mb: float
    own_mb: float
    proportional_mb: float


def texts() -> list[str]:
    """The articles of the corpora, or the project's own briefs."""
    if not CORPUS.is_file():
        return [path.read_text("utf-8") for path in sorted((PROJECT / "seeds").glob("*.md"))]
    with zipfile.ZipFile(CORPUS) as corpus:
        names = [name for name in corpus.namelist() if name.startswith("text/") and not name.endswith("/")]
        return [corpus.read(name).decode() for name in sorted(names)]


def write_archive(path: Path, count: int) -> int:
    """An archive of so many documents; returns the number of characters in them."""
    chosen = list(islice(cycle(texts()), count))
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=6) as file:
        for number, text in enumerate(chosen):
            file.write(json.dumps({"document_id": f"d{number}", "text": text}, ensure_ascii=False) + "\n")
    return sum(map(len, chosen))


def measured(command: list[str], also: tuple[int, ...] = ()) -> Taken:
    """What a command and its child processes take. also: further processes that work for it."""
    started = time.monotonic()
    before = {pid: _cpu_s(psutil.Process(pid)) for pid in also}
    process = subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.DEVNULL)
    cpu_s: dict[int, float] = {}
    resident = own = proportional = 0.0
    while process.poll() is None:
        memory = []
        for one in _family(process.pid, also):
            try:
                cpu_s[one.pid] = _cpu_s(one) - before.get(one.pid, 0.0)
                memory.append(one.memory_full_info())
            except psutil.NoSuchProcess:
                continue
        resident = max([resident, *(one.rss / MB for one in memory)])
        own = max([own, *(one.uss / MB for one in memory)])
        proportional = max(proportional, sum(one.pss / MB for one in memory))
        time.sleep(SECONDS_BETWEEN_LOOKS)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}.")
    return Taken(time.monotonic() - started, sum(cpu_s.values()), resident, own, proportional)


def _family(pid: int, also: tuple[int, ...]) -> Iterator[psutil.Process]:
    for root in (pid, *also):
        try:
            process = psutil.Process(root)
            yield process
            yield from process.children(recursive=True) if root == pid else []
        except psutil.NoSuchProcess:
            continue


def _cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def compare(count: int) -> tuple[pd.DataFrame, int]:
    """A row for each way to parse, and the number of characters in the archive."""
    open_world()  # the first use converts it, which is not what is measured
    with TemporaryDirectory() as folder, ExitStack() as stack:
        archive, small = Path(folder) / "archive.jsonl.gz", Path(folder) / "small.jsonl.gz"
        characters = write_archive(archive, count)
        write_archive(small, 1)
        cluster = stack.enter_context(_cluster())
        workers = tuple(worker.process.pid for worker in cluster.workers.values())
        ways: dict[str, tuple[list[str], tuple[int, ...]]] = {
            "1 process": ([], ()),
            "2 processes": (["--workers", "2"], ()),
            "Dask, 2 workers": (["--dask", cluster.scheduler_address], workers),
        }
        taken = {}
        for name, (options, also) in ways.items():
            command = [sys.executable, "-m", "geo", "parse", "--out", os.devnull, *options]
            start = measured([*command, str(small)], also)
            whole = measured([*command, str(archive)], also)
            taken[name] = _row(count, start, whole)
    return pd.DataFrame(taken).T, characters


def _cluster():  # type: ignore[no-untyped-def]  # distributed has no types
    from distributed import LocalCluster

    return LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, protocol="tcp")


def _row(count: int, start: Taken, whole: Taken) -> dict[str, float]:
    return {
        "start, CPU s": start.cpu_s,
        "documents a CPU second": count / (whole.cpu_s - start.cpu_s),
        "documents a second": count / (whole.wall_s - start.wall_s),
        "largest process, MB": whole.resident_mb,
        "of that its own, MB": whole.own_mb,
        "all processes, MB": whole.proportional_mb,
    }


def report(table: pd.DataFrame, count: int, characters: int) -> str:
    """The part of RESULTS.md."""
    header = "| | " + " | ".join(table.columns) + " |"
    rule = "|---|" + "---:|" * len(table.columns)
    lines = [f"| {name} | " + " | ".join(f"{value:,.0f}" for value in row) + " |" for name, row in table.iterrows()]
    hours = ARTICLES_PLANNED / table.loc["1 process", "documents a CPU second"] / 3600
    load = os.getloadavg()[0]
    return "\n".join(
        [
            "# How fast archives are parsed",
            "",
            f"`python -m benchmarks.parsing` measures this and writes this page: {count:,} news articles of "
            f"{characters / count:,.0f} characters on average in one compressed archive, on {os.cpu_count()} cores, "
            f"load {load:.1f} (with a load above that many cores the documents a second are too low; the processor "
            "seconds hold). The start, that is imports and opening the gazetteer, is left out of the rates. The memory "
            "of all processes counts shared memory once.",
            "",
            header,
            rule,
            *lines,
            "",
            f"At the rate of one process {ARTICLES_PLANNED:,} such articles take {hours:,.0f} CPU hours "
            "([plan](../docs/parsing.md)).",
        ]
    )


if __name__ == "__main__":
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS
    results, length = compare(documents)
    page = report(results, documents, length)
    write_part("parsing", page)
    print(page)
