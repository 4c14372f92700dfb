"""Names of places that no gazetteer has, known by where they stand in a sentence.

The word lists and how names are built are in `name_words.toml`. Such a name is a place only for the sentence that uses
it as one.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from geo.places.world_table import read_rows
from geo.text.change_patterns import expand, links
from geo.text.clauses import PlaceMention
from geo.text.data import expanded, read_data
from geo.text.name_facts import FAMILY_NAMES, GIVEN_NAMES, frequency
from geo.text.tokens import cached_key
from geo.text.word_tags import is_facility

_DATA = read_data("name_words.toml")
_NOT_PLACES = frozenset(_DATA["not_places"].split())
_TITLES, _RANKS = frozenset(_DATA["titles"].split()), frozenset(_DATA["ranks"].split())
_PERSON_WORDS = frozenset(_DATA["person_words"].split())
_PATTERNS = expanded(_DATA["patterns"], {"articles": _DATA["articles"]})


def _pattern(name: str) -> re.Pattern[str]:
    """A pattern of `name_words.toml`, ready to match; case counts."""
    return re.compile(expand(_PATTERNS[name]))


_NAME, _ARTICLE_BEFORE, _NO_NAME_WORD = map(_pattern, ("name", "article_before", "no_name_word"))
_LONGEST, _LONGEST_ACRONYM = 40, 6
_COUNT = re.compile(r"\d{3}|\d{1,3},\d{3}")
_OF_UNITS = " 0123456789"
_COMMON, _SHORTEST_GIVEN = 3.0, 2
_PERSONAL = GIVEN_NAMES | FAMILY_NAMES
_OF_PLACES_TOO = ("Abu", "Mai")
_WESTERN = "Western"
_NO_APOSTROPHE = str.maketrans("", "", "'’‘")
_FOOTNOTE, _NOTE = re.compile(r"\[(?:\d{1,3}|[a-z]|note \d+|citation needed)\]"), "\ue003"
_MARKED = {"actor": "\ue000", "place": "\ue001", "date": "\ue002"}
_LIST, _AMONG_OUTPOSTS = links("place_slots", "in_list"), links("place_slots", "among_outposts")
_KIND_BEFORE = links("place_slots", "kind_before")
_FACILITY_AFTER, _NAMED_AS_BUILT = _pattern("facility_after"), _pattern("named_as_built")
_NAMED_AS_HEIGHT, _HEIGHT = _pattern("named_as_height"), _pattern("height")
_NATURAL = re.compile("MT|HLL|PK|RDG|ISL|PEN|VAL|PLAT|UPLD|DSRT|OAS|FRST|SPNG")
_GAPPED, _GAPPED_AFTER = links("place_slots", "gapped_before"), links("place_slots", "gapped_after")
_DATED_LIST, _DATED_AFTER = links("place_slots", "in_dated_list"), links("place_slots", "dated_after")
_COUNTED_BEFORE, _COUNTED_AFTER = links("place_slots", "counted_before"), links("place_slots", "counted_after")
_SPEAKS_AFTER, _HARMED_AFTER = links("place_slots", "speaks_after"), links("place_slots", "harmed_after")
_SUPERLATIVE = _pattern("superlative")
_OWNED = re.compile("[’']s? ")
# "the Black Sea port of X".
_PORT_OF = re.compile(r"(?<=por)t of ")
_OWNS_QUARTER, _KIND_AFTER = _pattern("owns_quarter"), _pattern("kind_after")
_OWNED_NAME = re.compile("[’']s$")
_ACTS_BEFORE, _LIKEWISE_BEFORE = links("place_slots", "acts_before"), links("place_slots", "likewise_before")
_ATTACKED_BEFORE = links("place_slots", "attacked_before")
_OFFICER_BEFORE = links("place_slots", "officer_before")
_ACTS_AFTER = links("place_slots", "acts_after")
_LEADING = re.compile(rf"(?i:(?:{'|'.join(_DATA['leading'].split())})(?:\s+|$))+")
_MONTH_BEFORE, _NUMBERED, _DATED_NAME = map(_pattern, ("month_before", "numbered", "dated"))
_OF_PURPOSE, _COMMA_LIST_AFTER = _pattern("of_purpose"), _pattern("comma_list_after")
_STARTS = re.compile(r"(?:^|[.:!?*]\W*)$")
_KNOWN_LIST_AFTER = links("place_slots", "known_list_after")
_FACILITY_LIST_AFTER = links("place_slots", "facility_list_after")
_FACILITY_LIST_BEFORE = links("place_slots", "facility_list_before")
_WITH_PLACE_AFTER = links("place_slots", "with_place_after")
_WITH_BEFORE, _FALLING_AFTER = links("place_slots", "with_before"), links("place_slots", "falling_after")


def unlisted_places(sentence: str, known: Sequence[tuple[int, int, str]]) -> Iterator[PlaceMention]:
    """The names that stand where a place must stand and that are nothing else.

    known: start, end and kind (actor, place or date) of what the sentence is known to name.
    """
    masked = _masked(sentence, known)
    numbered = [match.span() for match in _NUMBERED.finditer(masked)]
    numbered += [match.span() for match in _OF_PURPOSE.finditer(masked) if not _is_no_place(match["own"])]
    for start, end in numbered:
        yield PlaceMention(start, end, sentence[start:end], "", "")
        masked = masked[:start] + _MARKED["place"] * (end - start) + masked[end:]
    ends = [match.span() for match in _NAME.finditer(masked)]
    taken = masked
    for start, end in ends:
        start += _leading(masked[start:end])
        owned = _OWNED_NAME.search(masked, start, end)
        end = owned.start() if owned else end
        name = masked[start:end]
        is_owner = masked[end : end + 3].lower().startswith(("'s ", "’s "))
        if not name or _is_no_place(name) or (is_owner and not _OWNS_QUARTER.match(masked, end)):
            continue
        if _STARTS.search(masked[:start]) and _is_common(name):
            continue
        before, after = (
            part.replace(_NOTE, "") for part in (taken[max(0, start - 90) : start], taken[end : end + 160])
        )
        words = before.split()
        if words and _is_title(words[-1].strip(".")):
            continue
        if after[1:30].split(" ")[0].strip(",.;") in _PERSON_WORDS:
            continue
        if _SPEAKS_AFTER.match(after) or _HARMED_AFTER.match(after) or _OFFICER_BEFORE.search(before):
            continue
        is_free = not _has_given_name(name)
        facility = _facility_after(name, after)
        if facility and name in _demonyms() and words[-1:] in (["the"], ["The"]):
            continue
        if (
            (facility and _ACTS_AFTER.match(after, facility.end()))
            or _KIND_BEFORE.search(before)
            or _KIND_AFTER.match(after)
            or _LIST.search(before)
            or (is_free and _AMONG_OUTPOSTS.search(before))
            or (_DATED_LIST.search(before) and _DATED_AFTER.match(after))
            or (_COUNTED_BEFORE.search(before) and _COUNTED_AFTER.match(after))
            or (is_free and _ACTS_BEFORE.search(before))
            or (is_free and _GAPPED.search(before) and _GAPPED_AFTER.match(after))
            or _LIKEWISE_BEFORE.search(before)
            or _ATTACKED_BEFORE.search(before)
            or (is_free and _ACTS_AFTER.match(after))
            or _COMMA_LIST_AFTER.match(after)
            or _WITH_PLACE_AFTER.match(after)
            or (_WITH_BEFORE.search(before) and _FALLING_AFTER.match(after, facility.end() if facility else 0))
            or ((facility or is_facility(name.split()[-1])) and _FACILITY_LIST_BEFORE.search(before))
            or _KNOWN_LIST_AFTER.match(after)
            or _NAMED_AS_BUILT.search(name)
            or _NAMED_AS_HEIGHT.match(name)
            or (facility and _FACILITY_LIST_AFTER.match(after, facility.end()))
        ):
            end += facility.end() if facility else 0
            taken = taken[:start] + _MARKED["place"] * (end - start) + taken[end:]
            yield PlaceMention(start, end, sentence[start:end], "", "")


def dated_names(sentence: str) -> Iterator[PlaceMention]:
    """The names that are dates: "the 7 April hospital"."""
    for match in _DATED_NAME.finditer(sentence):
        yield PlaceMention(*match.span(), match[0], "", "")


def whole_name(sentence: str, place: PlaceMention) -> PlaceMention:
    """The place, or the longer name that its name is only a part of: not Hammam but "Hammam al-Alil"."""
    numbered = _NUMBERED.match(sentence, place.start)
    if numbered and numbered.end() > place.end:
        return PlaceMention(place.start, numbered.end(), numbered[0], "", "")
    for match in _NAME.finditer(sentence, max(0, place.start - _LONGEST), min(len(sentence), place.end + _LONGEST)):
        start, end = match.span()
        month = _MONTH_BEFORE.match(sentence, start, end)
        start = month.end() if month else start + _leading(match[0])
        if not (start <= place.start and place.end <= end) or end - start <= place.end - place.start + 1:
            continue
        if start < place.start and _STARTS.search(sentence[:start]) and _is_common(sentence[start:end].split()[0]):
            return place
        others = re.split(r"[ -]", f"{sentence[start : place.start]} {sentence[place.end : end]}".strip())
        is_owned = re.search("[’']s[ -]", match[0]) is not None
        if is_owned or _is_no_place(" ".join(others)) or any(_NO_NAME_WORD.fullmatch(word) for word in others):
            return place
        return PlaceMention(start, end, sentence[start:end], "", "")
    return place


def as_facility(sentence: str, place: PlaceMention) -> PlaceMention:
    """The place, or what is called after it: not Tadef but "Tadef roundabout"."""
    owned = _OWNED.match(sentence, place.end)
    facility = _facility_after(place.toponym, sentence, owned.end() - 1 if owned else place.end)
    if not facility or (owned and _SUPERLATIVE.match(facility[0])) or _PORT_OF.match(sentence, facility.end() - 1):
        return place
    if facility["site"] and _NATURAL.match(place.feature_code):
        return place
    return PlaceMention(place.start, facility.end(), place.toponym + facility[0], "", "")


def _facility_after(name: str, text: str, start: int = 0) -> re.Match[str] | None:
    """What makes a name that of something else: " roundabout", " hills", but not "Jabal Zawiya mountain"."""
    found = _FACILITY_AFTER.match(text, start)
    return None if found and found["site"] and _HEIGHT.match(name) else found


@cache
def _demonyms() -> frozenset[str]:
    """What names no place in "the Kenyan base"."""
    return frozenset(row["demonym"] for row in read_rows("demonyms.csv"))


def _is_title(word: str) -> bool:
    """Whether the name after a word is no place's: "General X", "its commander X", "348 Xs"."""
    return word in _RANKS or _COUNT.fullmatch(word) is not None or (word.lower() in _TITLES and word[0].isupper())


def _masked(sentence: str, known: Sequence[tuple[int, int, str]]) -> str:
    for start, end, kind in known:
        sentence = sentence[:start] + _MARKED[kind] * (end - start) + sentence[end:]
    return _FOOTNOTE.sub(lambda note: _NOTE * len(note[0]), sentence).replace("\n", " ")


def _leading(name: str) -> int:
    """How many characters of a name are words such as "The", which have their capital from the sentence."""
    match = _LEADING.match(name)
    return match.end() if match else 0


def _is_common(name: str) -> bool:
    """Whether a name is a common word that has its capital from the start of the sentence."""
    return name.isalpha() and frequency(name.lower()) > _COMMON


def _has_given_name(name: str) -> bool:
    """Whether it is a person's, who can be captured and surrender like a place: a given name and one of a family.

    A given name alone is not enough: many villages are called after somebody.
    """
    first, *others = name.split()
    is_given = len(first) > _SHORTEST_GIVEN and first not in _OF_PLACES_TOO and cached_key(first) in GIVEN_NAMES
    return is_given and bool(others) and all(cached_key(word) in _PERSONAL for word in others)


def _is_no_place(name: str) -> bool:
    own = _ARTICLE_BEFORE.sub("", name)
    words = [word for word in re.split(r"[ -]", own) if word[:1].isupper() or word == own[: len(word)]]
    words = words[1:] if words[1:] and words[0] == _WESTERN else words
    return (name.isupper() and len(name.rstrip(_OF_UNITS)) <= _LONGEST_ACRONYM) or any(
        word.lower().translate(_NO_APOSTROPHE) in _NOT_PLACES for word in words
    )
