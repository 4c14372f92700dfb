"""Nominatim behind the gazetteer: asked only when allowed, never in a hurry, and never twice.

The usage policy of the public server (operations.osmfoundation.org/policies/nominatim) asks for at most one
request a second per application, a user agent that names it, kept answers, and attribution.
"""

import json
import os
import time
from collections.abc import Collection
from pathlib import Path
from typing import Any

from geopy.adapters import URLLibAdapter
from geopy.exc import ConfigurationError
from geopy.geocoders import Nominatim
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from geo import __version__
from geo.errors import HoldlineError
from geo.places.geocoder import GazetteerGeocoder, Query, country_set, one_or_all
from geo.store import CachedAnswer, GeocodeCache

SOURCE = "Nominatim"
ATTRIBUTION = "© OpenStreetMap contributors, ODbL"
DELAY_S = 1.0
TIMEOUT_S = 10.0
PUBLIC_SERVER = "nominatim.openstreetmap.org"


class NetworkNotAllowedError(HoldlineError, ConfigurationError):
    """Something would ask the network although nobody allowed it."""


def network_allowed(online: bool | None = None) -> bool:
    """Whether the network may be asked: what the caller says, else whether HOLDLINE_NETWORK is 1."""
    return os.environ.get("HOLDLINE_NETWORK") == "1" if online is None else online


def user_agent() -> str:
    """The name under which Holdline asks; HOLDLINE_CONTACT (an address or URL) is added if it is set."""
    contact = os.environ.get("HOLDLINE_CONTACT", "").strip()
    return f"Holdline/{__version__}" + (f" (+{contact})" if contact else "")


def nominatim(*, online: bool | None = None, domain: str = PUBLIC_SERVER, scheme: str = "https") -> Nominatim:
    """A Nominatim geocoder that sends each request once.

    Uses geopy's urllib adapter: with `requests` installed, geopy's default adapter repeats a refused request
    (HTTP 429) twice. Raises NetworkNotAllowedError unless `network_allowed(online)`.
    """
    if not network_allowed(online):
        raise NetworkNotAllowedError(
            "The network is off. Pass online=True, or set HOLDLINE_NETWORK=1, to let Holdline ask Nominatim."
        )
    return Nominatim(
        domain=domain, scheme=scheme, user_agent=user_agent(), timeout=TIMEOUT_S, adapter_factory=URLLibAdapter
    )


class PoliteGeocoder:
    """Asks an online geocoder one question at a time, and no question twice.

    online: a geocoder such as `nominatim()`.
    cache: where the answers and the turns to ask are kept; also remembers "not found".
    delay_s: least number of seconds between two requests of the application, over threads and processes.

    Errors of the online geocoder (geopy.exc) reach the caller and are not kept.
    """

    def __init__(self, online: Geocoder, cache: GeocodeCache, delay_s: float = DELAY_S) -> None:
        self.online = online
        self.cache = cache
        self.delay_s = delay_s

    def ask(self, method: str, query: Query, **arguments: Any) -> list[Location]:
        """The locations that the online geocoder's `geocode` or `reverse` gives, remembered or asked now."""
        asked = {"method": method, "query": query, **arguments}
        question = json.dumps(asked, ensure_ascii=False, sort_keys=True)
        answer = self.cache.get(question) or self._answer(question, method, query, arguments)
        return [_location(raw, answer) for raw in answer.locations]

    def _answer(self, question: str, method: str, query: Query, arguments: dict[str, Any]) -> CachedAnswer:
        time.sleep(self.cache.reserve_slot(self.delay_s))
        answered_meanwhile = self.cache.get(question)
        if answered_meanwhile is not None:
            return answered_meanwhile
        reply = getattr(self.online, method)(query, **arguments)
        found = [reply] if isinstance(reply, Location) else reply or []
        answer = CachedAnswer([location.raw for location in found], SOURCE, ATTRIBUTION)
        self.cache.put(question, answer)
        return answer


class ChainGeocoder:
    """Asks the gazetteer and then, if there is one, the online geocoder; has geopy's `geocode` and `reverse`.

    offline: the gazetteer's geocoder.
    online: a geocoder such as `nominatim()`, or None to stay offline.
    cache, delay_s: see `PoliteGeocoder`.

    Every Location's `raw` says its source and attribution.
    Raises ConfigurationError for an online geocoder without a cache.
    """

    def __init__(
        self,
        offline: GazetteerGeocoder,
        online: Geocoder | None = None,
        cache: GeocodeCache | None = None,
        *,
        delay_s: float = DELAY_S,
    ) -> None:
        if online is not None and cache is None:
            raise ConfigurationError("An online geocoder needs a cache: give a GeocodeCache.")
        self.offline = offline
        self.online = PoliteGeocoder(online, cache, delay_s) if online is not None and cache is not None else None

    def geocode(
        self,
        query: Query,
        *,
        exactly_one: bool = True,
        limit: int | None = None,
        country_codes: str | Collection[str] | None = None,
    ) -> Location | list[Location] | None:
        """As `GazetteerGeocoder.geocode`; the online geocoder is asked only for what the gazetteer lacks."""
        countries = sorted(country_set(country_codes))
        found = self.offline.geocode(query, exactly_one=exactly_one, limit=limit, country_codes=countries)
        if found is not None or self.online is None:
            return found
        locations = self.online.ask(
            "geocode", query, exactly_one=exactly_one, limit=limit, country_codes=[code.lower() for code in countries]
        )
        return one_or_all(locations, exactly_one)

    def reverse(self, query: Any, *, exactly_one: bool = True) -> Location | list[Location] | None:
        """As `GazetteerGeocoder.reverse`; the online geocoder is asked where the gazetteer has no place near."""
        found = self.offline.reverse(query, exactly_one=exactly_one)
        if found is not None or self.online is None:
            return found
        locations = self.online.ask("reverse", Point(query).format_decimal(), exactly_one=exactly_one)
        return one_or_all(locations, exactly_one)


def _location(raw: dict[str, Any], answer: CachedAnswer) -> Location:
    place = f"osm-{raw['osm_type']}-{raw['osm_id']}" if "osm_id" in raw else f"nominatim-{raw['place_id']}"
    known = raw | {"place_id": place, "source": answer.source, "attribution": answer.attribution}
    return Location(raw["display_name"], Point(float(raw["lat"]), float(raw["lon"])), known)


def open_geocoder(
    offline: GazetteerGeocoder, cache_file: Path, *, online: bool | None = None, **server: str
) -> ChainGeocoder:
    """The application's geocoder: the gazetteer, and Nominatim behind it if the network is allowed.

    cache_file: SQLite file of the answers; not touched while the network is off.
    server: domain and scheme of another Nominatim server.
    """
    if not network_allowed(online):
        return ChainGeocoder(offline)
    return ChainGeocoder(offline, nominatim(online=True, **server), GeocodeCache(cache_file))
