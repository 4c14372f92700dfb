"""A sentence rewritten so that patterns can read it: actors, places and dates become symbols."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from geo.text.actors import ActorMention
from geo.text.change_patterns import expand, links
from geo.text.dates import DateMention

_SYMBOL = re.compile(r"<([APDH])(\d+)>")
_FOOTNOTE = re.compile(r"\[(?:\d{1,3}|[a-z]|note \d+|citation needed)\]")
_AGAIN = re.compile(
    r"\b(re)-(?=(?:t(?:a|oo)k|enter|liberat|captur|gain|conquer|occup|seiz|claim|establish|impos))", re.IGNORECASE
)
_SPACES = re.compile(r"\s+")
_NOT_UNTIL, _ONLY_THEN = links("clauses", "not_until"), links("clauses", "only_then")
_TOOK_UNTIL = links("clauses", "took_until")
# "The hospital area" is the hospital.
_AREA, _BUILT_AREA = " area", re.compile(expand(r"\b(?P<built>[Tt]he (?:[\w-]+ )?{facility}) area\b"))
_MARKS = str.maketrans({"<": "‹", ">": "›", "*": None, '"': None, "“": None, "”": None})


class PlaceMention(NamedTuple):
    """A place named in a sentence: offsets within the sentence, its name, its id and feature code.

    place_id and feature_code are "" for a name that the gazetteer does not have or that is not resolved.
    """

    start: int
    end: int
    toponym: str
    place_id: str
    feature_code: str

    @property
    def key(self) -> str:
        """What tells it from other places: its id, else its name."""
        return self.place_id or self.toponym


class Clauses(NamedTuple):
    """The rewritten sentence.

    text: the sentence with <A0>, <P0>, <D0> ... for the mentions, <H0> for "rebel-held", and single spaces. Angle
        brackets of the sentence itself are replaced, so that no text can pass for a symbol, and asterisks and double
        quotes left out.
    actors, places, dates, holders: what the symbols stand for, by number.
    words: the sentence as it was.
    """

    text: str
    actors: list[ActorMention]
    places: list[PlaceMention]
    dates: list[DateMention]
    holders: list[ActorMention]
    words: str

    def symbols(self, kind: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """Position in the text and number of each symbol of a kind (A, P, D or H), in order."""
        found = _SYMBOL.finditer(self.text, start, len(self.text) if end is None else end)
        return [(match.start(), int(match[2])) for match in found if match[1] == kind]


_Any = ActorMention | PlaceMention | DateMention


def without_overlaps(mentions: Sequence[_Any]) -> list[_Any]:
    """Of mentions that overlap, the longest, then the first; in the order of the text."""
    kept: list[_Any] = []
    for mention in sorted(mentions, key=lambda one: (one.start - one.end, one.start)):
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda one: one.start)


def rewrite(sentence: str, mentions: Sequence[_Any]) -> Clauses:
    """The sentence with symbols for its mentions, which do not overlap and are in order."""
    result = Clauses("", [], [], [], [], sentence)
    pieces: list[str] = []
    position = 0
    for mention in mentions:
        symbol = _take(mention, result)
        pieces += [_plain(sentence[position : mention.start]), symbol]
        position = mention.end
    pieces.append(_plain(sentence[position:]))
    text = _SPACES.sub(" ", "".join(pieces))
    text = _BUILT_AREA.sub(r"\g<built>", text) if _AREA in text else text
    return result._replace(text=_in_order(text))


def _in_order(text: str) -> str:
    """A sentence with its words in their usual order: "on <D> they took X" for "not until <D> did they take X"."""
    text = _TOOK_UNTIL.sub(r"on \g<day> \g<subject> was \g<verb>", text)
    return _ONLY_THEN.sub(r"on \g<day> \g<subject> \g<auxiliary> \g<verb>", _NOT_UNTIL.sub(r"on \g<day> ", text))


def _plain(words: str) -> str:
    """Words without marks that could pass for symbols, and without numbers of footnotes; "retook" for "re-took"."""
    return _AGAIN.sub(r"\1", _FOOTNOTE.sub("", words)).translate(_MARKS)


def _take(mention: _Any, result: Clauses) -> str:
    """Number a mention among those of its kind; its symbol."""
    match mention:
        case ActorMention(holds=True):
            result.holders.append(mention)
            return f"<H{len(result.holders) - 1}>"
        case ActorMention():
            result.actors.append(mention)
            return f"<A{len(result.actors) - 1}>"
        case PlaceMention():
            result.places.append(mention)
            return f"<P{len(result.places) - 1}>"
        case DateMention():
            result.dates.append(mention)
            return f"<D{len(result.dates) - 1}>"
