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

from geo.places.names import APOSTROPHES, WORD

_DATA = tomllib.loads(resources.files(__package__).joinpath("skeleton.toml").read_text(encoding="utf-8"))
_SINGLE = "."
"""Stands after an Arabic letter, so that two of them do not make a digraph: س and ح are not sh."""
_LETTERS = {
    ord(letter): sound.replace("-", "") + (_SINGLE if script == "arabic" else "")
    for script, letters in _DATA["letters"].items()
    for letter, sound in zip(letters.split()[::2], letters.split()[1::2], strict=True)
}
_ARABIC_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_ARABIC_ARTICLE = re.compile("^ال(?=\\w{2})")
_FINAL_HA = re.compile("(?<=\\w\\w)ه$")
_NOT_SOUND = re.compile(r"[^a-zA-Z0-9@.]+")
_APOSTROPHES = re.compile(f"[{APOSTROPHES}]")
_JOINED_ARTICLE = re.compile("el(?=[^aeiouy]{1,2}[aeiouy3])|[ae]l(?=3)")
_PLAIN = frozenset(_DATA["articles"]["plain"].split())
_ASSIMILATED = frozenset(_DATA["articles"]["assimilated"].split())
_JOINED = dict(pair.split(":") for pair in _DATA["articles"]["joined"].split())


class _Family(NamedTuple):
    """The rules of a group of languages; see `skeleton.toml`."""

    sounds: dict[str, str]
    any_sound: re.Pattern[str]
    vowels: frozenset[str]
    no_vowels: dict[int, None]
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
        frozenset(rules["vowels"]),
        dict.fromkeys(map(ord, rules["vowels"])),
        str.maketrans(*rules["vowel_classes"].split()),
        frozenset(rules["kept_at_start"]),
        rules["silent_at_end"],
    )


_ARABIC, _SLAVIC = _family("arabic"), _family("slavic")
_REPEATED = re.compile(r"(.)\1+")
_UNVOWELLED = re.compile("[\u0590-\u08ff]")
_CLASS_WORDS = frozenset(_DATA["class_words"]["words"].split())
_WEIGHTS = _DATA["weights"]
_LOSS: dict[str, float] = _WEIGHTS["loss"]
_LOSS_UNWRITTEN: dict[str, float] = _LOSS | _WEIGHTS["loss_unwritten"]
_CHANGE: dict[tuple[str, str], float] = {
    (one, two): cost
    for pairs, cost in _WEIGHTS["change"].items()
    for pair in pairs.split()
    for one, two in (pair, pair[::-1])
}
_FOREIGN = 1.0
_WRITTEN = str.maketrans("aiu3", "AIUE")
_SLAVIC_COUNTRIES = frozenset(_DATA["family"]["slavic"]["countries"].split())


@lru_cache(maxsize=100_000)
def _latin(word: str) -> str:
    """A word of any script in lower-case Latin letters; capital letters are sounds of their own."""
    if word.isascii():
        word = word.lower()
        if word.isalnum():
            return word
    else:
        word = unicodedata.normalize("NFKC", word).lower()
        word = _FINAL_HA.sub("ة", _ARABIC_ARTICLE.sub("", _ARABIC_MARKS.sub("", word))).translate(_LETTERS)
        word = "".join(letter if letter.isascii() else anyascii(letter).lower() for letter in word)
    return _NOT_SOUND.sub("", _APOSTROPHES.sub("3", word))


def _plain(word: str) -> str:
    return (word if word.isascii() else anyascii(word)).lower()


def _words(name: str) -> list[str]:
    """The words of a name without articles."""
    written = WORD.findall(name)
    if len(written) > 1 and (written[0] in _CLASS_WORDS or _plain(written[0]) in _CLASS_WORDS):
        written = written[1:]
    words = [word for word in map(_latin, written) if word]
    if len(words) < 2:
        return words
    kept: list[str] = []
    for word in reversed(words):
        is_article = word in _PLAIN or (word in _ASSIMILATED and kept and kept[-1].startswith(word[1:]))
        if not (kept and is_article):
            kept.append(_JOINED.get(word, word) if kept else word)
    return _without_joined_articles(kept[::-1])


def _without_joined_articles(words: list[str]) -> list[str]:
    """The words, without an article that is written together with a word after the first: Ein Elnisr."""
    return words[:1] + [word[2:] if _JOINED_ARTICLE.match(word) else word for word in words[1:]]


@lru_cache(maxsize=100_000)
def _sounds(word: str, is_slavic: bool) -> str:
    """A word with one letter for each sound."""
    rules = _SLAVIC if is_slavic else _ARABIC
    sounds = rules.any_sound.sub(lambda match: rules.sounds[match[0]], word).replace(_SINGLE, "")
    if rules.silent_at_end and len(sounds) > 2 and sounds[-2] in rules.vowels:
        sounds = sounds.removesuffix(rules.silent_at_end)
    return sounds


@lru_cache(maxsize=100_000)
def _consonants(word: str, is_slavic: bool) -> str:
    rules = _SLAVIC if is_slavic else _ARABIC
    sounds = _sounds(word, is_slavic)
    first, rest = sounds[:1], sounds[1:]
    if first in rules.vowels:
        is_consonant = first in rules.kept_at_start and rest[:1] in rules.vowels
        first = first if is_consonant else "a"
    return _REPEATED.sub(r"\1", first + rest.translate(rules.no_vowels))


def skeleton(name: str, country_code: str | None = None) -> str:
    """The consonants of a name, under which its transliterations meet within one country.

    Articles, vowels, doubled letters and spaces do not count; letters and digraphs that stand for one sound become
    one letter by the rules that hold in the country. Any text is accepted; without a letter or digit it gives "".
    """
    is_slavic = country_code in _SLAVIC_COUNTRIES
    words = _words(name)
    if len(words) == 1:
        return _consonants(words[0], is_slavic)
    return _REPEATED.sub(r"\1", "".join(_consonants(word, is_slavic) for word in words))


def likeness(name: str, other: str, country_code: str | None = None) -> float:
    """How alike two names sound, 0 to 1: the weights of the sounds in which they differ, against all their weights.

    The two are aligned so that the difference is least. Consonants weigh most; vowels little, and next to nothing
    where one of the two is in a script that leaves short vowels out. Weights: `[weights]` in `skeleton.toml`.
    """
    is_slavic = country_code in _SLAVIC_COUNTRIES
    one, two = _heard(name, is_slavic), _heard(other, is_slavic)
    if not one or not two:
        return 0.0
    script_one, script_two = (_UNVOWELLED.search(text) is not None for text in (name, other))
    loss_one = _LOSS_UNWRITTEN if script_two and not script_one else _LOSS
    loss_two = _LOSS_UNWRITTEN if script_one and not script_two else _LOSS
    whole = sum(map(_weight, one)) + sum(map(_weight, two))
    aside = _WEIGHTS["article"] * (_has_article(name) != _has_article(other))
    return max(0.0, 1 - (2 * _difference(one, two, loss_one, loss_two) + aside) / whole)


@lru_cache(maxsize=100_000)
def _heard(name: str, is_slavic: bool) -> str:
    """The sounds of a name, vowels in three classes; a letter written twice counts once, if all vowels are written."""
    rules = _SLAVIC if is_slavic else _ARABIC
    words = (_sounds(word, is_slavic).translate(rules.classes) for word in _words(name))
    if not _UNVOWELLED.search(name):
        words = (_REPEATED.sub(r"\1", word) for word in words)
    return "".join(_edges_written(word) for word in words)


def _edges_written(word: str) -> str:
    """A word whose vowels at the start and the end are marked as capitals: they are written in every script."""
    if len(word) < 2:
        return word.translate(_WRITTEN)
    end = word[-1] if word[-1] == "3" else word[-1].translate(_WRITTEN)
    return word[0].translate(_WRITTEN) + word[1:-1] + end


def _has_article(name: str) -> bool:
    return len(WORD.findall(name)) > len(_words(name)) or _ARABIC_ARTICLE.search(name) is not None


def _weight(sound: str) -> float:
    return float(_LOSS.get(sound, 1.0))


def _difference(one: str, two: str, loss_one: dict[str, float], loss_two: dict[str, float]) -> float:
    """The least sum of weights that turns one into two (Wagner and Fischer's algorithm)."""
    above = [0.0]
    for sound in two:
        above.append(above[-1] + loss_two.get(sound, 1.0))
    for left in one:
        loss = loss_one.get(left, 1.0)
        row = [above[0] + loss]
        for column, right in enumerate(two, start=1):
            changed = above[column - 1] + (0.0 if left == right else _CHANGE.get((left, right), _FOREIGN))
            row.append(min(changed, above[column] + loss, row[-1] + loss_two.get(right, 1.0)))
        above = row
    return above[-1]
