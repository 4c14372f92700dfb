"""Keys of how a name sounds, under which its transliterations meet: Sheikh Saeed, Shaykh Sa'id, الشيخ سعيد.

A skeleton keeps the consonants of a name and forgets its vowels. It brings together names that are not one, so it is
only ever asked within a country, and what it finds is compared again (`likeness`). Tables: `skeleton.toml`.
"""

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from anyascii import anyascii
from rapidfuzz import fuzz

from geo.places.names import WORD

_DATA = tomllib.loads(resources.files(__package__).joinpath("skeleton.toml").read_text(encoding="utf-8"))
_LETTERS = {
    ord(letter): sound.replace("-", "")
    for script in _DATA["letters"].values()
    for letter, sound in zip(script.split()[::2], script.split()[1::2], strict=True)
}
_ARABIC_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_ARABIC_ARTICLE = re.compile("^ال(?=\\w{2})")
_NOT_SOUND = re.compile("[^a-zA-Z0-9]+")
_PLAIN = frozenset(_DATA["articles"]["plain"].split())
_ASSIMILATED = frozenset(_DATA["articles"]["assimilated"].split())
_JOINED = dict(pair.split(":") for pair in _DATA["articles"]["joined"].split())


class _Family(NamedTuple):
    """The rules of a group of languages; see `skeleton.toml`."""

    sounds: dict[str, str]
    any_sound: re.Pattern[str]
    vowels: re.Pattern[str]
    classes: dict[int, str]
    kept_at_start: frozenset[str]
    silent_at_end: str


def _family(name: str) -> _Family:
    rules = _DATA["family"][name]
    pairs = rules["sounds"].split()
    sounds = dict(zip(pairs[::2], pairs[1::2], strict=True))
    longest_first = sorted(sounds, key=lambda sound: -len(sound))
    return _Family(
        sounds,
        re.compile("|".join(longest_first)),
        re.compile(f"[{rules['vowels']}]+"),
        str.maketrans(*rules["vowel_classes"].split()),
        frozenset(rules["kept_at_start"]),
        rules["silent_at_end"],
    )


_ARABIC, _SLAVIC = _family("arabic"), _family("slavic")
_REPEATED = re.compile(r"(.)\1+")
_UNVOWELLED = re.compile("[\u0590-\u08ff]")
_SLAVIC_COUNTRIES = frozenset(_DATA["family"]["slavic"]["countries"].split())


@lru_cache(maxsize=100_000)
def _latin(word: str) -> str:
    """A word of any script in lower-case Latin letters; capital letters are sounds of their own."""
    word = unicodedata.normalize("NFKC", word).lower()
    if not word.isascii():
        word = _ARABIC_ARTICLE.sub("", _ARABIC_MARKS.sub("", word)).translate(_LETTERS)
        word = "".join(letter if letter.isascii() else anyascii(letter).lower() for letter in word)
    return _NOT_SOUND.sub("", word)


def _words(name: str) -> list[str]:
    """The words of a name without articles."""
    words = [word for word in map(_latin, WORD.findall(name)) if word]
    kept: list[str] = []
    for word in reversed(words):
        is_article = word in _PLAIN or (word in _ASSIMILATED and kept and kept[-1].startswith(word[1:]))
        if not (kept and is_article):
            kept.append(_JOINED.get(word, word) if kept else word)
    return kept[::-1]


@lru_cache(maxsize=100_000)
def _sounds(word: str, is_slavic: bool) -> str:
    """A word with one letter for each sound."""
    rules = _SLAVIC if is_slavic else _ARABIC
    sounds = rules.any_sound.sub(lambda match: rules.sounds[match[0]], word)
    if rules.silent_at_end and len(sounds) > 2 and rules.vowels.fullmatch(sounds[-2]):
        sounds = sounds.removesuffix(rules.silent_at_end)
    return sounds


@lru_cache(maxsize=100_000)
def _consonants(word: str, is_slavic: bool) -> str:
    rules = _SLAVIC if is_slavic else _ARABIC
    sounds = _sounds(word, is_slavic)
    first, rest = sounds[:1], sounds[1:]
    if rules.vowels.fullmatch(first):
        is_consonant = first in rules.kept_at_start and rules.vowels.match(rest)
        first = first if is_consonant else "a"
    return first + rules.vowels.sub("", rest)


def skeleton(name: str, country_code: str | None = None) -> str:
    """The consonants of a name, under which its transliterations meet within one country.

    Articles, vowels, doubled letters and spaces do not count; letters and digraphs that stand for one sound become
    one letter by the rules that hold in the country. Any text is accepted; without a letter or digit it gives "".
    """
    is_slavic = country_code in _SLAVIC_COUNTRIES
    return _REPEATED.sub(r"\1", "".join(_consonants(word, is_slavic) for word in _words(name)))


def likeness(name: str, other: str, country_code: str | None = None) -> float:
    """How alike two names sound, 0 to 1: their sounds compared with rapidfuzz, vowels counting in three classes.

    Where one of the two is in a script that leaves short vowels out, short vowels do not count.
    """
    is_slavic = country_code in _SLAVIC_COUNTRIES
    rules = _SLAVIC if is_slavic else _ARABIC
    one, two = (
        "".join(_sounds(word, is_slavic) for word in _words(text)).translate(rules.classes) for text in (name, other)
    )
    if _UNVOWELLED.search(name) or _UNVOWELLED.search(other):
        one, two = one.replace("a", ""), two.replace("a", "")
    return fuzz.ratio(_REPEATED.sub(r"\1", one), _REPEATED.sub(r"\1", two)) / 100
