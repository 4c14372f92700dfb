"""Places without a name of their own: what "the railway station" or "the governor's compound" says by what it is.

The word lists are in `name_words.toml`.
"""

import re

from geo.text.change_patterns import ANAPHORA
from geo.text.clauses import PlaceMention
from geo.text.data import read_data
from geo.text.word_tags import is_facility

_DATA = read_data("name_words.toml")
_VAGUE, _NAMING, _ONE_OF = (frozenset(_DATA[name].split()) for name in ("vague", "naming", "one_of"))
_TELLING, _PUBLIC = (frozenset(_DATA[name].split()) for name in ("telling", "public"))
_OWNERS = frozenset(_DATA["owners"].split())
_SITES = frozenset(_DATA["sites"].split())
_NO_SETTLEMENTS = frozenset(_DATA["no_settlements"].split())
_BUILT = frozenset(_DATA["built"].split())
_SAME_KIND = (
    ("works", "steelworks", "plant", "factory", "mill"),
    ("airbase", "airfield", "airport", "aerodrome"),
    ("base", "airbase", "headquarters", "camp", "barracks"),
    ("mountains", "mountain", "hills", "hill", "mount", "heights", "jabal", "jebel"),
    ("airstrip", "airfield"),
    ("castle", "citadel", "fortress"),
)
_TOWNS = "town|city|village|district"
_IN_TOWN = re.compile(rf"(?P<town>{_TOWNS})[’']s (?P<rest>.+)|(?P<built>[^<>]+) of the (?P<in>{_TOWNS})", re.IGNORECASE)
_OF_TOWNS = ("town", "city", "village", "settlement", "capital")
PRONOUNS = ("it", "them", "they", "both", "both of them", "all of them", "all of it", "the former", "the latter")
GARRISON = "garrison"
"""Who surrenders, for the place that they defend."""
_SINGULAR = re.compile(r"(?<=[a-z])s$")
_PARTICIPLE = re.compile(r"[\w-]{3,}ed")
_NUMBERS = frozenset(read_data("word_classes.toml")["classes"]["n"].split()[:12])
_CENTRES, _OLD = ("city", "town"), frozenset(("old",))


def head(words: str) -> str:
    """The noun of "grain silos" and of "hospital of X"."""
    return next(reversed(words.lower().partition(" of ")[0].split()), "")


def described(words: str, strictly: bool = False) -> list[str]:
    """What the words for a place say of it besides its kind.

    strictly: whether words such as "central", which tell one public building from another, say too little.
    """
    noun = head(words)
    every = words.lower().replace("’", "'").split()
    if is_owned(words):
        return []
    telling = _TELLING if noun in _PUBLIC and not strictly else _OLD if noun in _CENTRES else frozenset[str]()
    said = [word for word in every if word != noun and not _PARTICIPLE.fullmatch(word)]
    return [word for word in said if word not in _VAGUE or word in telling]


def is_quarter(words: str) -> bool:
    """Whether words name a part of a town as it is called there: "industrial district", "old city"."""
    every = words.lower().split()
    return bool(_NAMING & set(every)) or (head(words) in _CENTRES and "old" in every)


def called(words: str, strictly: bool = False) -> PlaceMention | None:
    """The place that words such as "grain silos" name by what it is, if they say more than that or it is the only one.

    Its name is without what only says where it stands or how it looks: of "nearby bus station" it is "bus station".
    strictly: whether there is a list of the places that matter, so that "the prison", not being in it, is none.
    """
    noun, said = head(words), described(words, strictly)
    if is_quarter(words):
        return None if strictly else PlaceMention(0, 0, words, "", "")
    built = (noun, " ".join(words.lower().split()[-2:]), words.split()[-1])
    if said and (any(map(is_facility, built)) or noun in _SITES):
        place, of, rest = words.partition(" of ")
        every = described(words)
        kept = (word for word in place.split() if word.lower().replace("’", "'") in (*every, noun))
        return PlaceMention(0, 0, f"{' '.join(kept)}{of}{rest}", "", "")
    is_only = noun in _ONE_OF and not strictly and not is_owned(words)
    return PlaceMention(0, 0, noun, "", "") if is_only else None


def fits(noun: str, place: PlaceMention) -> bool:
    """Whether "the district" can mean a place."""
    singular = _SINGULAR.sub("", noun).replace("cities", "city")
    codes = ANAPHORA.get(singular)
    if codes:
        own = head(place.toponym)
        if singular in _OF_TOWNS and not place.feature_code and is_quarter(place.toponym):
            return False
        if not place.feature_code and (is_built(place) or (own in _NO_SETTLEMENTS and singular != "area")):
            return False
        return codes.fullmatch(place.feature_code) is not None
    if stands_for_any(noun) and is_built(place):
        return True
    name = place.toponym.lower()
    return any(word in name for word in alike(noun))


def alike(noun: str) -> tuple[str, ...]:
    """The nouns that a text can use instead of one, itself first."""
    same = [word for words in _SAME_KIND if noun in words for word in words]
    return tuple(dict.fromkeys((noun, *same)))


def in_town(words: str) -> tuple[str, str] | None:
    """The word for a town and what is in it, of "town's hospital" and of "hospital of the town"."""
    found = _IN_TOWN.fullmatch(words)
    return (found["town"] or found["in"], found["rest"] or found["built"]) if found else None


def is_owned_by_it(words: str) -> bool:
    """Whether words are such as "its airport"."""
    return words.lower().startswith("its ")


def is_built(place: PlaceMention) -> bool:
    """Whether a place is what "the building" or "the complex" can mean."""
    return is_facility(head(place.toponym))


def only_counts(words: str) -> bool:
    """Whether words such as "three villages" say no more of the places than how many they are."""
    return all(word in _NUMBERS for word in words.lower().split()[:-1])


def stands_for_any(noun: str) -> bool:
    """Whether a noun such as "building" can stand for anything that is built."""
    return noun in _BUILT


def is_owned(words: str) -> bool:
    """Whether words such as "the militia's last base" say whose a place is, and not what it is called."""
    every = words.lower().replace("’", "'").split()
    return any(word.endswith(("'s", "s'")) and word.rstrip("'s") not in _OWNERS for word in every)
