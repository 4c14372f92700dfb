"""What a file of observations adds to a dataset, and what it could not add, in numbers."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import geopandas as gpd
import pandas as pd

from geo.schema import conform, empty_table
from geo.validation import shown

_EXAMPLES = 5


@dataclass(frozen=True)
class Frame:
    """What a dataset says about itself that its observations need.

    start_date, end_date: first and last day. place_id: the place that all others lie in. country_code: theirs.
    actors: the actor_ids.
    """

    start_date: pd.Timestamp
    end_date: pd.Timestamp
    place_id: str
    country_code: str
    actors: frozenset[str]


@dataclass(frozen=True)
class Observed:
    """Tables `places`, `baseline`, `events` and `gaps`.

    boundaries: the polygons of the places (column place_id), if they have any.
    """

    places: pd.DataFrame = field(default_factory=lambda: empty_table("places"))
    baseline: pd.DataFrame = field(default_factory=lambda: empty_table("baseline"))
    events: pd.DataFrame = field(default_factory=lambda: empty_table("events"))
    gaps: pd.DataFrame = field(default_factory=lambda: empty_table("gaps"))
    boundaries: gpd.GeoDataFrame | None = None


class Gaps:
    """Counts what the rows of a file do not tell."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._rows: list[dict[str, object]] = []

    def note(self, gap: str, cases: Iterable[object], count: int | None = None) -> None:
        """Notes what is missing, with a few of the cases; nothing if there are none.

        count: how many rows, days or places it concerns, if that is not the number of cases.
        """
        listed = list(cases)
        if listed:
            distinct = list(dict.fromkeys(map(str, listed)))
            more = ["…"] if len(distinct) > _EXAMPLES else []
            examples = "; ".join([*map(shown, distinct[:_EXAMPLES]), *more])
            number = len(listed) if count is None else count
            self._rows.append({"file": self._file, "gap": gap, "count": number, "examples": examples})

    def table(self) -> pd.DataFrame:
        """Table `gaps`."""
        return conform("gaps", pd.DataFrame(self._rows, columns=["file", "gap", "count", "examples"]))
