"""A place, and what a name can mean: the two rows that every part of `geo.places` hands on."""

from typing import NamedTuple

COUNTRY = "PCLI"
DIVISION = "ADM1"
COUNTY = "ADM2"
CONTINENT = "CONT"
CAPITAL = "PPLC"
POPULATED_PLACE = "PPL"


class Place(NamedTuple):
    """One row of a table of places.

    aliases: the row's aliases as a tuple.
    latitude, longitude: degrees, WGS84.
    feature_code: of GeoNames (PPL..., ADM1, PCLI, CONT, RGN, SEA ...).
    parent_place_id: the place that contains it; for a place of the world its division, else its country.
    place_precision: UCDP where_prec, see `geo.schema`.
    population: inhabitants, 0 where the table does not say.
    in_dataset: whether the row is the dataset's own; otherwise it is one of the world's.
    admin1_id: place_id of the first-order division that the place lies in or is, None if there is none.
    """

    place_id: str
    name: str
    name_local: str | None
    aliases: tuple[str, ...]
    latitude: float
    longitude: float
    feature_code: str
    parent_place_id: str | None
    country_code: str | None
    place_precision: int
    population: int
    in_dataset: bool
    admin1_id: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of the place, the main one first."""
        local = (self.name_local,) if self.name_local else ()
        return (self.name, *local, *self.aliases)


class Candidate(NamedTuple):
    """A place that a name can mean.

    match: exact (the name or the local name), alias, or transliterated (equal only under `name_key`, or similar).
    score: 0 to 1, see `Gazetteer.candidates` and `Gazetteer.similar`.
    in_context: whether the place lies in one of the containers that were given.
    """

    place: Place
    match: str
    score: float
    in_context: bool
