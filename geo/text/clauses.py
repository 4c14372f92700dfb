"""A sentence rewritten so that patterns can read it: actors, places and dates become symbols."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from geo.text.actors import ActorMention
from geo.text.dates import DateMention

_SYMBOL = re.compile(r"<([APD])(\d+)>")
_SPACES = re.compile(r"\s+")
_CLAUSE_END = re.compile(r";|\s[–—]\s")
_MARKS = str.maketrans({"<": "‹", ">": "›", "*": None})


class PlaceMention(NamedTuple):
    """A place named in a sentence: offsets within the sentence, its id and feature code."""

    start: int
    end: int
    place_id: str
    feature_code: str


class Clauses(NamedTuple):
    """The rewritten sentence.

    text: the sentence with <A0>, <P0>, <D0> ... for the mentions, and single spaces. Angle brackets and asterisks
        of the sentence itself are replaced, so that no text can pass for a symbol.
    actors, places, dates: what the symbols stand for, by number.
    """

    text: str
    actors: list[ActorMention]
    places: list[PlaceMention]
    dates: list[DateMention]

    def symbols(self, kind: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """Position in the text and number of each symbol of a kind (A, P or D), in order."""
        found = _SYMBOL.finditer(self.text, start, len(self.text) if end is None else end)
        return [(match.start(), int(match[2])) for match in found if match[1] == kind]

    def clause(self, position: int) -> tuple[int, int]:
        """Start and end of the clause around a position; semicolons and dashes part clauses."""
        ends = [match.start() for match in _CLAUSE_END.finditer(self.text)]
        start = max((end for end in ends if end < position), default=0)
        return start, min((end for end in ends if end >= position), default=len(self.text))

    def nearest_date(self, start: int, end: int) -> DateMention | None:
        """The date in a stretch of the text or nearest to it, of those in its clause if it has any."""
        dates = self.symbols("D")
        first, last = self.clause(start)
        inside = [(at, number) for at, number in dates if first <= at < last] or dates
        if not inside:
            return None
        return self.dates[min(inside, key=lambda date: max(start - date[0], date[0] - end, 0))[1]]


def symbol_number(text: str, kind: str) -> int | None:
    """The number of the last symbol of a kind in a piece of the rewritten text, or None."""
    numbers = [int(match[2]) for match in _SYMBOL.finditer(text) if match[1] == kind]
    return numbers[-1] if numbers else None


def rewrite(
    sentence: str,
    actors: Sequence[ActorMention],
    places: Sequence[PlaceMention],
    dates: Sequence[DateMention],
) -> Clauses:
    """The sentence with symbols for its mentions. Of mentions that overlap, the longest counts, then the first."""
    mentions: list[ActorMention | PlaceMention | DateMention] = [*actors, *places, *dates]
    kept: list[ActorMention | PlaceMention | DateMention] = []
    for mention in sorted(mentions, key=lambda one: (one.start - one.end, one.start)):
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    result = Clauses("", [], [], [])
    pieces: list[str] = []
    position = 0
    for mention in sorted(kept, key=lambda one: one.start):
        pieces += [sentence[position : mention.start].translate(_MARKS), _take(mention, result)]
        position = mention.end
    pieces.append(sentence[position:].translate(_MARKS))
    return result._replace(text=_SPACES.sub(" ", "".join(pieces)))


def _take(mention: ActorMention | PlaceMention | DateMention, result: Clauses) -> str:
    """Number a mention among those of its kind; its symbol."""
    match mention:
        case ActorMention():
            result.actors.append(mention)
            return f"<A{len(result.actors) - 1}>"
        case PlaceMention():
            result.places.append(mention)
            return f"<P{len(result.places) - 1}>"
        case DateMention():
            result.dates.append(mention)
            return f"<D{len(result.dates) - 1}>"
