"""Places further on in a sentence of which the same is said as of those before: ", as was X", "and X on the 4th"."""

import re
from collections.abc import Iterator
from itertools import takewhile

from geo.text.change_patterns import links
from geo.text.dates import DateMention
from geo.text.listed_places import ListedPlace
from geo.text.parts import Parts
from geo.text.phrase_patterns import letter_pattern
from geo.text.phrases import PlacePhrase
from geo.text.sentence import Sentence

_LIKEWISE, _AND_ON, _AND_AGAIN = (links("likewise", name) for name in ("likewise", "and_on", "and_again"))
_SAID_OF_IT = links("likewise", "said_of_it")
_THEN_ON, _WELL_DATED = links("likewise", "then_on"), links("likewise", "well_dated")
_TWO_DAYS, _FIRST_AND_LAST = links("likewise", "two_days"), ("first", "last")
_TOGETHER_ON = links("likewise", "together_on")
_NEXT_DAY = re.compile(r"(?: (?:to|by) (?:the )?(?:[\w-]+ )?<A\d+>(?: \w+)?)?,?(?: ?on )?(?<= on )<D(\d+)>(?=[.,;]|$)")
_RESPECTIVELY, _DAY = links("likewise", "respectively"), re.compile(r"<D(\d+)>")
_INCLUDED = links("likewise", "included")
# ", where fighting had gone on for weeks" before ", followed by X".
_WHERE_IT = re.compile(r", (?:which|where|whose) [^,;]*(?=, (?:followed|joined) )")
_RESUMED = links("likewise", "resumed")
_BY_RIGHT, _AND_OBJECT = links("likewise", "by_right"), links("likewise", "and_object")
_GAPPED, _VERBS, _DATED_AFTER = (letter_pattern(name) for name in ("gapped", "verbs", "dated_after"))
_IS_NEXT, _SPEAKS = letter_pattern("is_next"), letter_pattern("speaks")
_INSERTED_THEN = letter_pattern("inserted_then")


def on_days_of_their_own(sentence: Sentence, parts: Parts) -> Parts:
    """The parts with the day of each place, of "took X and Y on 5 and 7 May" or "on 5 and 7 May, respectively"."""
    together = _TOGETHER_ON.match(sentence.text, parts.end) if not parts.places[-1].place else None
    if together and not _VERBS.search(sentence.gap(parts.end, together.end())):
        return parts._replace(places=_on_day(parts.places, sentence.clauses.dates[int(together[1])]))
    days = _days_in_turn(sentence, parts)
    places, rest = parts.places[-len(days) :], parts.places[: -len(days)]
    if not days or len(places) != len(days) or not all(place.day for place in rest):
        return parts
    dated = (place._replace(day=day) for place, day in zip(places, days, strict=True))
    return parts._replace(places=(*rest, *dated))


def _days_in_turn(sentence: Sentence, parts: Parts) -> list[DateMention]:
    """The days that stand for the places of a list in turn, the first for the first; none if there are none."""
    found = next((one for one in _RESPECTIVELY.finditer(sentence.text) if one.end() > parts.end), None)
    if found is None or _VERBS.search(sentence.gap(parts.end, found.start())):
        after = _NEXT_DAY.match(sentence.text, parts.end) if len(parts.places) == len(_FIRST_AND_LAST) else None
        day = sentence.clauses.dates[int(after[1])] if after else None
        is_two = day is not None and _TWO_DAYS.match(sentence.clauses.words[day.start : day.end]) is not None
        return _first_and_last(day) if day and is_two and day.earliest < day.latest else []
    days = [sentence.clauses.dates[int(one)] for one in _DAY.findall(found["days"])]
    return _first_and_last(days[0]) if len(days) == 1 and len(parts.places) == len(_FIRST_AND_LAST) else days


def _first_and_last(days: DateMention) -> list[DateMention]:
    return [days._replace(latest=days.earliest), days._replace(earliest=days.latest)]


def likewise(sentence: Sentence, parts: Parts) -> Iterator[Parts]:
    """The places further on of which the same is said: ", as was X", ", followed by X", "and X on the 4th"."""
    yield from _then_on(sentence, parts)
    end = parts.end
    for phrase in sentence.places_after(parts.end):
        words = sentence.text[end : phrase.start]
        gap = sentence.gap(end, phrase.start)
        said = _SAID_OF_IT.match(sentence.text, phrase.end)
        is_dated = said or (any(place.day for place in phrase.places) and _WELL_DATED.match(sentence.text, phrase.end))
        again = None if _has_verb(sentence, phrase.end) else _AND_ON.fullmatch(words)
        like = _LIKEWISE.fullmatch(words)
        parallel = None if _has_verb(sentence, phrase.end) else _parallel(sentence, end, phrase.start)
        aside = _WHERE_IT.search(sentence.text, end, phrase.start) if like else None
        is_like = like and not _VERBS.search(
            sentence.gap(end + like.start("before"), aside.start() if aside else end + like.end("before"))
        )
        led = again["day"] if again else (like["day"] or like["on"]) if like else parallel and parallel["day"]
        led = led or (said and said[1])
        places = _on_day(phrase.places, sentence.clauses.dates[int(led)]) if led else phrase.places
        if not is_dated and phrase.places[0].day:
            phrase = _dated(phrase)
            places = phrase.places
        is_gapped = parts.is_passive and (is_dated or places[0].day) and _GAPPED.fullmatch(gap)
        if parts.is_passive and _GAPPED.fullmatch(gap) and (agent := sentence.actor_after(phrase.end, _BY_RIGHT)):
            yield parts._replace(places=phrase.places, end=agent.end, to_actors=agent.actors, refers_by="")
        elif _resumes(sentence, end, phrase):
            has_days = all(place.day for place in phrase.places)
            yield parts._replace(places=places, end=phrase.end if has_days else parts.end)
        elif again or is_like or is_gapped or parallel or _INCLUDED.fullmatch(words):
            first = tuple(takewhile(lambda place: place.day is None, places))
            if 0 < len(first) < len(places):
                yield parts._replace(places=first)
            end = phrase.end
            yield parts._replace(places=places[len(first) :] or places, end=end)
        elif _is_second_object(sentence, parts, words, phrase.end):
            yield parts._replace(places=places, end=phrase.end)


def _dated(phrase: PlacePhrase) -> PlacePhrase:
    """The places of a phrase up to the first without a day: "Y on the 5th and Z, after a siege, on the 9th"."""
    return phrase._replace(places=tuple(takewhile(lambda place: place.day is not None, phrase.places)))


def _has_verb(sentence: Sentence, end: int) -> bool:
    """Whether a place that ends there is the subject of what follows: "and on <D> X fell", "and X reported"."""
    letters, number = sentence.tags.letters, sentence.tags.number(end)
    return any(follows.match(letters, number) for follows in (_IS_NEXT, _SPEAKS, _INSERTED_THEN))


def _on_day(places: tuple[ListedPlace, ...], day: DateMention) -> tuple[ListedPlace, ...]:
    """The places with a day that stands before them, unless they have one of their own."""
    return tuple(place._replace(day=place.day or day) for place in places)


def _is_second_object(sentence: Sentence, parts: Parts, words: str, end: int) -> bool:
    """Whether places that end there go on after the loser: "took X from the rebels and Y"."""
    if parts.is_passive or not _AND_OBJECT.fullmatch(words):
        return False
    return _WELL_DATED.match(sentence.text, end) is not None


def _parallel(sentence: Sentence, end: int, start: int) -> re.Match[str] | None:
    """What stands before a place that starts there after the same preposition as the one that ends at `end`."""
    again = _AND_AGAIN.fullmatch(sentence.text, end, start)
    before = next((phrase for phrase in sentence.places if phrase.end == end), None) if again else None
    if again is None or before is None:
        return None
    return again if re.search(rf"\b{again['same']} (?:the )?$", sentence.text[: before.start]) else None


def _resumes(sentence: Sentence, end: int, phrase: PlacePhrase) -> bool:
    """Whether a list that broke off at `end`, for more about its last place, goes on with a phrase."""
    resumed = _RESUMED.fullmatch(sentence.text, end, sentence.text.find("<P", phrase.start))
    if resumed is None or not _WELL_DATED.match(sentence.text, phrase.end):
        return False
    return resumed["doing"] is None or all(place.day for place in phrase.places)


def _then_on(sentence: Sentence, parts: Parts) -> Iterator[Parts]:
    """The places of a list whose days come first: "took X, on the 6th Y and on the 8th Z"."""
    end = parts.end
    for phrase in sentence.places_after(end):
        then = _THEN_ON.fullmatch(sentence.text, end, phrase.start)
        if (
            then is None
            or any(place.day for place in phrase.places)
            or not _WELL_DATED.match(sentence.text, phrase.end)
            or _has_verb(sentence, phrase.end)
        ):
            return
        day, end = sentence.clauses.dates[int(then["day"])], phrase.end
        yield parts._replace(places=_on_day(phrase.places, day), end=end)


def day_after(sentence: Sentence, end: int) -> DateMention | None:
    """The date after the last place of a list and what is said of it: "and X, with its port, on the 4th"."""
    said = _SAID_OF_IT.match(sentence.text, end)
    if said:
        return sentence.clauses.dates[int(said[1])]
    after = _DATED_AFTER.match(sentence.tags.letters, sentence.tags.number(end))
    dates = sentence.clauses.symbols("D", end, sentence.tags.ends[after.end() - 1]) if after else []
    return sentence.clauses.dates[dates[-1][1]] if dates else None
