"""Names for ids: what a reader sees instead of `N0225` or `syrian-government`."""

from dataclasses import dataclass

import pandas as pd

from geo.pipeline import Build

NOT_NAMED = "a side that is not named"


@dataclass(frozen=True)
class Names:
    """Names of a build's actors and places, and titles of its documents, by id."""

    actors: dict[str, str]
    places: dict[str, str]
    documents: dict[str, str]

    def actor(self, actor_id: object) -> str:
        """The name of an actor, also where the source names none."""
        return NOT_NAMED if pd.isna(actor_id) else self.actors.get(str(actor_id), str(actor_id))  # type: ignore[call-overload]


def names_of(build: Build) -> Names:
    """The names in a build."""
    return Names(
        actors=_by_id(build.dataset.actors, "actor_id", "name"),
        places=_by_id(build.places, "place_id", "name"),
        documents=_by_id(build.dataset.documents, "document_id", "title"),
    )


def _by_id(table: pd.DataFrame, id_column: str, name_column: str) -> dict[str, str]:
    return dict(zip(table[id_column], table[name_column], strict=True))
