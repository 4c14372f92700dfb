"""Names of a dataset's places that are not written as names are: "Conoco gas plant", "Base 46", "sugar factory"."""

from collections.abc import Iterator, Sequence

from geo.places.gazetteer import Gazetteer
from geo.text.name_facts import NameBook
from geo.text.surroundings import Span
from geo.text.tokens import Words, is_capitalised

_Key = tuple[str, ...]
_JOINTS = ("", "-", ".", "‑")
_HYPHENS = ("-", "‑")


class PlainNames:
    """Finds names of two words or more of which one has no capital letter; only a dataset's may be written so."""

    def __init__(self, gazetteer: Gazetteer, book: NameBook) -> None:
        self._book = book
        self._by_first: dict[str, list[_Key]] = {}
        keys = {key for place in gazetteer.of_dataset() for name in place.names if (key := _plain_key(name))}
        for key in sorted(keys, key=lambda one: (-len(one), one)):
            self._by_first.setdefault(key[0], []).append(key)

    def spans(self, words: Words) -> Iterator[Span]:
        """Where a text has such a name, in order, the longest at each word; they do not overlap."""
        following = 0
        for position in range(len(words) if self._by_first else 0):
            keys = self._by_first.get(words.key(position)) if position >= following else None
            found = next((span for key in keys if (span := self._span(words, position, key))), None) if keys else None
            if found:
                following = found.next
                yield found

    def _span(self, words: Words, first: int, key: _Key) -> Span | None:
        position = first
        for part in key[1:]:
            if position + 1 >= len(words) or not _joins(words, position):
                return None
            position += 1
            if words.is_article(position) and words.key(position) != part:
                position += 1
            if words.key(position) != part:
                return None
        whole = " ".join(key)
        facts = self._book.facts(whole)
        if not facts:
            return None
        has_article = first > 0 and words.is_article(first - 1) and words.gap(first - 1) in _HYPHENS
        start = words.starts[first - 1 if has_article else first]
        return Span(start, words.ends[position], first, position + 1, whole, "place", facts)


def with_plain(spans: Sequence[Span], plain: Sequence[Span]) -> list[Span]:
    """Spans in order without overlaps: a plain name gives way only to one that reaches further."""
    if not plain:
        return list(spans)
    longer = [one for one in plain if not any(_overlaps(one, other) and _longer(other, one) for other in spans)]
    kept = [one for one in spans if not any(_overlaps(one, other) for other in longer)]
    return sorted([*kept, *longer])


def _plain_key(name: str) -> _Key | None:
    """The words of a name without articles, if they are several and not all capitalised."""
    words = Words(name)
    positions = [position for position in range(len(words)) if words.key(position) and not words.is_article(position)]
    if len(positions) < 2 or all(is_capitalised(words.texts[position]) for position in positions):
        return None
    return tuple(words.key(position) for position in positions)


def _joins(words: Words, position: int) -> bool:
    gap = words.gap(position)
    return (gap[2:] if position in words.owns else gap).strip() in _JOINTS and "\n\n" not in gap


def _overlaps(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _longer(one: Span, other: Span) -> bool:
    return one.end - one.start > other.end - other.start
