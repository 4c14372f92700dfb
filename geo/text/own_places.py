"""The places of a dataset, for words of a text that say only what kind of thing is meant: "the airport"."""

from collections.abc import Callable, Sequence

import pandas as pd

from geo.text.clauses import PlaceMention


class OwnPlaces:
    """The named places of a dataset.

    places: columns place_id, name, aliases (names with bars between them) and feature_code; rows without a name are
    of the world, not of the dataset.
    """

    def __init__(self, places: pd.DataFrame) -> None:
        named = places.dropna(subset=["name"]) if "name" in places else places.head(0)
        columns = named.reindex(columns=["place_id", "name", "aliases", "feature_code"]).fillna("")
        self._names = [
            PlaceMention(0, 0, name, place_id, code)
            for place_id, first, aliases, code in columns.itertuples(index=False, name=None)
            for name in (first, *filter(None, aliases.split("|")))
        ]

    def only(self, is_meant: Callable[[PlaceMention], bool], near: Sequence[str]) -> PlaceMention | None:
        """The one place with a name that is meant; of several the only one that has a town in its name which is near.

        near: the names of towns that the text is about.
        """
        found = [one for one in self._names if is_meant(one)]
        return _single(found) or _single([one for one in found if any(town in one.toponym for town in near)])


def _single(found: list[PlaceMention]) -> PlaceMention | None:
    return found[0] if len({one.place_id for one in found}) == 1 else None
