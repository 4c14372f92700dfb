"""Made-up labels and events for the tests of the scorer."""

from datetime import date
from pathlib import Path

from benchmarks.control_scores.labels import COLUMNS, Label, Mention
from benchmarks.control_scores.matching import Found
from geo.places.names import name_key

TEXT = "Rebels took Alpha on 3 May. The army lost Beta. Rebels tried to storm Gamma."
ALPHA, BETA, GAMMA = (0, 27), (28, 47), (48, 76)
"""The sentences of the text."""


def label(**changed: object) -> Label:
    """A label: rebels took Alpha from the army on 3 May 2020."""
    fields: dict[str, object] = {
        "document": "made_up.md",
        "event": "1",
        "kind": "change",
        "mentions": (Mention(*ALPHA, 12, 17),),
        "toponym": "Alpha",
        "place_id": "p-alpha",
        "names": frozenset({name_key("Alpha")}),
        "feature": "settlement",
        "earliest": date(2020, 5, 3),
        "latest": date(2020, 5, 3),
        "open_start": False,
        "from_actor": "army",
        "from_basis": "inferable",
        "to_actor": "rebels",
        "status": "controlled",
        "assertion": "assessed",
    }
    return Label(**(fields | changed))


def found(**changed: object) -> Found:
    """An event: the one that `label` expects."""
    fields: dict[str, object] = {
        "document": "made_up.md",
        "start": ALPHA[0],
        "end": ALPHA[1],
        "toponym": "Alpha",
        "place_id": None,
        "earliest": date(2020, 5, 3),
        "latest": date(2020, 5, 3),
        "from_actor": "army",
        "to_actor": "rebels",
        "status": "controlled",
        "assertion": "assessed",
        "confidence": 0.9,
        "pattern": "took",
    }
    return Found(**(fields | changed))


def row(**changed: str) -> dict[str, str]:
    """A row of a file of labels: the one of `label`."""
    known = {
        "document": "made_up.md",
        "event": "1",
        "quote_start": "0",
        "quote_end": "27",
        "place_start": "12",
        "place_end": "17",
        "toponym": "Alpha",
        "place": "p-alpha",
        "feature": "settlement",
        "earliest_date": "2020-05-03",
        "latest_date": "2020-05-03",
        "from_actor": "army",
        "from_basis": "inferable",
        "to_actor": "rebels",
        "status": "controlled",
        "assertion": "assessed",
        "kind": "change",
    }
    return dict.fromkeys(COLUMNS, "") | known | changed


def write_labels(folder: Path, *rows: dict[str, str]) -> Path:
    """A folder with one file of labels and its tables of places and sides."""
    lines = [",".join(COLUMNS), *(",".join(one[column] for column in COLUMNS) for one in rows)]
    (folder / "made_up.csv").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "places_made_up.csv").write_text(
        "place_id,name,aliases\np-alpha,Alpha,Alfa|al-Alpha\np-beta,Beta,\n", "utf-8"
    )
    (folder / "actors.csv").write_text(
        "actor_id,name,campaigns,side,ids,aliases\nrebels,Rebels,made-up,rebels,opposition|fsa,insurgents\n", "utf-8"
    )
    return folder
