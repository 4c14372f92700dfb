"""geopy's geocoder interface over the gazetteer, with no network."""

import re
from collections.abc import Collection, Mapping
from typing import Any, NoReturn

from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderQueryError, GeocoderUnavailable
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from geo.places import world
from geo.places.gazetteer import Candidate, Gazetteer, Place

Query = str | Mapping[str, str]

DATASET_ATTRIBUTION = "the dataset's places table; see its origin file"
_STRUCTURED = ("street", "city", "county", "state", "country")
_COMMA = re.compile("[,،]")


class NoNetworkAdapter(BaseSyncAdapter):
    """The adapter of a geocoder that must never ask the network: every request raises GeocoderUnavailable."""

    def get_text(self, url: str, **_: object) -> NoReturn:
        raise GeocoderUnavailable(f"The gazetteer works without a network; it does not ask {url}.")

    get_json = get_text


def query_parts(query: Query) -> list[str]:
    """The name asked for and then its containers, smallest first.

    A text is split at commas ("Sheikh Saeed, Aleppo"); a mapping may have street, city, county, state and
    country. Raises GeocoderQueryError for an empty query and for other keys.
    """
    if isinstance(query, Mapping):
        unknown = [key for key in query if key not in _STRUCTURED]
        if unknown:
            allowed = ", ".join(_STRUCTURED)
            raise GeocoderQueryError(f"The gazetteer knows no {', '.join(unknown)}: give some of {allowed}.")
        texts = [query[key] for key in _STRUCTURED if key in query]
    else:
        texts = _COMMA.split(query)
    parts = [text.strip() for text in texts if text.strip()]
    if not parts:
        raise GeocoderQueryError("The query is empty: give the name of a place.")
    return parts


def country_set(country_codes: str | Collection[str] | None) -> frozenset[str]:
    """Country codes as geopy callers give them (one or several, any case), in capitals."""
    codes = [country_codes] if isinstance(country_codes, str) else country_codes or ()
    wrong = [code for code in codes if not re.fullmatch("[A-Za-z]{2}", code)]
    if wrong:
        raise GeocoderQueryError(f"{wrong[0]!r} is not a country code: give two letters (ISO 3166-1 alpha-2).")
    return frozenset(code.upper() for code in codes)


def one_or_all(locations: list[Location], exactly_one: bool) -> Location | list[Location] | None:
    """What a geopy geocoder answers: the first location, all of them, or None if there are none."""
    if not locations:
        return None
    return locations[0] if exactly_one else locations


class GazetteerGeocoder(Geocoder):
    """Geocodes with a gazetteer; takes the arguments of geopy's Nominatim that have a meaning here.

    max_distance_km: how far from the asked point `reverse` may find a place.

    The `raw` of every Location is a dict with place_id, source ("dataset" or "GeoNames"), attribution, lat, lon,
    display_name, feature_code, country_code and place_precision; `geocode` adds match and score (see
    `Gazetteer.candidates`), `reverse` adds distance_km.
    """

    def __init__(self, gazetteer: Gazetteer, *, max_distance_km: float = 50.0) -> None:
        super().__init__(user_agent="Holdline", adapter_factory=NoNetworkAdapter)
        self.gazetteer = gazetteer
        self.max_distance_km = max_distance_km

    def geocode(
        self,
        query: Query,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002 - geopy's callers may pass it
        limit: int | None = None,
        country_codes: str | Collection[str] | None = None,
    ) -> Location | list[Location] | None:
        """The place of that name, or all such places best first (at most `limit`) with exactly_one=False.

        None if there is none. Containers after the name ("Sheikh Saeed, Aleppo") are a condition: a place that
        lies in none of them is not an answer. `timeout` has no effect.
        Raises GeocoderQueryError for an empty or malformed query, country code or limit.
        """
        if limit is not None and limit < 1:
            raise GeocoderQueryError(f"The limit is {limit}: it must be 1 or more.")
        found = self._candidates(query_parts(query), country_set(country_codes))[:limit]
        locations = [
            self._location(candidate.place, match=candidate.match, score=candidate.score) for candidate in found
        ]
        return one_or_all(locations, exactly_one)

    def _candidates(self, parts: list[str], country_codes: frozenset[str]) -> list[Candidate]:
        """The places of the whole query as one name, else of its first part within one of the others."""
        name, *containers = parts
        found = self.gazetteer.candidates(", ".join(parts))
        if containers and not found:
            found = [one for one in self.gazetteer.candidates(name, containers) if one.in_context]
        return [one for one in found if not country_codes or one.place.country_code in country_codes]

    def reverse(
        self,
        query: Any,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002 - geopy's callers may pass it
        limit: int | None = None,
    ) -> Location | list[Location] | None:
        """The settlement or quarter nearest to a point, or with exactly_one=False all near ones, nearest first.

        query: a geopy Point, a (latitude, longitude) pair or a text "latitude, longitude", in degrees.
        None if no place lies within `max_distance_km`. Distances are great circles on a sphere.
        Raises GeocoderQueryError if the query is not a point.
        """
        try:
            point = Point(query)
        except (TypeError, ValueError) as error:
            raise GeocoderQueryError(f"{query!r} is not a point: give latitude and longitude in degrees.") from error
        found = self.gazetteer.nearest(
            point.latitude, point.longitude, "PPL", 1 if exactly_one else limit, self.max_distance_km
        )
        near = [self._location(place, distance_km=round(distance_km, 3)) for distance_km, place in found]
        return one_or_all(near, exactly_one)

    def _location(self, place: Place, **signals: object) -> Location:
        address = ", ".join(self._address(place))
        raw = {
            "place_id": place.place_id,
            "source": "dataset" if place.in_dataset else world.SOURCE,
            "attribution": DATASET_ATTRIBUTION if place.in_dataset else world.ATTRIBUTION,
            "lat": str(place.latitude),
            "lon": str(place.longitude),
            "display_name": address,
            "feature_code": place.feature_code,
            "country_code": place.country_code,
            "place_precision": place.place_precision,
            **signals,
        }
        return Location(address, Point(place.latitude, place.longitude), raw)

    def _address(self, place: Place) -> list[str]:
        """The names of the place and its containers up to the country; its code where no country is known."""
        line = [place, *self.gazetteer.ancestors(place.place_id)]
        country = next((index for index, one in enumerate(line) if one.feature_code.startswith("PCL")), None)
        names = [one.name for one in line[: None if country is None else country + 1]]
        return names if country is not None or not place.country_code else [*names, place.country_code]
