"""Which words of a text are names of places: the longest names of the gazetteer, judged by what stands around them."""

import re
from collections.abc import Iterator
from functools import lru_cache

from geo.places.gazetteer import Gazetteer
from geo.places.names import ABBREVIATED, FULL, name_key, respelled
from geo.text.data import read_data
from geo.text.evidence import Evidence
from geo.text.name_facts import NameBook, NameFacts
from geo.text.names_in_text import Name
from geo.text.plain_names import PlainNames, with_plain
from geo.text.surroundings import Span
from geo.text.tokens import Words, cached_key, is_capitalised
from geo.text.unlisted import with_unlisted

_DATA = read_data("recognition.toml")
_WORDS = {name: frozenset(words.split()) for name, words in _DATA["words"].items()}
_ABBREVIATIONS: dict[str, str] = _DATA["abbreviations"]["names"]
_ALONE = frozenset(_DATA["abbreviations"]["alone"].strip().split("|"))
_AMBIGUOUS = frozenset(_DATA["abbreviations"]["ambiguous"].split())
_NEVER_WORDS = _WORDS["never"] | frozenset(map(cached_key, _WORDS["kinds_before"] | _WORDS["never_foreign"]))
_INSIDE = _WORDS["inside"] | _WORDS["divisions"] | _WORDS["settlements"]
_NEVER = frozenset(_DATA["never"]["phrases"])
_ARABIC_PREFIX = re.compile("(?:لل|[وفبكل])(?=[\u0620-\u064a]{3})")
_JOINT = re.compile(r"[ \t\u00a0]?(?:\r?\n[ \t]*)?|[ \t]{1,3}|[-‐‑–]")
_LONGEST_INITIAL = 2
_LONGEST_ARTICLE = 3
_LARGE = 100_000
_BEFORE_CHRIST = "b c"
_WORDS_REMEMBERED, _KEYS_REMEMBERED = 20_000, 20_000


class Recogniser:
    """Finds the names of places in texts. One serves any number of texts and keeps what it learns about names."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.book = NameBook(gazetteer)
        self._gazetteer = gazetteer
        self._plain = PlainNames(gazetteer, self.book)
        self._openings = lru_cache(maxsize=_WORDS_REMEMBERED)(self._read_openings)
        self._listed = lru_cache(maxsize=_KEYS_REMEMBERED)(self._read_listed)

    def names(self, text: str) -> list[Name]:
        """The names of places in a text, in order; they do not overlap."""
        words = Words(text)
        spans = with_plain(list(self._spans(words)), list(self._plain.spans(words)))
        found = Evidence(words, spans, self.book).names()
        return with_unlisted(words, found)

    def people(self, word: str) -> str:
        """The key of the country or region that a word for its people means, "" for another word."""
        place = self._gazetteer.demonym(word)
        return name_key(place.name) if place else ""

    def _spans(self, words: Words) -> Iterator[Span]:
        following = 0
        for position in words.capitalised:
            if position >= following:
                span = self._longest(words, position)
                if span:
                    yield span
                    following = span.next

    def _longest(self, words: Words, first: int) -> Span | None:
        """The longest name that starts at a word: an abbreviation, a place's, a people's."""
        for key, skipped, longest in self._openings(words.texts[first], first in words.owns):
            start = words.starts[first] + skipped
            run = _run(words, first, longest)
            keys = [key, *(words.key(position) for position in run[1:])]
            inner = [f"{one}s" if position in words.owns else one for one, position in zip(keys, run, strict=True)]
            for length in range(len(run), 0, -1):
                span = self._named(words, first, start, run[length - 1], [*inner[: length - 1], keys[length - 1]])
                if span:
                    return span
        return None

    def _read_openings(self, word: str, owns: bool) -> tuple[tuple[str, int, int], ...]:
        """How a name may start with a word: the key, the letters before it, the most words; nothing for most words."""
        found = []
        for key, skipped in _first_keys(word):
            others = (ABBREVIATED.get(key) or FULL.get(key, ""), f"{key}s" if owns else "")
            longest = max(map(self._gazetteer.longest, (key, *others)))
            is_initial = len(key) == 1
            if longest or is_initial or key in _ABBREVIATIONS or self._gazetteer.demonym(word[skipped:]):
                found.append((key, skipped, max(longest, 3 if is_initial else 1)))
        return tuple(found)

    def _read_listed(self, key: str) -> str:
        """The key, or its respelling, under which the gazetteer has a place; "" if it has none."""
        other = respelled(key)
        return key if self._gazetteer.has_key(key) else other if self._gazetteer.has_key(other) else ""

    def _named(self, words: Words, first: int, start: int, last: int, keys: list[str]) -> Span | None:
        key, end = " ".join(keys), words.ends[last]
        listed = self._listed(key)
        if not listed and key not in _ABBREVIATIONS and not self._gazetteer.demonym(words.text[start:end]):
            return None
        if not is_capitalised(words.texts[last]):
            facts = self.book.facts(key) if last > first else None
            if not facts or not facts.in_dataset:
                return None
        if key == _BEFORE_CHRIST and _is_year(words, first, last):
            return None
        if key in _ABBREVIATIONS and words.texts[first].isascii():
            full = _abbreviated(words, first, last, key)
            if full:
                facts = self.book.facts(full)
                end += words.text[end : end + 1] == "." and _has_stop(words, first, last)
                return Span(start, end, first, last + 1, full, "abbreviation", facts) if facts else None
            if len(key) <= _LONGEST_INITIAL or key in _AMBIGUOUS:
                return None
        if key in _NEVER_WORDS or key in _NEVER or (key in _WORDS["agencies"] and words.texts[first].isupper()):
            return None
        if len(keys) > 2 and keys[1] == "of" and keys[0] in _WORDS["settlements"]:
            return None
        if len(keys) > 1 and keys[-1] == "city" and self._is_institution(words, last, keys):
            return None
        facts = self.book.facts(listed)
        if facts and not self._is_rather_people(words, start, last, facts):
            return Span(_with_article(words, first, start, facts), end, first, last + 1, listed, "place", facts)
        meant = self.people(words.text[start:end])
        facts = self.book.facts(meant)
        return Span(start, end, first, last + 1, meant, "demonym", facts) if facts else None

    def _is_rather_people(self, words: Words, start: int, last: int, facts: NameFacts) -> bool:
        """Whether a word for a people is only by the way the name of a small place: Canadian, Texas."""
        if words.key(last) in _WORDS["languages"]:
            return False
        if facts.is_area or facts.in_dataset or facts.population >= _LARGE or words.gap(last)[:2] == ", ":
            return False
        return self._gazetteer.demonym(words.text[start : words.ends[last]]) is not None

    def _is_institution(self, words: Words, last: int, keys: list[str]) -> bool:
        """Whether "X City" is the city of X in "X City Council", and not a place that is called so."""
        if last + 1 >= len(words) or not words.texts[last + 1][0].isupper() or words.gap(last) != " ":
            return False
        whole, city = self.book.facts(" ".join(keys)), self.book.facts(" ".join(keys[:-1]))
        if whole is None or city is None or city.is_area:
            return False
        return max(city.population, 1) >= whole.population


def full_name(key: str) -> str | None:
    """The key of the name in full that an abbreviation's key stands for, None for another key."""
    return _ABBREVIATIONS.get(key)


def _has_stop(words: Words, first: int, last: int) -> bool:
    """Whether a full stop after an abbreviation is its own: "N.Y.", "Ill.", but not "US."."""
    return last > first or not words.texts[last].isupper()


def _abbreviated(words: Words, first: int, last: int, key: str) -> str | None:
    """The name in full of an abbreviation, None where the word is not used as one."""
    written = words.text[words.starts[first] : words.ends[last] + 1]
    has_stops = "." in written
    after_comma = words.gap(first - 1).strip(" ") in (",", ".,", "(", ", (", "-")
    is_upper = words.texts[first].isupper()
    if key in _ALONE:
        return _ABBREVIATIONS[key] if is_upper and (len(key) > 1) else None
    if has_stops and not is_upper and len(key) > _LONGEST_INITIAL and key not in _AMBIGUOUS:
        return _ABBREVIATIONS[key]
    is_postal = len(key) == _LONGEST_INITIAL and is_upper
    is_known = len(key) > _LONGEST_INITIAL or key in _AMBIGUOUS
    return _ABBREVIATIONS[key] if after_comma and (is_postal or (has_stops and is_known)) else None


def _is_year(words: Words, first: int, last: int) -> bool:
    """Whether a number stands beside the words: "283 B.C."."""
    beside = ([first - 1] if first else []) + ([last + 1] if last + 1 < len(words) else [])
    return any(words.texts[position].isdigit() for position in beside)


def _first_keys(word: str) -> Iterator[tuple[str, int]]:
    """The key of a word, then that without an Arabic conjunction or preposition, and how many letters that has."""
    key = cached_key(word)
    if key:
        yield key, 0
        prefix = None if word.isascii() else _ARABIC_PREFIX.match(word)
        if prefix:
            yield cached_key(word[prefix.end() :]), prefix.end()


@lru_cache(maxsize=_WORDS_REMEMBERED)
def _may_follow(word: str) -> bool:
    """Whether a word, or the one that it is an article of, can be within a name after its first word."""
    return is_capitalised(word) or len(word) <= _LONGEST_ARTICLE or cached_key(word) in _INSIDE


def _run(words: Words, first: int, longest: int) -> list[int]:
    """At most `longest` positions from the first on that can be words of one name, without articles."""
    run = [first]
    position = first
    while len(run) < longest and position + 1 < len(words):
        text = words.texts[position + 1]
        if not _may_follow(text) or not _joins(words, position, first):
            break
        position += 1
        if not is_capitalised(text) and cached_key(text) not in _INSIDE and not words.is_article(position):
            break
        if cached_key(text) and not words.is_article(position):
            run.append(position)
    return run


def _joins(words: Words, position: int, first: int) -> bool:
    """Whether a word and the next can be words of one name."""
    gap = words.gap(position)
    if position in words.owns:
        return gap[2:] == " "
    if gap in (" ", "-"):
        return gap == " " or len(words.texts[position]) > 1
    if gap in (".", ". "):
        word = words.texts[position]
        return len(word) == 1 or (gap == ". " and cached_key(word) in ABBREVIATED and position == first)
    return bool(_JOINT.fullmatch(gap))


def _with_article(words: Words, first: int, start: int, facts: NameFacts) -> int:
    """Where a name starts when an article before it, joined by a hyphen or written as a name, belongs to it."""
    if not first or start != words.starts[first] or not words.is_article(first - 1):
        return start
    article = words.texts[first - 1]
    joined = words.gap(first - 1) != " " or (article[0].isupper() and _has_article(facts, article))
    return words.starts[first - 1] if joined else start


def _has_article(facts: NameFacts, article: str) -> bool:
    """Whether a place is written with an article; al- and el- may be added to any name."""
    if facts.in_dataset or article.lower() in ("al", "el"):
        return True
    return any(
        name.lower().startswith((article.lower() + " ", article.lower() + "-"))
        for place in facts.places
        for name in place.names
    )
