"""Small made-up tables for tests of places and texts."""

import pandas as pd

from geo.schema import conform

_PLACES = [
    # place_id, name, name_local, aliases, latitude, longitude, feature_code, parent, country
    ("sy", "Syria", "سوريا", "Syrian Arab Republic", 35.0, 38.0, "PCLI", None, "SY"),
    ("adm", "Aleppo", "محافظة حلب", "Aleppo Governorate|Aleppo province", 36.22, 37.64, "ADM1", "sy", "SY"),
    ("city", "Aleppo", "حلب", "Halab|Alep", 36.20124, 37.16117, "PPLA", "adm", "SY"),
    ("N1", "Hanano", "هنانو", "Masaken Hanano", 36.23, 37.20, "PPLX", "city", "SY"),
    ("N2", "Ash-Sha'ar", "الشعار", "Shaar", 36.21, 37.18, "PPLX", "city", "SY"),
    ("N3", "Al-Sakhour", "الصاخور", "Sakhour", 36.22, 37.19, "PPLX", "city", "SY"),
    ("N4", "Sheikh Said", "الشيخ سعيد", "Sheikh Saeed|Shaykh Sa'id", 36.16, 37.15, "PPLX", "city", "SY"),
    ("N5", "Saleh", None, None, 36.17, 37.16, "PPLX", "city", "SY"),
    ("N6", "Ban", None, None, 36.18, 37.17, "PPLX", "city", "SY"),
]
_ACTORS = [
    ("gov", "government forces", "القوات الحكومية", "Syrian army|Syrian government"),
    ("opp", "rebels", "المعارضة", "rebel|rebel fighters"),
    ("kurds", "Kurdish forces", None, None),
]


def sample_places() -> pd.DataFrame:
    """A city with six districts, in a province and a country. The city and the province are both called Aleppo."""
    names = "place_id name name_local aliases latitude longitude feature_code parent_place_id country_code"
    frame = pd.DataFrame(_PLACES, columns=names.split())
    return conform("places", frame.assign(area_km2=None, place_precision=2))


def sample_actors() -> pd.DataFrame:
    """Three sides."""
    frame = pd.DataFrame(_ACTORS, columns=["actor_id", "name", "name_local", "aliases"])
    return conform("actors", frame.assign(colour="#808080", side=frame["actor_id"]))


def documents(*texts: str, published: str = "2016-12-13") -> pd.DataFrame:
    """Texts as documents d1, d2 ..., with the columns that reading needs."""
    ids = [f"d{number}" for number in range(1, len(texts) + 1)]
    return pd.DataFrame({"document_id": ids, "text": list(texts), "published": pd.Timestamp(published)})
