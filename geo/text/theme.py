"""The settlement that a text is about, which "the city" means."""

import re
from collections import Counter
from collections.abc import Sequence

from geo.text.change_patterns import links
from geo.text.clauses import PlaceMention
from geo.text.reader import Reader
from geo.text.unnamed import fits

_DATELINE_WORDS = re.compile(r"[A-Z][A-Z .'’-]{2,}(?:,? [^.;]{0,60}?)?(?:\)? (?:-{1,2}|–|—)| ?:) ")
_FIRST, _MANY = 3, 2
_REGION_BEFORE, _REGION_AFTER = links("theme", "region_before"), links("theme", "region_after")


def theme_of(reader: Reader, named: Sequence[PlaceMention]) -> PlaceMention | None:
    """The settlement in the title, or the one that the text names much more often than any other.

    named: every place of the text, each once.
    """
    titled = [place for place in named if fits("city", place) and is_titled(reader, place)]
    if len(titled) == 1:
        return titled[0]
    times: Counter[str] = Counter()
    first: dict[str, PlaceMention] = {}
    for number in range(len(reader.sentences)):
        dateline = _DATELINE_WORDS.match(reader.words(number)) if number < _FIRST else None
        for place in reader.clauses(number).places:
            is_side = any(one.start <= place.start < one.end for one in reader.actors(number))
            is_dateline = dateline is not None and place.start < dateline.end()
            if fits("city", place) and not is_side and not is_dateline:
                times[place.key] += 1
                first.setdefault(place.key, place)
    ranked = times.most_common(2)
    if not ranked or ranked[0][1] < _MANY or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    return first[ranked[0][0]]


def is_titled(reader: Reader, place: PlaceMention) -> bool:
    """Whether the title of a text names a place as the text does, and not only the country around it."""
    title = reader.title
    return any(
        not _REGION_BEFORE.search(title, 0, named.start()) and not _REGION_AFTER.match(title, named.end())
        for named in re.finditer(rf"(?<!\w){re.escape(place.toponym)}(?!\w)", title, re.IGNORECASE)
    )
