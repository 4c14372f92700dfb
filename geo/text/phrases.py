"""The actors and places of a rewritten sentence as whole phrases: "large parts of <P0> and the village of <P1>".

Their grammar is in `phrases.toml`, over one letter a word.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from geo.text.change_patterns import links
from geo.text.clauses import Clauses, PlaceMention
from geo.text.dates import DateMention
from geo.text.word_tags import Tags, letter_pattern

_SYMBOL = re.compile(r"<[APDH](\d+)>(?:-\w+ )?")
_HELD = re.compile(r"<H(\d+)>")
_PCT = re.compile(r"(\d+(?:\.\d+)?) ?(?:percent|per cent|%)")
_SHARES = {"half": 50.0, "third": 33.3, "quarter": 25.0, "two-thirds": 66.7, "three-quarters": 75.0, "tenth": 10.0}
_SHARE = re.compile(r"\b(two[- ]thirds|three[- ]quarters|half|third|quarter|tenth)\b")
_MANY = "districts|villages|towns|neighbou?rhoods|quarters|suburbs|settlements|hills"
_SOME_OF = re.compile(rf"(?:[\w-]+ ){{0,8}}(?:{_MANY}) of (?:the )?(?:\w+ ){{0,4}}<P")
# "<P>, the capital of" before another place.
_SEAT_OF = re.compile(
    r", (?:(?:the|its) (?:[\w-]+ ){0,3}(?:capital|seat|cent(?:re|er)|hub|gateway) (?:city )?(?:of|to)|"
    r"(?:both|all) (?:\w+ )?(?:suburbs|districts|towns|villages|part) (?:of|in|near|around)) (?:the )?$"
)
_THE_LAST = re.compile(r", (?:the|its|their) (?:last|main|largest|only|biggest|principal|former)(?: [\w-]+)? \Z")
# "<P> province town of" or "<P> capital" before another place, which is the one that is meant.
_TOWN_OF = re.compile(
    r"<P\d+>(?: (?:province|governorate|region|oblast|county|state) (?:\w+ )?(?:district|area)|"
    r"(?: (?:province|governorate|region|oblast|county|state))? (?:\w+ )?(?:town|village|suburb|city|port|hamlet))s?"
    r" of (?:the )?<P|<P\d+> (?:\w+ )?(?:capital|town|village|city|port) <P"
)
_QUARTER_OF = re.compile(r"<P(\d+)> (?:district|neighbou?rhood|quarter|suburb)s? of (?:the )?<P(\d+)>")
_CITIES = ("PPLC", "PPLA")
# "and several other <P> villages" after other places: none that is named.
_SOME, _VILLAGES = (
    re.compile(r"\b(?:several|some|many|two|three|four|five|\d+) (?:other |more )?\Z"),
    re.compile(rf" (?:{_MANY})\b"),
)
_SOME_IN = re.compile(
    r"<P\d+>(?:['’]s)? (?:[\w-]+ )?(?:districts|villages|towns|neighbou?rhoods|quarters|settlements)\Z"
)
_THEIRS = re.compile(r"(?:their|its|his) (?:[\w-]+ )*(?:bases|strongholds|villages|towns|districts|areas)\Z")
_BOTH, _DEFINITE = re.compile("both (?:the )?", re.IGNORECASE), re.compile("the |its |their |<P", re.IGNORECASE)
# "the barracks at X" is that of X, "the hospital near X" is not.
_AT, _BESIDE, _SITED = (links("phrases", name) for name in ("at", "beside", "sited"))
_OF_PLACE = re.compile(r" of (?:the )?<P(\d+)>$")
_GARRISON_IN = re.compile(r"\bgarrison (?:of|in|at|on) (?:the )?<P(\d+)>$")
_OF_SIDE = re.compile(r" of (?:the )?<A(\d+)>$")
# "the <A>'s main" before what is theirs.
_OF_OWNER = re.compile(r"(?:\w+ ){0,3}?<A(\d+)>(?:['’]s?)? ")
_KNOWN_AS = re.compile("^.*? known as (?:(?=the )|(?=<P))")
# "several quarters of" before one place: not "three villages, A, B and C".
_SOME_OF_IT = re.compile(
    r"\b(?:(?:several|some|many|other|two|three|(?:north|south|east|west)[a-z-]*|central|outer) (?:\w+ )?"
    r"(?:districts|neighbou?rhoods|quarters|suburbs)|"
    r"(?:city|town|village) cent(?:re|er)) of (?:the )?$"
)
# "Parts of X as well as" before a whole place.
_BESIDES = re.compile(r"\b(?:as well as|in addition to|along with|together with)(?: [\w-]+){0,4} \Z")
_CENTRE = re.compile(r"(?<=city|town) cent(?:re|er)$|(?<=village) cent(?:re|er)$")
_ALL, _ITS_TOO = re.compile("all |the whole ", re.IGNORECASE), re.compile(r", its (?:[\w-]+ ){0,2}[\w-]+")
_ITS = re.compile("its ", re.IGNORECASE)
# "The area around X" is no place that was named.
_AREA_BY = re.compile(
    r"(?:the )?(?:\w+ )?areas? (?:around|near|between|along|surrounding|outside|adjacent to|close to) "
)
# "The entire area" is more than the place named last.
_WHOLE_AREA = re.compile(r"\b(?:whole|entire) \Z")
_PERSONS = ("they", "them", "he", "we", "she", "us", "him", "i", "you", "I", "one-another")
_PART_END = "b"
# "In the north <P> fell": not the north of it.
_THE_NORTH, _NORTH_AND_PLACE = "db", re.compile("dbP(?![kKqfuo])")
_ARTICLE = "d"
_ADVERB = "r"
_IS_OBJECT, _NEXT_SUBJECT, _IS_NEXT = map(letter_pattern, ("is_object", "next_subject", "is_next"))
_IS_NEXT_ASIDE = letter_pattern("is_next_aside")
_BEGINS_IN, _WHERE_FIRST = letter_pattern("begins_in"), letter_pattern("where_first")
_LEADS_IN, _AFTER_LEAD, _MAIN_VERB = map(letter_pattern, ("leads_in", "after_lead", "main_verb"))
_PLACES, _LISTED = letter_pattern("places"), letter_pattern("listed")
_HEADING, _LEADS_TO_LIST = letter_pattern("heading"), re.compile("[:em-]|PKo")
# "the 7th Guards Brigade from" before the side that loses.
_UNIT_FROM = re.compile(r"(?P<unit>[^<]*\b[A-Z]\w+) from (?:the )?(?=<A)")
# "Little resistance", which is met: nobody acts.
_MET = re.compile(r"(?!the )(?:[\w-]+ )*resistance", re.IGNORECASE)
# "During the offensive" and "In Operation X" before a side without an article.
_LED_IN = re.compile(
    r"(?:(?:the|an?|this|that|its|their|another) )?(?:[\w-]+ ){0,2}?"
    r"(?:operation|(?:counter-?)?offensive|(?:counter-?)?attack|assault|advance|campaign|battle|fighting|raid|night|day)"
    r"(?: [A-Z][\w-]+){0,2} (?=<A)",
    re.IGNORECASE,
)
_LEADS = re.compile(r"(?:^|[.;,–—] ?)(?:In|During|After|Following|On|Amid|Throughout) $", re.IGNORECASE)
_LEADING = letter_pattern("leading")
_ACTORS, _VAGUE, _DOES = (letter_pattern(name) for name in ("actors", "vague", "does"))


class ActorPhrase(NamedTuple):
    """Where a sentence names one actor or several that act together, and their ids, each once.

    actors: none for "the troops".
    """

    start: int
    end: int
    actors: tuple[str, ...]


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


class PlacePhrase(NamedTuple):
    """Where a sentence names some places, and which.

    is_within: whether they are districts without a name, of "the northern districts of X", where `places` has X.
    """

    start: int
    end: int
    places: tuple[ListedPlace, ...]
    is_within: bool = False


def actor_phrases(clauses: Clauses, tags: Tags) -> list[ActorPhrase]:
    """The actors of a sentence, in order, also those that it names vaguely ("the troops")."""
    spans = [match.span() for match in _ACTORS.finditer(tags.letters)]
    named = {number for first, last in spans for number in range(first, last)}
    spans += [match.span() for match in _VAGUE.finditer(tags.letters) if match.start() not in named]
    found = []
    for first, last in sorted(spans):
        first += _DOES.search(tags.letters, 0, first + 1) is not None
        start, end = tags.starts[first], tags.ends[last - 1]
        if _MET.fullmatch(clauses.text, start, end):
            continue
        unit = _UNIT_FROM.match(clauses.text, start, end)
        if unit:
            found.append(ActorPhrase(start, unit.end("unit"), ()))
            start = unit.end()
        led_in = _LED_IN.match(clauses.text, start, end) if _LEADS.search(clauses.text, 0, start) else None
        start = led_in.end() if led_in else start
        numbers = [int(one[1]) for one in _SYMBOL.finditer(clauses.text, start, end) if one[0][1] == "A"]
        found.append(ActorPhrase(start, end, tuple(dict.fromkeys(clauses.actors[one].actor_id for one in numbers))))
    return found


def place_phrases(clauses: Clauses, tags: Tags) -> list[PlacePhrase]:
    """The places of a sentence, in order."""
    found = []
    for match in _PLACES.finditer(tags.letters):
        for first, last in _by_clause(tags.letters, *match.span()):
            start, end = tags.starts[first], tags.ends[last - 1]
            listed = tuple(_listed(clauses, tags, first, last))
            is_some = _SOME_OF.match(clauses.text, start, end) or _SOME_IN.search(clauses.text[start:end])
            is_whole = len(listed) > 1 or not is_some or _ALL.match(clauses.text, start) is not None
            if listed:
                found.append(PlacePhrase(start, end, listed, not is_whole))
    return found


def _by_clause(letters: str, first: int, last: int) -> list[tuple[int, int]]:
    """The phrase, or two where an object and the subject of a next clause meet: "took <P>, and <P> was seized"."""
    before = letters[:first]
    first += len(_THE_NORTH) if _BEGINS_IN.search(before) and _NORTH_AND_PLACE.match(letters, first) else 0
    lead = _AFTER_LEAD.search(letters, first, last) if _LEADS_IN.search(before) else None
    joint = lead if lead and _MAIN_VERB.match(letters, last) else None
    if joint is None and (_IS_NEXT.match(letters, last) or _IS_NEXT_ASIDE.match(letters, last)):
        joint = _NEXT_SUBJECT.search(letters, first, last) if _IS_OBJECT.search(before) else None
        joint = joint or (_WHERE_FIRST.search(letters, first, last) if _BEGINS_IN.search(before) else None)
    return [(first, joint.start()), (joint.end(), last)] if joint else [(first, last)]


def _listed(clauses: Clauses, tags: Tags, first: int, last: int) -> list[ListedPlace]:
    """The parts of a phrase from left to right, each place once."""
    found: dict[str, ListedPlace] = {}
    is_part, share, part_at, holder, is_whole = False, None, 0, None, False
    leading = _leading_day(clauses, tags, first)
    starts: dict[str, int] = {}
    heading = _HEADING.match(tags.letters, first, last)
    if heading and not _LEADS_TO_LIST.search(heading[0]):
        heading = None
    for item in _items(tags.letters, _after_heading(heading) if heading else first, last):
        kind = item.lastgroup
        start, end = tags.starts[item.start()], tags.ends[item.end() - 1]
        words = clauses.text[start:end]
        place, noun, own, is_centre = None, "", None, False
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
        elif kind == "there" and _means_none(clauses.text, words, start):
            continue
        elif kind in ("there", "facility"):
            if tags.letters[item.end() - 1] == _ADVERB:
                words = clauses.text[start : tags.ends[item.end() - 2]]
            if kind == "there" and (sited := _SITED.match(clauses.text, end)):
                words += sited[0]
            of_side = _OF_SIDE.search(words) or _OF_OWNER.match(words)
            own = clauses.actors[int(of_side[1])].actor_id if of_side else None
            if of_side and not of_side.start():
                rest = words[of_side.end() :]
                words = f"the {rest}" if " " in rest else f"the <A{of_side[1]}> {rest}"
            noun = _SYMBOL.sub(
                lambda symbol: _name_of(clauses, symbol[0]), _BESIDE.sub("", _AT.sub(" of ", _KNOWN_AS.sub("", words)))
            )
            noun = _BOTH.sub("the two ", noun)
            if words.startswith("<P"):
                noun = f"the {words.partition(' ')[2]} of {_name_of(clauses, words)}"
            noun = noun if _ITS.match(noun) else noun.partition(" ")[2] or noun
            of_place = _OF_PLACE.search(words) if kind == "facility" else None
            of_place = of_place or _GARRISON_IN.search(words)
            if of_place and (_GARRISON_IN.search(words) or _is_spot(clauses.places[int(of_place[1])])):
                place, noun = clauses.places[int(of_place[1])], ""
            noun = noun.removeprefix("the ").removesuffix(" itself").removesuffix(" proper")
            is_centre = _CENTRE.search(noun) is not None
            noun = _CENTRE.sub("", noun)
        is_side = kind in ("place", "there") and _SOME_OF_IT.search(clauses.text, 0, start) is not None
        is_side |= kind == "place" and tags.letters[max(first, item.start() - 1) : item.start()] == _PART_END
        if place is not None or noun:
            one = ListedPlace(place, noun, is_part or is_side or is_centre, share, None, own or holder)
            found.setdefault(place.key if place else noun, one)
            starts.setdefault(place.key if place else noun, item.start())
            if kind == "inner":
                is_part = False
    if re.search("[ce]", tags.letters[first:last]) or not any(one.place for one in found.values()):
        return list(found.values())
    return [one for one in found.values() if one.place]


def _means_none(text: str, words: str, start: int) -> bool:
    """Whether words for a place stand for none that is named: "their bases", "the area around X", "the whole area"."""
    is_wide = words == "area" and _WHOLE_AREA.search(text, 0, start) is not None
    return is_wide or words in _PERSONS or bool(_THEIRS.match(words) or _AREA_BY.match(text, start))


def _items(letters: str, first: int, last: int) -> Iterator[re.Match[str]]:
    """The parts of a phrase, as told also by what follows it."""
    while (item := _LISTED.search(letters, first)) and item.start() < last:
        within = item if item.end() <= last else _LISTED.search(letters, first, last)
        if within is None:
            return
        yield within
        first = within.end()


def _after_heading(heading: re.Match[str]) -> int:
    """Where the list of a heading begins: with its article, which "the stadium" has to have."""
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
    percent = _PCT.search(words)
    if percent:
        return min(float(percent[1]), 100.0)
    share = _SHARE.search(words)
    return _SHARES[share[1].replace(" ", "-")] if share else None
