"""A name that no gazetteer has as it is written, found by how it sounds: "Daqahliya" is Ad Daqahliyah.

Only in countries whose own script is not Latin, where spellings in Latin letters vary, and only where it is near
certain: two names in the United States that sound alike are two places (`benchmarks/RESULTS.md`).
"""

from functools import lru_cache

from geo.places.gazetteer import Gazetteer
from geo.places.options import WEIGHTS
from geo.places.ranked import FULL, Ranked, as_parent

_RULES = WEIGHTS["transliteration"]
_COUNTRIES = frozenset(_RULES["countries"].split())


@lru_cache(maxsize=2_000)
def sounding(gazetteer: Gazetteer, written: str, country_code: str) -> Ranked | None:
    """The place of a country whose name sounds like one that is not listed, None if none does for certain."""
    if country_code not in _COUNTRIES:
        return None
    found = gazetteer.similar(written, [country_code], limit=1)
    if not found or found[0].score < _RULES["least_likeness"]:
        return None
    points = {"likeness": FULL * found[0].score * float(_RULES["weight"])}
    return as_parent(found[0].place, points)._replace(match="transliterated")
