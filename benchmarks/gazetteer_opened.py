"""One process opens the gazetteer of a folder, asks it, and prints what that took, as JSON; for `benchmarks.gazetteer`.

Run in a process of its own, which imports nothing that looking up names does not need.
"""

import json
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from geo.places.gazetteer import Gazetteer
from geo.places.names import name_key
from geo.places.world import open_world

LOOKUPS = 50_000


def spent_s(work: Callable[[], object]) -> float:
    """Processor time of some work."""
    before = time.process_time()
    work()
    return time.process_time() - before


def resident_mb() -> float:
    """Memory of this process that lies in the machine's memory, shared pages included."""
    return int(Path("/proc/self/status").read_text().split("VmRSS:")[1].split()[0]) / 1024


def _ask(question: Callable[[str], object], keys: list[str]) -> None:
    """Ask for each key, and keep no answer."""
    for key in keys:
        question(key)


def figures(folder: Path) -> dict[str, float]:
    """Times in seconds of processor time, memory in MB."""
    before_mb = resident_mb()
    opened_s = spent_s(lambda: open_world(folder))
    world = open_world(folder)
    opened_mb = resident_mb()
    gazetteer = Gazetteer([], world)
    gazetteer.similar("Sheikh Saeed", ["SY"])
    similar_s = spent_s(lambda: [gazetteer.similar(name, ["SY"]) for name in ("Sheikh Saeed", "Alepo", "Kobany")]) / 3
    names = [name_key(place.name) for place in islice(world, 0, None, len(world) // LOOKUPS)]
    lookup_s = spent_s(lambda: _ask(world.places_of_key, names)) / len(names)
    miss_s = spent_s(lambda: _ask(world.has_key, [f"{key} qq" for key in names])) / len(names)
    return {
        "before_mb": before_mb,
        "opened_s": opened_s,
        "opened_mb": opened_mb,
        "lookup_s": lookup_s,
        "miss_s": miss_s,
        "similar_s": similar_s,
        "asked_mb": resident_mb(),
    }


if __name__ == "__main__":
    print(json.dumps(figures(Path(sys.argv[1]))))
