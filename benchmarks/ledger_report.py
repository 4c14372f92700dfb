"""The ledger's figures (ledger.json) as a part of RESULTS.md."""

from typing import Any

Figures = dict[str, Any]
_HEAD = """# How reliable and how fast the ledger is

`python -m benchmarks.ledger` measures this and writes this page; `docs/operations.md` says what it means for who runs
it. *Processor time* is that of our process; it does not depend on what else the machine does, and leaves out what the
disk and the database server need. *Wall time* has everything in it.
"""
_SPEED = (
    ("ingest", "put all of it into an empty ledger", None),
    ("as_of_now", "state of all places on a day, as known now", 0.5),
    ("as_known_last_week", "the same, as known a week before the end", None),
    ("as_known_in_the_middle", "the same, as known in the middle of the history", None),
    ("verify", "verify", None),
    ("backup", "backup", None),
    ("restore", "restore", None),
    ("ingest_again", "the same input once more", None),
)


def ledger_page(figures: Figures) -> str:
    """The page; parts that were not measured are left out."""
    parts = {"kills": _kills, "crowd": _crowd, "faults": _faults, "speed": _speed}
    return "\n".join([_HEAD, *(write(figures[name]) for name, write in parts.items() if name in figures)])


def _by_database(figures: Figures) -> Figures:
    return {name: found for name, found in figures.items() if name != "machine"}


def _conditions(figures: Figures) -> str:
    on = figures["machine"]
    quiet = "" if on["load"] < on["processors"] else ". **The machine was not quiet**: other work ran beside it"
    return (
        f"\nMeasured on {on['date']}, {on['processors']} processors, load {on['load']:.1f} at the end{quiet}. "
        f"{on['system']}; {on['packages']}.\n"
    )


def _kills(figures: Figures) -> str:
    rows = [
        [name, found["times"], found["acknowledged"], found["missing"], len(found["faults"])]
        for name, found in _by_database(figures).items()
    ]
    heads = ["", "kills (SIGKILL)", "acknowledged rows", "missing, or half there", "verify's faults"]
    return (
        "## A process killed while it ingests and reviews\n\n"
        "After each kill the store is opened again and verified.\n\n" + _table(heads, rows) + _conditions(figures)
    )


def _crowd(figures: Figures) -> str:
    rows = [
        [
            name,
            f"{found['acknowledged']:,}",
            found["missing"],
            f"{found['reads']:,}",
            len(found["errors"]),
            len(found["faults"]),
            f"{found['write_p50_ms']:.0f} / {found['write_p95_ms']:.0f} / {found['write_max_ms']:.0f}",
        ]
        for name, found in _by_database(figures).items()
    ]
    first = next(iter(_by_database(figures).values()))
    title = "## {writers} writers and {readers} readers at once, for {seconds} seconds\n\n".format(**first)
    heads = ["", "writes", "lost", "reads", "errors shown", "verify's faults", "a write, p50 / p95 / longest (ms)"]
    return title + _table(heads, rows) + _conditions(figures)


def _faults(figures: Figures) -> str:
    rows = [
        [
            name,
            found["said"].split(":")[0],
            found["entries_lost"],
            "yes" if found["goes_on"] else "**no**",
            len(found["faults"]),
        ]
        for name, found in _by_database(figures).items()
    ]
    heads = [
        "what goes wrong",
        "what the writer is told",
        "entries lost",
        "goes on without a restart",
        "verify's faults",
    ]
    return "## What goes wrong with disks and servers\n\n" + _table(heads, rows) + _conditions(figures)


def _speed(figures: Figures) -> str:
    found = _by_database(figures)
    first = next(iter(found.values()))
    rows = [
        [what, f"≤ {most} s" if most else "", *(_seconds(each.get(name), most) for each in found.values())]
        for name, what, most in _SPEED
    ]
    for name, what, most, percent in (
        ("append", "append an event, p50", None, 50),
        ("append", "append an event, p95", 5, 95),
        ("refresh", "intervals of the places of ten accepted events brought up to date, p95", 200, 95),
    ):
        cells = [_milliseconds(each[name], percent, most) for each in found.values()]
        rows.append([what, f"≤ {most} ms" if most else "", *cells])
    rows.append(
        ["the disk alone keeps 4 kB in", "", *(f"{each['bare_fsync_p50_ms']:.1f} ms" for each in found.values())]
    )
    rows.append(["size of the backup", "", *(f"{each['backup_mb']:,.0f} MB" for each in found.values())])
    title = f"## Speed with {first['events']:,} events of {first['places']:,} places\n\nProcessor time / wall time.\n\n"
    return title + _table(["", "to reach", *found], rows) + _conditions(figures)


def _seconds(run: Figures | None, most: float | None) -> str:
    if run is None:
        return "–"
    return f"{run['cpu_s']:.2f} / {run['wall_s']:.2f} s{_verdict(run['wall_s'], run['cpu_s'], most)}"


def _milliseconds(run: Figures, percent: int, most: float | None) -> str:
    processor, wall = run[f"cpu_p{percent}_ms"], run[f"wall_p{percent}_ms"]
    return f"{processor:.1f} / {wall:.1f} ms{_verdict(wall, processor, most)}"


def _verdict(wall: float, processor: float, most: float | None) -> str:
    if most is None:
        return ""
    if wall <= most:
        return ", reached"
    return ", reached in processor time only" if processor <= most else ", **missed**"


def _table(heads: list[str], rows: list[list[Any]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines) + "\n"
