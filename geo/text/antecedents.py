"""The places of a document that words after them can stand for: "the town" is none of "the villages of X and Y"."""

import re
from collections.abc import Callable, Iterable

from geo.text.change_patterns import links
from geo.text.clauses import PlaceMention
from geo.text.data import read_data
from geo.text.phrase_patterns import letter_pattern
from geo.text.phrases import PlacePhrase
from geo.text.sentence import Sentence
from geo.text.told_kinds import ToldKinds
from geo.text.unnamed import fits

_SPEAKS = letter_pattern("speaks")
_BY = re.compile(r"\bby (?:the )?$")
_INSIDE = re.compile(r"\bin (?:the )?(?:\w+ )?<P(\d+)>")
_ON_EDGE = re.compile(r"\b(?:outskirts|edges?|entrances?|gates) (?:of|to) (?:the )?(?:\w+ )?<P(\d+)>")
_APART = {
    "city": re.compile(r"\b(?:villages?|hamlets?|districts?|suburbs?|neighbou?rhoods?|quarters?)\b"),
    "town": re.compile(r"\b(?:villages|hamlets|districts|suburbs|neighbou?rhoods|quarters)\b"),
    "district": re.compile(r"\b(?:villages|towns)\b"),
}
_DATELINE = links("meant", "dateline")
_IN_COMPOUND = re.compile(
    r">-[a-z]|> (?:radio|television|TV|newspapers?|"
    r"(?i:river|lake|gorge|canal|strait|bay|valley|reservoir|highway|motorway|railway))\b"
)
_BESIDE, _WITHIN, _ORIGIN = (links("meant", name) for name in ("beside", "within", "origin"))
_ATTACKED, _WHERE, _FOUGHT = (links("meant", name) for name in ("attacked", "where", "fought"))
_QUARTER_OF = re.compile(
    r"\b(?:districts?|neighbou?rhoods?|quarters?) of (?:the )?(?:[a-z]+ )?(?:(?:city|town|capital) (?:of )?)?<P(\d+)>$"
)
_SEATS = frozenset(read_data("name_words.toml")["seats"].split())
_NEXT, _FAR = 8, 60


class Antecedents:
    """sentence: gives a sentence of the document with its phrases, by number."""

    def __init__(self, sentence: Callable[[int], Sentence]) -> None:
        self._sentence = sentence

    def named(self, number: int, phrases: list[PlacePhrase], noun: str = "") -> list[PlaceMention]:
        """The places of phrases, the last first, but for those that only speak or are a name of troops or persons.

        number: of their sentence. noun: what stands for the place.
        """
        apart = _APART.get(noun)
        sentence = self._sentence(number)
        dateline = _DATELINE.match(sentence.text)
        start = dateline.end() if dateline else 0
        kept = [
            phrase
            for phrase in phrases
            if phrase.start >= start
            and not _SPEAKS.match(sentence.tags.letters, sentence.tags.number(phrase.end))
            and not _BY.search(sentence.text, max(0, phrase.start - _NEXT), phrase.start)
            and not _is_beside(sentence.text, phrase.start)
            and not _IN_COMPOUND.match(sentence.text, max(0, phrase.end - 1))
            and sentence.text[max(0, phrase.start - 1) : phrase.start] != "-"
        ]
        return [
            place
            for phrase in reversed(kept)
            for place in (
                _town_of(sentence, phrase)
                if apart and apart.search(sentence.text, phrase.start, phrase.end)
                else self._places_of(sentence, phrase, bool(noun))
            )
        ]

    def only_one(self, number: int, told: list[PlaceMention], is_gain: bool) -> PlaceMention | None:
        """The place that "it" means of a sentence before: the only one there, or the only one that anything is told of.

        told: the places of the sentence of which a change has been told. is_gain: whether what is told of "it" is that
        it is taken: then it is rather the place that had not been.
        """
        known = {place.key: place for place in told}
        sentence = self._sentence(number)
        where = [phrase for phrase in sentence.places if _WHERE.search(sentence.text, 0, phrase.start)]
        phrases = [one for one in sentence.places if one not in where or _FOUGHT.search(sentence.text, 0, one.start)]
        every = {place.key: place for place in self.named(number, phrases)} | known
        others = [place for key, place in every.items() if key not in known]
        among = others if is_gain and others else list((known or every).values())
        return among[0] if len(among) == 1 else None

    def attacked(
        self, phrases: Iterable[tuple[int, list[PlacePhrase]]], among: list[PlaceMention], taken: set[str]
    ) -> PlaceMention | None:
        """The first of some places that is attacked or reached and not yet taken. phrases: with their sentences."""
        aims = (
            one.place.key
            for number, every in phrases
            for phrase in every
            if any(of.search(self._sentence(number).text, 0, phrase.start) for of in (_ATTACKED, _WITHIN))
            for one in phrase.places
            if one.place
        )
        left = {*aims} - taken
        return next((place for place in among if place.key in left), None)

    def _places_of(self, sentence: Sentence, phrase: PlacePhrase, is_noun: bool) -> list[PlaceMention]:
        """The places of a phrase, the last first, and then, for a noun, the one that it says they lie in or at."""
        clauses = sentence.clauses
        inside = _INSIDE.search(clauses.text, phrase.start, phrase.end) if is_noun else None
        inside = inside or (_ON_EDGE.search(clauses.text, phrase.start, phrase.end) if is_noun else None)
        found = [one.place for one in reversed(phrase.places) if one.place]
        return [*found, clauses.places[int(inside[1])]] if inside else found


def _town_of(sentence: Sentence, phrase: PlacePhrase) -> list[PlaceMention]:
    """The town that a phrase names its quarters by: "the northern districts of X", "the A neighbourhood of X"."""
    town = _QUARTER_OF.search(sentence.text, phrase.start, phrase.end)
    return [sentence.clauses.places[int(town[1])]] if town else []


def _is_beside(text: str, start: int) -> bool:
    """Whether a place that starts there only says where another lies, or where somebody comes from: "5 km north of X",
    "reinforcements from X", not "within 5 km of X".
    """
    far = max(0, start - _FAR)
    if _ORIGIN.search(text, far, start):
        return True
    return _BESIDE.search(text, far, start) is not None and _WITHIN.search(text, far, start) is None


def seat(words: str, named: list[PlaceMention], kinds: ToldKinds) -> PlaceMention | None:
    """What "the provincial capital" means: the town that the text calls so, or else the only one it can be."""
    towns = {place.key: place for place in named if fits("city", place)}
    called_so = next((place for place in towns.values() if kinds.calls("capital", place)), None)
    if called_so or not _SEATS & set(words.lower().split()):
        return called_so
    among = kinds.not_otherwise("city", list(towns.values()))
    return among[0] if len(among) == 1 else None
