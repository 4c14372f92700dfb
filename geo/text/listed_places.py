"""The places that one phrase lists, with what is said of each: "parts of <P0>, on <D0> <P1> and the grain silos"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from geo.text.clauses import Clauses, PlaceMention
from geo.text.dates import DateMention
from geo.text.phrase_patterns import PERSONS, SHARES, letter_pattern, text_pattern
from geo.text.word_tags import Tags

_SYMBOL = re.compile(r"<[APDH](\d+)>(?:-\w+ )?")
_HELD = re.compile(r"<H(\d+)>")
_PERCENT, _SHARE = text_pattern("percent"), text_pattern("share")
_SEAT_OF, _THE_LAST, _SOME, _VILLAGES = map(text_pattern, ("seat_of", "the_last", "some", "villages"))
_TOWN_OF, _QUARTER_OF = text_pattern("town_of"), text_pattern("quarter_of")
_CITIES = ("PPLC", "PPLA")
_THEIRS, _AREA_BY, _WHOLE_AREA = map(text_pattern, ("theirs", "area_by", "whole_area"))
_DEFINITE, _ITS, _ITS_TOO, _BOTH = map(text_pattern, ("definite", "its", "its_too", "both"))
_KNOWN_AS, _AT, _BESIDE, _SITED = map(text_pattern, ("known_as", "at", "beside", "sited"))
_OF_PLACE, _GARRISON_IN = text_pattern("of_place"), text_pattern("garrison_in")
_OF_SIDE, _OF_OWNER = text_pattern("of_side"), text_pattern("of_owner")
_SOME_OF_IT, _BESIDES, _CENTRE = map(text_pattern, ("some_of_it", "besides", "centre"))
_PART_END, _ARTICLE, _ADVERB = "b", "d", "r"
_JOINED = re.compile("[ce]")
_LISTED, _HEADING, _LEADS_TO_LIST = map(letter_pattern, ("listed", "heading", "leads_to_list"))
_LEADING = letter_pattern("leading")


class ListedPlace(NamedTuple):
    """A place in a phrase.

    place: None for "the district" or "the grain silos", whose words are then in `noun`.
    is_part, share_pct: whether only a part of it is meant, and how much, if that is said.
    day: the date that stands with it in the list. holder: the side that "rebel-held" or "rebel stronghold" names.
    """

    place: PlaceMention | None
    noun: str
    is_part: bool
    share_pct: float | None
    day: DateMention | None
    holder: str | None


class _Unnamed(NamedTuple):
    """What "the <A>'s base at X" stands for: a place or, if that is None, a noun; and the side that owns it or None.

    is_centre: whether "the town centre" was said, of which the noun is then the town.
    """

    place: PlaceMention | None
    noun: str
    owner: str | None
    is_centre: bool


def listed_places(clauses: Clauses, tags: Tags, first: int, last: int) -> list[ListedPlace]:
    """The places that the words first..last (by number) of a sentence list, from left to right, each once.

    Those without a name only where the words are a list or name no other place.
    """
    found: dict[str, ListedPlace] = {}
    is_part, share, part_at, holder, is_whole = False, None, 0, None, False
    leading = _leading_day(clauses, tags, first)
    starts: dict[str, int] = {}
    for item in _items(tags.letters, _after_heading(tags.letters, first, last), last):
        kind = item.lastgroup
        start, end = tags.starts[item.start()], tags.ends[item.end() - 1]
        words = clauses.text[start:end]
        place, noun, own, is_centre = _Unnamed(None, "", None, is_centre=False)
        if is_part and len(found) > part_at and _BESIDES.search(clauses.text[:start]):
            is_part, share = False, None
        if kind in ("facility", "there") and len(found) > part_at and _DEFINITE.match(words):
            is_part, share = False, None
        if kind == "part":
            is_part, share, part_at = True, _share(words), len(found)
            holder = _holder(clauses, words) or holder
        elif kind in ("whole", "including"):
            is_part, share, is_whole = False, None, kind == "whole"
        elif kind == "where" and _ITS_TOO.fullmatch(words):
            noun, is_part, share = words.removeprefix(", "), False, None
        elif kind == "holder":
            holder = _holder(clauses, words)
        elif kind == "whose":
            holder = clauses.actors[_number(words)].actor_id
        elif kind == "date":
            day = clauses.dates[_number(words)]
            since = _last_joint(tags.letters, first, item.start()) if leading and leading.latest < day.earliest else 0
            since = since or _added_joint(tags.letters, first, item.start())
            for key, one in found.items():
                found[key] = one._replace(day=one.day or (day if starts[key] >= since else leading))
        elif kind == "place":
            named = clauses.places[_number(words)]
            is_aside = _TOWN_OF.match(clauses.text, start) or (found and _says_more(clauses.text, start, end, named))
            place = None if is_aside else _quarter_of(clauses, start) or named
        elif kind == "inner":
            place, is_part = clauses.places[_number(words)], not is_whole
        elif kind == "facility" or (kind == "there" and not _means_none(clauses.text, words, start)):
            if tags.letters[item.end() - 1] == _ADVERB:
                words = clauses.text[start : tags.ends[item.end() - 2]]
            if kind == "there" and (sited := _SITED.match(clauses.text, end)):
                words += sited[0]
            place, noun, own, is_centre = _unnamed(clauses, words, is_built=kind == "facility")
        if place is not None or noun:
            is_side = kind in ("place", "there") and _SOME_OF_IT.search(clauses.text, 0, start) is not None
            is_side |= kind == "place" and tags.letters[max(first, item.start() - 1) : item.start()] == _PART_END
            one = ListedPlace(place, noun, is_part or is_side or is_centre, share, None, own or holder)
            found.setdefault(place.key if place else noun, one)
            starts.setdefault(place.key if place else noun, item.start())
            if kind == "inner":
                is_part = False
    if _JOINED.search(tags.letters, first, last) or not any(one.place for one in found.values()):
        return list(found.values())
    return [one for one in found.values() if one.place]


def _unnamed(clauses: Clauses, words: str, *, is_built: bool) -> _Unnamed:
    """What words such as "the district" or, if is_built, "the <A> headquarters in <P>" stand for."""
    of_side = _OF_SIDE.search(words) or _OF_OWNER.match(words)
    owner = clauses.actors[int(of_side[1])].actor_id if of_side else None
    if of_side and not of_side.start():
        rest = words[of_side.end() :]
        words = f"the {rest}" if " " in rest else f"the <A{of_side[1]}> {rest}"
    garrison = _GARRISON_IN.search(words)
    of_place = (_OF_PLACE.search(words) if is_built else None) or garrison
    if of_place and (garrison or _is_spot(clauses.places[int(of_place[1])])):
        return _Unnamed(clauses.places[int(of_place[1])], "", owner, is_centre=False)
    if words.startswith("<P"):
        noun = f"the {words.partition(' ')[2]} of {_name_of(clauses, words)}"
    else:
        noun = _BESIDE.sub("", _AT.sub(" of ", _KNOWN_AS.sub("", words)))
        noun = _BOTH.sub("the two ", _SYMBOL.sub(lambda symbol: _name_of(clauses, symbol[0]), noun))
    noun = noun if _ITS.match(noun) else noun.partition(" ")[2] or noun
    noun = noun.removeprefix("the ").removesuffix(" itself").removesuffix(" proper")
    return _Unnamed(None, _CENTRE.sub("", noun), owner, _CENTRE.search(noun) is not None)


def _means_none(text: str, words: str, start: int) -> bool:
    """Whether words for a place stand for none that is named: "their bases", "the area around X", "the whole area"."""
    is_wide = words == "area" and _WHOLE_AREA.search(text, 0, start) is not None
    return is_wide or words in PERSONS or bool(_THEIRS.match(words) or _AREA_BY.match(text, start))


def _items(letters: str, first: int, last: int) -> Iterator[re.Match[str]]:
    """The parts of a phrase, as told also by what follows it."""
    while (item := _LISTED.search(letters, first)) and item.start() < last:
        within = item if item.end() <= last else _LISTED.search(letters, first, last)
        if within is None:
            return
        yield within
        first = within.end()


def _after_heading(letters: str, first: int, last: int) -> int:
    """Where the list begins after "two towns on the coast,": with its article, which "the stadium" has to have."""
    heading = _HEADING.match(letters, first, last)
    if not heading or not _LEADS_TO_LIST.search(heading[0]):
        return first
    return heading.end() - (heading[0][-1] == _ARTICLE)


def _says_more(text: str, start: int, end: int, place: PlaceMention) -> bool:
    """Whether a place at start..end is none of a list: "X, the seat of <P>", "X and several other <P> villages",
    "X, the last Y base".
    """
    if _THE_LAST.search(text, 0, start) and not place.place_id and place.toponym.split()[-1].islower():
        return True
    is_some = _VILLAGES.match(text, end) is not None and _SOME.search(text, 0, start) is not None
    return is_some or _SEAT_OF.search(text, 0, start) is not None


def _leading_day(clauses: Clauses, tags: Tags, first: int) -> DateMention | None:
    """The day that a clause begins with whose verb stands right before a phrase: that of all places without another."""
    before = tags.letters[:first]
    found = _LEADING.search(before)
    return clauses.dates[clauses.symbols("D")[before.count("D") - 1][1]] if found else None


def _last_joint(letters: str, first: int, until: int) -> int:
    """Where the last part of a list begins, to which a date belongs: "C" of "A, B and C on the 9th"."""
    return max(letters.rfind("m", first, until), letters.rfind("c", first, until))


def _added_joint(letters: str, first: int, until: int) -> int:
    """Where a part begins that a dated sentence adds to a list: "C" of "on <D>, as were A and B, and C on <D>"."""
    added = letters.rfind("mc", first, until)
    is_added = added > 0 and "c" in letters[first:added] and "D" in letters[:first] and "D" not in letters[first:added]
    return added if is_added else 0


def _is_spot(place: PlaceMention) -> bool:
    """Whether a known place is no settlement or area: "the church of Santa Maria" is the place Santa Maria then."""
    return bool(place.feature_code) and not place.feature_code.startswith(("PPL", "ADM", "RGN", "ISL", "PCL", "AREA"))


def _quarter_of(clauses: Clauses, start: int) -> PlaceMention | None:
    """The quarter that "the Damascus district of X" means; "the X district of Damascus" says nothing new."""
    found = _QUARTER_OF.match(clauses.text, start)
    town, quarter = (clauses.places[int(number)] for number in found.groups()) if found else (None, None)
    is_in_it = town and town.feature_code.startswith(_CITIES) and quarter and quarter.feature_code in ("", "PPLX")
    return quarter if is_in_it else None


def _name_of(clauses: Clauses, symbol: str) -> str:
    """The name of a place, or of a side ("the headquarters of <A0>"), as the text has it."""
    if symbol[1] == "A":
        side = clauses.actors[_number(symbol)]
        return clauses.words[side.start : side.end]
    return clauses.places[_number(symbol)].toponym if symbol[1] == "P" else ""


def _number(symbol: str) -> int:
    return int(_SYMBOL.match(symbol)[1])  # type: ignore[index]


def _holder(clauses: Clauses, words: str) -> str | None:
    """The side of "rebel-held" in some words."""
    held = _HELD.search(words)
    return clauses.holders[int(held[1])].actor_id if held else None


def _share(words: str) -> float | None:
    percent = _PERCENT.search(words)
    if percent:
        return min(float(percent[1]), 100.0)
    share = _SHARE.search(words)
    return SHARES[share[1].replace(" ", "-")] if share else None
